"""What holds over every carrier; the numbers are those of the list of sync cases."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.book.conflict import conflict_resolution
from models.book.conflict.conflicts import count as all_conflicts
from models.storage.backup import backup
from models.text.words import Refused
from sync.apply.open_book import open_book
from sync.log.histories import forks
from sync.transport import attachments
from sync.trust import device_key
from sync.workspace import acknowledgements, workspace
from sync.workspace.restore import restore
from tests.support.replicas import Replica, Team, replica
from tests.sync.transport.ways import WAYS, Bundles, Shared, Way
from tui.cli.commands.check import findings

LATER = 3
SEGMENTS = 7


def hand(way: Way, giver: Replica, taker: Replica) -> None:
    """All that one has to the other."""
    way.out(giver)
    way.into(taker)


def rows(one: Replica) -> int:
    """How many changes the log has."""
    return int(one.workspace.store.rows("SELECT count(*) FROM change")[0][0])


def sound(one: Replica, *, copied: bool = False) -> bool:
    """Whether the book passes its own check; `copied`: but for a device with two histories, whose
    holders differ.
    """
    found = [str(found) for found in findings(one.workspace) if found.bad]
    told = [line for line in found if "两种历史" in line]
    return len(told) == copied and all(copied and "不一致" in line for line in {*found} - {*told})


def same(*some: Replica) -> bool:
    """Whether all hold the same."""
    return len({one.digest() for one in some}) == 1


def portions(team: Team, one: Replica, number: int = SEGMENTS) -> list[str]:
    """Records in as many segments; returns their ids."""
    made = []
    for _ in range(number):
        made.append(team.fix(one))
        for space in one.exchange.spaces():
            one.exchange.seal_now(space)
    return made


def after(number: int) -> Callable[[], bool]:
    """Says stop at this asking."""
    asked = itertools.count()
    return lambda: next(asked) >= number


@pytest.mark.shows(72)
def test_case_18_delivered_again_and_again(team: Team, way: Way) -> None:
    a, b, _ = team.all
    fix = team.fix(a)
    hand(way, a, b)
    b.book.edit(fix, {"place": "别处"})
    team.fix(a)
    hand(way, a, b)
    before = b.digest(), rows(b)
    for _ in range(LATER):
        way.again(b)
    assert (b.digest(), rows(b)) == before
    assert sound(b)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 1, 0)])
def test_cases_19_and_8_whoever_is_met_first(team: Team, way: Way, order: tuple[int, ...]) -> None:
    a = team.founder
    fix = team.fix(a)
    for one in team.all[1:]:
        hand(way, a, one)
    for place, one in enumerate(team.all):
        one.book.edit(fix, {"place": f"位置 {place}"})
    for giver, taker in itertools.permutations(order, 2):
        hand(way, team.all[giver], team.all[taker])
    assert same(*team.all)
    assert [all_conflicts(one.book) for one in team.all] == [1, 1, 1]
    assert len(a.book.writer.siblings(fix)["place"]) == 2


def test_case_21_three_devices_in_a_ring(team: Team, way: Way) -> None:
    a, b, c = team.all
    for one in team.all:
        if one is not a:
            hand(way, a, one)
        team.fix(one)
    for giver, taker in ((a, b), (b, c), (c, a), (a, b)):
        hand(way, giver, taker)
    assert same(a, b, c)
    assert all(sound(one) for one in team.all)


def test_case_22_the_answer_is_lost(team: Team, way: Way) -> None:
    """The round ends before its last word; the retry makes no second copy."""
    a, b, _ = team.all
    portions(team, a)
    stopped = after(SEGMENTS + 1)
    try:
        assert way.out(a, stop=stopped).stopped
    except Refused:
        assert isinstance(way, Bundles), "only a bundle is written whole or not at all"
    hand(way, a, b)
    assert same(a, b) and rows(a) == rows(b) and sound(b)


def test_case_23_an_edit_while_sending(team: Team, way: Way) -> None:
    a, b, _ = team.all
    fix, written = team.fix(a), list[str]()

    def edit(_share: float) -> None:
        if not written:
            written.append(a.book.edit(fix, {"place": "发送途中"}).id)

    way.out(a, tell=edit)
    assert written
    way.into(b)
    assert a.get(fix).values()["place"] == "发送途中"
    hand(way, a, b)
    assert b.get(fix).values()["place"] == "发送途中" and same(a, b)
    assert all_conflicts(b.book) == 0


@pytest.mark.shows(72)
def test_case_24_cut_after_a_few_segments_and_gone_on(team: Team, way: Way) -> None:
    a, b, _ = team.all
    made = portions(team, a)
    way.out(a)
    before, held = rows(b), set[int]()
    for number in range(1, SEGMENTS + 4):
        report = way.into(b, stop=after(number))
        assert sound(b), number
        held.add(rows(b) - before)
        if not report.stopped:
            break
    assert len(held) > 2, "it was never cut"
    way.into(b)
    assert same(a, b) and {b.get(id).id for id in made} == set(made)


def test_case_25_one_unacceptable_change_among_many(team: Team, way: Way) -> None:
    """A state written without its move: quarantined everywhere, and the work goes on."""
    a, b, c = team.all
    hand(way, a, b)
    made = [team.fix(b) for _ in range(20)]
    seen = b.book.writer.base_of(("state",), b.get(made[3]).dots)
    with b.workspace.store.write():
        b.workspace.log.append(
            space=f"p:{team.project}", type="fix", record=made[3],
            fields={"state": "closed"}, base=seen,
        )  # fmt: skip
    made += [team.fix(b) for _ in range(20)]
    hand(way, b, a)
    hand(way, a, c)
    for one in (a, c):
        (found,) = one.workspace.store.rows("SELECT record, reason FROM quarantine")
        assert found[0] == made[3] and found[1]
        assert one.get(made[3]).state == "open"
        assert all(one.get(id).state == "open" for id in made)
    team.fix(b)
    hand(way, b, c)
    hand(way, c, a)
    assert same(a, c)


def test_case_34_a_copied_database_goes_on_as_another_device(
    team: Team, way: Way, tmp_path: Path
) -> None:
    """Only the database was copied to a second laptop: a new id, and both people's work kept."""
    a, b, c = team.all
    fix = team.fix(b)
    hand(way, b, a)
    b.workspace.close()
    twin_home = tmp_path / "twin"
    twin_home.mkdir()
    shutil.copy(b.home / "device.key", twin_home)
    shutil.copy(b.home / workspace.DATABASE, twin_home)
    device_key.renew(twin_home)
    b.reopen()
    twin = replica(open_book(twin_home))
    assert twin.device != b.device
    one, other = team.fix(b, place="甲"), team.fix(twin, place="乙")
    hand(way, b, a)
    hand(way, twin, a)
    hand(way, a, c)
    hand(way, c, b)
    for who in (a, b, c):
        assert {who.get(id).id for id in (fix, one, other)} == {fix, one, other}
        assert sound(who) and forks.listed(who.workspace.store.db.connection()) == []
    assert same(a, b, c)
    twin.workspace.close()


