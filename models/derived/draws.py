"""Draws: samples that anybody can draw again from the same population and get the same.

The seed follows from what is drawn from, so that it cannot be chosen; the order follows from the
hashes of the seed with each member. A member that falls out is replaced by the next in that order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

SEED = 16
"""Hexadecimal digits of a seed."""


def seed_of(subject: str, population: Mapping[str, str], size: int) -> str:
    """The seed of a draw: of what it is for, the population (member -> its stratum), the size."""
    text = json.dumps([subject, sorted(population.items()), size], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:SEED]


def in_order(seed: str, members: Sequence[str]) -> list[str]:
    """The members in the order in which a seed draws them, whatever order they are given in."""

    def place(member: str) -> tuple[bytes, str]:
        text = f"{seed}:{member}".encode("utf-8", "replace")
        return hashlib.sha256(text).digest(), member

    return sorted(members, key=place)


def quotas(population: Mapping[str, str], size: int) -> dict[str, int]:
    """How many of each stratum are drawn, in proportion to its members: largest remainders first,
    at least one of each where the size allows it."""
    counts: dict[str, int] = {}
    for stratum in population.values():
        counts[stratum] = counts.get(stratum, 0) + 1
    total = sum(counts.values())
    if not total or size <= 0:
        return dict.fromkeys(counts, 0)
    size = min(size, total)
    least = 1 if size >= len(counts) else 0
    found = {name: max(count * size // total, least) for name, count in counts.items()}
    rest = sorted(counts, key=lambda name: (-(counts[name] * size % total), name))
    while sum(found.values()) != size:
        grow = sum(found.values()) < size
        some = rest if grow else rest[::-1]
        for name in some:
            fits = found[name] < counts[name] if grow else found[name] > least
            if fits and sum(found.values()) != size:
                found[name] += 1 if grow else -1
    return found


def drawn(seed: str, population: Mapping[str, str], size: int) -> list[str]:
    """The sample, in the order of the draw."""
    left = quotas(population, size)
    found = []
    for one in in_order(seed, list(population)):
        if left[population[one]]:
            left[population[one]] -= 1
            found.append(one)
    return found


def next_of(seed: str, population: Mapping[str, str], taken: Sequence[str], of: str) -> str | None:
    """Who replaces a member that fell out: the next of its stratum that was not taken yet; None
    where all of the stratum were."""
    gone, stratum = set(taken), population.get(of)
    order = in_order(seed, [one for one, name in population.items() if name == stratum])
    return next((one for one in order if one not in gone), None)
