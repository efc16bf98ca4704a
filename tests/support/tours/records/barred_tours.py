"""Barred tours: a planned tour of a retired site is shown as barred, and not walked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.derived_state import DerivedState, derived_state
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.schema.record import Record
    from models.storage.store import Store

BARRED = W("{number} 的现场已停用。", "The site of {number} is retired.")


@derived_state("tour")
class BarredTours(DerivedState):
    """Answers for all tours after one look at the retired sites."""

    def __init__(self, store: Store) -> None:
        sql = "SELECT id FROM site WHERE state='retired'"
        self.retired = {str(id) for (id,) in store.rows(sql)}

    def state(self, record: Record) -> str | None:
        """'barred' where a planned tour leads to a retired site."""
        barred = record.state == "planned" and getattr(record, "site", None) in self.retired
        return "barred" if barred else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:
        """The same for lists."""
        retired = "SELECT id FROM site WHERE state='retired'"
        return f"CASE WHEN state='planned' AND site IN ({retired}) THEN ? ELSE state END", [
            "barred"
        ]

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """A barred tour is not walked."""
        barred = to == "walked" and self.state(record) is not None
        return Refused(BARRED, number=record.number) if barred else None
