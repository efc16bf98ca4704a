"""A device that was revoked learns it by whatever carrier it meets others, says so, and hears of
the members nothing that came after.
"""

from __future__ import annotations

from pathlib import Path

from models.text.words import Refused
from sync.apply.reevaluation import incarnation
from sync.organisation import administration
from tests.support.replicas import Replica, Team, differences
from tests.support.twins import readmitted
from tests.sync.transport.ways import Way, carried


def told(way: Way, one: Replica) -> list[object]:
    """What a round complains of."""
    try:
        report = way.into(one)
    except Refused as why:
        return [why.word]
    return [why.word for why in (*report.refused, *report.taken.refused)]


def test_a_revoked_device_learns_it_and_nothing_more(team: Team, way: Way, tmp_path: Path) -> None:
    a, b, _ = team.all
    carried(way, *team.all)
    unsent = team.fix(b)
    administration.revoke(a.workspace, b.device)
    last = len(a.exchange.trust.membership.entries)
    administration.add_person(a.workspace, "后来的人", "")
    if type(way).__name__ != "Served":
        way.out(b)
    way.out(a)
    assert told(way, b).count(incarnation.REVOKED) == 1
    assert incarnation.stopped(b.workspace)
    assert [one.word for one in incarnation.advice(b.workspace)] == [incarnation.REVOKED]
    log = b.exchange.trust.membership
    assert len(log.entries) <= last and "后来的人" not in {one.name for one in log.people.values()}
    held = b.book.find(unsent) is not None
    assert held != any(one.record == unsent for one in b.exchange.quarantined())
    readmitted(a, b, tmp_path, new_key=True)
    for _ in range(2):
        carried(way, *team.all)
    for other in team.all[1:]:
        assert differences(a, other) == [] and other.get(unsent).id == unsent
    assert not incarnation.stopped(b.workspace) and not incarnation.advice(b.workspace)


def test_who_meets_others_again_is_told_again(team: Team, way: Way) -> None:
    a, b, _ = team.all
    carried(way, *team.all)
    administration.revoke(a.workspace, b.device)
    way.out(a)
    for _ in range(2):
        assert told(way, b).count(incarnation.REVOKED) == 1
