"""More that holds over every carrier: what comes too soon, is too new, too much or not so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.book.conflict.conflicts import count as all_conflicts
from models.storage import blobs as kept
from models.storage.store import FULL
from models.text.words import Refused
from sync.apply.open_book import open_book
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.transaction import Transaction
from sync.encoding.segment import decode
from sync.log import pending_segments
from sync.transport import attachments
from sync.transport.exchange import Exchange
from sync.trust import device_key, passphrase
from sync.trust.device_key import NEEDED
from sync.workspace import workspace
from tests.support.gadgets import NAME, declare, forget
from tests.support.replicas import Replica, Team, differences, give, replica
from tests.sync.log.test_parked import HOSTILE, agreed, gadget, parked, update
from tests.sync.test_cases_merge import TEXTS
from tests.sync.transport.test_every_way import hand, portions, rows, same, sound
from tests.sync.transport.ways import Bundles, Way


def own_only(one: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    """It hands over the changes of its own device and no other's."""
    offer: Callable[..., Iterator[bytes]] = one.exchange.offer

    def mine(*told: Any, **more: Any) -> Iterator[bytes]:
        return (blob for blob in offer(*told, **more) if decode(blob).device == one.device)

    monkeypatch.setattr(one.exchange, "offer", mine)


def test_case_20_a_base_that_is_unknown_here(
    team: Team, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c = team.all
    hand(way, a, b)
    fix = team.fix(a)
    give(a, b)
    b.book.edit(fix, {"place": "B 改过"})
    own_only(b, monkeypatch)
    hand(way, b, c)
    assert c.book.find(fix) is None and sound(c)
    monkeypatch.undo()
    hand(way, a, c)
    hand(way, b, c)
    assert c.get(fix).values()["place"] == "B 改过"
    assert (
        all_conflicts(c.book) == 0
        and pending_segments.listed(c.workspace.store.db.connection()) == []
    )
    hand(way, c, a)
    assert same(a, b, c)


def test_case_28_the_receivers_disk_is_full_at_each_write(team: Team, way: Way) -> None:
    """The old state or a whole segment more, never a part; and it goes on where there is room."""
    a, b, _ = team.all
    hand(way, a, b)
    for number in range(8):
        team.fix(a, phenomenon=Random(number).randbytes(3_000).hex())
        a.exchange.seal_now(f"p:{team.project}")
    way.out(a)
    db, refused, held = b.workspace.store.db, 0, set[int]()
    for room in range(0, 60, 3):
        (pages,) = db.execute_sql("PRAGMA page_count").fetchone()
        db.execute_sql(f"PRAGMA max_page_count={pages + room}")
        try:
            way.into(b)
        except Refused as why:
            assert why.word == FULL
            refused += 1
        db.execute_sql("PRAGMA max_page_count=1000000")
        held.add(b.exchange.vector(f"p:{team.project}").get(a.device, 0))
        assert sound(b), room
        if max(held) == 8:
            break
    assert refused and len(held) > 2
    way.into(b)
    assert same(a, b) and rows(a) == rows(b)


def test_case_56_a_wrong_passphrase_of_the_key(
    team: Team, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "ARGON2", {"memory": 64, "iterations": 1, "lanes": 1})
    a, b, _ = team.all
    hand(way, a, b)
    team.fix(a)
    way.out(a)
    mine = team.fix(b)
    device_key.set_passphrase(b.home, None, "对的口令")
    before = b.digest(), rows(b)
    for wrong, word in (("错的口令", passphrase.WRONG), (None, NEEDED)):
        b.exchange = Exchange(b.workspace, wrong)
        for go in (way.into, way.out):
            with pytest.raises(Refused) as refused:
                go(b)
            assert refused.value.word == word
        if isinstance(way, Bundles):
            way.count -= 1
        assert (b.digest(), rows(b)) == before and sound(b)
    b.exchange = Exchange(b.workspace, "对的口令")
    hand(way, b, a)
    hand(way, a, b)
    assert a.get(mine).id == mine and same(a, b)


# -- files -----------------------------------------------------------------------------------------

PATHS = ("../../../device.key", "/etc/passwd", "C:\\boot.ini", "CON", "a\x1b[31m.pdf")


def attach(team: Team, one: Replica, fix: str, **values: object) -> None:
    """A reference that no door of the book would write; its writer shows it as the others do."""
    space, record = f"p:{team.project}", device_key.new_id()
    with one.workspace.store.write():
        one.workspace.log.append(
            space=space, type="attachment", record=record,
            fields={"state": "kept", "about": fix, "size": "9", **values}, base={},
            header={
                "ref": None, "number": "AT-1", "project": team.project, "occurred": 1,
                "recorded": 1, "author": team.person(one),
            },
        )  # fmt: skip
        tx = Transaction(one.workspace, one.exchange.trust, space)
        assert rebuild(tx, [("attachment", record)])


def tree(folder: Path) -> set[str]:
    """Every file in and around a book."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_case_55_no_file_lies_where_a_name_says(team: Team, way: Way, tmp_path: Path) -> None:
    a, b, c = team.all
    hand(way, a, b)
    fix, path = team.fix(a), tmp_path / "x.bin"
    path.write_bytes(b"123456789")
    found = kept.keep(a.home, path)
    named = {"about": fix, "sha256": found.sha256, "size": found.size}
    for name in PATHS:
        a.book.add("attachment", {**named, "name": name})
    for sha in (*PATHS, str(path), "/dev/zero", "../" + found.sha256, found.sha256.upper(), ""):
        attach(team, a, fix, name="x", sha256=sha)
    assert all(kept.whole(b.home, sha) is None for sha in (*PATHS, str(path), "/dev/zero"))
    before, around = tree(b.home), tree(tmp_path / "team")
    hand(way, a, b)
    assert b.exchange.quarantined() == []
    stored = f"{kept.FOLDER}/{found.sha256[:2]}"
    fresh = {one for one in tree(b.home) - before if "." not in one.rpartition("/")[2]}
    assert {f"{stored}/{found.sha256}"} <= fresh
    assert all(one.startswith(kept.FOLDER) for one in fresh)
    beyond = tree(tmp_path / "team") - around
    assert all(one.split("/")[0] in ("乙", "founder") for one in beyond)
    hand(way, b, c)
    assert sound(b) and same(b, c)


def test_case_55_bytes_that_are_not_the_files(
    team: Team, way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who hands over others is found out; the right ones are still wanted, and taken."""
    a, b, _ = team.all
    hand(way, a, b)
    fix, path = team.fix(a), tmp_path / "x.bin"
    path.write_bytes(Random(1).randbytes(3_000))
    found = kept.keep(a.home, path)
    a.book.add("attachment", {"about": fix, "name": "照片", "sha256": found.sha256,
                              "size": found.size})  # fmt: skip
    lies = kept.place(a.home, found.sha256)
    lies.chmod(0o600)
    lies.write_bytes(Random(2).randbytes(3_000))
    with monkeypatch.context() as forging, suppress(Refused):
        forging.setattr(kept, "whole", lambda *_: True)
        way.out(a)
    with suppress(Refused):
        way.into(b)
    assert not kept.place(b.home, found.sha256).exists() and sound(b)
    lies.write_bytes(path.read_bytes())
    for _ in range(2):
        hand(way, a, b)
    assert attachments.count(b.workspace, b.get(fix)) == (1, 1)
    assert kept.whole(b.home, found.sha256) and same(a, b)


# -- newer versions --------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Team]:
    """Three books made by the old version of the program."""
    declare(new=False)
    made = Team.copied(tmp_path / "old", "b", "c", met=True)
    yield made
    made.close()
    forget()


def test_case_45_an_old_device_passes_a_new_field_on(old: Team, way: Way) -> None:
    a, b, c = old.all
    update(a)
    id = gadget(a, old, name="n", size="7", low="1", high="2")
    update(new=False)
    hand(way, a, b)
    assert parked(b) == {("field", "size"), ("value", "span")}
    b.book.edit(id, {"name": "m"})
    hand(way, b, c)
    update(b, c)
    for one in (b, c):
        seen: Any = one.get(id)
        assert (seen.name, seen.size, seen.high) == ("m", "7", "2")
    hand(way, c, a)
    hand(way, a, b)
    agreed(old)


def test_cases_45_and_46_a_new_type_and_a_later_plain_change(old: Team, way: Way) -> None:
    a, b, c = old.all
    id = gadget(a, old, colour="red")
    hand(way, a, b)
    update(a)
    a.book.edit(id, {"colour": "green"})
    update(new=False)
    hand(way, a, b)
    found: Any = b.get(id)
    assert found.colour == "red" and parked(b) == {("value", "colour")}
    update(a)
    a.book.edit(id, {"colour": "blue"})
    a.book.move(id, "drop")
    update(new=False)
    hand(way, a, b)
    hand(way, b, c)
    found = c.get(id)
    assert (found.colour, found.state) == ("blue", "fresh") and not c.book.writer.siblings(id)
    update(b, c)
    for one in (b, c):
        found = one.get(id)
        assert (found.colour, found.state) == ("blue", "gone")
    hand(way, c, a)
    agreed(old)


def test_cases_47_and_49_names_and_texts_of_any_kind(old: Team, way: Way) -> None:
    """Names that SQL would understand are parked, texts arrive as the same bytes."""
    a, b, _ = old.all
    hand(way, a, b)
    ids = {name: old.fix(a, cause=text) for name, text in TEXTS.items()}
    id = gadget(a, old, name="n")
    dots = a.get(id).dots
    with a.workspace.store.write():
        for name in HOSTILE:
            a.workspace.log.append(
                space=f"p:{old.project}", type=NAME, record=id, fields={name: "x"},
                base={**a.book.writer.base_of(("state",), dots), name: []},
            )  # fmt: skip
    hand(way, a, b)
    for name, text in TEXTS.items():
        found: Any = b.get(ids[name])
        assert found.cause.encode() == text.encode(), name
    assert b.get(id).id == id and sound(b) and rows(a) == rows(b)


# -- devices ---------------------------------------------------------------------------------------


def test_cases_34_and_35_copied_restored_and_cut_at_once(
    team: Team, way: Way, tmp_path: Path
) -> None:
    """A book copied before the last work, opened on the same laptop in the middle of a round."""
    a, b, c = team.all
    hand(way, a, b)
    made = portions(team, b, 3)
    b.workspace.close()
    shutil.copytree(b.home, tmp_path / "yesterday")
    b.reopen()
    made += portions(team, b, 3)
    hand(way, b, a)
    b.workspace.close()
    for name in (workspace.DATABASE,):
        shutil.copy(tmp_path / "yesterday" / name, b.home / name)
    for rest in b.home.glob(f"{workspace.DATABASE}-*"):
        rest.unlink()
    before = b.device
    b = team.all[1] = replica(open_book(b.home))
    assert b.device != before, "its numbers are taken"
    made.append(team.fix(b))
    with suppress(Refused):
        way.out(b, stop=lambda: True)
    for giver, taker in ((b, a), (a, b), (a, c), (b, c)):
        hand(way, giver, taker)
    for one in team.all:
        assert {one.get(id).id for id in made} == set(made) and sound(one)
    assert same(*team.all) and not differences(a, b)
