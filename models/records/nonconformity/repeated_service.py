"""Repeated services: the same person does the same within six months of a training.

Then the training's effect is to be evaluated again. What an evaluation knew of it has weighed; what
it did not know, also what a merge brings later, asks for another one. Only who may read the persons
concerned is told. Clause: 5.3.2(2)
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.book.derived_state import DerivedState, derived_state
from models.calendar.business_dates import add_months, day_of
from models.records.nonconformity.training import Training
from models.schema.record import Record

if TYPE_CHECKING:
    from models.storage.store import Store

MONTHS = 6
RECURRED = "recurred"
_CASES = (
    "SELECT t.id, t.held_on, s.id, s.found_on, t.weighed FROM training t"
    " JOIN trainee e ON e.training=t.id AND e.void IS NULL"
    " JOIN irregular_person p ON p.person=e.person AND p.void IS NULL"
    " JOIN irregular_service s ON s.id=p.service AND s.category=t.category AND s.void IS NULL"
    " WHERE t.void IS NULL AND t.held_on IS NOT NULL AND s.found_on>t.held_on"
)


def repeated(store: Store, training: str | None = None) -> dict[str, list[str]]:
    """Training -> the irregular services that repeat what it was about; oldest first."""
    where, params = (" AND t.id=?", (training,)) if training else ("", ())
    found: dict[str, list[str]] = {}
    sql = f"{_CASES}{where} ORDER BY s.found_on, s.n"
    for id, held, service, day, _ in store.rows(sql, params):
        if _within(held, day) and service not in found.setdefault(id, []):
            found[id].append(service)
    return {id: services for id, services in found.items() if services}


def weighed(training: Training) -> frozenset[str]:
    """The services that the last evaluation knew of."""
    try:
        kept = json.loads(training.weighed or "[]")
    except ValueError:
        return frozenset()
    return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()


@derived_state("training")
class RepeatedService(DerivedState):
    """A training found effective is shown as recurred while a repeat is not weighed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def state(self, record: Record) -> str | None:
        """'recurred' where a repeat is not weighed yet."""
        return RECURRED if record.state == "effective" and record.id in self._recurred else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The same for lists."""
        if not self._recurred:
            return None
        among = "id IN (SELECT value FROM json_each(?))"
        sql = f"CASE WHEN state='effective' AND {among} THEN '{RECURRED}' ELSE state END"
        return sql, [json.dumps(sorted(self._recurred))]

    @cached_property
    def _recurred(self) -> frozenset[str]:
        found = set()
        for id, held, service, day, kept in self._store.rows(_CASES):
            if _within(held, day) and service not in weighed(Training(weighed=kept)):
                found.add(str(id))
        return frozenset(found)


def _within(held: str, day: str) -> bool:
    """Whether a day is at most six months after a training."""
    begun, then = day_of(held), day_of(day)
    return begun is not None and then is not None and then <= add_months(begun, MONTHS)
