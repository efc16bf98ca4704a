"""The draw: a site, a person and a day of a stated population, by a seed.

Of each list that member is drawn whose hash with the seed comes first: SHA-256 of “seed:member”, as
anybody can calculate again by hand. A population is written with one member a line, `site`,
`person` or `day`, its id, and what it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.derived import draws

PARTS = ("site", "person", "day")


class Drawn(NamedTuple):
    """What was drawn; None where there was nothing to draw from."""

    site: str | None
    person: str | None
    day: str | None


def first_of(seed: str, members: Sequence[str]) -> str | None:
    """The member that a seed draws, whatever order they are given in."""
    return next(iter(draws.in_order(seed, members)), None)


def written(population: Mapping[str, Mapping[str, str]]) -> str:
    """A population as text: part -> id -> what it is called."""
    lines = [
        f"{part} {id} {' '.join(name.split())}".rstrip()
        for part in PARTS
        for id, name in sorted(population.get(part, {}).items())
    ]
    return "\n".join(lines)


def members(text: str) -> dict[str, list[str]]:
    """The ids of a written population, by part; lines that are none are left out."""
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    for one in text.splitlines():
        part, _, rest = one.partition(" ")
        id = rest.partition(" ")[0]
        if part in found and id:
            found[part].append(id)
    return found


def draw(seed: str, population: str) -> Drawn:
    """What a seed draws from a written population."""
    every = members(population)
    return Drawn(*(first_of(seed, every[part]) for part in PARTS))


def agrees(seed: str | None, population: str | None, drawn: Drawn) -> bool:
    """Whether drawing again gives the same."""
    return draw(seed or "", population or "") == drawn and any(drawn)
