"""Evidence of the problems: major faults with their reports, experience kept. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import instant
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, answers
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

MAJOR = W("重大故障 {n} 起，已有报告 {done} 起", "{n} major faults, {done} with a report")
REPORTS = W("问题分析处理报告 {n} 份，已批准 {done} 份", "{n} problem reports, {done} approved")
_APPROVED = ("approved", "issued", "published")


def _said(word: W, **values: object) -> W:
    return W(*(half.format(**values) for half in word))


@answers("faults")
def major_faults(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """Escalations of high severity in the quarter: each wants a report."""
    sql = (
        "SELECT e.id, (SELECT r.id FROM problem_report r WHERE r.void IS NULL"
        " AND (r.escalation=e.id OR r.fix=e.fix) LIMIT 1) FROM escalation e"
        " WHERE e.project=? AND e.void IS NULL AND e.severity='high'"
        " AND e.occurred BETWEEN ? AND ? ORDER BY e.n"
    )
    found = book.store.rows(sql, _params(book, quarter))
    reports = tuple(str(report) for _, report in found if report)
    without = tuple(str(id) for id, report in found if not report)
    yield Evidence(_said(MAJOR, n=len(found), done=len(reports)), reports, without)


@answers("cases")
def case_summaries(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """Problem reports of the quarter: those approved were reviewed for their form."""
    sql = (
        "SELECT id, state FROM problem_report WHERE project=? AND void IS NULL"
        " AND occurred BETWEEN ? AND ? ORDER BY n"
    )
    found = book.store.rows(sql, _params(book, quarter))
    approved = tuple(str(id) for id, state in found if state in _APPROVED)
    others = tuple(str(id) for id, state in found if state not in _APPROVED)
    yield Evidence(_said(REPORTS, n=len(found), done=len(approved)), approved, others)


def _params(book: Book, quarter: Quarter) -> tuple[str, int, int]:
    end = instant(quarter.last + timedelta(days=1), 0, book.zone) - 1
    return quarter.project, instant(quarter.first, 0, book.zone), end
