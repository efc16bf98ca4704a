"""Passed on: what of a project is one person's to do, and whose work another person does now.

It follows from the declarations of the types alone: what is open, and its owner, its author or a
person whom one of its moves asks for. Clause: 5.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.book.derived_state import StateView
from models.book.projects import all_projects
from models.derived.expected import DueWindow, expected
from models.queries.waiting.urgency import due_day
from models.records.handovers.handover import IN_FORCE, Handover
from models.records.handovers.handover_item import HandoverItem
from models.schema.lifecycle import State
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.drafts import Drafts
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

MOST = 200
"""Records of one type that are listed."""
OWN = (Handover.kind.name, HandoverItem.kind.name)
DRAFT = W("未保存的草稿：{type}", "Unsaved draft: {type}")
WHAT = 200
"""Most characters of what an item says."""


class PassedOn(NamedTuple):
    """One thing that somebody has to do."""

    what: str
    record: Record | None
    """None for a draft, and for what is not started."""
    due: date | None


def open_of(book: Book, project: str, person: str) -> list[Record]:
    """The records of a project that are open and this person's, by type, the oldest first."""
    look = StateView(book.store)
    return [one for cls in _worked() for one in _of_type(book, look, cls, project, person)]


def everything_of(book: Book, project: str, person: str) -> Iterator[PassedOn]:
    """The same with what is due until today and not started, and this device's own drafts."""
    found = open_of(book, project, person)
    for record in found:
        yield PassedOn(_named(record), record, due_day(record))
    known = {record.id for record in found}
    for one in expected(book, _window(book, project, person)):
        if not one.done and (one.record is None or one.record.id not in known):
            yield PassedOn(one.title[:WHAT], one.record, one.day)
    if person == book.me:
        yield from _drafts(book, project)


def not_listed(book: Book, handover: Record) -> list[PassedOn]:
    """What is its giver's and in no row of it; void ones were left out knowingly."""
    sql = "SELECT about, what FROM handover_item WHERE handover=?"
    listed = {part for row in book.store.rows(sql, (handover.id,)) for part in row if part}
    project, giver = str(handover.project), handover.author
    return [
        one
        for one in everything_of(book, project, giver)
        if (one.record.id if one.record is not None else one.what) not in listed
    ]


def in_force(book: Book, receiver: str) -> list[Handover]:
    """The hand-overs by which a person stands in today."""
    today = book.today.isoformat()
    where = (
        f"WHERE state IN ({places(IN_FORCE)}) AND void IS NULL AND receiver=?"
        " AND first<=? AND until>=? ORDER BY n"
    )
    return rows.fetch(book.store, Handover, where, (*IN_FORCE, receiver, today, today))


def _worked() -> Iterator[type[Record]]:
    """The types with work of one person: not those that few read, nor the company's own."""
    for cls in sorted(kinds.values(), key=lambda one: (one.kind.menu, one.kind.name)):
        kind = cls.kind
        waits = any(state.waits for state in kind.states)
        if waits and kind.readers is None and kind.project != "none" and kind.name not in OWN:
            yield cls


def _of_type(
    book: Book, look: StateView, cls: type[Record], project: str, person: str
) -> list[Record]:
    kind = cls.kind
    states = [one.name for one in kind.states if _is_work(one) and not one.derived]
    if not states:
        return []
    theirs = [f'COALESCE("{kind.owner}", author)=?' if kind.owner else "author=?"]
    theirs += [f'"{name}"=?' for name in _asked(cls)]
    where = (
        f"WHERE project=? AND void IS NULL AND state IN ({places(states)})"
        f" AND ({' OR '.join(theirs)}) ORDER BY n LIMIT {MOST}"
    )
    found = rows.fetch(book.store, cls, where, (project, *states, *[person] * len(theirs)))
    return [one for one in found if not look.state(one).ended]


def _is_work(state: State) -> bool:
    return not state.ended and (bool(state.waits) or not state.frozen)


def _asked(cls: type[Record]) -> Sequence[str]:
    """The fields in which a move asks for a person, besides the owner."""
    asked = {name for move in cls.kind.moves for name in move.asks}
    return [
        name
        for name, spec in cls.specs().items()
        if name in asked and spec.target == "person" and spec.kind == "link"
    ]


def _window(book: Book, project: str, person: str) -> DueWindow:
    here = [one for one in all_projects(book.store) if one.id == project]
    people = frozenset([person])
    return DueWindow(first=book.today, last=book.today, projects=here, people=people, behind=True)


def _drafts(book: Book, project: str) -> Iterator[PassedOn]:
    """What this person began and did not save: only this device knows of it."""
    for one in Drafts(book.store.path.parent).all():
        cls = kinds.get(one.type)
        record = book.find(one.record) if one.record else None
        of = record.project if record is not None else one.start.get("project")
        if cls is not None and cls.kind.name not in OWN and of in (None, project):
            yield PassedOn(say(DRAFT, type=cls.kind.label), None, None)


def _named(record: Record) -> str:
    first = record.title().split("\n", 1)[0]
    return f"{record.kind.label} {record.number} {first}"[:WHAT]


def day_text(one: PassedOn) -> str | None:
    """The day of a thing as a field holds it."""
    return one.due.isoformat() if one.due is not None else None
