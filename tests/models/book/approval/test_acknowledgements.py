"""Acknowledgements: a row of each person, anew for each submission, overdue by the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book import permissions
from models.book.approval import acknowledgements
from models.book.approval.acknowledgements import AcknowledgementStanding
from models.book.book import Book
from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.queries.facts import facts_of, json_of
from models.queries.waiting import inbox
from models.queries.waiting.agenda import agenda
from models.schema.record import Record
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.errands import errands
from tests.support.staff import Staff, no_add
from tests.support.team import acting, admit

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Friday morning."""
    with time_machine.travel(instant(FRIDAY, 540) / 1000) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def types() -> Iterator[None]:
    with errands():
        yield


@pytest.fixture
def workspace(types: None, workspace: Workspace) -> Workspace:
    """A workspace begun where the types are known."""
    return workspace


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    return Staff(workspace)


@pytest.fixture
def errand(staff: Staff, project: str) -> Record:
    """An errand that the engineer has done."""
    values = {"what": "换锁", "carrier": staff.engineer.me}
    made = staff.manager.add("errand", values, project=project)
    return staff.engineer.move(made.id, "do")


def stands(book: Book, record: Record) -> AcknowledgementStanding:
    found = acknowledgements.standing(book.store, book.people, book.get(record.id))
    assert found is not None
    return found


def told(book: Book, record: Record) -> str:
    """What the page says of it."""
    view = StateView(book.store)
    (fact,) = [fact for fact in facts_of(book, book.get(record.id), view) if fact.label]
    return fact.text


def test_it_waits_with_each_until_done(staff: Staff, errand: Record) -> None:
    head, quality = staff.department, staff.quality
    groups = {task.group for task in agenda(head) if task.record}
    assert groups == {"acknowledge"}
    (item,) = [one for one in inbox.inbox(head) if one.group == "acknowledge"]
    assert item.forward is not None and item.back is None
    assert not permissions.final(item.record, item.forward)
    assert [one.group for one in inbox.inbox(quality)] == ["decide"]  # closing it is theirs
    head.move(errand.id, "acknowledge")
    assert [one for one in agenda(head) if one.record] == []
    assert stands(head, errand).missing == ("quality",)
    quality.move(errand.id, "acknowledge")
    assert (stands(head, errand).done, stands(head, errand).missing) == (2, ())
    assert head.get(errand.id).state == "done"  # nothing else has moved
    assert told(head, errand) == "2/2  韩经理 11-20  质检 11-20"


def test_the_record_says_who_and_for_whom_it_waits(staff: Staff, errand: Record) -> None:
    staff.department.move(errand.id, "acknowledge")
    assert told(staff.engineer, errand) == "1/2  韩经理 11-20  待质量专员，11-24前"
    record = staff.engineer.get(errand.id)
    said = json_of(StateView(staff.engineer.store), record)["acknowledged"]
    assert [(one["role"], one["person"]) for one in said] == [
        ("department_manager", staff.department.me),
        ("quality", None),
    ]


def test_who_is_not_asked_is_refused_and_nobody_writes_it_twice(
    staff: Staff, errand: Record, project: str
) -> None:
    with pytest.raises(Refused, match="部门经理、质量专员"):
        staff.engineer.move(errand.id, "acknowledge")
    staff.department.move(errand.id, "acknowledge")
    with pytest.raises(Refused, match="已经知悉"):
        staff.department.move(errand.id, "acknowledge")
    other = staff.manager.add(
        "errand", {"what": "x", "carrier": staff.engineer.me}, project=project
    )
    with pytest.raises(Refused, match="还不需要知悉"):
        staff.department.move(other.id, "acknowledge")
    fix = staff.engineer.add("fix", {"phenomenon": "x"}, project=project)
    with pytest.raises(Refused, match="不需要知悉"):
        staff.department.move(fix.id, "acknowledge")


def test_it_is_written_as_a_record_too_but_only_about_what_is_there(
    staff: Staff, errand: Record
) -> None:
    assert "只能由本人" in no_add(
        staff.department, "acknowledgement", {"about": errand.id, "round": "x"}
    )
    made = staff.department.add("acknowledgement", {"about": errand.id})
    assert made.author == staff.department.me
    assert stands(staff.quality, errand).done == 1
    with pytest.raises(Refused):  # nobody takes another person's word back
        staff.manager.void(made.id, "x")
    staff.department.void(made.id, "看错了")
    assert stands(staff.quality, errand).done == 0
    staff.department.move(errand.id, "acknowledge")
    assert stands(staff.quality, errand).done == 1


def test_what_comes_again_is_acknowledged_anew(staff: Staff, errand: Record) -> None:
    staff.department.move(errand.id, "acknowledge")
    staff.quality.move(errand.id, "again", comment="锁不合适")
    with pytest.raises(Refused, match="还不需要"):
        staff.quality.move(errand.id, "acknowledge")
    staff.engineer.move(errand.id, "do")
    assert stands(staff.quality, errand).done == 0
    staff.department.move(errand.id, "acknowledge")
    staff.quality.move(errand.id, "close")
    assert stands(staff.quality, errand).done == 1  # closing goes on in the declared states


def test_somebody_above_is_told_when_time_runs_out(
    staff: Staff, errand: Record, clock: time_machine.Traveller
) -> None:
    """Two working days after Friday is Tuesday; from Wednesday on it is overdue."""
    assert stands(staff.office, errand).due(BUNDLED) == date(2026, 11, 24)
    clock.move_to(instant(date(2026, 11, 24), 1000) / 1000)
    assert inbox.inbox(staff.office) == [] == [t for t in agenda(staff.office) if t.record]
    clock.move_to(instant(date(2026, 11, 25), 540) / 1000)
    assert [(one.group, one.record.id) for one in inbox.inbox(staff.office)] == [
        ("watch", errand.id)
    ]
    (task,) = [task for task in agenda(staff.office) if task.record]
    assert (task.group, task.overdue) == ("unread", True)
    assert "已过 11-24" in told(staff.office, errand)
    for book in (staff.department, staff.quality):
        book.move(errand.id, "acknowledge")
    assert inbox.inbox(staff.office) == []


def test_one_person_of_a_role_is_enough(workspace: Workspace, staff: Staff, errand: Record) -> None:
    second = acting(workspace, admit(workspace, "质检乙", ["quality"]))
    staff.quality.move(errand.id, "acknowledge")
    assert [task for task in agenda(second) if task.group == "acknowledge"] == []
    assert second.move(errand.id, "acknowledge").id == errand.id  # they still may
    assert [one.person for one in stands(second, errand).by] == [staff.quality.me, second.me]
