"""Facts about problems: holds, validity and a wanted report, for people and in JSON."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of, json_of
from models.schema.record import Record
from tests.support.problem_reports import report


def facts(book: Book, record: Record) -> list[RecordFact]:
    """What is known of a record now."""
    return list(facts_of(book, book.get(record.id), StateView(book.store)))


@pytest.fixture
def milestone(book: Book, project: str) -> Record:
    """The project's only milestone."""
    return book.add("milestone", {"name": "上线", "due": "2026-12-01"}, project=project)


def test_what_is_held_tells_by_which_concessions_and_its_own_state(
    book: Book, project: str, milestone: Record
) -> None:
    assert facts(book, milestone) == []
    made = [
        book.add("concession", {"situation": "x", "milestone": milestone.id}, project=project)
        for _ in range(2)
    ]
    (fact,) = facts(book, milestone)
    numbers = "、".join(one.number for one in made)
    assert fact.short == numbers and fact.tone == "warn" and "计划中" in fact.text
    found = json_of(StateView(book.store), milestone)
    assert (found["held"], found["held_state"]) == (", ".join(n.number for n in made), "planned")
    assert found["state"] == "held"
    for one in made:
        book.move(one.id, "withdraw", comment="不需要")
    found = json_of(StateView(book.store), milestone)
    assert (found["held"], found["held_state"], found["state"]) == (None, None, "planned")


def test_an_undecided_concession_names_what_it_holds(
    book: Book, project: str, milestone: Record
) -> None:
    made = book.add("concession", {"situation": "x", "milestone": milestone.id}, project=project)
    (fact,) = facts(book, made)
    assert fact.records == (milestone.id,) and str(fact.label) == "因此挂起"
    assert json_of(StateView(book.store), made)["holds"] == milestone.id
    gone = book.move(made.id, "withdraw", comment="不需要")
    assert facts(book, gone) == [] and json_of(StateView(book.store), gone)["holds"] is None


def test_a_running_concession_tells_its_validity(book: Book, project: str) -> None:
    with book.saving():
        made = book.add("concession", {"situation": "x", "valid_to": "2099-01-01"}, project=project)
        book.imported(made.id, "in_force")
    (fact,) = facts(book, made)
    assert fact.text == fact.short and "2099-01-01" in fact.text and fact.tone == "good"


def test_a_typical_problem_tells_that_its_report_is_wanted(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x", "typical": True}, project=project)
    plain = book.add("fix", {"phenomenon": "y"}, project=project)
    (fact,) = facts(book, fix)
    assert "还没有" in fact.text and str(fact.label) == "问题报告"
    assert facts(book, plain) == []
    report(book, project, fix=fix.id)
    assert facts(book, fix) == []
