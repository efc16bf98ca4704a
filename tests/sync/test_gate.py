"""Two devices: a milestone marked done here while a concession was opened there stays held.

Design §3: the move is never dropped; what the gate forbids shows as held on every replica.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.conflict import conflicts
from models.book.conflict.conflict_resolution import resolve
from models.book.transitions import made_by
from models.calendar.business_dates import business_day, week_of
from models.queries.agenda import agenda
from models.queries.filters import Filter
from models.queries.paging import pages
from models.queries.record_json import plain
from models.records.preparation.milestone import Milestone
from models.records.problems import concession_hold
from models.records.registers.project import Project
from models.records.weekly.week.project_week import week_report
from models.schema.roles import LEADS
from models.storage import rows
from models.text.words import Refused
from tests.models.records.problems.test_concession_hold import DECIDED, SENT, WHY
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
        self.team.meet()

    def concession(self, at: Replica, **values: object) -> str:
        return at.book.add("concession", {**WHY, **values}, project=self.team.project).id

    def meet(self) -> None:
        self.team.meet()
        assert differences(self.here, self.there) == []
        assert self.here.digest() == self.there.digest()

    def held(self) -> set[str]:
        """What is held, the same on both devices."""
        one, other = (set(concession_hold.holds(side.workspace.store)) for side in self.team.all)
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
    assert apart.held() == {apart.spares}
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
    assert apart.held() == {apart.first}
    book.add("attachment", {"about": made, "name": "复函.pdf", "sha256": "0" * 64})
    book.move(made, "approve", DECIDED)
    assert concession_hold.holds(apart.there.workspace.store) == {}
    assert set(concession_hold.holds(apart.here.workspace.store)) == {
        apart.first
    }  # not heard of it yet
    apart.meet()
    assert apart.held() == set()
    assert apart.said(apart.first) == ("done", None, None)


def test_withdrawn_here_and_sent_there_stays_held_until_that_is_settled(apart: Apart) -> None:
    made = apart.concession(apart.here, milestone=apart.first)
    apart.here.book.move(made, "inform")
    apart.meet()
    apart.here.book.move(made, "withdraw", comment="不需要")
    apart.there.book.move(made, "send", SENT)
    apart.meet()
    assert apart.here.get(made).state == "sent"  # the less advanced of the two is shown
    assert apart.held() == {apart.first}
    with pytest.raises(Refused, match="挂起"):
        apart.there.book.move(apart.first, "done")


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
    assert apart.held() == {apart.first}
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
    assert set(concession_hold.holds(here.workspace.store)) == {done}
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
    there.move(made, "withdraw", comment="已补签")
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
        assert shown == {"planned": 1, "held": 1, "done": 0}


def test_held_survives_a_new_start_and_a_second_meeting(apart: Apart) -> None:
    apart.here.book.move(apart.first, "done")
    apart.concession(apart.there, milestone=apart.first)
    apart.meet()
    apart.here.reopen()
    apart.meet()
    assert apart.held() == {apart.first}
