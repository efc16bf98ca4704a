"""Gadgets: a record type that a newer version of the program declares otherwise.

All books of a test run in one program, which is old or new as `declare` says; a book is opened
again after it, as an installed update does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.schema.fields import choice, line, number
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W

NAME = "gadget"
COLOURS = (("red", "红", "red"), ("blue", "蓝", "blue"))
GREEN = ("green", "绿", "green")


def declare(*, new: bool) -> type[Record]:
    """The type as the old or the new version knows it."""
    states = [State("fresh", W("新", "fresh")), State("used", W("用过", "used"))]
    moves = [Move(id="use", label=W("使用", "Use"), from_=("fresh",), to="used")]
    fields: dict[str, Any] = {
        "name": line("名称", "Name"),
        "colour": choice("颜色", "Colour", (*COLOURS, GREEN) if new else COLOURS),
        "low": number("下限", "Low", group="span"),
    }
    if new:
        fields |= {"size": line("尺寸", "Size"), "high": number("上限", "High", group="span")}
        fields["select"] = line("选择", "Select")
        states.append(State("gone", W("报废", "gone"), ended=True))
        moves.append(Move(id="drop", label=W("报废", "Drop"), from_=("fresh", "used"), to="gone"))
    kind = Kind(
        name=NAME, label=W("小件", "Gadget"), code="GG", states=tuple(states), moves=tuple(moves)
    )
    body = {"__module__": __name__, "__doc__": "A gadget.", "kind": kind, **fields}
    return type("Gadget", (Record,), body)


def forget() -> None:
    """A version of the program that has no such type."""
    kinds.pop(NAME, None)
    rows._which.clear()


@contextmanager
def declared(*, new: bool) -> Iterator[None]:
    """The type while the block runs."""
    declare(new=new)
    rows._which.clear()
    try:
        yield
    finally:
        forget()
