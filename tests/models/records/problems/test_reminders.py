"""Reminders: what no state waits with, for its author and for those who lead its project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.problems import reminders
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.problem_reports import report
from tests.support.staff import attach
from tests.support.team import acting, admit


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Wednesday."""
    with time_machine.travel(instant(date(2026, 11, 18), 540) / 1000, tick=False):
        yield


def listed(book: Book) -> dict[str, tuple[str, str | None]]:
    """Record -> its group and day."""
    return {
        one.record.id: (one.group, one.due.isoformat() if one.due else None)
        for one in reminders.reminders(book)
    }


def in_force(book: Book, project: str, **values: str) -> Record:
    """A concession in force."""
    with book.saving():
        made = book.add("concession", {"situation": "x", **values}, project=project)
        return book.imported(made.id, "in_force")


def test_a_concession_near_its_end_or_its_solution_is_brought_to_mind(
    book: Book, project: str
) -> None:
    near = in_force(book, project, valid_to="2026-12-02")
    in_force(book, project, valid_to="2026-12-03")
    planned = in_force(book, project, valid_to="2027-01-01", follow_up_by="2026-11-19")
    both = in_force(book, project, valid_to="2026-11-20", follow_up_by="2026-11-30")
    assert listed(book) == {
        near.id: ("soon", "2026-12-02"),
        planned.id: ("soon", "2026-11-19"),
        both.id: ("soon", "2026-11-20"),
    }


def test_milestones_and_deliveries_are_brought_to_mind_two_weeks_ahead(
    book: Book, project: str
) -> None:
    near = book.add("milestone", {"name": "上线", "due": "2026-12-02"}, project=project)
    book.add("milestone", {"name": "验收", "due": "2026-12-03"}, project=project)
    delivery = book.add("delivery", {"name": "备件", "due": "2026-11-01"}, project=project)
    done = book.add("milestone", {"name": "培训", "due": "2026-11-20"}, project=project)
    book.move(done.id, "done")
    assert set(listed(book)) == {near.id, delivery.id}
    book.void(near.id, "重复")
    assert near.id not in listed(book)


def test_a_solved_typical_problem_wants_its_report_once(book: Book, project: str) -> None:
    values = {"phenomenon": "x", "cause": "a", "correction": "b", "typical": True}
    fix = book.add("fix", values, project=project)
    assert listed(book) == {}  # not solved yet
    book.move(fix.id, "fix")
    assert listed(book) == {fix.id: ("report", None)}
    made = report(book, project, fix=fix.id)
    assert fix.id not in listed(book)
    book.void(made.id, "重复")
    assert fix.id in listed(book)
    raised = book.add("escalation", {"phenomenon": "y", "fix": fix.id}, project=project)
    assert fix.id not in listed(book)  # its escalation tells it
    book.void(raised.id, "重复")
    assert fix.id in listed(book)


def test_a_report_that_was_issued_and_is_for_both_is_to_be_kept(book: Book, project: str) -> None:
    made, other = report(book, project), report(book, project, audience="customer")
    for one in (made, other):
        for move in ("submit", "review", "approve"):
            book.move(one.id, move)
        attach(book, one.id)
        book.move(one.id, "issue", {"issued_to": "李主任"})
    assert listed(book) == {made.id: ("report", None)}


def test_colleagues_are_reminded_of_their_own_and_leads_of_all(
    workspace: Workspace, book: Book, project: str
) -> None:
    lead = acting(workspace, admit(workspace, "段工", ["project_manager"]))
    author, other = (
        acting(workspace, admit(workspace, name, ["engineer"])) for name in ("小林", "小周")
    )
    values = {"phenomenon": "x", "cause": "a", "correction": "b", "typical": True}
    made = author.move(author.add("fix", values, project=project).id, "fix")
    assert set(listed(author)) == set(listed(lead)) == {made.id}
    assert listed(other) == {}
