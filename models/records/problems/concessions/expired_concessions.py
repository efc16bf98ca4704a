"""Expired concessions: what the day alone brings about, without a move of anybody.

From the day after its `valid_to` an approved concession is shown as expired, and the escalation of
its problem as reopened; it waits with its manager until it is verified. Clause: 5.3.1(3)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.book.derived_state import DerivedState, derived_state
from models.records.problems.concessions.concession import LETS_PASS, Concession
from models.records.problems.concessions.problem_solutions import ProblemSolutions
from models.schema.record import Record
from models.storage import rows

if TYPE_CHECKING:
    from models.storage.store import Store

_RAN_OUT = f"state IN {LETS_PASS} AND valid_to<?"


@derived_state("concession")
class ExpiredConcessions(DerivedState):
    """An approval whose day is over is shown as expired."""

    def __init__(self, store: Store) -> None:
        self._today = store.today().isoformat()
        self._store = store

    def state(self, record: Record) -> str | None:
        """'expired' once the last valid day is over."""
        end = getattr(record, "valid_to", None)
        return "expired" if record.state in LETS_PASS and end and end < self._today else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The same for lists."""
        if not self._any:
            return None
        return f"CASE WHEN {_RAN_OUT} THEN 'expired' ELSE state END", [self._today]

    @cached_property
    def _any(self) -> bool:
        sql = f"SELECT 1 FROM concession WHERE {_RAN_OUT} LIMIT 1"
        return self._store.row(sql, (self._today,)) is not None


@derived_state("escalation")
class ReopenedEscalations(DerivedState):
    """An unsolved escalation whose concession ran out is shown as reopened."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def state(self, record: Record) -> str | None:
        """'reopened' while it is unsolved and a concession for it has expired."""
        return "reopened" if record.id in self.by else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The same for lists."""
        if not self.by:
            return None
        sql = "CASE WHEN id IN (SELECT value FROM json_each(?)) THEN 'reopened' ELSE state END"
        return sql, [json.dumps(list(self.by))]

    @cached_property
    def by(self) -> dict[str, list[Record]]:
        """Escalation -> the expired concessions that reopen it."""
        where = f"WHERE ({_RAN_OUT} OR state='expired') AND COALESCE(fix, escalation) IS NOT NULL"
        today = self._store.today().isoformat()
        expired = rows.fetch(self._store, Concession, f"{where} ORDER BY n", (today,))
        found: dict[str, list[Record]] = {}
        problems = ProblemSolutions(self._store, _problems(expired)) if expired else None
        for one in expired:
            for problem in problems.unsolved(one.fix, one.escalation) if problems else ():
                found.setdefault(problem.id, []).append(one)
        return found


def _problems(found: list[Concession]) -> Iterator[str]:
    for one in found:
        yield from (id for id in (one.fix, one.escalation) if id)
