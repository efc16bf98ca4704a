"""Evidence of the checks: documents that were due, spare parts, account and security checks.

Clause: 5.1.2
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.records.checks.quarterly.question_evidence import Evidence, Quarter, answers
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

DOCUMENTS = W("到期交付物 {n} 项，已完成 {done} 项", "{n} deliverables due, {done} done")
SPARES = W("评估备件 {n} 种，其中 {short} 种不足", "{n} spare parts evaluated, {short} too few")
CHECKS = W("本季按模板检查 {n} 次，已提交 {done} 次", "{n} checks by a template, {done} submitted")


def _said(word: W, **values: object) -> W:
    return W(*(half.format(**values) for half in word))


@answers("documents")
def deliverables(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """Milestones with a deliverable that were due in the quarter."""
    sql = (
        "SELECT id, state FROM milestone WHERE project=? AND void IS NULL"
        " AND deliverable IS NOT NULL AND due BETWEEN ? AND ? ORDER BY due, n"
    )
    found = book.store.rows(sql, _params(quarter))
    done = tuple(str(id) for id, state in found if state == "done")
    late = tuple(str(id) for id, state in found if state != "done")
    yield Evidence(_said(DOCUMENTS, n=len(found), done=len(done)), done, late)


@answers("spares")
def spare_parts(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """The spare parts that were evaluated in the check of the quarter."""
    sql = (
        'SELECT s.id, s.verdict FROM spare_part s JOIN quarterly_check c ON c.id=s."check"'
        " WHERE c.project=? AND c.quarter=? AND s.void IS NULL AND s.verdict IS NOT NULL"
        " ORDER BY s.n"
    )
    name = f"{quarter.first:%Y}-Q{(quarter.first.month + 2) // 3}"
    found = book.store.rows(sql, (quarter.project, name))
    short = [verdict for _, verdict in found if verdict == "short"]
    ids = tuple(str(id) for id, _ in found)
    yield Evidence(_said(SPARES, n=len(found), short=len(short)), ids)
    checked = _by_purpose(book, quarter, "spares")
    if checked.records or checked.lacking:
        yield checked


@answers("accounts")
def account_checks(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """Checklists of the quarter by a template for account management."""
    yield _by_purpose(book, quarter, "accounts")


@answers("security")
def security_checks(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """Checklists of the quarter by a template for communication security."""
    yield _by_purpose(book, quarter, "security")


def _by_purpose(book: Book, quarter: Quarter, purpose: str) -> Evidence:
    sql = (
        "SELECT s.id, s.state IN ('submitted','reviewed') FROM sheet s"
        " JOIN template t ON t.id=s.template WHERE s.project=? AND s.void IS NULL"
        " AND t.purpose=? AND s.day BETWEEN ? AND ? ORDER BY s.day, s.n"
    )
    first, last = _params(quarter)[1:]
    found = book.store.rows(sql, (quarter.project, purpose, first, last))
    done = tuple(str(id) for id, submitted in found if submitted)
    open_ = tuple(str(id) for id, submitted in found if not submitted)
    return Evidence(_said(CHECKS, n=len(found), done=len(done)), done, open_)


def _params(quarter: Quarter) -> tuple[str, str, str]:
    return quarter.project, quarter.first.isoformat(), quarter.last.isoformat()
