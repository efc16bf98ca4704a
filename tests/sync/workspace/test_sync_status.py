"""What people are told of the sync is counted from what others said themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from models.text.words import Refused, W
from sync.transport import peers, recent_peers
from sync.transport.bundle import bundle
from sync.transport.recent_peers import FROM_FILE, TO_FILE
from sync.workspace import sync_status
from sync.workspace.acknowledgements import LAST, PEER
from sync.workspace.sync_status import SyncPlace
from sync.workspace.workspace import Workspace
from tests.support.replicas import Replica, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer and a department manager."""
    made = Team.copied(tmp_path, "b")
    made.admit("c", (ENGINEER, DEPARTMENT_MANAGER))
    made.meet()
    yield made
    made.close()


def carry(giver: Replica, taker: Replica, path: Path) -> None:
    """A stick from one to the other."""
    bundle.write(giver.exchange, path)
    bundle.read(taker.exchange, path)


def placed(one: Replica, id: str) -> SyncPlace | None:
    """Where a record is, as this device knows."""
    return sync_status.place(one.workspace, one.get(id))


def test_a_record_on_its_way_by_stick(team: Team, tmp_path: Path) -> None:
    _, b, c = team.all
    fix = team.fix(b)
    b.book.edit(fix, {"place": "别处"})
    assert placed(b, fix) == SyncPlace()
    here = next(one for one in sync_status.unsent(b.workspace) if one.record == fix)
    assert (here.type, here.changes, here.written) == ("fix", 2, False)
    before = sync_status.outbox(b.workspace)
    assert before[0] >= 2 and before[1] == 0

    carry(b, c, tmp_path / "there.sitebook")
    assert placed(b, fix) == SyncPlace(written=("bundle",))
    assert sync_status.outbox(b.workspace) == (0, sum(before))
    assert all(one.written for one in sync_status.unsent(b.workspace))
    assert placed(c, fix) is None  # nothing of it was written there

    carry(c, b, tmp_path / "back.sitebook")
    place = placed(b, fix)
    assert place is not None and place.people == (team.person(c),) and not place.hub
    assert sync_status.reviewers(b.workspace, b.get(fix), place.people) == [team.person(c)]
    assert fix not in {one.record for one in sync_status.unsent(b.workspace)}

    b.book.edit(fix, {"place": "第三处"})  # what was confirmed is not what stands here now
    assert placed(b, fix) == SyncPlace()


def test_others_are_heard_of(team: Team, tmp_path: Path) -> None:
    founder, b, c = team.all
    silent = team.admit("d")
    at = 1_700_000_000_000
    c.clock(at)
    theirs = team.fix(c)
    carry(c, b, tmp_path / "x.sitebook")
    heard = {one.device.id: one for one in sync_status.heard(b.workspace)}
    assert heard.keys() == {founder.device, c.device, silent.device}
    assert heard[silent.device].until is None and heard[silent.device].seen is None
    assert heard[c.device].until == next(iter(c.book.change_log.history(theirs))).at >> 16
    assert sync_status.reach(b.workspace).get(team.person(b)) is None
    assert sync_status.reach(b.workspace).get(team.person(silent)) is None
    since = sync_status.reach(b.workspace).get(team.person(c))
    assert since is not None and since >= at
    assert sync_status.carried(b.workspace) == []
    assert [one.carrier for one in sync_status.carried(c.workspace)] == ["bundle"]


def test_a_person_alone_meets_none_of_it(workspace: Workspace, tmp_path: Path) -> None:
    assert sync_status.alone(workspace)
    with pytest.raises(Refused):
        peers.sync(workspace, str(tmp_path / "nowhere"))
    assert sync_status.alone(workspace)  # a mistyped folder is nobody
    (tmp_path / "share").mkdir()
    peers.sync(workspace, str(tmp_path / "share"))
    assert not sync_status.alone(workspace)


def test_the_last_rounds_are_remembered_with_what_went_wrong(team: Team, tmp_path: Path) -> None:
    b = team.all[1]
    team.fix(b)
    share, gone = tmp_path / "share", tmp_path / "gone"
    share.mkdir()
    peers.sync(b.workspace, str(share))
    with pytest.raises(Refused):
        peers.sync(b.workspace, str(gone))
    team.fix(b)
    peers.sync(b.workspace, str(share), stop=lambda: True)
    bundle.write(b.exchange, tmp_path / "x.sitebook")
    (tmp_path / "bad.sitebook").write_bytes(b"x")
    with pytest.raises(Refused):
        bundle.read(b.exchange, tmp_path / "bad.sitebook")
    found = {(one.peer, one.way): one for one in recent_peers.of(b.workspace)}
    assert len(found) == 4
    assert found[str(share), "round"].stopped and not found[str(share), "round"].done
    why = found[str(gone), "round"].why
    assert isinstance(why, W) and str(gone) in why.zh and str(gone) in why.en
    assert found[str(tmp_path / "x.sitebook"), TO_FILE].given > 0
    assert found[str(tmp_path / "bad.sitebook"), FROM_FILE].why is not None
    assert b.workspace.store.meta(PEER) == str(share)  # the one that could be reached
    for at in range(20):
        recent_peers.failed(b.workspace, f"/{at}", "round", Refused(peers.NOBODY))
    assert len(recent_peers.of(b.workspace)) == recent_peers.KEPT
    b.workspace.store.db.execute_sql("UPDATE meta SET value='[' WHERE key='rounds'")
    assert recent_peers.of(b.workspace) == []


def test_the_counts_of_a_book(team: Team) -> None:
    _, b, c = team.all
    here = b.workspace
    before = sync_status.counts(here)
    assert before == (0, 0, 0, before.last)
    fix = team.fix(b)
    team.meet()
    b.book.edit(fix, {"place": "甲"})
    c.book.edit(fix, {"place": "乙"})
    team.meet()
    with here.store.write():
        here.store.set_meta(LAST, 1_700_000_000_000)
    counts = sync_status.counts(here)
    assert (counts.conflicts, counts.quarantined, counts.waiting) == (1, 0, 0)
    assert counts.last == 1_700_000_000_000