def test_case_35_an_old_backup_is_restored(team: Team, way: Way, tmp_path: Path) -> None:
    a, b, _ = team.all
    early = team.fix(b)
    hand(way, b, a)
    kept = backup(b.workspace.store, tmp_path / "backups")
    later = team.fix(b, place="备份之后")
    hand(way, b, a)
    before = b.device
    b.workspace.close()
    restore(b.home, kept)
    b.reopen()
    assert b.device != before and b.book.find(later) is None
    new = team.fix(b, place="恢复之后")
    hand(way, a, b)
    hand(way, b, a)
    for one in (a, b):
        assert [one.get(id).values()["place"] for id in (later, new)] == ["备份之后", "恢复之后"]
        assert one.get(early).id == early and sound(one)
    assert same(a, b)


def test_case_36_a_fork_stops_nobody_else(team: Team, way: Way, tmp_path: Path) -> None:
    """Key, mark and database copied together: both go on as the same device."""
    a, b, c = team.all
    hand(way, a, b)
    b.workspace.close()
    shutil.copytree(b.home, tmp_path / "twin")
    b.workspace = open_book(b.home)
    b = team.all[1] = replica(b.workspace)
    twin = replica(open_book(tmp_path / "twin"))
    team.fix(b, place="one")
    portions(team, twin, 2)
    hand(way, b, c)
    way.out(twin)
    way.into(c)
    fix = team.fix(a)
    hand(way, a, c)
    twin.workspace.close()
    if isinstance(way, Bundles | Shared):  # a hub notes it itself and hands on nothing of it
        met = {one.device for one in forks.listed(c.workspace.store.db.connection())}
        assert met == {b.device}
    assert c.get(fix).id == fix and c.exchange.vector(f"p:{team.project}")[b.device] == 1
    assert sound(c, copied=isinstance(way, Bundles | Shared))


