"""Concession hold: what an undecided concession holds. Clause: 5.3.1(3).

Held is derived at every look and never stored. Where a merge brings 'done' and an undecided
concession together, the move stays in the history and the record is held all the same: every
view, list, file and figure asks here. Nothing overrides it but a decision or a withdrawal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.book.derived_state import derived_state
from models.records.problems.concession import UNDECIDED, Concession
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.schema.record import Record
    from models.storage.store import Store

HELD = "held"
"""The state that is shown of what is held; it is declared, and no move leads to it."""
PASSED = {"milestone": ("done",), "delivery": ("delivered", "accepted")}
"""Type -> the states that nothing held may be brought into."""

HELD_BY = W(
    "{number}“{name}”因让步申请 {by} 未决而挂起，不能进入“{state}”。"
    "请先登记客户的决定，或撤回申请。",
    "{number} “{name}” is held by the concession {by} and cannot become “{state}”."
    " Record the customer's decision first, or withdraw the application.",
)
NO_VOID = W(
    "{number}“{name}”因让步申请 {by} 未决而挂起，不能作废。请先登记客户的决定，或撤回申请。",
    "{number} “{name}” is held by the concession {by} and cannot be voided."
    " Record the customer's decision first, or withdraw the application.",
)

Holds = dict[str, list[Concession]]
"""Id of what is held -> the concessions that hold it."""


def undecided(store: Store) -> list[Concession]:
    """Concessions that wait for a decision, oldest first; a void one counts until withdrawn."""
    where = f"WHERE state IN ({places(UNDECIDED)}) ORDER BY n"
    return rows.fetch(store, Concession, where, UNDECIDED)


def holds(store: Store) -> Holds:
    """All that is held now."""
    found: Holds = {}
    for concession in undecided(store):
        for id in held_by(store, concession):
            found.setdefault(id, []).append(concession)
    return found


def held_by(store: Store, concession: Concession) -> list[str]:
    """Ids of the milestones and deliveries that a concession holds while it is undecided.

    Those it names; where it names none (or only void ones), the project's next ones: those that
    were next when it was made, which cannot be avoided, and those that are next today.
    """
    named = [id for id in (concession.milestone, concession.delivery) if id]
    living = [id for id in named if not _void(store, id)]
    if living:
        return living
    found: dict[str, None] = {}
    for type, then in (
        ("milestone", concession.next_milestone),
        ("delivery", concession.next_delivery),
    ):
        if then is not None and not _void(store, then):
            found[then] = None
        if then is None:
            found |= dict.fromkeys(_passed_since(store, type, concession))
        now = next_of(store, type, concession.project)
        if now is not None:
            found[now] = None
    return list(found)


def next_of(store: Store, type: str, project: str | None) -> str | None:
    """The project's next milestone or delivery: the one due first that has not been passed."""
    passed = PASSED[type]
    sql = (
        f'SELECT id FROM "{type}" WHERE project=? AND void IS NULL'
        f" AND state NOT IN ({places(passed)}) ORDER BY due IS NULL, due, n LIMIT 1"
    )
    found = store.row(sql, (project, *passed))
    return str(found[0]) if found else None


@derived_state(*PASSED)
class ConcessionHold:
    """One look at many records: what is held is asked once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _held(self) -> Holds:
        return holds(self._store)

    def by(self, record: Record) -> list[Concession]:
        """The concessions that hold this record; none where it is not held."""
        return self._held.get(record.id, [])

    def state(self, record: Record) -> str | None:
        """`held` while a concession holds the record."""
        return HELD if self.by(record) else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The SQL expression of the shown state and its parameters."""
        if not self._held:
            return None
        sql = f"CASE WHEN id IN (SELECT value FROM json_each(?)) THEN '{HELD}' ELSE state END"
        return sql, [json.dumps(list(self._held))]

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """Nothing held is brought into a state that says it was passed."""
        if to not in PASSED[record.type] or not (found := self.by(record)):
            return None
        return _refused(HELD_BY, record, found, record.kind.state(to).label)

    def bars_void(self, record: Record) -> Refused | None:
        """Nothing held is voided."""
        found = self.by(record)
        return _refused(NO_VOID, record, found) if found else None


def _refused(word: W, record: Record, found: Sequence[Concession], state: object = "") -> Refused:
    numbers = several(one.number for one in found)
    return Refused(word, number=record.number, name=record.title(), by=numbers, state=state)


def _void(store: Store, id: str) -> bool:
    """Whether a named record is out of use; one that has not arrived here is not."""
    for type in PASSED:
        found = store.row(f'SELECT void FROM "{type}" WHERE id=?', (id,))
        if found:
            return found[0] is not None
    return False


def _passed_since(store: Store, type: str, concession: Concession) -> Iterator[str]:
    """What was passed since the concession was made on a device that knew of nothing to hold."""
    states = PASSED[type]
    sql = (
        "SELECT DISTINCT record FROM transition WHERE type=? AND project=? AND at>=?"
        f" AND state IN ({places(states)})"
    )
    params = (type, concession.project, concession.recorded, *states)
    yield from (str(id) for (id,) in store.rows(sql, params) if not _void(store, str(id)))
