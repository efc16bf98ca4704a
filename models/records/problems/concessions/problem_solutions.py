"""Solutions: whether a problem is solved and verified. Clause: 5.3.1(1)

A fix that was escalated is solved with its escalation; any other problem by its own verification.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.schema.record import Record
from models.storage import rows

if TYPE_CHECKING:
    from models.storage.store import Store

SOLVED = ("verified", "closed")
"""The states in which a fix or an escalation is solved; voiding it solves nothing."""
AMONG = "IN (SELECT value FROM json_each(?))"


class ProblemSolutions:
    """The fixes and escalations of these ids, and the escalations of the fixes: two questions."""

    def __init__(self, store: Store, ids: Iterable[str]) -> None:
        wanted = json.dumps(sorted(set(ids)))
        fixes = rows.fetch(store, Fix, f"WHERE id {AMONG} ORDER BY n", (wanted,))
        where = f"WHERE id {AMONG} OR fix {AMONG} ORDER BY n"
        raised = rows.fetch(store, Escalation, where, (wanted, wanted))
        self.known: dict[str, Record] = {one.id: one for one in (*fixes, *raised)}
        self._raised: dict[str, list[Record]] = {}
        for one in raised:
            if one.fix is not None and one.void is None:
                self._raised.setdefault(one.fix, []).append(one)

    def decisive(self, *ids: str | None) -> list[Record]:
        """The problems whose verification counts for these, of those that are here."""
        found: dict[str, Record] = {}
        for id in ids:
            one = self.known.get(id) if id else None
            if one is not None:
                raised = self._raised.get(one.id, []) if one.state == "escalated" else []
                found |= {it.id: it for it in raised or [one]}
        return list(found.values())

    def unsolved(self, *ids: str | None) -> list[Record]:
        """Those of them that are not solved."""
        return [one for one in self.decisive(*ids) if one.state not in SOLVED]
