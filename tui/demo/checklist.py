"""What a checklist is made of: templates, sections, items and how an item usually reads."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W

NORMAL = W("正常", "normal")
NO_ALARM = W("无告警", "no alarm")


class DemoItem(NamedTuple):
    """One thing to check. `usual`, `spread` and `digits` make up its everyday readings."""

    key: str
    text: W
    method: W
    kind: str = "ok"
    unit: str = ""
    low: str | None = None
    high: str | None = None
    expected: W = NORMAL
    critical: bool = False
    family: str | None = None
    """Class of equipment: the item is answered once for each piece of it."""
    usual: float = 0
    spread: float = 0
    digits: int = 0


class Section(NamedTuple):
    """A group of items."""

    name: W
    items: tuple[DemoItem, ...]


class DemoTemplate(NamedTuple):
    """A checklist of a project: who fills it in and at what time of the day each round begins."""

    ref: str
    project: str
    name: W
    frequency: str
    sections: tuple[Section, ...]
    who: tuple[str, ...]
    starts: tuple[str, ...]
    version: int = 1
    state: str = "published"
    follows: str | None = None

    @property
    def items(self) -> list[DemoItem]:
        """All items in order."""
        return [item for section in self.sections for item in section.items]


def look(
    key: str,
    text: W,
    method: W,
    *,
    expected: W = NORMAL,
    critical: bool = False,
    family: str | None = None,
) -> DemoItem:
    """An item answered with ok or not ok."""
    return DemoItem(key, text, method, "ok", expected=expected, critical=critical, family=family)


def read(
    key: str,
    text: W,
    method: W,
    unit: str,
    limits: tuple[str | None, str | None],
    usual: tuple[float, float, int],
    *,
    critical: bool = False,
    family: str | None = None,
) -> DemoItem:
    """An item answered with a reading: its limits, and what it usually reads."""
    low, high = limits
    expected = W(
        _span(unit, low, high, "不高于", "不低于"), _span(unit, low, high, "at most", "at least")
    )
    return DemoItem(
        key, text, method, "reading", unit, low, high, expected, critical, family, *usual
    )


def _span(unit: str, low: str | None, high: str | None, most: str, least: str) -> str:
    if low is not None and high is not None:
        return f"{low} … {high} {unit}".strip()
    return f"{most} {high} {unit}".strip() if high is not None else f"{least} {low} {unit}".strip()