@pytest.mark.shows(73)
def test_case_38_and_39_one_carrier_after_another(team: Team, tmp_path: Path) -> None:
    """All content arrives over a carrier met for the first time; nothing is doubled."""
    a, b, c = team.all
    every = []
    for name, make in WAYS.items():
        folder = tmp_path / f"in-turn-{name}"
        folder.mkdir()
        every.append(make(folder))
    for place, one in enumerate(every):
        team.fix(a, place=f"{place}")
        hand(one, a, b)
    newest = WAYS["folder"](_fresh(tmp_path))
    hand(newest, b, c)
    for one in every:
        hand(one, a, c)
        hand(one, c, b)
    assert same(a, b, c)
    assert rows(a) == rows(b) == rows(c)


def _fresh(tmp_path: Path) -> Path:
    found = tmp_path / "switched"
    found.mkdir()
    return found


def slim(team: Team, giver: Replica) -> Replica:
    """A colleague who has all of it as a snapshot, and so gives it as one."""
    found = team.all[1]
    for space in giver.exchange.spaces():
        found.exchange.take(giver.exchange.snapshot(space, found.exchange.wanted(space)))
    return found


def lines(one: Replica, fix: str, *places: str) -> None:
    """Values of one field after each other, each in a segment of its own."""
    for place in places:
        one.book.edit(fix, {"place": place})
        for space in one.exchange.spaces():
            one.exchange.seal_now(space)


def stubs(one: Replica) -> int:
    """How many changes are here as digests only."""
    sql = "SELECT count(*) FROM change WHERE substr(body, 1, 1)=x'00'"
    return int(one.workspace.store.rows(sql)[0][0])


def test_case_41_a_snapshot_for_a_new_device_while_others_push(team: Team, way: Way) -> None:
    a, _, c = team.all
    fix, torn = team.fix(a), team.fix(a)
    lines(a, fix, "一", "二", "三")
    b = slim(team, a)
    a.book.edit(torn, {"place": "甲"})
    b.book.edit(torn, {"place": "乙"})
    way.out(b)
    hand(way, a, b)
    way.out(b)
    way.into(c)
    hand(way, a, c)
    hand(way, b, a)
    assert stubs(c) == 2 and stubs(a) == 0
    assert [all_conflicts(one.book) for one in team.all] == [1, 1, 1]
    assert same(a, b, c) and all(sound(one) for one in team.all)
    assert not c.exchange.waiting()


@pytest.mark.parametrize("heads", [1, 2, 3])
def test_case_42_a_snapshot_meets_unsent_changes(team: Team, way: Way, heads: int) -> None:
    a, b, c = team.all
    fix = team.fix(a)
    for one in (b, c):
        hand(way, a, one)
    lines(a, fix, "一", "二", "甲")
    own = team.fix(c)
    if heads > 1:
        lines(c, fix, "三", "丙")
    if heads > 2:
        lines(b, fix, "四", "乙")
    slim(team, a)
    way.out(b)
    report = way.into(c)
    assert not (report.taken.waiting or report.taken.refused)
    beside = c.book.writer.siblings(fix).get("place", [])
    found = {c.get(fix).values()["place"], *(version[3] for version in beside)}
    assert found == {1: {"甲"}, 2: {"甲", "丙"}, 3: {"甲", "乙", "丙"}}[heads]
    assert c.get(own).id == own and stubs(c) >= 2
    hand(way, c, b)
    for one in (a, b, c):
        hand(way, b, one) if one is not b else None
    assert same(a, b, c) and all(sound(one) for one in team.all)


