"""Ranking: the order in which hits are read: what is called so and open first, type by type.

Rows of other records (answers, notes, what a report copied) come after the records themselves. A
copy is left out where its source is among the hits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from models.frozen import NamedTuple
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.search import text
from models.search.engine import Hit

SHOWN, SHOWN_ROWS = 8, 2
"""Hits of one type that are shown among others, and those of a type of rows; the rest is folded."""

NEAR, FAR = 12, 1_000
"""Characters of a title within which it makes no difference where a word stands; no title."""


class HitGroup(NamedTuple):
    """The hits of one type, the best first."""

    type: str
    hits: tuple[Hit, ...]
    copies: int = 0
    """Hits that were left out: copies of others that were found."""


class Candidate(NamedTuple):
    """A hit with its record."""

    hit: Hit
    record: Record
    open: bool
    """Whether somebody has a next step."""


def is_row(kind: Kind) -> bool:
    """Whether records of a type are only read with the one that they belong to."""
    return bool(kind.parent) and not kind.menu


def proper_types() -> list[str]:
    """The types of records that have a list of their own."""
    return [name for name, cls in kinds.items() if cls.kind.menu and not is_row(cls.kind)]


def ranked(
    found: Iterable[tuple[Hit, Record]], words: str, is_open: Callable[[Record], bool]
) -> list[HitGroup]:
    """Hits in groups by type; the group with the best hit first, and in each the best first."""
    wanted, pairs = text.words(words), list(found)
    known = {record.id for _, record in pairs}
    groups: dict[str, list[Candidate]] = {}
    copies: dict[str, int] = {}
    for hit, record in pairs:
        if _source(record) in known:
            copies[hit.type] = copies.get(hit.type, 0) + 1
            continue
        groups.setdefault(hit.type, []).append(Candidate(hit, record, is_open(record)))
    for some in groups.values():
        some.sort(key=lambda one: _rank(one, wanted))
    order = sorted(groups.values(), key=lambda some: _rank(some[0], wanted))
    return [
        HitGroup(some[0].hit.type, tuple(one.hit for one in some), copies.get(some[0].hit.type, 0))
        for some in order
    ]


def shown(groups: Sequence[HitGroup], group: HitGroup) -> int:
    """How many hits of a group are shown; all of them where there is no other."""
    if len(groups) == 1:
        return len(group.hits)
    return SHOWN_ROWS if is_row(kinds[group.type].kind) else SHOWN


def _rank(one: Candidate, wanted: Sequence[str]) -> tuple[bool, bool, bool, int, int]:
    """Rows last; what has this name, then what is open, then whose title says it early; the newest
    first among equals."""
    kind, specs = one.record.kind, type(one.record).specs()
    title = text.fold(str(getattr(one.record, kind.title, None) or "")) if kind.title else ""
    places = [title.find(word) for word in wanted]
    early = max(places) // NEAR if wanted and min(places) >= 0 else FAR
    name = early < FAR and specs[kind.title].kind == "line"
    return is_row(kind), not name, not one.open, early, -one.hit.n


def _source(record: Record) -> str | None:
    """The record that a row copies: its only link to a record of any type, beside its parent."""
    if not is_row(record.kind):
        return None
    specs = type(record).specs()
    links = [name for name, spec in specs.items() if spec.kind == "link" and not spec.target]
    names = [name for name in links if name != record.kind.parent]
    return getattr(record, names[0]) if len(names) == 1 else None
