"""Chart: bars of whole and eighth cells, plain ones where the terminal has no fine glyphs."""

from __future__ import annotations

from typing import Final

from tui.display.terminal_text import FINE, drawing

EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def bar(value: float, most: float, cells: int) -> str:
    """A bar of at most `cells` cells, `most` filling them; filled up with spaces.

    What is there is seen: anything above nothing is an eighth of a cell at least.
    """
    if cells <= 0:
        return ""
    if most <= 0 or value <= 0:
        return " " * cells
    share = min(value / most, 1.0)
    if drawing.now is not FINE:
        whole = max(round(share * cells), 1)
        return (drawing.now.full * whole).ljust(cells)
    whole, rest = divmod(max(round(share * cells * 8), 1), 8)
    return (drawing.now.full * whole + (EIGHTHS[rest] if rest else "")).ljust(cells)


SHADES: Final = " ░▒▓█"
STEPS: Final = " ▁▂▃▄▅▆▇█"
PLAIN_STEPS: Final = " .:-=+*#"


def shade(value: float, most: float) -> str:
    """One cell, the denser the more: readable without colours. Anything above nothing is seen."""
    return _level(value, most, SHADES)


def step(value: float, most: float) -> str:
    """One cell, filled from below the higher the more: a bar of a small chart."""
    return _level(value, most, STEPS)


def _level(value: float, most: float, fine: str) -> str:
    levels = fine if drawing.now is FINE else PLAIN_STEPS
    if most <= 0 or value <= 0:
        return levels[0]
    return levels[max(round(min(value / most, 1.0) * (len(levels) - 1)), 1)]
