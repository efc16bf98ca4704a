"""Facts about problems: holds, validity and a wanted report, for people and in JSON."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of, json_of
from models.schema.record import Record
from tests.support.problem_reports import report


def facts(book: Book, record: Record) -> list[RecordFact]:
    """What is known of a record now."""
    return list(facts_of(book, book.get(record.id), StateView(book.store)))


def test_an_escalation_tells_which_expired_concession_reopened_it(book: Book, project: str) -> None:
    raised = book.add("escalation", {"phenomenon": "x"}, project=project)
    values = {"situation": "x", "valid_to": "2020-01-01", "escalation": raised.id}
    with book.saving():
        made = book.add("concession", values, project=project)
        book.imported(made.id, "in_force")
    (fact,) = facts(book, raised)
    assert fact.short == made.number and "待受理" in fact.text and fact.tone == "bad"
    found = json_of(StateView(book.store), raised)
    assert (found["state"], found["reopened_by"], found["reopened_state"]) == (
        *("reopened", made.number),
        "reported",
    )


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
