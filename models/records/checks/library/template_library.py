"""Template library: ready-made checklist templates, in both languages, shipped as data files.

They are words of the program and no records: nothing of them is in a book until somebody takes
one, and then it is the company's own, to be changed like any other. Clause: 5.1.1.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from models.frozen import NamedTuple
from models.records.checks.limits import span
from models.text.words import W

FILES = ("room", "network", "power", "servers", "security")
"""The data files, one for each trade, in the order in which they are offered."""
_DATA = Path(__file__).parent / "data"
_NOTHING = W("", "")


class LibraryItem(NamedTuple):
    """One thing to check; the fields are those of `TemplateItem`."""

    code: str
    """The item's stable code: the template's id and the item's place."""
    section: W
    text: W
    kind: str
    unit: str | None
    low: str | None
    high: str | None
    expected: W
    hint: W
    critical: bool

    def limits(self) -> str:
        """The limits with their unit, else what is expected; '' for neither."""
        found = span(self.low, self.high)
        return f"{found} {self.unit or ''}".strip() if found else str(self.expected)


class LibraryTemplate(NamedTuple):
    """One ready-made template."""

    id: str
    trade: W
    name: W
    frequency: str
    purpose: str
    about: W
    """What it is good for, in one line."""
    items: tuple[LibraryItem, ...]


@cache
def library() -> tuple[LibraryTemplate, ...]:
    """Every ready-made template, by trade, the most frequent first."""
    return tuple(one for name in FILES for one in _trade(name))


def named(id: str) -> LibraryTemplate:
    """The template of an id. Raises `LookupError` for an unknown one."""
    return next(one for one in library() if one.id == id)


def _trade(name: str) -> list[LibraryTemplate]:
    read = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    trade = W(*read["name"])
    return [_template(trade, one) for one in read["templates"]]


def _template(trade: W, read: dict[str, Any]) -> LibraryTemplate:
    found = [(W(*part["name"]), item) for part in read["sections"] for item in part["items"]]
    items = [_item(f"{read['id']}-{at:02}", *one) for at, one in enumerate(found, 1)]
    return LibraryTemplate(
        id=read["id"],
        trade=trade,
        name=W(*read["name"]),
        frequency=read["frequency"],
        purpose=read["purpose"],
        about=W(*read["about"]),
        items=tuple(items),
    )


def _item(code: str, section: W, read: dict[str, Any]) -> LibraryItem:
    return LibraryItem(
        code=code,
        section=section,
        text=W(*read["text"]),
        kind=read.get("kind", "ok"),
        unit=read.get("unit"),
        low=read.get("low"),
        high=read.get("high"),
        expected=W(*read["expected"]) if "expected" in read else _NOTHING,
        hint=W(*read["hint"]) if "hint" in read else _NOTHING,
        critical=read.get("critical", False),
    )
