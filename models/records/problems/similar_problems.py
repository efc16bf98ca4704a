"""Similar problems: what the company knows of a problem like the one being typed, from every
project.

Offered without names while an engineer writes, together with what came up at the same site
(`models.records.problems.recurrence`). Two texts are alike by the neighbouring characters they
share.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from models.records.problems.experience import Experience
from models.records.registers.equipment import Equipment
from models.storage import rows
from models.text.pinyin import squeeze

if TYPE_CHECKING:
    from models.storage.store import Store

READ = 1_000
"""Newest experiences that are looked at."""
TYPED = 3
"""Fewest pairs of characters typed before anything is offered: 'UPS' alone fits everything."""
ALIKE = 0.35
"""Share of what was typed that must occur in an experience; of another class of equipment, more."""
FOREIGN = 0.5
TEXT = 400
"""Characters of a text that are compared."""


class SimilarExperience(NamedTuple):
    """An experience that fits, and which share of what was typed occurs in it."""

    record: Experience
    alike: float


def fitting(
    store: Store, text: str, equipment: str | None = None, most: int = 3
) -> list[SimilarExperience]:
    """The experiences nearest to a text, of the same class of equipment first; from any thread."""
    typed = _pairs(text[:TEXT])
    if len(typed) < TYPED:
        return []
    device = rows.one(store, Equipment, equipment) if equipment else None
    kind = device.equipment_class if device is not None else None
    found: list[tuple[bool, float, int, SimilarExperience]] = []
    where = f"WHERE state='published' AND void IS NULL ORDER BY n DESC LIMIT {READ}"
    for one in rows.fetch(store, Experience, where):
        said = "\n".join(part for part in (one.subject, one.symptom) if part)
        alike = len(typed & _pairs(said[:TEXT])) / len(typed)
        same = kind is None or one.equipment_class in (None, kind)
        if alike >= (ALIKE if same else FOREIGN):
            found.append((not same, -alike, -one.n, SimilarExperience(one, alike)))
    return [one[3] for one in sorted(found, key=lambda one: one[:3])[:most]]


@lru_cache(2 * READ)
def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, spaces and punctuation left out."""
    plain = squeeze(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
