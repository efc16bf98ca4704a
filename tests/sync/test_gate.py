"""Two devices: a milestone marked done here while a concession was opened there stays held.

Design §3: the move is never dropped; what the gate forbids shows as held on every replica.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.book import permissions
from models.book.conflict import conflicts
from models.book.conflict.conflict_resolution import resolve
from models.book.log.transitions import made_by
from models.book.writing.moves import Work
from models.calendar.business_dates import business_day, instant, week_of
from models.queries.filters import Filter
from models.queries.paging import pages
from models.queries.record_json import plain
from models.queries.waiting.agenda import agenda
from models.records.preparation.milestone import Milestone
from models.records.registers.project import Project
from models.records.weekly.week.project_week import week_report
from models.schema.record import kinds
from models.schema.roles import LEADS
from models.storage import rows
from models.text.words import Refused
from tests.models.records.problems.concessions.test_concession_hold import DECIDED, SENT, WHY, held
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team, differences


class Apart:
    """Two leads of one project, each with a device; a milestone and a delivery both know."""

    def __init__(self, folder: Path) -> None:
        self.team = Team(folder, "项目经理", roles=LEADS)
        self.here, self.there = self.team.all
        book, project = self.here.book, self.team.project
        names = (("milestone", "初验", "2026-12-01"), ("milestone", "终验", "2027-06-01"))
        self.first, self.second = (
            book.add(type, {"name": name, "due": due}, project=project).id
            for type, name, due in names
        )
        self.spares = book.add("delivery", {"name": "备件"}, project=project).id
        self.everything = {self.first, self.second, self.spares, project}
        self.team.meet()

    def approved(self, at: Replica, **values: object) -> str:
        """A concession with the customer's approval."""
        made = self.concession(at, **values)
        at.book.move(made, "inform")
        at.book.move(made, "send", SENT)
        self.approve(at, made)
        return made

    def approve(self, at: Replica, made: str, move: str = "approve") -> None:
        """Record the customer's decision."""
        at.book.add("attachment", {"about": made, "name": "复函.pdf", "sha256": "0" * 64})
        at.book.move(made, move, DECIDED)

    def after(self, day: str) -> None:
        """Set both clocks to noon of a day."""
        for one in self.team.all:
            one.clock(instant(date.fromisoformat(day), 720))

    def concession(self, at: Replica, **values: object) -> str:
        return at.book.add("concession", {**WHY, **values}, project=self.team.project).id

    def meet(self) -> None:
        self.team.meet()
        assert differences(self.here, self.there) == []
        assert self.here.digest() == self.there.digest()

    def held(self) -> set[str]:
        """What is held, the same on both devices."""
        one, other = (held(side.workspace.store) for side in self.team.all)
        assert one == other
        return one

    def said(self, id: str) -> tuple[str, str | None, str | None]:
        """The state and hold of a record as JSON gives them, the same on both devices."""
        one, other = (plain(side.get(id), store=side.workspace.store) for side in self.team.all)
        assert (one["state"], one["held"]) == (other["state"], other["held"])
        return one["state"], one["held"], one["held_state"]

    def moves(self, id: str) -> list[str]:
        one, other = (
            [step.move for step in made_by(side.workspace.store, id)] for side in self.team.all
        )
        assert one == other
        return one


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    """Those two."""
    made = Apart(tmp_path)
    yield made
    made.team.close()


@pytest.mark.parametrize("named", [True, False])
def test_done_here_and_a_concession_there_is_held_and_stays_in_the_history(
    apart: Apart, named: bool
) -> None:
    apart.here.book.move(apart.first, "done")
    values = {"milestone": apart.first} if named else {}
    made = apart.concession(apart.there, **values)
    assert apart.there.get(apart.first).state == "planned"
    apart.meet()
    assert apart.held() >= {apart.first}
    number = apart.here.get(made).number
    assert apart.said(apart.first) == ("held", number, "done")
    assert apart.moves(apart.first) == ["done"]
    for side in apart.team.all:
        assert side.get(apart.first).state == "done"
        waiting = {task.record.id for task in agenda(side.book) if task.record is not None}
        assert apart.first in waiting


def test_delivered_here_and_a_concession_there(apart: Apart) -> None:
    apart.here.book.move(apart.spares, "deliver")
    apart.concession(apart.there, delivery=apart.spares)
    apart.meet()
    assert apart.held() == apart.everything
    state, _, before = apart.said(apart.spares)
    assert (state, before) == ("held", "delivered")
    assert apart.moves(apart.spares) == ["deliver"]


def test_a_decision_there_makes_it_done_everywhere(apart: Apart) -> None:
    apart.here.book.move(apart.first, "done")
    made = apart.concession(apart.there, milestone=apart.first)
    apart.meet()
    book = apart.there.book
    book.move(made, "inform")
    book.move(made, "send", SENT)
    apart.meet()
    assert apart.held() == apart.everything
    apart.approve(apart.there, made)
    assert held(apart.there.workspace.store) == set()
    assert held(apart.here.workspace.store) == apart.everything  # not heard of it yet
    apart.meet()
    assert apart.held() == set()
    assert apart.said(apart.first) == ("done", None, None)


