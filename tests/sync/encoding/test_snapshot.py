"""A snapshot: what still stands, digests of the rest, and the seals over all of it.

Sync cases 16, 24, 41, 42, 43, 44; over every carrier in `tests/sync/carriers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from models.book.conflict.conflicts import count as all_conflicts
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from sync.apply import snapshot_assembly
from sync.apply.reevaluation import consistency
from sync.changes import pruned
from sync.changes.change import Change
from sync.encoding.segment import decode, encode
from sync.organisation import administration
from sync.transport.incoming import ExchangeReport
from sync.trust import device_key
from sync.validation import pruning
from tests.support.bustle import Bustle, rebuilt
from tests.support.replicas import Replica, Team, book_of, contents, differences, give, replica
from tests.support.scene import Scene, furnished
from tests.sync.log.test_quarantine import forge

PLACES = ("一", "二", "三", "四")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer and a department manager, in sync."""
    made = Team.copied(tmp_path, "b")
    made.admit("c", (ENGINEER, DEPARTMENT_MANAGER))
    made.meet()
    yield made
    made.close()


def shot(giver: Replica, taker: Replica) -> dict[str, list[bytes]]:
    """By space, what a snapshot has for the taker."""
    return {
        space: list(giver.exchange.snapshot(space, taker.exchange.wanted(space)))
        for space in giver.exchange.spaces()
    }


def join(giver: Replica, taker: Replica) -> ExchangeReport:
    """Take a snapshot of everything."""
    taker.exchange.take_members(giver.exchange.members(0))
    report = ExchangeReport()
    for blobs in shot(giver, taker).values():
        report.add(taker.exchange.take(blobs))
    return report


def stubs(one: Replica) -> int:
    """How many bodies are not here."""
    sql = "SELECT count(*) FROM change WHERE substr(body, 1, 1)=x'00'"
    return int(one.workspace.store.rows(sql)[0][0])


def edits(one: Replica, id: str, places: Sequence[str] = PLACES) -> None:
    """Several values of one field after each other, each in a segment of its own."""
    for place in places:
        one.book.edit(id, {"place": place})
        for space in one.exchange.spaces():
            one.exchange.seal_now(space)


def sound(*some: Replica) -> None:
    """The books are the same, pass their checks, and say what their logs say."""
    assert len({one.digest() for one in some}) == 1
    for one in some:
        assert [str(found) for found in consistency.everything(one.workspace) if found.bad] == []
        assert not differences(some[0], one)
        before = contents(one.book)
        assert rebuilt(one) == before


def test_41_a_snapshot_equals_a_replay_open_conflicts_and_all(team: Team) -> None:
    a, b, c = team.all
    fix, other, gone = team.fix(a), team.fix(a), team.fix(a)
    edits(a, fix)
    team.meet(a, b)
    a.book.edit(fix, {"place": "甲"})
    b.book.edit(fix, {"place": "乙"})
    a.book.move(other, "fix", {"cause": "c", "correction": "d"})
    a.book.add("note", {"about": other, "text": "备注"})
    a.book.void(gone, "写错了")
    seen = b.book.writer.base_of(("state",), b.get(fix).dots)
    forge(b, f"p:{team.project}", fix, fields={"state": "closed"}, base=seen)
    team.meet(a, b)
    give(a, c)
    d = team.admit("d")
    report = join(a, d)
    assert not report.refused and not report.waiting
    assert stubs(d) == 3 and stubs(c) == 0, "what the conflict is about is kept"
    assert all_conflicts(d.book) == 1 and len(d.book.writer.siblings(fix)["place"]) == 1
    assert d.exchange.quarantined() == c.exchange.quarantined() != []
    sql = "SELECT record, move, author FROM transition"
    assert d.workspace.store.rows(sql) == c.workspace.store.rows(sql) != []
    sound(a, c, d)


