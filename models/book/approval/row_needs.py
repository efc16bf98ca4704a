"""Row needs: what a move needs of the rows of its record (`Move.needs_rows`).

    Move(id="review", needs_rows=(NoRow("point", states=("open",)), AtLeast("participant", 1)), …)

They bind at the door for writes. A row that a merge adds or changes later does not undo the move:
what is lacking in the present state is shown (`lacking`). A move that binds names its rows, so
every replica refuses one whose own rows break a need (`sync.validation.rules.row_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.book.rows import child_rows
from models.schema.lifecycle import AtLeast, Move, RowNeed
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store, places
from models.text.words import Refused, W, listed

OPEN_ROWS = W(
    "“{move}”之前须先处理这些{type}：{rows}（{state}）。",
    "“{move}” is not possible while there is such a {type}: {rows} ({state}). Settle it first.",
)
NO_ROW = W(
    "“{move}”至少需要 {count} 条{type}，现有 {there} 条。请先在这条记录上添加。",
    "“{move}” needs at least {count} × {type}; there are {there}. Add them to the record first.",
)
MOST = 3
"""Rows that are named; the others are counted."""
IN_USE = W("在用", "in use")


def require_rows(store: Store, record: Record, move: Move) -> None:
    """Raise `Refused` while the rows of a record are not as a move needs them."""
    refused = hindrance(store, record, move)
    if refused is not None:
        raise refused


def hindrance(store: Store, record: Record, move: Move) -> Refused | None:
    """Why the rows of a record do not allow a move, or None."""
    return next((broken(store, record, move, need) for need in _broken(store, record, move)), None)


def lacking(store: Store, record: Record) -> list[Refused]:
    """Which needs of the moves into its present state the rows of a record do not meet now."""
    moves = [m for m in record.kind.moves if m.needs_rows and m.to == record.state]
    if not moves:
        return []
    sql = "SELECT move FROM transition WHERE record=? AND state=? ORDER BY at DESC, n DESC LIMIT 1"
    made = store.row(sql, (record.id, record.state))
    move = next((m for m in moves if made is not None and m.id == made[0]), None)
    if move is None:
        return []
    return [broken(store, record, move, need) for need in _broken(store, record, move)]


def _broken(store: Store, record: Record, move: Move) -> Iterator[RowNeed]:
    for need in move.needs_rows:
        count = _count(store, record, need)
        if count < need.count if isinstance(need, AtLeast) else count:
            yield need


def broken(store: Store, record: Record, move: Move, need: RowNeed) -> Refused:
    """The sentence about a need that is not met, with the rows that it is about."""
    kind = kinds[need.type].kind
    if isinstance(need, AtLeast):
        there = _count(store, record, need)
        return Refused(NO_ROW, move=move.label, count=need.count, type=kind.label, there=there)
    where, params = _where(record, need)
    ordered = f"WHERE {where} ORDER BY {child_rows.order_by(kind)} LIMIT {MOST}"
    found = rows.fetch(store, kinds[need.type], ordered, params)
    names = [W(one.title(), one.title()) for one in found]
    more = _count(store, record, need) - len(found)
    names += [W(f"另有 {more} 条", f"{more} more")] if more > 0 else []
    states = listed(kind.state(name).label for name in need.states) if need.states else IN_USE
    return Refused(OPEN_ROWS, move=move.label, type=kind.label, rows=listed(names), state=states)


def _count(store: Store, record: Record, need: RowNeed) -> int:
    where, params = _where(record, need)
    found = store.row(f'SELECT COUNT(*) FROM "{need.type}" WHERE {where}', params)
    return int(found[0]) if found is not None else 0


def _where(record: Record, need: RowNeed) -> tuple[str, Sequence[str]]:
    parent = kinds[need.type].kind.parent
    where = f'"{parent}"=? AND void IS NULL'
    if not need.states:
        return where, (record.id,)
    return f"{where} AND state IN ({places(need.states)})", (record.id, *need.states)


def check(cls: type[Record]) -> None:
    """Raise `ValueError` for a need of what are no rows of the type, or of unknown states."""
    for move in cls.kind.moves:
        for need in move.needs_rows:
            row = kinds.get(need.type)
            if row is None or not row.kind.parent:
                raise ValueError(f"{cls.kind.name}.{move.id}: {need.type!r} is no type of rows")
            if row.specs()[row.kind.parent].target != cls.kind.name:
                raise ValueError(f"{need.type!r} are no rows of {cls.kind.name!r}")
            if not set(need.states) <= set(row.kind.by_state):
                raise ValueError(f"{need.type!r} has not all of the states {need.states!r}")