def test_a_withdrawal_asked_for_here_and_sent_there_holds_until_that_is_settled(
    apart: Apart,
) -> None:
    made = apart.concession(apart.here, milestone=apart.first)
    apart.here.book.move(made, "inform")
    apart.meet()
    apart.here.book.move(made, "withdraw", {"withdrawal": "error"}, comment="不需要")
    apart.there.book.move(made, "send", SENT)
    apart.meet()
    assert apart.here.get(made).state == "withdrawing"  # the less advanced of the two is shown
    assert apart.held() == apart.everything
    with pytest.raises(Refused, match="挂起"):
        apart.there.book.move(apart.first, "done")


def test_a_withdrawal_and_a_refusal_at_once_hold_on(apart: Apart) -> None:
    """Whichever of the two a person settles for, it goes on holding."""
    made = apart.concession(apart.here, milestone=apart.first)
    apart.here.book.move(made, "inform")
    apart.here.book.move(made, "send", SENT)
    apart.meet()
    apart.here.book.move(made, "withdraw", {"withdrawal": "error"}, comment="不需要")
    apart.approve(apart.there, made, "refuse")
    apart.meet()
    assert apart.here.get(made).state == "withdrawing"
    assert apart.held() == apart.everything
    for side in apart.team.all:
        conflict = conflicts.conflict_of(side.book, side.get(made), "state")
        assert conflict is not None
        assert {stand.value for stand in conflict.stands} == {"withdrawing", "refused"}


def test_a_withdrawal_here_and_an_approval_there(apart: Apart) -> None:
    """It holds until a person settles which of the two counts."""
    made = apart.concession(apart.here, milestone=apart.first)
    apart.here.book.move(made, "inform")
    apart.here.book.move(made, "send", SENT)
    apart.meet()
    apart.here.book.move(made, "withdraw", {"withdrawal": "error"}, comment="不需要")
    apart.approve(apart.there, made)
    apart.there.book.move(apart.first, "done")
    apart.meet()
    assert apart.held() == apart.everything - {apart.first}  # done by an approval that stood
    conflict = conflicts.conflict_of(apart.there.book, apart.there.get(made), "state")
    assert conflict is not None
    approved = next(stand for stand in conflict.stands if stand.value == "approved")
    resolve(apart.there.book, made, "state", keep=approved.dot)
    apart.meet()
    assert apart.held() == set()


def test_done_while_it_was_valid_stays_done_after_the_merge(apart: Apart) -> None:
    """The one was done with the approval in hand, the other by a device that knew of nothing."""
    made = apart.concession(apart.here, milestone=apart.first)
    apart.here.book.move(made, "inform")
    apart.here.book.move(made, "send", SENT)
    apart.approve(apart.here, made)
    apart.here.book.move(apart.first, "done")
    apart.there.book.move(apart.spares, "deliver")  # has not heard of the concession at all
    apart.meet()
    assert apart.held() == set()  # the approval is valid
    apart.after("2027-05-01")
    assert apart.held() == {apart.second, apart.spares, apart.team.project}
    assert apart.said(apart.first) == ("done", None, None)
    number = apart.here.get(made).number
    assert apart.said(apart.spares) == ("held", number, "delivered")
    assert apart.said(apart.team.project) == ("held", number, "running")
    assert apart.here.digest() == apart.there.digest()


def test_done_on_a_day_after_the_last_valid_one_is_held(apart: Apart) -> None:
    """A device whose clock is behind its own word does not pass: its move names its day."""
    apart.approved(apart.here, milestone=apart.first)
    apart.meet()
    apart.after("2027-05-02")
    record = apart.there.get(apart.first)
    book = apart.there.book
    with book.saving():  # as a program without gates would
        move = record.kind.by_move["done"]
        book._make(record, move, {}, "", None, Work((), permissions.nobody))
    apart.meet()
    assert apart.first in apart.held()


def test_completed_here_and_a_concession_there(apart: Apart) -> None:
    project = apart.team.project
    apart.here.book.move(project, "complete")
    made = apart.concession(apart.there)
    apart.meet()
    number = apart.here.get(made).number
    assert apart.said(project) == ("held", number, "completed")
    for side in apart.team.all:
        waiting = {task.record.id for task in agenda(side.book) if task.record is not None}
        assert project in waiting


def test_completed_with_the_approval_in_hand_stays_completed(apart: Apart) -> None:
    """The approval is of another space than the project: it is looked up where it is."""
    apart.approved(apart.here)
    apart.meet()
    apart.there.book.move(apart.team.project, "complete")
    apart.meet()
    apart.after("2027-05-01")
    assert apart.team.project not in apart.held()
    assert apart.held() == apart.everything - {apart.team.project}


