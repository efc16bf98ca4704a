"""Attachments: bytes count only whole and right, a cut is gone on with, and a budget is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.storage import blobs
from models.text.words import Refused
from sync.transport import attachments
from sync.transport.attachments import CANNOT, OTHER, UNREADABLE, WantedFile, take, within
from sync.transport.bundle import bundle
from tests.support.replicas import Replica, Team

DATA = b"photo " * 900
SUM = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Replica]:
    team = Team.copied(tmp_path)
    yield team.founder
    team.close()


def attach(one: Replica, tmp_path: Path, name: str, data: bytes) -> str:
    """A fix with this file; returns the fix's id."""
    path = tmp_path / name
    path.write_bytes(data)
    project = one.workspace.store.rows("SELECT id FROM project")[0][0]
    fix = one.book.add("fix", {"phenomenon": name}, project=project).id
    kept = blobs.keep(one.home, path)
    one.book.add(
        "attachment", {"about": fix, "name": name, "sha256": kept.sha256, "size": kept.size}
    )
    return fix


@pytest.mark.shows(74)
def test_whole_and_right_bytes_are_kept(one: Replica) -> None:
    assert not attachments.here(one.workspace, SUM)
    assert take(one.workspace, SUM, len(DATA), [DATA[:100], DATA[100:]])
    assert attachments.here(one.workspace, SUM) and attachments.begun(one.workspace, SUM) == 0
    assert b"".join(attachments.pieces(blobs.place(one.home, SUM), 100)) == DATA[100:]


@pytest.mark.shows(74)
def test_a_cut_is_gone_on_with(one: Replica) -> None:
    assert not take(one.workspace, SUM, len(DATA), [DATA[:100]])
    assert attachments.begun(one.workspace, SUM) == 100 and not attachments.here(one.workspace, SUM)

    def broken() -> Iterator[bytes]:
        yield DATA[100:200]
        raise Refused(OTHER, sha="the line broke")

    with pytest.raises(Refused):
        take(one.workspace, SUM, len(DATA), broken())
    assert attachments.begun(one.workspace, SUM) == 200
    assert take(one.workspace, SUM, len(DATA), [DATA[200:]])


def test_wrong_bytes_begin_anew(one: Replica) -> None:
    with pytest.raises(Refused) as caught:
        take(one.workspace, SUM, len(DATA), [b"x" * len(DATA)])
    assert caught.value.word is OTHER
    assert attachments.begun(one.workspace, SUM) == 0 and not attachments.here(one.workspace, SUM)


def test_bytes_without_end_stop_at_the_bound(one: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "LIMIT", 1000)
    taken = list[int]()

    def endless() -> Iterator[bytes]:
        while True:
            taken.append(300)
            yield b"x" * 300

    with pytest.raises(Refused):
        take(one.workspace, SUM, 10, endless())
    assert sum(taken) == 1200 and attachments.begun(one.workspace, SUM) == 0


def test_a_disk_that_fails_is_one_sentence(one: Replica) -> None:
    (one.home / blobs.FOLDER).mkdir(exist_ok=True)
    (one.home / blobs.FOLDER / attachments.PARTIAL).write_bytes(b"a file where a folder goes")
    with pytest.raises(Refused) as caught:
        take(one.workspace, SUM, len(DATA), [DATA])
    assert caught.value.word is CANNOT
    with pytest.raises(Refused) as caught:
        list(attachments.pieces(one.home / "nowhere"))
    assert caught.value.word is UNREADABLE


def test_files_of_living_records_are_listed_the_newest_first(one: Replica, tmp_path: Path) -> None:
    first = attach(one, tmp_path, "one.jpg", b"1")
    second = attach(one, tmp_path, "two.jpg", b"22")
    attach(one, tmp_path, "again.jpg", b"1")
    assert [found.size for found in attachments.listed(one.workspace)] == [1, 2]
    assert attachments.count(one.workspace, one.get(second)) == (1, 1)
    blobs.place(one.home, hashlib.sha256(b"22").hexdigest()).unlink()
    assert attachments.count(one.workspace, one.get(second)) == (0, 1)
    (row,) = one.workspace.store.rows("SELECT id FROM attachment WHERE about=?", (second,))
    one.book.void(row[0], "错")
    assert [found.size for found in attachments.listed(one.workspace)] == [1]
    assert attachments.count(one.workspace, one.get(first)) == (1, 1)


@given(st.lists(st.integers(-1, 12), max_size=8), st.integers(0, 30))
def test_a_budget_is_kept_and_no_small_file_waits_for_a_large_one(
    sizes: list[int], budget: int
) -> None:
    wanted = [WantedFile(str(n), size, "p:one") for n, size in enumerate(sizes)]
    chosen = list(within(wanted, budget))
    assert sum(one.size for one in chosen) <= budget and all(one.size >= 0 for one in chosen)
    left = budget - sum(one.size for one in chosen)
    after = [one for one in wanted if one not in chosen and one.size >= 0]
    assert all(one.size > left for one in after)


def test_files_that_a_round_leaves_out_are_counted(one: Replica, tmp_path: Path) -> None:
    for size in (1, 20, 30):
        attach(one, tmp_path, f"{size}.jpg", b"x" * size)
    left = {
        budget: bundle.write(one.exchange, tmp_path / f"{budget}.sitebook", budget=budget)
        for budget in (0, 25, 1000)
    }
    told = {budget: (report.files_given, report.files_left) for budget, report in left.items()}
    assert told == {0: (0, 3), 25: (2, 1), 1000: (3, 0)}
