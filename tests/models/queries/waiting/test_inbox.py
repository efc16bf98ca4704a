"""The inbox: what waits for whom follows from the declarations; time is working time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries.waiting import agenda, inbox, urgency
from models.records.problems.escalation import Escalation
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.asked import asked
from tests.support.crew import Crew
from tests.support.escalations import taken_up

WEDNESDAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Wednesday, nine o'clock."""
    with time_machine.travel(instant(WEDNESDAY, 540) / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def crew(workspace: Workspace, project: str) -> Crew:
    """An engineer, a project manager and a department manager."""
    made = Crew(workspace, instant(WEDNESDAY, 540))
    made.admit(["仇小河"], ENGINEER, project)
    made.admit(["段青"], PROJECT_MANAGER, project)
    made.admit(["文竹"], DEPARTMENT_MANAGER, project)
    return made


def listed(book: Book) -> list[tuple[str, str, str, str | None, str | None]]:
    """Group, type, state, and the two moves of each item."""
    return [
        (
            item.group,
            item.record.type,
            item.record.state,
            item.forward.id if item.forward else None,
            item.back.id if item.back else None,
        )
        for item in inbox.inbox(book)
    ]


def test_each_sees_what_is_theirs_to_decide(crew: Crew, project: str) -> None:
    engineer, manager, head = crew.books.values()
    engineer.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    values = {"week": "2026-W47", "person": engineer.me, "progress": "巡检"}
    weekly = engineer.add("weekly", values, project=project)
    engineer.move(weekly.id, "submit")
    assert listed(head) == [
        ("decide", "escalation", "reported", "accept", "return"),
        ("decide", "weekly", "submitted", "accept", "return"),
    ]
    assert listed(manager) == [("decide", "weekly", "submitted", "accept", "return")]
    assert listed(engineer) == []


def test_nobody_decides_their_own(crew: Crew, project: str) -> None:
    _, _, head = crew.books.values()
    made = head.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    head.move(made.id, "accept", taken_up(head))
    assert [item.record.id for item in inbox.inbox(head)] == [made.id]
    head.move(made.id, "draft", {"solution": "更换模块"})
    assert inbox.inbox(head) == []  # another head reads it; Today says the same
    assert [task for task in agenda.agenda(head) if task.record] == []


def test_what_runs_out_climbs(crew: Crew, project: str, clock: time_machine.Traveller) -> None:
    """75 % and 100 % of the working time, over a weekend that does not count."""
    engineer, manager, head = crew.books.values()
    made = engineer.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    other = engineer.add("escalation", {"phenomenon": "另一个"}, project=project)
    head.move(made.id, "accept", taken_up(head, "2026-11-23"))  # Wednesday to Monday: four days
    head.move(made.id, "draft", {"solution": "更换"})

    def at(day: int, minute: int) -> None:
        crew.now = instant(date(2026, 11, day), minute)
        clock.move_to(crew.now / 1000)

    at(20, 17 * 60)
    assert urgency.used(head, head.get(made.id)) == 75
    assert [item.record.id for item in inbox.inbox(head)] == [other.id, made.id]
    watched = inbox.inbox(manager)
    assert [(item.group, item.record.id) for item in watched] == [("watch", made.id)]
    assert watched[0].forward is None is watched[0].back
    at(22, 12 * 60)
    assert urgency.used(head, head.get(made.id)) == 75  # Sunday
    at(23, 17 * 60)
    assert urgency.used(head, head.get(made.id)) == 100
    first = inbox.inbox(head)[0]
    assert first.overdue and first.record.id == made.id  # it has climbed above the older one
    assert urgency.mark(74) == 0 and urgency.mark(99) == 75 and urgency.mark(250) == 100


def test_what_runs_out_is_worked_out_once(
    crew: Crew, project: str, clock: time_machine.Traveller
) -> None:
    """Its moves are read once, whether it waits for this person or for others."""
    engineer, manager, head = crew.books.values()
    made = engineer.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    head.move(made.id, "accept", taken_up(head, "2026-11-18"))
    head.move(made.id, "draft", {"solution": "更换"})
    crew.now = instant(date(2026, 11, 20), 540)
    clock.move_to(crew.now / 1000)
    for book, group in ((head, "decide"), (manager, "watch")):
        with asked(book.store, "alone, device, seq FROM transition") as said:
            (item,) = inbox.inbox(book)
        assert (item.group, item.overdue) == (group, True) and len(said) == 1


def test_a_due_day_on_a_day_off_ends_with_the_working_day_before(crew: Crew, project: str) -> None:
    book = crew.books["仇小河"]
    made = book.add("escalation", {"phenomenon": "x", "due": "2026-11-22"}, project=project)
    assert isinstance(made, Escalation)
    assert urgency.due_at(made) == instant(date(2026, 11, 20), 17 * 60)
    made.due = "2026-02-14"  # a Saturday that is worked
    assert urgency.due_at(made) == instant(date(2026, 2, 14), 17 * 60)
    made.due = None
    assert urgency.due_at(made) is None


def test_many_at_once_are_all_done_or_none(crew: Crew, project: str) -> None:
    engineer, manager, _ = crew.books.values()
    for week in ("2026-W46", "2026-W47"):
        values = {"week": week, "person": engineer.me, "progress": "巡检"}
        engineer.move(engineer.add("weekly", values, project=project).id, "submit")
    items = inbox.inbox(manager)
    move = items[0].forward
    assert move is not None and inbox.asks_nothing(items[0].record, move)
    second = items[1].record.id
    engineer.move(second, "reopen")
    engineer.edit(second, {"progress": "改过"})
    engineer.move(second, "submit")
    with pytest.raises(Refused, match="刚刚有改动"):
        inbox.together(manager, items, move)
    assert {item.record.state for item in inbox.inbox(manager)} == {"submitted"}
    done = inbox.together(manager, inbox.inbox(manager), move)
    assert {record.state for record in done} == {"accepted"} and len(done) == 2


def test_rounds_and_working_time_are_told(
    crew: Crew, project: str, clock: time_machine.Traveller
) -> None:
    engineer, manager, _ = crew.books.values()
    values = {"week": "2026-W47", "person": engineer.me, "progress": "巡检"}
    made = engineer.add("weekly", values, project=project)
    engineer.move(made.id, "submit")
    manager.move(made.id, "return", comment="写明原因")
    engineer.move(made.id, "submit")
    crew.now = instant(date(2026, 11, 19), 10 * 60)
    clock.move_to(crew.now / 1000)
    (item,) = inbox.inbox(manager)
    assert (item.round, item.worked) == (2, 9 * 3_600_000)  # a whole day, and an hour


def test_of_very_many_the_oldest_are_listed_and_the_rest_counted(
    crew: Crew, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST", 2)
    engineer, manager, _ = crew.books.values()
    for week in ("2026-W45", "2026-W46", "2026-W47"):
        values = {"week": week, "person": engineer.me, "progress": "巡检"}
        engineer.move(engineer.add("weekly", values, project=project).id, "submit")
    first = inbox.found(manager)
    assert (len(first.items), first.more) == (2, 1)
    for item in first.items:
        manager.move(item.record.id, "accept")
    assert (len(inbox.inbox(manager)), inbox.found(manager).more) == (1, 0)