def test_an_expired_approval_reopens_its_escalation_without_a_move(apart: Apart) -> None:
    raised = apart.here.book.add(
        "escalation", {"phenomenon": "单路市电"}, project=apart.team.project
    ).id
    apart.here.book.move(raised, "accept", taken_up(apart.here.book))
    apart.here.book.move(raised, "draft", {"solution": "双路"})
    made = apart.approved(apart.here, escalation=raised)
    apart.meet()
    said = plain(apart.there.get(raised), store=apart.there.workspace.store)
    assert (said["state"], said["reopened_by"]) == ("drafted", None)
    before = apart.here.digest()
    apart.after("2027-05-01")
    for side in apart.team.all:
        said = plain(side.get(raised), store=side.workspace.store)
        assert (said["state"], said["reopened_state"]) == ("reopened", "drafted")
        assert said["reopened_by"] == side.get(made).number
        assert plain(side.get(made), store=side.workspace.store)["state"] == "expired"
        waiting = {task.record.id for task in agenda(side.book) if task.record is not None}
        assert {raised, made} <= waiting
        shown = pages(
            side.workspace.store, kinds["escalation"], ("id",), Filter(states=("reopened",))
        )
        assert shown.count() == 1
    assert apart.here.digest() == before == apart.there.digest()


@pytest.mark.parametrize("held_first", [True, False])
def test_a_fix_here_and_a_delivery_there(apart: Apart, held_first: bool) -> None:
    """Delivered by a device that had not heard of the problem is held; before it, it stays."""
    if not held_first:
        apart.there.book.move(apart.spares, "deliver")
        apart.meet()
    values = {"phenomenon": "有划痕", "delivery": apart.spares}
    fix = apart.here.book.add("fix", values, project=apart.team.project).id
    if held_first:
        apart.there.book.move(apart.spares, "deliver")
    apart.meet()
    assert apart.held() == ({apart.spares} if held_first else set())
    apart.there.book.move(fix, "fix", {"correction": "已换"})
    apart.there.book.move(fix, "verify")
    apart.meet()
    assert apart.held() == set()


def test_void_there_frees_nothing(apart: Apart) -> None:
    """A concession voided by a device that had not heard that it was sent back to be changed."""
    made = apart.concession(apart.here, milestone=apart.first)
    apart.meet()
    book = apart.there.book
    record = book.get(made)
    with book.saving():
        book._write(record, {"void": "写错了"})  # as another version of the program may have let
    apart.meet()
    assert apart.here.get(made).void == "写错了"
    assert apart.held() == apart.everything
    with pytest.raises(Refused, match="挂起"):
        apart.here.book.move(apart.first, "done")


def test_nothing_was_next_where_the_concession_was_made(tmp_path: Path) -> None:
    """A milestone made and done here, while a concession was opened where none was known."""
    team = Team(tmp_path, "项目经理", roles=LEADS)
    here, there = team.all
    team.meet()
    there.book.add("concession", WHY, project=team.project)
    done = here.book.add("milestone", {"name": "初验"}, project=team.project).id
    here.book.move(done, "done")
    team.meet()
    assert held(here.workspace.store) == held(there.workspace.store) == {done, team.project}
    assert here.digest() == there.digest()
    team.close()


def test_a_conflict_over_the_state_is_not_decided_past_the_gate(apart: Apart) -> None:
    """Done here, done and opened again there: nobody may choose 'done' while it is held."""
    here, there = apart.here.book, apart.there.book
    here.move(apart.first, "done")
    there.move(apart.first, "done")
    there.move(apart.first, "reopen", comment="缺签字")
    made = apart.concession(apart.there, milestone=apart.first)
    apart.meet()
    conflict = conflicts.conflict_of(here, apart.here.get(apart.first), "state")
    assert conflict is not None
    done = next(stand for stand in conflict.stands if stand.value == "done")
    for book in (here, there):
        with pytest.raises(Refused, match="挂起"):
            resolve(book, apart.first, "state", keep=done.dot)
    there.move(made, "withdraw", {"withdrawal": "error"}, comment="已补签")
    apart.meet()
    here.move(made, "confirm_withdrawal")
    apart.meet()
    assert resolve(there, apart.first, "state", keep=done.dot).state == "done"


def test_every_figure_counts_it_as_going_on(apart: Apart) -> None:
    """The project's week lists it among what is not done, and the filters of lists agree."""
    apart.here.book.move(apart.first, "done")
    apart.concession(apart.there, milestone=apart.first)
    apart.meet()
    for side in apart.team.all:
        book, store = side.book, side.workspace.store
        project = rows.one(store, Project, apart.team.project)
        assert project is not None
        week = week_of(business_day(book.change_log.now(), book.zone))
        told = week_report(book, project, week, {})
        assert {one.id for one in told.milestones} == {apart.first, apart.second}
        shown = {
            state: pages(store, Milestone, ("id",), Filter(states=(state,))).count()
            for state in ("planned", "held", "done")
        }
        assert shown == {"planned": 0, "held": 2, "done": 0}


def test_held_survives_a_new_start_and_a_second_meeting(apart: Apart) -> None:
    apart.here.book.move(apart.first, "done")
    apart.concession(apart.there, milestone=apart.first)
    apart.meet()
    apart.here.reopen()
    apart.meet()
    assert apart.held() == apart.everything