@pytest.mark.shows(68)
def test_cases_16_and_43_back_after_a_year(team: Team, way: Way) -> None:
    """Meanwhile one record was voided and what no longer stands was left out."""
    a, b, c = team.all
    gone, kept = team.fix(a), team.fix(a)
    for one in (b, c):
        hand(way, a, one)
    lines(a, gone, "一", "二")
    lines(a, kept, "一", "二")
    a.book.void(gone, "重复")
    c.book.edit(gone, {"cause": "去年写的"})
    c.book.edit(kept, {"place": "去年写的"})
    slim(team, a)
    hand(way, b, c)
    found = c.get(gone)
    assert found.void is None and found.values()["cause"] == "去年写的"
    assert found.values()["phenomenon"] and found.values()["place"] == "二"
    assert all_conflicts(c.book) == 2 and stubs(c) == 2
    hand(way, c, a)
    hand(way, a, b)
    assert same(a, b, c) and all(sound(one) for one in team.all)


def test_case_24_a_snapshot_cut_and_gone_on(team: Team, way: Way) -> None:
    """Nothing of it shows before all of it is here, and no part comes twice."""
    a, b, c = team.all
    fix = team.fix(a)
    lines(a, fix, *map(str, range(SEGMENTS)))
    slim(team, a)
    way.out(b)
    space, heard = f"p:{team.project}", set[int]()
    for number in range(1, 2 * SEGMENTS):
        report = way.into(c, stop=after(number))
        assert sound(c) and (c.book.find(fix) is None) == bool(report.stopped), number
        heard.add(c.exchange.wanted(space).get(a.device, 0))
        if not report.stopped:
            break
    assert len(heard) > 2, "it was never cut"
    assert same(b, c) and c.get(fix).values()["place"] == str(SEGMENTS - 1)


def test_case_45_what_is_unknown_here_is_passed_on(team: Team, way: Way) -> None:
    a, b, c = team.all
    space = f"p:{team.project}"
    with a.workspace.store.write():
        a.workspace.log.append(
            space=space, type="gadget", record="01900000-0000-7000-8000-000000000001",
            fields={"select": "x'; DROP TABLE fix"}, base={}, header={},
        )  # fmt: skip
    hand(way, a, b)
    hand(way, b, c)
    for one in (b, c):
        assert one.workspace.store.rows("SELECT type FROM parked") == [("gadget",)]
        assert one.exchange.vector(space) == a.exchange.vector(space)


def test_a_conflict_that_comes_with_its_decision_is_not_told(team: Team, way: Way) -> None:
    a, b, _ = team.all
    fix = team.fix(a)
    hand(way, a, b)
    for one, place in ((a, "北墙"), (b, "南墙")):
        one.book.edit(fix, {"place": place})
        one.exchange.seal_now(f"p:{team.project}")
    way.out(b)
    assert way.into(a).taken.outcome.conflicts == {fix: {"place"}}
    conflict_resolution.resolve(a.book, fix, "place", value="北墙和南墙")
    way.out(a)
    report = way.into(b)
    assert report.taken.outcome.applied == 2 and all_conflicts(b.book) == 0
    assert report.taken.outcome.conflicts == {}


@pytest.mark.shows(76)
def test_what_was_written_is_not_confirmed_until_the_other_says_so(team: Team, way: Way) -> None:
    a, b, _ = team.all
    fix = team.fix(a)
    assert acknowledgements.standing(a.workspace, a.get(fix)) == ((), ())
    way.out(a)
    written = acknowledgements.standing(a.workspace, a.get(fix))
    way.into(b)
    way.out(b)
    back = way.into(a)
    seen = acknowledgements.standing(a.workspace, a.get(fix)).seen
    assert written.written or written.seen
    assert b.device in seen or set(written.seen) & set(seen)
    assert ("fix", fix) in back.confirmed or written.seen
    assert a.get(fix).synced is not None
    assert acknowledgements.unconfirmed(a.workspace) == 0
    a.book.edit(fix, {"place": "再改"})
    assert acknowledgements.standing(a.workspace, a.get(fix)) == ((), ())


def test_attached_files_follow_within_a_budget(team: Team, way: Way, tmp_path: Path) -> None:
    from models.storage import blobs as kept

    a, b, _ = team.all
    fix = team.fix(a)
    for number in range(3):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(bytes([number]) * 100_000)
        found = kept.keep(a.home, path)
        about = {"about": fix, "name": path.name, "sha256": found.sha256, "size": found.size}
        a.book.add("attachment", about)
    way.out(a, budget=250_000)
    way.into(b)
    assert attachments.count(b.workspace, b.get(fix)) == (2, 3)
    hand(way, a, b)
    assert attachments.count(b.workspace, b.get(fix)) == (3, 3)
    assert sound(b) and same(a, b)