def test_41_others_push_while_the_snapshot_is_on_its_way(team: Team) -> None:
    a, b, c = team.all
    fix = team.fix(a)
    edits(a, fix)
    blobs = shot(a, c)
    give(a, b)
    edits(b, fix, ["五", "六"])
    give(b, a)
    team.fix(b)
    for some in blobs.values():
        assert not c.exchange.take(some).refused
    assert c.get(fix).values()["place"] == "四"
    give(b, c)
    give(b, a)
    assert stubs(c) == 3
    sound(a, b, c)


@pytest.mark.parametrize("heads", [1, 2, 3])
@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_42_a_snapshot_meets_unsent_work(team: Team, heads: int, order: tuple[int, ...]) -> None:
    """Everybody edits the same field; one takes snapshots of the others' books."""
    a, b, c = team.all
    fix, own = team.fix(a), team.fix(c)
    edits(a, fix)
    team.meet()
    edits(a, fix, ["甲", "乙", "丙"])
    if heads > 2:
        edits(b, fix, ["丁", "戊"])
    if heads > 1:
        c.book.edit(fix, {"place": "己"})
        c.book.edit(fix, {"place": "庚"})
    c.book.edit(own, {"cause": "本机"})
    for giver in ([a, b][n] for n in order):
        report = join(giver, c)
        assert not report.refused and not report.waiting
    assert not c.exchange.waiting()
    beside = c.book.writer.siblings(fix).get("place", [])
    found = {c.get(fix).values()["place"], *(version[3] for version in beside)}
    assert found == {1: {"丙"}, 2: {"丙", "庚"}, 3: {"丙", "戊", "庚"}}[heads]
    assert c.get(own).values()["cause"] == "本机"
    team.meet()
    sound(a, b, c)


def test_16_and_43_a_year_away_and_the_record_void_and_compacted(team: Team) -> None:
    a, b, c = team.all
    fix, kept = team.fix(a), team.fix(a)
    team.meet()
    edits(a, fix)
    edits(a, kept)
    a.book.void(fix, "重复")
    b.book.edit(fix, {"cause": "一年前写的"})
    b.book.edit(kept, {"place": "一年前写的"})
    join(a, c)
    assert stubs(c) == 6
    report = join(c, b)
    assert not report.refused and not report.waiting
    assert stubs(b) == 6, "what a device does not have, it gives as digests"
    assert b.get(fix).void is None and b.get(fix).values()["cause"] == "一年前写的"
    assert b.get(fix).values()["phenomenon"] and b.get(fix).values()["place"] == "四"
    assert all_conflicts(b.book) == 2
    team.meet()
    sound(a, b, c)


def test_24_and_44_a_snapshot_in_parts_counts_when_it_is_whole(team: Team) -> None:
    a, b, _ = team.all
    space, fix = f"p:{team.project}", team.fix(a)
    give(a, b)
    edits(a, fix)
    before = b.digest(), b.exchange.vector(space)
    blobs = shot(a, b)[space]
    assert len(blobs) == len(PLACES)
    for number, blob in enumerate(blobs[:-1], 1):
        b.exchange.take([blob])
        assert (b.digest(), b.exchange.vector(space)) == before, "nothing is held by hearsay"
        b.reopen()
        rest = list(a.exchange.snapshot(space, b.exchange.wanted(space)))
        assert len(rest) == len(blobs) - number, "it goes on where it ended"
    report = b.exchange.take(rest)
    assert report.outcome.applied == 4 and not b.exchange.waiting()
    assert b.get(fix).values()["place"] == "四"
    sound(a, b)


def test_the_parts_may_come_in_any_order_and_twice(team: Team) -> None:
    a, b, _ = team.all
    space, fix = f"p:{team.project}", team.fix(a)
    give(a, b)
    edits(a, fix)
    for blob in reversed(shot(a, b)[space] * 2):
        assert not b.exchange.take([blob]).refused
    assert b.get(fix).values()["place"] == "四" and not b.exchange.waiting()
    sound(a, b)


