"""Resting rounds: on a day off a daily checklist may be filled in, and the next day is named."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.book.book import Book
from models.records.checks.rounds import due_rounds, resting_rounds
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.check_days import go
from tests.support.checks import template
from tests.support.team import acting, admit

SATURDAY = date(2026, 11, 21)


def test_on_a_day_off_it_may_be_filled_in_and_stands_among_todays(
    morning: Any, book: Book, project: str
) -> None:
    template(book, on_days="workdays")
    template(book, name_zh="周检", frequency="weekly", on_days="workdays")
    assert resting_rounds.resting(book) == []
    go(morning, SATURDAY)
    (round,) = resting_rounds.resting(book)
    assert (round.first, round.due, round.title()) == (SATURDAY, SATURDAY, "机房日检")
    made = due_rounds.begin(book, round)
    daily = [one for one in due_rounds.rounds(book, SATURDAY) if one.sheet is not None]
    assert [one.sheet.id for one in daily if one.sheet] == [made.id]
    assert made.day == SATURDAY.isoformat()


def test_it_says_when_the_next_is_due_or_what_to_do(
    morning: Any, workspace: Workspace, project: str
) -> None:
    book = workspace.book
    assert "Alt+T" in resting_rounds.nothing_due(book)
    template(book, on_days="workdays")
    go(morning, SATURDAY)
    assert resting_rounds.next_day(book) == date(2026, 11, 23)
    assert "下次 2026-11-23 周一" in resting_rounds.nothing_due(book)
    language.now = "en"
    assert "next Mon 2026-11-23" in resting_rounds.nothing_due(book)
    theirs = acting(workspace, admit(workspace, "质量", ["quality"]))
    assert resting_rounds.nothing_due(theirs) == str(resting_rounds.NOT_YOURS)


def test_after_the_service_nothing_is_due(morning: Any, book: Book, project: str) -> None:
    template(book, on_days="workdays")
    book.edit(project, {"service_to": "2026-11-21"})
    go(morning, SATURDAY)
    assert resting_rounds.next_day(book) is None
    assert len(resting_rounds.resting(book)) == 1
    go(morning, date(2026, 11, 22))
    assert resting_rounds.resting(book) == []
