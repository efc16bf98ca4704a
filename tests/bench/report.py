"""The table of figures: medians of floor and app, their ratio, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles

from tests.bench.terminal import Size

Times = Sequence[float]


def heading(title: str) -> None:
    """The title of a part, and of its columns."""
    print(f"\n{title}\n{'':34}{'floor':>12}{'app':>12}{'ratio':>8}   asked")


def line(what: str, size: Size, floor: Times, app: Times, unit: str, asked: str = "") -> None:
    """One figure: the medians of what was measured, in `unit`."""
    low, high = median(floor), median(app)
    ratio = f"{high / low:.2f}" if low else "-"
    name = f"{what}, {size[0]}×{size[1]}"
    print(f"{name:34}{_number(low, unit):>12}{_number(high, unit):>12}{ratio:>8}   {asked}")


def p99(times: Times) -> list[float]:
    """The 99th percentile, as what `line` takes."""
    return [quantiles(times, n=100, method="inclusive")[98]]


def _number(value: float, unit: str) -> str:
    scaled = value * 1e3 if unit == "ms" else value / (1 << 20) if unit == "MB" else value
    return f"{scaled:,.{0 if unit == 'bytes' else 1}f} {unit}"
