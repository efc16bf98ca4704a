"""The weekly report: issued with what there was; what comes later is marked, never silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.weekly.week import supplements
from models.records.weekly.weekly_entry import Weekly
from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew

WEEK = "2026-W47"
FRIDAY = instant(date(2026, 11, 20), 16 * 60)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """Friday afternoon of the week."""
    with time_machine.travel(FRIDAY / 1000):
        yield


@pytest.fixture
def crew(workspace: Workspace, project: str) -> Crew:
    """Two engineers on devices of their own."""
    made = Crew(workspace, FRIDAY)
    made.admit(["仇小河", "段青"], ENGINEER, project)
    return made


def hand_in(book: Book, project: str, text: str) -> str:
    """This person's entry, handed in."""
    values = {"week": WEEK, "person": book.me, "progress": text}
    return book.move(book.add("weekly", values, project=project).id, "submit").id


def test_what_comes_after_the_issue_is_a_marked_supplement(
    book: Book, project: str, crew: Crew
) -> None:
    first, second = crew.books.values()
    early = hand_in(first, project, "巡检 5 次")
    report = supplements.compiled(book, project, WEEK)
    assert supplements.compiled(book, project, WEEK).id == report.id  # one per project and week
    assert supplements.later(book, report) == []
    book.move(report.id, "issue")
    report = supplements.compiled(book, project, WEEK)
    assert (report.state, report.issued_by) == ("issued", book.me)
    with pytest.raises(Refused):
        book.edit(report.id, {"summary": "改一改"})  # frozen

    book.move(early, "accept")  # what it was issued with: nothing is added
    assert supplements.later(book, report) == [] == supplements.supplements(book, report)

    late = hand_in(second, project, "更换电池两组")
    assert [(one.weekly.id, one.new) for one in supplements.later(book, report)] == [(late, True)]
    book.move(late, "accept")
    (row,) = supplements.supplements(book, report)
    assert (row.source, row.text) == (late, "更换电池两组")


def test_an_entry_that_changed_since_is_told(book: Book, project: str, crew: Crew) -> None:
    author = crew.books["仇小河"]
    id = hand_in(author, project, "巡检 5 次")
    report = supplements.compiled(book, project, WEEK)
    book.move(report.id, "issue")
    report = supplements.compiled(book, project, WEEK)
    author.move(id, "reopen")
    author.edit(id, {"progress": "巡检 6 次"})
    assert supplements.later(book, report) == []  # in work again: it counts once it is handed in
    author.move(id, "submit")
    (one,) = supplements.later(book, report)
    assert isinstance(one.weekly, Weekly) and not one.new
    book.move(id, "accept")
    book.move(id, "reconsider", comment="看错了")
    book.move(id, "accept")
    assert [row.text for row in supplements.supplements(book, report)] == ["巡检 6 次"]


def test_only_leads_compile_and_issue(book: Book, project: str, crew: Crew) -> None:
    author = crew.books["仇小河"]
    with pytest.raises(Refused):
        supplements.compiled(author, project, WEEK)
    report = supplements.compiled(book, project, WEEK)
    with pytest.raises(Refused):
        author.move(report.id, "issue")


def test_odd_words_of_another_device_harm_nothing(book: Book, project: str, crew: Crew) -> None:
    hand_in(crew.books["仇小河"], project, "巡检 5 次")
    report = supplements.compiled(book, project, WEEK)
    book.move(report.id, "issue")
    report = supplements.compiled(book, project, WEEK)
    for odd in ("{", "[1]", '{"x": 1}', "7"):
        report.covers = odd
        assert [one.new for one in supplements.later(book, report)] == [True]
