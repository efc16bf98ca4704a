"""Rules that reach across records, each a named function; the book calls them in its transaction.

`before` rules refuse, `after` rules act. A rule is entered in one of the tables at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from models import ask, rights
from models.record import LEADS, Move, Record
from models.words import Refused, W, several

if TYPE_CHECKING:
    from models.book import Book

UNANSWERED = W(
    "还有 {count} 项没有结果：{items}。请填写，或标为未检并写原因。",
    "{count} items have no result: {items}. Answer them, or mark them not checked with a reason.",
)
NEEDS_REASON = W(
    "“{result}”需要写明原因。",
    "“{result}” needs a reason.",
)


def parent_open(book: Book, record_kind: str, values: Mapping[str, Any]) -> None:
    """A row is written only while the record it belongs to is open for edits."""
    from models.record import kinds

    kind = kinds[record_kind].kind
    parent = values.get(kind.parent) if kind.parent and not kind.add_only else None
    above = book.find(str(parent)) if parent else None
    if above is None:
        return
    refused = rights.closed_by(above)
    if above.void is not None:
        refused = Refused(rights.VOIDED, number=above.number)
    if refused is not None:
        raise refused


def skipped_says_why(values: Mapping[str, Any], record: Record | None) -> None:
    """Not applicable and not checked carry a reason (capability 60)."""
    result = values.get("result")
    reason = values.get("reason", getattr(record, "reason", None))
    if result in ("na", "unchecked") and not reason:
        from models.records.answer import Answer

        raise Refused(NEEDS_REASON, result=Answer.specs()["result"].word(result))


def sheet_complete(book: Book, sheet: Record) -> None:
    """A sheet is submitted when every item has a result. Clause: 5.1.1."""
    absent = ask.unanswered(book.store, sheet)
    if absent:
        names = several(item.text() for item in absent[:3]) + ("…" if len(absent) > 3 else "")
        raise Refused(UNANSWERED, count=len(absent), items=names)


def week_taken_in(book: Book, weekly: Record) -> None:
    """Handing in a weekly status takes its week's problems in. Clause: 5.3.1(2)."""
    from models import intake
    from models.records.weekly import Weekly

    assert isinstance(weekly, Weekly)
    intake.take_in(book, weekly)


def confirm_own(book: Book, record: Record) -> None:
    """What a manager adds to the company's registers needs no second confirmation."""
    if book.people.roles(book.me, None) & set(LEADS):
        book.move(record.id, "confirm")


def escalation_from_fix(book: Book, fix: Record) -> None:
    """Escalating a fix makes its escalation, nothing retyped. Clause: 5.3.1(1)."""
    values = ask.escalation_values(fix)
    book.add("escalation", values, project=fix.project, occurred=fix.occurred)


def close_fix(book: Book, escalation: Record) -> None:
    """A closed escalation closes the fix it came from."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state == "escalated":
        book.move(fix.id, "resolve", by_rule=True)


def return_fix(book: Book, escalation: Record) -> None:
    """An escalation returned to the site reopens the fix it came from."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state == "escalated":
        book.move(fix.id, "back", by_rule=True)


def escalate_again(book: Book, escalation: Record) -> None:
    """An escalation reported again takes its fix along."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state in ("open", "fixed"):
        book.move(fix.id, "again", by_rule=True)


def reopen_fix(book: Book, escalation: Record) -> None:
    """A reopened escalation reopens the fix that was closed with it."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state == "closed":
        book.move(fix.id, "again", by_rule=True)


def _origin(book: Book, escalation: Record) -> Record | None:
    fix = getattr(escalation, "fix", None)
    return book.find(fix) if fix else None


After = Callable[["Book", Record], None]

AFTER_ADD: dict[str, After] = dict.fromkeys(("customer", "site", "equipment"), confirm_own)
BEFORE_MOVE: dict[tuple[str, str], After] = {
    ("sheet", "submit"): sheet_complete,
    ("weekly", "submit"): week_taken_in,
}
AFTER_MOVE: dict[tuple[str, str], After] = {
    ("fix", "escalate"): escalation_from_fix,
    ("escalation", "close"): close_fix,
    ("escalation", "return"): return_fix,
    ("escalation", "resubmit"): escalate_again,
    ("escalation", "reopen"): reopen_fix,
}

FOLLOWS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("fix", "resolve"): (("escalation", "close"),),
    ("fix", "back"): (("escalation", "return"),),
    ("fix", "again"): (("escalation", "resubmit"), ("escalation", "reopen")),
}
"""A hidden move -> the moves of a linked record that bring it about, in their transaction."""


def before_add(book: Book, cls: type[Record], values: Mapping[str, Any]) -> None:
    """Rules that may refuse a new record."""
    parent_open(book, cls.kind.name, values)
    if cls.kind.name == "answer":
        skipped_says_why(values, None)


def after_add(book: Book, record: Record) -> bool:
    """What follows from a new record, in the same transaction; whether anything did."""
    rule = AFTER_ADD.get(record.type)
    if rule is not None:
        rule(book, record)
    return rule is not None


def before_edit(book: Book, record: Record, values: Mapping[str, Any]) -> None:
    """Rules that may refuse an edit."""
    parent_open(book, record.type, record.values())
    if record.type == "answer":
        skipped_says_why(values, record)


def before_move(book: Book, record: Record, move: Move) -> None:
    """Rules that may refuse a move."""
    rule = BEFORE_MOVE.get((record.type, move.id))
    if rule is not None:
        rule(book, record)


def after_move(book: Book, record: Record, move: Move) -> None:
    """What follows from a move, in the same transaction."""
    rule = AFTER_MOVE.get((record.type, move.id))
    if rule is not None:
        rule(book, record)
