"""Seal own: what this device wrote is signed once, under each of its ids, and judged as others'."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import Refused
from sync.apply.local_history import LocalHistory
from sync.apply.seal_own import NOT_ADMITTED, Sealing
from sync.changes.change import Dot
from sync.encoding.segment import decode
from sync.log import device_aliases, seals
from sync.trust import device_key, seal
from sync.workspace.setup import begin as begin_book
from sync.workspace.workspace import open_book
from tests.support.replicas import Replica, Team, give, replica


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def sealed(one: Replica, space: str) -> list[tuple[int, int]]:
    """The bounds of the segments of a space that this device sealed."""
    idx = one.workspace.log.idx
    found = seals.of_space(one.workspace.store.db.connection(), space)
    return [(seal.first, seal.last) for seal in found if seal.idx == idx]


def test_what_was_written_is_sealed_once(team: Team) -> None:
    one, space = team.founder, f"p:{team.project}"
    before = sealed(one, space)
    assert one.exchange.seal_now(space) == len(sealed(one, space)) - len(before)
    team.fix(one)
    assert one.exchange.seal_now(space) == 1 and one.exchange.seal_now(space) == 0
    last = one.workspace.log.tip(space, one.device)
    (found,) = one.exchange.offer(space, {one.device: last[0] - 1})
    segment = decode(found)
    assert segment.hash == last[1]
    assert seal.check(one.exchange.sealing.key.public, segment.head, segment.signature)


def test_a_space_without_anything_new_needs_no_key(team: Team) -> None:
    one = team.founder
    for space in one.exchange.spaces():
        one.exchange.seal_now(space)
    (one.home / device_key.FILE).unlink()
    fresh = Sealing(one.workspace, one.exchange.trust)
    assert fresh.seal(f"p:{team.project}") == 0
    team.fix(one)
    with pytest.raises(Refused):
        fresh.seal(f"p:{team.project}")


def test_a_book_begun_alone_seals_for_nobody_else(team: Team, tmp_path: Path) -> None:
    alone = replica(begin_book(tmp_path / "alone", name="独自", project="项目"))
    stranger = Sealing(alone.workspace, team.founder.exchange.trust)
    with pytest.raises(Refused) as caught:
        for space in alone.exchange.spaces():
            stranger.seal(space)
    assert caught.value.word is NOT_ADMITTED
    alone.workspace.close()


def test_a_new_id_of_the_same_key_is_vouched_for(team: Team) -> None:
    a, b = team.all
    old = b.device
    b.workspace.close()
    device_key.renew(b.home)
    b.reopen()
    assert b.device != old
    team.fix(b)
    assert b.exchange.seal_now(f"p:{team.project}") == 1
    word = device_aliases.of(b.workspace.store.db.connection(), b.device)
    assert word is not None and word.old == old
    assert give(b, a).outcome.quarantined == 0
    assert a.workspace.people.person_of(b.device) == team.person(b)


def test_what_goes_round_the_door_is_caught_when_it_is_sealed(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the rows as they are, by the creations and states alone, and by whoever receives it."""
    founder, one = team.all
    refused = forged(team, one)
    team.tell()
    twin = replica(open_book(shutil.copytree(one.home, team.folder / "twin")))
    team.all.append(twin)
    for space in one.exchange.spaces():
        one.exchange.seal_now(space)
    assert [seq for seq, _ in caught(one)] == refused
    give(one, founder)
    assert caught(founder) == caught(one)
    with monkeypatch.context() as slow:
        slow.setattr(LocalHistory, "current_row", lambda *_: None)
        for space in twin.exchange.spaces():
            twin.exchange.seal_now(space)
    assert caught(twin) == caught(one)
    assert {id: row.dots for id, row in fixes(twin).items()} == {
        id: row.dots for id, row in fixes(one).items()
    }


def forged(team: Team, one: Replica) -> list[int]:
    """Write what the book would refuse, and honest work around it; returns what is to be caught."""
    space, write = f"p:{team.project}", one.book.writer.write
    first, second = one.get(team.fix(one)), one.get(team.fix(one))
    note = one.book.add("note", {"about": first.id, "text": "已通知"})
    one.book.edit(first.id, {"cause": "磨损"})
    with one.book.saving():
        wrong = [
            write(one.get(first.id), space, {"state": "closed"}, first.dots),
            write(one.get(second.id), space, {"severity": "major"}, second.dots),
            write(note, space, {"text": "没有通知"}, note.dots),
        ]
    one.book.edit(second.id, {"place": "B 柜"})
    with one.book.saving():
        kept = one.get(first.id)
        write(kept, space, {"place": "A 柜"}, kept.dots)  # over the state that will not count
        other = {"place": [(one.device, wrong[1])], "state": [(one.device, wrong[1])]}
        wrong.append(write(one.get(first.id), space, {"place": "C 柜"}, first.dots, over=other))
        none = {"cause": list[Dot]()}
        wrong.append(write(one.get(second.id), space, {"cause": "过热"}, second.dots, over=none))
    return wrong


def caught(one: Replica) -> list[tuple[int, str]]:
    """What is in quarantine: (sequence, reason)."""
    return sorted((found.seq, found.reason.en) for found in one.exchange.quarantined())


def fixes(one: Replica) -> dict[str, Record]:
    """The fixes of a book by id."""
    return {row.id: row for row in rows.fetch(one.workspace.store, kinds["fix"], "ORDER BY n")}


def test_altered_bytes_of_our_own_are_read_strictly(team: Team) -> None:
    one, space = team.founder, f"p:{team.project}"
    team.fix(one)
    spaced = "CAST(replace(body, '\"v\":1', '\"v\": 1') AS BLOB)"
    with one.workspace.store.write():
        one.workspace.store.db.execute_sql(
            f"UPDATE change SET body={spaced} WHERE space=?", (space,)
        )
    with pytest.raises(Refused, match="唯一写法"):
        one.exchange.seal_now(space)
