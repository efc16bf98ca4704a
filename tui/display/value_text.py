"""Value text: values of records in words, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.tables.vocabularies import worded
from models.calendar import business_dates
from models.queries import links
from models.text.lists import names_of
from models.text.money import money_of
from models.text.words import W
from tui.display.terminal_text import cut

if TYPE_CHECKING:
    from models.schema.fields import Spec
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

TITLE = 80
"""Most cells of a title in a line with other things."""
YES = W("是", "yes")
NO = W("否", "no")
COMMA = W("、", ", ")
NOTHING = W("（空）", "(empty)")
STATE = W("状态", "State")
VOID = W("作废", "Void")


def moment(workspace: Workspace, ms: int) -> str:
    """An instant as the clock on the wall shows it."""
    return business_dates.local(ms, workspace.settings.zone).strftime("%Y-%m-%d %H:%M")


def value(workspace: Workspace, spec: Spec | None, held: Any) -> str:
    """A field's value in words: a choice by its word, a link by number and title."""
    if held is None or held == "":
        return str(NOTHING)
    if isinstance(held, bool):
        return str(YES if held else NO)
    if spec is None:
        return str(held)
    spec = worded(workspace.book.store, spec)
    if spec.kind == "moment" and isinstance(held, int):
        return moment(workspace, held)
    if spec.kind == "link" and isinstance(held, str):
        return link(workspace, spec, held)
    if spec.kind == "persons":
        return str(COMMA).join(workspace.people.name(id) for id in names_of(held))
    if spec.kind == "choices":
        return str(COMMA).join(spec.words(held))
    if spec.kind == "money":
        return str(money_of(held) or held)
    return spec.word(held)


def link(workspace: Workspace, spec: Spec, id: str) -> str:
    """What a link points to; a word for it while that is not here."""
    if spec.target == "person":
        return workspace.people.name(id)
    found = workspace.book.find(id)
    return named(found) if found is not None else str(links.absent(spec.target))


def named(record: Record) -> str:
    """A record by its number and title."""
    title = record.title()
    return record.number if title == record.number else f"{record.number} {cut(title, TITLE)}"


def label(cls: type[Record], field: str) -> str:
    """What a field, or one of the registers every record has, is called."""
    spec = cls.specs().get(field)
    if spec is not None:
        return str(spec.label)
    return str({"state": STATE, "void": VOID}.get(field, field))


def of_field(workspace: Workspace, cls: type[Record], field: str, held: Any) -> str:
    """A value as history and conflicts show it; a group as its members."""
    if field == "state" and isinstance(held, str):
        return str(cls.kind.state(held).label)
    if isinstance(held, dict):
        members = (
            f"{label(cls, name)} {value(workspace, cls.specs().get(name), it)}"
            for name, it in held.items()
            if it is not None
        )
        return "; ".join(members) or str(NOTHING)
    return value(workspace, cls.specs().get(field), held)
