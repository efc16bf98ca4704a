"""Recurrence: earlier problems with the same equipment or site, offered while one is typed.

Capability 37: shown with their cause, so that the same cause is not looked for twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from models.schema.record import Record, kinds
from models.storage import rows
from models.text.pinyin import squeeze

if TYPE_CHECKING:
    from models.storage.store import Store

DAYS = 90
DAY_MS = 86_400_000
TYPES = ("fix", "escalation")
READ = 40
"""Newest records of a type that are looked at."""
ALIKE = 0.25
"""Share of what was typed that must occur in an earlier problem at another device."""


class Earlier(NamedTuple):
    """A problem met before: how many days ago, and whether with the very same equipment."""

    record: Record
    days: int
    same: bool
    cause: str


class SimilarProblem(NamedTuple):
    """The nearest few of them, and how many there are in all (of those looked at)."""

    nearest: list[Earlier]
    total: int


def earlier(
    store: Store,
    *,
    now: int,
    site: str | None,
    equipment: str | None,
    text: str = "",
    besides: str | None = None,
    most: int = 3,
) -> SimilarProblem:
    """Problems of the last 90 days with this equipment, or alike ones at this site.

    `now` is the instant of the problem typed (ms UTC); `besides` is that problem's own id.
    """
    found: list[tuple[bool, float, int, Earlier]] = []
    typed = _pairs(text)
    for record in _near(store, now, site, equipment, besides):
        same = equipment is not None and _get(record, "equipment") == equipment
        alike = _alike(typed, _pairs(str(_get(record, "phenomenon") or "")))
        if same or (alike >= ALIKE if typed else equipment is None):
            days = max(now - record.occurred, 0) // DAY_MS
            cause = str(_get(record, "cause") or "")
            found.append((not same, -alike, -record.occurred, Earlier(record, days, same, cause)))
    found.sort(key=lambda one: one[:3])
    return SimilarProblem([one[3] for one in found[:most]], len(found))


def _near(
    store: Store, now: int, site: str | None, equipment: str | None, besides: str | None
) -> list[Record]:
    """The newest problems of that time at the site or with the equipment."""
    wheres = [(n, v) for n, v in (("equipment", equipment), ("site", site)) if v is not None]
    found: dict[str, Record] = {}
    for type_ in TYPES:
        for name, value in wheres:
            sql = f'WHERE "{name}"=? AND n>=? AND n<? AND void IS NULL ORDER BY n DESC LIMIT {READ}'
            span = ((now - DAYS * DAY_MS) << 12, (now + DAY_MS) << 12)
            for record in rows.fetch(store, kinds[type_], sql, (value, *span)):
                found[record.id] = record
    taken = {_get(record, "fix") for record in found.values()}
    return [r for r in found.values() if r.id != besides and r.id not in taken]


def _get(record: Record, name: str) -> Any:
    return getattr(record, name, None)


def _pairs(text: str) -> set[str]:
    """Neighbouring characters: what two phenomena have in common without knowing words."""
    plain = squeeze(text[:400])
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _alike(typed: set[str], other: set[str]) -> float:
    """The share of what was typed that occurs in the other text, 0 to 1."""
    return len(typed & other) / len(typed) if typed else 0.0
