"""Sample draw: how many of a population a template asks for, and which ones they are."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from models.derived import draws
from models.records.checks.samples.check_sample import CheckSample
from models.records.checks.template import Template


def members(population: str) -> list[str]:
    """Each line of a population once, as it was written first; blank ones are left out."""
    return list(
        dict.fromkeys(" ".join(line.split()) for line in population.splitlines() if line.strip())
    )


def size(template: Template, count: int) -> int | None:
    """How many of so many the rule of a template asks for: its share rounded up, at least so many;
    None where it has no rule.
    """
    share = float(template.sample_share) if template.sample_share else None
    if share is None and template.sample_least is None:
        return None
    asked = max(ceil(round(count * (share or 0) / 100, 6)), template.sample_least or 0)
    return min(asked, count)


def draw(sheet: str, subject: str, found: Sequence[str], size: int) -> tuple[str, list[str]]:
    """The seed, and the members that it draws in the order of the draw."""
    population = dict.fromkeys(found, "")
    seed = draws.seed_of(f"{sheet}:{subject}", population, size)
    return seed, draws.drawn(seed, population, size)


def agrees(sample: CheckSample) -> bool:
    """Whether drawing again gives the same."""
    found = members(sample.population or "")
    wanted = sample.size or 0
    seed, drawn = draw(str(sample.sheet), sample.subject or "", found, wanted)
    return seed == sample.seed and drawn == members(sample.drawn or "")
