"""Revision comparison: what differs between two versions, field by field and row by row.

Rows are paired by the code that they have in every version. Clause: 4.2.3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from models.book.approval import parts
from models.book.rows import row_order
from models.derived import revisions
from models.derived.revision_copy import code_of, living_rows
from models.derived.revisions import Revised
from models.schema import late_modules
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.storage.store import Store

Mark = Literal["added", "removed", "changed"]

NO_BEFORE = W(
    "{number} 之前没有可以对照的版本。",
    "There is no version before {number} to compare it with.",
)
NO_AFTER = W(
    "{number} 还没有别的版本可以对照。",
    "There is no version after {number} to compare it with.",
)
OTHER_TYPE = W(
    "{number} 和 {other} 不是同一类记录，不能对照。",
    "{number} and {other} are of different types and cannot be compared.",
)


class FieldChange(NamedTuple):
    """One field before and after, as stored."""

    field: str
    before: Any
    after: Any


class RowChange(NamedTuple):
    """One row that was added, removed or changed, with the fields that differ."""

    mark: Mark
    code: str
    before: Record | None
    after: Record | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def row(self) -> Record:
        """The row as it is now; a removed one as it was."""
        found = self.after or self.before
        assert found is not None
        return found


class Comparison(NamedTuple):
    """Two versions and their differences; the rows in the order of the later version."""

    before: Record
    after: Record
    fields: tuple[FieldChange, ...]
    rows: tuple[RowChange, ...]

    def count(self, mark: Mark) -> int:
        """How many rows are marked so."""
        return sum(row.mark == mark for row in self.rows)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.fields and not self.rows


class Touched(NamedTuple):
    """Something else that a change of versions concerns: a milestone, its payment."""

    record: Record
    label: W
    before: str
    after: str


Touches = Callable[["Store", Comparison], Iterable[Touched]]
_touches: dict[str, Touches] = {}


def touches(type: str) -> Callable[[Touches], Touches]:
    """Register `(store, comparison)`: what a change of this type concerns besides; areas do so in
    their `facts`."""

    def register(rule: Touches) -> Touches:
        _touches[type] = rule
        return rule

    return register


def touched(store: Store, found: Comparison) -> list[Touched]:
    """What the differences of two versions concern besides, as the area of the type says."""
    late_modules.load("facts")
    rule = _touches.get(found.after.type)
    return list(rule(store, found)) if rule is not None and not found.same else []


def previous(store: Store, record: Record) -> Record:
    """The version that a record follows. Raises `Refused` where there is none here."""
    how = revisions.versions(store, record.type).how
    id = getattr(record, how.follows)
    found = rows.one(store, type(record), str(id)) if id else None
    if found is None:
        raise Refused(NO_BEFORE, number=record.number)
    return found


def following(store: Store, record: Record) -> Record:
    """The version that follows a record, the first of several. Raises `Refused` where there is
    none."""
    line = revisions.versions(store, record.type).line(record)
    after = [one.id for one in line if one.follows == record.id and one.living]
    found = rows.one(store, type(record), after[-1]) if after else None
    if found is None:
        raise Refused(NO_AFTER, number=record.number)
    return found


def pair(store: Store, record: Record) -> tuple[Record, Record]:
    """The versions to compare: a record and the one before it; of the first, it and the next.

    Raises `Refused` where there is only one version.
    """
    how = revisions.versions(store, record.type).how
    if getattr(record, how.follows):
        return previous(store, record), record
    return record, following(store, record)


def compare(store: Store, before: Record, after: Record) -> Comparison:
    """What differs from one version to another. Raises `Refused` for records of two types."""
    if before.type != after.type:
        raise Refused(OTHER_TYPE, number=before.number, other=after.number)
    how = revisions.versions(store, after.type).how
    same = _same_rows(store, how, before, after)
    old, new = living_rows(store, before, same), living_rows(store, after, same)
    codes = {_id(row): code_of(row, how) for row in (*old, *new)} | {before.id: "", after.id: ""}
    fields = _changes(before, after, codes, but={how.follows, how.version})
    return Comparison(before, after, tuple(fields), tuple(_rows(how, codes, old, new)))


def _same_rows(store: Store, how: Revised, before: Record, after: Record) -> set[str]:
    """The ids of rows that are the same in both versions, as far as the database can tell: of types
    whose code is unique in a version, without an order of their own and without rows. A plan has a
    thousand of them, and a change touches few."""
    found = set[str]()
    for cls in parts.row_types(before.type):
        kind, code = cls.kind, how.rows.get(cls.kind.name)
        if code is None or {*kind.key} != {kind.parent, code}:
            continue
        if _order_of(cls) or parts.row_types(kind.name):
            continue
        alike = (f'a."{name}" IS b."{name}"' for name in _compared(cls) if name != kind.parent)
        sql = (
            f'SELECT a.id, b.id FROM "{kind.name}" a JOIN "{kind.name}" b'
            f' ON b."{kind.parent}"=? AND b."{code}"=a."{code}" WHERE a."{kind.parent}"=?'
            f" AND a.void IS NULL AND b.void IS NULL AND {' AND '.join(alike)}"
        )
        for pair in store.rows(sql, (after.id, before.id)):
            found.update(pair)
    return found


def _rows(
    how: Revised, codes: Mapping[str, str], old: Sequence[Record], new: Sequence[Record]
) -> Iterator[RowChange]:
    """The rows that differ; one that is gone stands after the row that it came after."""
    pairs = list(_paired(codes, old, new))
    moved = _moved([(a, b) for a, b in pairs if a is not None and b is not None])
    for a, b in pairs:
        if a is None or b is None:
            row = a or b
            assert row is not None
            yield RowChange("removed" if b is None else "added", codes[row.id], a, b)
            continue
        kind, order = b.kind, _order(b)
        fields = [*_changes(a, b, codes, {kind.parent, order, how.rows.get(kind.name, "")})]
        if _id(b) in moved:
            fields.append(FieldChange(order, getattr(a, order), getattr(b, order)))
        if fields:
            yield RowChange("changed", codes[b.id], a, b, tuple(fields))


def _id(row: Record) -> str:
    """A row's id as it lies in it: a field's own reader costs more, thousands of times."""
    return str(row.__data__["id"])


def _paired(
    codes: Mapping[str, str], old: Sequence[Record], new: Sequence[Record]
) -> Iterator[tuple[Record | None, Record | None]]:
    """Rows of one code, in order; of several with one code, which a merge may bring, each has its
    own partner."""
    left: dict[tuple[str, str], list[Record]] = {}
    for row in old:
        left.setdefault((row.kind.name, codes[_id(row)]), []).append(row)
    pairs: list[tuple[Record | None, Record | None]] = []
    partner: dict[str, str] = {}
    for row in new:
        known = left.get((row.kind.name, codes[_id(row)]))
        before = known.pop(0) if known else None
        pairs.append((before, row))
        if before is not None:
            partner[_id(before)] = _id(row)
    place = {_id(b): at for at, (_, b) in enumerate(pairs) if b is not None}
    at, gone = -1, list[tuple[int, Record]]()
    for row in old:
        if _id(row) in partner:
            at = place[partner[_id(row)]]
        else:
            gone.append((at, row))
    for at, row in reversed(gone):
        pairs.insert(at + 1, (row, None))
    return iter(pairs)


def _order(row: Record) -> str:
    return _order_of(type(row))


@cache
def _order_of(cls: type[Record]) -> str:
    """The field that numbers rows; '' where none does: those in the order of a day have that."""
    return cls.kind.order if row_order.is_ordered(cls) else ""


def _moved(pairs: Sequence[tuple[Record, Record]]) -> set[str]:
    """The ids of the later rows whose place among the others changed: as few as explain it."""
    found = set[str]()
    for type in dict.fromkeys(b.type for _, b in pairs):
        some = [(a, b) for a, b in pairs if b.type == type and _order(b)]
        before = sorted(some, key=lambda pair: getattr(pair[0], _order(pair[0])) or 0)
        was = {a.id: place for place, (a, _) in enumerate(before)}
        stay = _longest([was[a.id] for a, _ in some])
        found |= {b.id for place, (_, b) in enumerate(some) if place not in stay}
    return found


def _longest(places: Sequence[int]) -> set[int]:
    """The positions of a longest rising run of places, not necessarily next to each other."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, place in enumerate(places):
        where = bisect_left(tails, place)
        before.append(ends[where - 1] if where else None)
        tails[where : where + 1] = [place]
        ends[where : where + 1] = [at]
    here, found = (ends[-1] if ends else None), set[int]()
    while here is not None:
        found.add(here)
        here = before[here]
    return found


def _changes(
    before: Record, after: Record, codes: Mapping[str, str], but: set[str]
) -> Iterator[FieldChange]:
    """The fields that differ, of those that a copy takes over; a link to a row is that to its
    code."""
    have, has = before.__data__, after.__data__
    for name in _compared(type(after)):
        a, b = have.get(name), has.get(name)
        if a != b and name not in but and _coded(a, codes) != _coded(b, codes):
            yield FieldChange(name, a, b)


@cache
def _compared(cls: type[Record]) -> tuple[str, ...]:
    """The fields that a copy takes over."""
    done = {name for move in cls.kind.moves for name in (*move.asks, *move.fills)}
    return tuple(
        name
        for name, spec in cls.specs().items()
        if name not in done and not (spec.by_move or spec.computed or spec.internal)
    )


def _coded(value: Any, codes: Mapping[str, str]) -> Any:
    return ("code", codes[value]) if isinstance(value, str) and value in codes else value
