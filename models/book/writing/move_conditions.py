"""Move conditions: the values and days with which a move is not made, at the door.

Replicas put the same questions to what a move names (`field_rules` and `row_rules` in
`sync.validation.rules`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.book import permissions
from models.book.approval import parts
from models.calendar.business_dates import day_of
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.storage.store import Store
from models.text.words import Refused


def hindrance(
    people: permissions.Roles,
    me: str,
    record: Record,
    move: Move,
    values: Mapping[str, Any],
    today: date,
) -> Refused | None:
    """Why a person does not make a move today of a record that would have these values."""
    have = {**record.values(), **values}
    held = permissions.part_in(record, me) | people.roles(me, record.project)
    for bar in move.barred:
        if bar.applies(have.get(bar.field), me, held):
            return Refused(bar.why, number=record.number)
    for one in move.dated:
        day = day_of(have.get(one.field))
        if day is not None and one.missed(day, today, today):
            return Refused(one.why, number=record.number, day=day.isoformat())
    return None


def open_to(
    people: permissions.Roles, me: str, record: Record, move: Move, today: date
) -> Refused | None:
    """The same before anything is filled in: what the move itself asks for may still change."""
    named = {bar.field for bar in move.barred} | {one.field for one in move.dated}
    asked = dict.fromkeys(named.intersection(move.asks))
    return hindrance(people, me, record, move, asked, today)


def verdicts(store: Store, record: Record, move: Move) -> dict[str, str]:
    """What the rows of a record make of the fields that say the worst of them."""
    if not move.worst:
        return {}
    rows = [row for row in parts.rows_of(store, record) if row.void is None]
    return {
        one.field: one.of(row.state for row in rows if row.type == one.type) for one in move.worst
    }