def test_nobody_slips_in_or_alters_a_row(team: Team) -> None:
    """Every byte of the digests and of the bodies that are there is under the seal."""
    a, b, _ = team.all
    space, fix = f"p:{team.project}", team.fix(a)
    edits(a, fix)
    before, blobs = b.digest(), shot(a, b)[space]
    place, thin = 2, decode(blobs[2]).thin
    assert thin is not None and thin.digests
    for byte in range(0, len(thin.digests), 5):
        wrong = bytearray(thin.digests)
        wrong[byte] ^= 1
        forged = encode(replace(decode(blobs[place]), thin=replace(thin, digests=bytes(wrong))))
        report = b.exchange.take([*blobs[:place], forged, *blobs[place + 1 :]])
        assert ["封印" in str(why) for why in report.refused] == [True]
        assert b.digest() == before and stubs(b) == 0
    assert not b.exchange.take([blobs[place]]).refused
    sound(a, b)


def test_parts_with_any_byte_altered_do_no_harm(team: Team) -> None:
    """Whatever they claim to be a part of, the true ones are taken once they come again."""
    a, b, _ = team.all
    space, fix = f"p:{team.project}", team.fix(a)
    edits(a, fix, ["一", "二"])
    before, blobs = b.digest(), shot(a, b)[space]
    for blob in blobs:
        for place in range(0, len(blob), 3):
            altered = bytes([*blob[:place], blob[place] ^ 0x55, *blob[place + 1 :]])
            b.exchange.take([altered, blob[:place]])
            assert b.digest() == before
    now = b.workspace.log.now()
    b.clock(now + snapshot_assembly.FRESH + 1)
    for _ in range(2):
        b.exchange.take(shot(a, b)[space])
    sound(a, b)


