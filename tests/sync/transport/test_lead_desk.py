"""The lead's desk across devices: what is not here, what came after the issue, who was delegate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.queries.waiting import inbox
from models.records.registers import delegations
from models.records.weekly import review_grid
from models.records.weekly.review_grid import Team as Desk
from models.records.weekly.week import supplements
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from sync.workspace import sync_status
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Thursday of the week."""
    with time_machine.travel(instant(date(2026, 11, 19), 600) / 1000) as traveller:
        yield traveller


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder who leads, an engineer and a project manager, in sync."""
    made = Team(tmp_path)
    made.admit("仇小河", (ENGINEER,))
    made.admit("段青", (PROJECT_MANAGER,))
    made.meet()
    yield made
    made.close()


def hand_in(one: Replica, team: Team, text: str) -> str:
    """This person's entry, handed in."""
    values = {"week": WEEK, "person": one.book.me, "progress": text}
    made = one.book.add("weekly", values, project=team.project)
    return one.book.move(made.id, "submit").id


def state(one: Replica, person: str) -> str:
    """What the cell of a person's week says here."""
    desk = Desk(one.book, review_grid.led(one.book), sync_status.reach(one.workspace))
    (row,) = [row for row in desk.rows if row.person == person]
    return desk.cells([row], [WEEK])[row.project, row.person, WEEK].state


@pytest.mark.shows(93)
def test_not_done_is_told_apart_from_not_synced(team: Team, clock: time_machine.Traveller) -> None:
    lead, engineer, _ = team.all
    who = team.person(engineer)
    team.fix(engineer)
    team.meet()
    clock.move_to(instant(date(2026, 11, 23), 13 * 60) / 1000)  # an hour after it was due
    assert state(lead, who) == "unsynced"
    entry = hand_in(engineer, team, "巡检 5 次")  # there, and not here
    assert state(lead, who) == "unsynced"
    engineer.book.move(entry, "reopen")
    team.meet()
    assert state(lead, who) == "draft"
    engineer.book.void(entry, "不写了")
    team.meet()
    assert state(lead, who) == "missing"  # heard of since, and nothing is there


def test_what_a_merge_brings_after_the_issue_is_told_everywhere(team: Team) -> None:
    lead, engineer, manager = team.all
    report = supplements.compiled(lead.book, team.project, WEEK)
    lead.book.move(report.id, "issue")
    entry = hand_in(engineer, team, "更换电池两组")
    team.meet(engineer, manager)  # the manager knows of the entry, not of the issue
    manager.book.move(entry, "accept")
    assert supplements.report_of(manager.book, team.project, WEEK) is None
    team.meet()
    for one in team.all:
        here = supplements.report_of(one.book, team.project, WEEK)
        assert here is not None and here.state == "issued"
        assert [(later.weekly.id, later.new) for later in supplements.later(one.book, here)] == [
            (entry, True)
        ]
    assert len({one.digest() for one in team.all}) == 1


def test_two_devices_that_issue_at_once_have_one_report(team: Team) -> None:
    lead, _, manager = team.all
    for one in (lead, manager):
        made = supplements.compiled(one.book, team.project, WEEK)
        one.book.move(made.id, "issue")
    team.meet()
    found = {
        one.book.twin("weekly_report", {"week": WEEK}, project=team.project) for one in team.all
    }
    assert {report.state for report in found if report is not None} == {"issued"}
    assert len({one.digest() for one in team.all}) == 1


def test_a_delegation_that_a_hostile_device_writes_gives_nothing(team: Team) -> None:
    """Every replica judges the engineer's move by the membership log, whatever the record says."""
    lead, engineer, manager = team.all
    values = {"delegate": engineer.book.me, "first": "2026-11-01", "until": "2026-12-31"}
    made = manager.book.add("delegation", values, project=team.project)
    with pytest.raises(Refused):
        manager.book.move(made.id, "give")
    with pytest.MonkeyPatch.context() as patch:  # a device that leaves the rule out
        patch.setattr(delegations, "may_be_given", lambda book, record: None)
        manager.book.move(made.id, "give")
    team.meet()
    assert [one.id for one in delegations.to_me(engineer.book)] == [made.id]
    raised = lead.book.add("escalation", {"phenomenon": "系统性故障"}, project=team.project)
    team.meet()
    with pytest.raises(Refused, match="需要角色"):
        engineer.book.move(raised.id, "accept", taken_up(engineer.book))
    assert inbox.inbox(engineer.book) == []
