"""Rules of the checklists: every item has a result, and an absent result has its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, before_write
from models.records.checks.answer import Answer
from models.records.checks.questions import unanswered_items
from models.records.checks.sheet import Sheet
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

UNANSWERED = W(
    "还有 {count} 项没有结果：{items}。请填写，或标为未检并写原因。",
    "{count} items have no result: {items}. Answer them, or mark them not checked with a reason.",
)
NEEDS_REASON = W(
    "“{result}”需要写明原因。",
    "“{result}” needs a reason.",
)


@before_write("answer")
def absent_result_has_reason(
    book: Book,  # noqa: ARG001
    values: Mapping[str, Any],
    answer: Answer | None,
) -> None:
    """Not applicable and not checked carry a reason."""
    result = values.get("result")
    reason = values.get("reason", getattr(answer, "reason", None))
    if result in ("na", "unchecked") and not reason:
        raise Refused(NEEDS_REASON, result=Answer.specs()["result"].word(result))


@before_move("sheet", "submit")
def sheet_complete(book: Book, sheet: Sheet) -> None:
    """A sheet is submitted when every item has a result. Clause: 5.1.1."""
    absent = unanswered_items(book.store, sheet)
    if absent:
        names = several(item.text() for item in absent[:3]) + ("…" if len(absent) > 3 else "")
        raise Refused(UNANSWERED, count=len(absent), items=names)