def test_a_snapshot_that_hides_what_stands_is_refused(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, _ = team.all
    fix = team.fix(a)
    edits(a, fix)
    needed = pruning.RemainingValues.needed
    hidden = {(a.device, a.exchange.vector(f"p:{team.project}")[a.device])}
    monkeypatch.setattr(pruning.RemainingValues, "needed", lambda self: needed(self) - hidden)
    report = join(a, b)
    assert [str(why) for why in report.refused] == [
        "收到的快照缺少仍然有效的内容，没有采用。请从另一处同步。"
    ]
    assert b.book.find(fix) is None and stubs(b) == 0 and not b.exchange.waiting()
    monkeypatch.undo()
    give(a, b)
    sound(a, b)


def test_values_left_out_come_back_when_a_revocation_needs_them(team: Team) -> None:
    """What replaced them counts no longer: the value before stands again, from who has it."""
    a, b, c = team.all
    fix = team.fix(a)
    team.meet()
    edits(a, fix, ["一", "二"])
    give(a, b)
    b.book.edit(fix, {"place": "撤销的"})
    join(b, c)
    assert stubs(c) == 2 and c.get(fix).values()["place"] == "撤销的"
    administration.revoke(a.workspace, b.device)
    c.exchange.take_members(a.exchange.members(0))
    assert c.get(fix).values()["place"] is None, "not the refused value, nor one from before"
    assert f"p:{team.project}" not in c.exchange.digests(), "it shows less than others for now"
    give_wanted(a, c)
    assert c.get(fix).values()["place"] == "二" and stubs(c) < 2
    assert c.exchange.wanted(f"p:{team.project}") == c.exchange.vector(f"p:{team.project}")
    give(c, a)
    assert len(a.exchange.quarantined()) == len(c.exchange.quarantined()) == 1
    assert c.exchange.digests() == a.exchange.digests()
    sound(a, c)


def give_wanted(giver: Replica, taker: Replica) -> None:
    """As a round does."""
    for space in giver.exchange.spaces():
        taker.exchange.take(giver.exchange.offer(space, taker.exchange.wanted(space)))


def test_a_move_after_the_snapshot_is_judged_like_anywhere(team: Team) -> None:
    a, b, c = team.all
    fix = team.fix(a)
    edits(a, fix)
    join(a, c)
    c.book.edit(fix, {"cause": "c", "correction": "d"})
    c.book.move(fix, "fix")
    join(c, b)
    team.meet()
    assert [one.get(fix).state for one in team.all] == ["fixed"] * 3
    assert not any(one.exchange.quarantined() for one in team.all)
    sound(a, b, c)


def test_a_stub_reads_as_it_was_written(team: Team) -> None:
    a, b, _ = team.all
    fix = team.fix(a)
    edits(a, fix)
    join(a, b)
    space, idx = f"p:{team.project}", b.workspace.people.idx_of(a.device)
    sql = "SELECT seq, at, type, record, hash, body FROM change WHERE space=? AND idx=?"
    there = {row[0]: row for row in a.workspace.store.rows(sql, (space, a.workspace.log.idx))}
    for seq, at, type, record, hash, body in b.workspace.store.rows(sql, (space, idx)):
        whole = there[seq]
        assert (at, type, record, hash) == whole[1:5]
        expected = whole[5] if body == whole[5] else pruned.stub(Change.parse(whole[5]), whole[5])
        assert body == expected


@pytest.mark.parametrize("seed", range(3))
def test_12_random_work_with_snapshots_comes_out_the_same(tmp_path: Path, seed: int) -> None:
    bustle = Bustle(tmp_path, seed, snapshots=True)
    bustle.run(120)
    assert bustle.same() and bustle.met.get("freeze")
    for one in bustle.team.all:
        before = contents(one.book)
        assert rebuilt(one) == before
    bustle.team.close()


def test_a_whole_team_at_work_is_judged_alike_by_log_and_by_snapshot(tmp_path: Path) -> None:
    """Moves by rule, four eyes, a revoked device, somebody who left: the same in quarantine."""
    scene = furnished(tmp_path)
    fix, boss, mate = scene.ids["escalated"], scene.actors["boss"], scene.actors["mate"]
    for text in ("一", "二", "三"):
        scene.actors["lead"].book.edit(scene.ids["open"], {"place": text})
        scene.actors["eng"].book.edit(scene.ids["open of mate"], {"place": text})
    advice = {"advice": "先现场处理"}
    boss.book.move(scene.ids["its escalation"], "return", advice, comment="先现场处理")
    assert mate.book.get(fix).state != "escalated"
    for text in ("四", "五"):
        boss.book.edit(fix, {"place": text})
    seen = boss.book.writer.base_of(("state",), boss.book.get(fix).dots)
    forge(replica(scene.workspace), scene.space, fix, fields={"state": "closed"}, base=seen)
    boss.book.edit(fix, {"place": "六"})
    blobs = [encode(one) for one in scene.seal()]
    books = [newcomer(scene, tmp_path / name) for name in ("by-log", "by-snapshot")]
    books[0].exchange.take_members(books[1].exchange.members(0))
    assert not books[0].exchange.take(blobs).refused
    assert not join(books[0], books[1]).refused and stubs(books[1]) >= 3
    found = [one.exchange.quarantined() for one in books]
    assert found[0] == found[1] != []
    sql = "SELECT record, move, author, role, state FROM transition ORDER BY record, device, seq"
    assert books[0].workspace.store.rows(sql) == books[1].workspace.store.rows(sql) != []
    sound(*books)
    for one in books:
        one.workspace.close()
    scene.close()


def newcomer(scene: Scene, home: Path) -> Replica:
    """A device admitted to the scene's organisation, with an empty book."""
    home.mkdir()
    key, name = device_key.make(home), home.name
    person = administration.add_person(scene.workspace, name, "")
    administration.set_role(scene.workspace, person, ENGINEER, "*", grant=True)
    grown = administration.change(
        scene.workspace, lambda log, by: log.admit(person, key.id, key.public, name, by)
    )
    return replica(book_of(home, grown))
