"""The mark beside the key: a copied or restored database is noticed, without false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text.words import Refused
from sync.trust import device_key
from sync.workspace import rollback_guard
from sync.workspace.rollback_guard import Mark, marks, same_device


def test_the_same_device_is_ok(tmp_path: Path) -> None:
    assert same_device(tmp_path, None, {}) == "ok"
    made = device_key.make(tmp_path)
    assert same_device(tmp_path, made.id, {}) == "ok"
    own = Mark(tmp_path, made.id)
    own.note("company", 3)
    own.flush()
    assert same_device(tmp_path, made.id, {"company": 3, "p:one": 1}) == "ok"
    assert same_device(tmp_path, made.id, {"company": 4}) == "ok"


def test_a_copied_database_is_noticed(tmp_path: Path) -> None:
    made = device_key.make(tmp_path / "a")
    assert same_device(tmp_path / "b", made.id, {}) == "copied"
    device_key.make(tmp_path / "b")
    assert same_device(tmp_path / "b", made.id, {}) == "copied"


def test_a_restored_database_is_noticed_and_goes_on_anew(tmp_path: Path) -> None:
    made = device_key.make(tmp_path)
    own = Mark(tmp_path, made.id)
    own.note("company", 3)
    own.note("p:one", 9)
    own.flush()
    assert same_device(tmp_path, made.id, {"company": 2, "p:one": 9}) == "restored"
    assert same_device(tmp_path, made.id, {"p:one": 9}) == "restored"
    new = device_key.renew(tmp_path)
    assert same_device(tmp_path, made.id, {"company": 3, "p:one": 9}) == "copied"
    assert same_device(tmp_path, new.id, {}) == "ok"
    late = Mark(tmp_path, made.id)
    late.note("company", 4)
    late.flush()
    assert marks(tmp_path, made.id) == {"company": 3, "p:one": 9}
    fresh = Mark(tmp_path, new.id)
    fresh.note("company", 1)
    fresh.flush()
    assert marks(tmp_path, new.id) == {"company": 1}


def test_the_mark_reaches_the_disk_every_so_often(tmp_path: Path) -> None:
    own = Mark(tmp_path, device_key.make(tmp_path).id)
    for seq in range(1, rollback_guard.EVERY):
        own.note("company", seq)
    assert marks(tmp_path, own.device) == {}
    own.note("company", rollback_guard.EVERY)
    assert marks(tmp_path, own.device) == {"company": rollback_guard.EVERY}


def test_what_is_sent_is_marked_though_another_process_wrote_it(tmp_path: Path) -> None:
    own = Mark(tmp_path, device_key.make(tmp_path).id)
    own.flush({"p:one": 12})
    assert marks(tmp_path, own.device) == {"p:one": 12}


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("ab"), st.integers(1, 99)), max_size=30))
@settings(max_examples=30, deadline=None)
def test_the_mark_never_goes_back(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[bool, str, int]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    two = [Mark(home, "d"), Mark(home, "d")]
    highest: dict[str, int] = {}
    for which, space, seq in notes:
        two[which].note(space, seq)
        two[which].flush()
        highest[space] = max(seq, highest.get(space, 0))
        assert marks(home, "d") == highest


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"5", b'{"device":"d","marks":[1]}', b"\xff"])
def test_a_damaged_mark_stops_nothing(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / rollback_guard.FILE).write_bytes(raw)
    assert marks(tmp_path, "d") == {}
    own = Mark(tmp_path, "d")
    own.note("company", 1)
    own.flush()
    assert marks(tmp_path, "d") == {"company": 1}


def test_a_full_disk_does_not_stop_saving_but_stops_sending(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_bytes(b"")
    own = Mark(home, "d")
    for seq in range(1, 2 * rollback_guard.EVERY):
        own.note("company", seq)
    with pytest.raises(Refused):
        own.flush()
