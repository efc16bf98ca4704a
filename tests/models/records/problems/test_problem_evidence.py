"""Evidence of the problems: major faults with and without a report, reports approved."""

from __future__ import annotations

from datetime import date

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, evidence
from tests.support.problem_reports import report

QUARTER = (date(2026, 10, 1), date(2026, 12, 31))


def found(book: Book, project: str, question: str) -> Evidence:
    (one,) = evidence(book, question, Quarter(project, *QUARTER))
    return one


def raised(book: Book, project: str, day: date, severity: str = "high") -> str:
    values = {"phenomenon": "主干中断", "severity": severity}
    at = instant(day, 540)
    return book.add("escalation", values, project=project, occurred=at).id


def test_a_major_fault_wants_its_report(book: Book, project: str) -> None:
    inside, other = (raised(book, project, date(2026, 10, day)) for day in (1, 31))
    raised(book, project, date(2026, 9, 30))
    raised(book, project, date(2026, 11, 1), "low")
    values = {"subject": "中断", "phenomenon": "主干中断", "reason": "typical"}
    written = book.add("problem_report", {**values, "escalation": inside}, project=project)
    one = found(book, project, "faults")
    assert (one.records, one.lacking, one.tone) == ((written.id,), (other,), "warn")
    assert str(one.text) == "重大故障 2 起，已有报告 1 起"


def test_without_a_major_fault_there_is_nothing_to_prove(book: Book, project: str) -> None:
    assert str(found(book, project, "faults").text) == "重大故障 0 起，已有报告 0 起"


def test_reports_of_the_quarter(book: Book, project: str) -> None:
    made = report(book, project)
    book.store.db.execute_sql(
        "UPDATE problem_report SET occurred=?", (instant(date(2026, 12, 31), 1400),)
    )
    one = found(book, project, "cases")
    assert (one.records, one.lacking) == ((), (made.id,))
    book.store.db.execute_sql("UPDATE problem_report SET state='approved'")
    assert found(book, project, "cases").records == (made.id,)
