"""Longest waiting: the oldest record that waits is lifted only where it would be too far down."""

from __future__ import annotations

from models.book.book import Book
from models.queries.waiting import agenda, longest_waiting
from models.queries.waiting.agenda import AgendaItem
from models.queries.waiting.longest_waiting import FIRST_ROWS, LONGEST

WORK, DECIDE = "work", "decide"


def item(group: str, since: int, *, waits: bool = True) -> AgendaItem:
    """Something on the agenda."""
    return AgendaItem(group, since=since, waits=waits)


def test_what_is_high_enough_stays_where_it_is() -> None:
    tasks = [*(item(DECIDE, 9) for _ in range(FIRST_ROWS - 6)), item(WORK, 1)]
    assert longest_waiting.lifted(tasks, above=0) == tasks


def test_what_is_too_far_down_is_lifted_and_nothing_else_is_moved() -> None:
    busy, oldest, last = [item(DECIDE, 9) for _ in range(20)], item(WORK, 1), item("team", 0)
    last = last._replace(waits=False)
    found = longest_waiting.lifted([*busy, oldest, last])
    assert [one.group for one in found] == [LONGEST, *[DECIDE] * 20, "team"]
    assert found[0].since == 1


def test_rows_above_the_agenda_count() -> None:
    tasks = [*(item(DECIDE, 9) for _ in range(5)), item(WORK, 1)]
    assert longest_waiting.lifted(tasks) == tasks
    assert longest_waiting.lifted(tasks, above=FIRST_ROWS)[0].group == LONGEST


def test_a_reminder_is_not_what_waits() -> None:
    tasks = [*(item(DECIDE, 9) for _ in range(20)), item("soon", 1, waits=False)]
    assert longest_waiting.lifted(tasks) == tasks and longest_waiting.lifted([]) == []


def test_own_steps_are_told_from_reminders(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "门禁失灵"}, project=project)
    waiting = [one for one in agenda.agenda(book) if one.waits]
    assert [one.record.id for one in waiting if one.record] == [fix.id]
