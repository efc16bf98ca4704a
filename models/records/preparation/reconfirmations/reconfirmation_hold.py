"""Re-confirmation hold: an overdue one keeps the project's next plan from being approved.

What another device approved before it knew, or by its own day, stays approved. Clause: 4.1.3
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book.derived_state import DerivedState, derived_state
from models.derived import revisions
from models.records.preparation.reconfirmations.reconfirmation import Reconfirmation
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.storage.store import Store

PLANS = ("milestone_plan", "service_plan")
"""The types of plans whose approval waits."""
OVERDUE = W(
    "{number} 不能批准：再确认 {found} 已逾期。请先完成再确认。",
    "{number} cannot be approved while a re-confirmation is overdue: {found}. Have it confirmed"
    " first.",
)
MOST = 3
"""Re-confirmations that are named."""


@derived_state(*PLANS)
class OverdueReconfirmations(DerivedState):
    """Bars the approval of plans; the state that is shown of them stays as it is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """A plan is not approved while a re-confirmation of its project is overdue."""
        how = revisions.declared(record.type)
        if how is None or to not in how.in_force or record.state in how.in_force:
            return None
        found = overdue(self._store, str(record.project))
        if not found:
            return None
        names = listed(W(one.number, one.number) for one in found[:MOST])
        return Refused(OVERDUE, number=record.number, found=names)


def overdue(store: Store, project: str) -> list[Reconfirmation]:
    """The re-confirmations of a project whose day is over, those that were due first."""
    where = "WHERE project=? AND state<>'confirmed' AND void IS NULL AND due<? ORDER BY due, n"
    return rows.fetch(store, Reconfirmation, where, (project, store.today().isoformat()))
