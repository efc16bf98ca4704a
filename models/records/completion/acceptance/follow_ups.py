"""Follow ups: what an item that was refused or left something over leads to. Clause: 6.2"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up
from models.records.nonconformity.follow_ups import action_values
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book


@follow_up("acceptance_item", to="corrective_action")
def action_of_item(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """What was found is put right."""
    return action_values(record, _said(record), "correction")


@follow_up("acceptance_item", to="escalation")
def escalation_of_item(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """What the project manager cannot put right alone."""
    return {"phenomenon": _said(record), "source": record.id}


def _said(record: Record) -> str:
    had = record.values()
    return "\n".join(str(had[name]) for name in ("what", "finding") if had.get(name))
