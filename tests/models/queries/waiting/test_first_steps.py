"""First steps: an empty book has four, each ticked off by its record, and none at work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries.waiting.first_steps import first_steps
from models.records.checks.library import taking
from models.records.checks.library.template_library import named
from models.records.checks.rounds import due_rounds
from sync.workspace.workspace import Workspace
from tests.support.check_days import FRIDAY
from tests.support.checks import fine, items
from tests.support.team import acting, admit


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000):
        yield


def left(book: Book) -> list[str]:
    """The steps that are not done."""
    return [step.name for step, done in first_steps(book) if not done]


def test_each_is_ticked_off_by_what_it_asks_for_and_then_all_are_gone(
    book: Book, project: str
) -> None:
    book.edit(project, {"name": "我的项目"})
    assert left(book) == ["project", "site", "template", "sheet"]
    book.edit(project, {"name": "水务调度"})
    customer = book.add("customer", {"name": "江北水务"})
    assert left(book) == ["site", "template", "sheet"]
    book.add("site", {"name": "泵站", "customer": customer.id})
    assert left(book) == ["template", "sheet"]
    made = taking.take(book, named("room_daily"), project)
    assert left(book) == ["template", "sheet"]  # a draft is not in use
    book.move(made.id, "publish")
    assert left(book) == ["sheet"]
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    for item in items(book, made.id):
        reading = {"reading": str(book.get(item).values()["low"] or "")}
        measured = fine(book, item).get("reading") is not None
        given = {"result": "ok", **(reading if measured else {})}
        book.add("answer", {"sheet": sheet.id, "item": item, **given}, project=project)
    assert left(book) == ["sheet"]
    book.move(sheet.id, "submit")
    assert first_steps(book) == []


def test_a_book_at_work_and_people_who_do_not_lead_are_not_led(
    workspace: Workspace, book: Book, project: str
) -> None:
    theirs = acting(workspace, admit(workspace, "工程师", ["engineer"]))
    assert first_steps(theirs) == [] and left(book)
    made = book.add("fix", {"phenomenon": "告警"}, project=project)
    assert first_steps(book) == []
    book.void(made.id, "试填")
    assert left(book)
