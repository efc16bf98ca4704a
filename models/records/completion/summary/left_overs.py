"""Left-overs: what a project leaves open, and who is in charge of each. Clause: 6.1.

Somebody is in charge of what has an owner, of what a corrective action with an owner was begun
from (or from the summary, naming its number), and of what a concession was applied for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.book.derived_state import StateView
from models.records.completion.period import project_of
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

TYPES = (
    *("escalation", "fix", "concession", "complaint", "incident", "irregular_service"),
    *("corrective_action", "promise", "milestone", "delivery"),
)
"""What may be left over, as far as the program has these types; the weightiest first."""
CHARGED = {"escalation": "group_lead", "concession": "author"}
"""Type -> who is in charge of it, where the type has no owner."""
NAMED = ("fix", "escalation", "milestone", "delivery")
"""The fields by which a concession names what it is applied for."""
NUMBER = re.compile(r"[A-Z]+(?:-[A-Z0-9]+)+")
"""A record's number in a text."""
NOBODY = W("{number} 无人负责", "nobody is in charge of {number}")


class LeftOver(NamedTuple):
    """Something that is open, as it stands."""

    type: str
    id: str
    number: str
    state: str
    title: str
    owner: str
    """The name of who is in charge; '' without anyone."""
    due: str | None
    led_to: list[str]
    """The numbers of the actions with an owner, and of the concessions, that came of it."""

    @property
    def in_charge(self) -> bool:
        """Whether somebody is."""
        return bool(self.owner or self.led_to)


def left_overs(book: Book, summary: Record) -> list[LeftOver]:
    """What is open in the project of a summary, the oldest of each type first."""
    project = project_of(book, summary).id
    look, led_to = StateView(book.store), _led_to(book, project)
    covered = _covered(book, summary)
    return [
        _part(
            book,
            one,
            look.state(one).name,
            [*led_to.get(one.id, ()), *covered.get(one.number, ())],
        )
        for one in _open(book, project, look)
    ]


def open_points(found: list[LeftOver]) -> list[W]:
    """Those without anyone in charge: submitted with a comment only."""
    return [
        W(*(half.format(number=one.number) for half in NOBODY))
        for one in found
        if not one.in_charge
    ]


def _open(book: Book, project: str, look: StateView) -> Iterator[Record]:
    """Each problem once: a fix that was escalated is told by its escalation."""
    escalated = set[str]()
    for type in (one for one in TYPES if one in kinds):
        ended = [state.name for state in kinds[type].kind.states if state.ended]
        shown, params = look.sql(type)
        where = f"WHERE project=? AND void IS NULL AND {shown} NOT IN ({places(ended)}) ORDER BY n"
        found = rows.fetch(book.store, kinds[type], where, (project, *params, *ended))
        yield from (one for one in found if one.id not in escalated)
        escalated |= {str(getattr(one, "fix", None)) for one in found}


def _led_to(book: Book, project: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    sql = (
        "SELECT source, number FROM corrective_action WHERE (project=? OR project IS NULL)"
        " AND source IS NOT NULL AND owner IS NOT NULL AND void IS NULL ORDER BY n"
    )
    for source, number in book.store.rows(sql, (project,)):
        found.setdefault(str(source), []).append(str(number))
    columns = ", ".join(f'"{name}"' for name in NAMED)
    sql = (
        f"SELECT number, {columns} FROM concession WHERE project=? AND void IS NULL"
        " AND state<>'withdrawn' ORDER BY n"
    )
    for number, *named in book.store.rows(sql, (project,)):
        for id in filter(None, named):
            found.setdefault(str(id), []).append(str(number))
    return found


def _covered(book: Book, summary: Record) -> dict[str, list[str]]:
    """Number of a record -> the actions with an owner, begun from the summary, that name it."""
    found: dict[str, list[str]] = {}
    sql = (
        "SELECT number, finding FROM corrective_action WHERE source=? AND owner IS NOT NULL"
        " AND finding IS NOT NULL AND void IS NULL ORDER BY n"
    )
    for number, finding in book.store.rows(sql, (summary.id,)):
        for named in dict.fromkeys(NUMBER.findall(str(finding))):
            found.setdefault(named, []).append(str(number))
    return found


def _part(book: Book, one: Record, state: str, led_to: list[str]) -> LeftOver:
    field = CHARGED.get(one.type, "")
    person = getattr(one, field) if field else one.owner_id if one.kind.owner else None
    due = getattr(one, one.kind.due, None) if one.kind.due else None
    return LeftOver(
        type=one.type,
        id=one.id,
        number=one.number,
        state=state,
        title=one.title().split("\n", 1)[0],
        owner=book.people.name(str(person)) if person else "",
        due=str(due) if due else None,
        led_to=led_to,
    )
