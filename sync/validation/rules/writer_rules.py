"""Writer rules: whose work a four-eyes move decided on, by the versions that it names. Pure.

The same question that the book asks before it (`models.book.approval.writers`,
`models.book.approval.apart`), put to the payload of the move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from models.book import permissions
from models.book.approval import apart, writers
from models.book.approval.apart import AUTHOR
from models.book.approval.coverage import APART
from models.book.approval.writers import WrittenVersion
from models.book.writing.record_writer import spread
from models.schema.lifecycle import Move
from models.schema.record import Record
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import ChangeContext
from sync.validation.history import Lacking

VOID = "void"


def writers_of(case: ChangeContext, said: Mapping[str, Any]) -> permissions.Writers:
    """Who wrote what a move decided on, and who was to be kept apart, as its payload names it."""

    def of(move: Move) -> Collection[str]:
        found: Collection[str] = named(case, move, said)
        more = _people_apart(case, move, said) if move.apart_from else frozenset[str]()
        if writers.brought_along(case.cls, move, case.change.fields):
            more |= {case.me}
        return writers.joined(found, more) if more else found

    return of


def named(case: ChangeContext, move: Move, said: Mapping[str, Any]) -> writers.WriterSet:
    """Who wrote the versions that the payload of a move of this record names."""

    def written(_row: str, dot: Dot) -> WrittenVersion | None:
        change = case.past.change(*dot)
        if change is None:
            return None
        bare = isinstance(change, PrunedChange)
        voids = change.fields.get(VOID) is not None
        held = frozenset(change.base if bare else change.fields)
        return WrittenVersion(change.type, change.device, held, change.base, voids)

    return writers.named(case.cls, move, said, case.past.person, written)


def content_named(case: ChangeContext, move: Move, said: Mapping[str, Any]) -> None:
    """Refuse a four-eyes move that leaves out a field that it needs and decides on."""
    owners = case.cls.register_of()
    for name in move.needs:
        register = owners[name]
        decided = register in writers.content(case.cls, move) and name in move.about
        if decided and register not in said["saw"] and register not in case.change.fields:
            case.refuse(reasons.LEFT_OUT, move=move.label, field=case.cls.specs()[name].label)


# -- kept apart ------------------------------------------------------------------------------------


def _people_apart(case: ChangeContext, move: Move, said: Mapping[str, Any]) -> frozenset[str]:
    """The people whom the versions name that a move says; refused where it names none, or others'.

    Nothing is to be named where nothing is linked, or where the record was born without anybody.
    """
    found, people = dict(said.get(APART) or {}), frozenset[str]()
    for link, what in move.apart_from:
        dots = [(device, seq) for device, seq in found.pop(apart.entry(link, what), ())]
        id, cls = _linked(case, move, link, said), apart.target(case.cls, link)
        if bool(id) != bool(dots) and not (id and _nobody(case, cls, what, id)):
            case.refuse(reasons.NOT_APART, move=move.label)
        people |= _who(case, move, cls, what, id, dots)
    if found:
        case.refuse(reasons.NOT_APART, move=move.label)
    return people


def _linked(case: ChangeContext, move: Move, link: str, said: Mapping[str, Any]) -> str:
    """The id of the linked record, by the version of the link that the move names."""
    if not link:
        return case.change.record
    register = case.cls.register_of()[link]
    values = set[object]()
    for device, seq in (said.get("saw") or {}).get(register, ()):
        values.add(spread(case.cls, register, _kept(case, (device, seq), register)).get(link))
    if len(values) > 1:
        case.refuse(reasons.NOT_APART, move=move.label)
    return str(values.pop() or "") if values else ""


def _nobody(case: ChangeContext, cls: type[Record], what: str, id: str) -> bool:
    """Whether a field that is settled at birth was left empty by every birth of a record."""
    births = case.past.births(id) if apart.settled(cls, what) else ()
    register = cls.register_of().get(what, what)
    return bool(births) and all(one.fields.get(register) is None for one in births)


def _kept(case: ChangeContext, dot: Dot, register: str) -> Any:
    change = case.past.change(*dot)
    if change is None or isinstance(change, PrunedChange):
        raise Lacking(dot)
    return change.fields.get(register)


def _who(
    case: ChangeContext, move: Move, cls: type[Record], what: str, id: str, dots: list[Dot]
) -> frozenset[str]:
    """The people whom these versions of a linked record name."""
    people = frozenset[str]()
    for dot in dots:
        change = case.past.change(*dot)
        if change is None:
            raise Lacking(dot)
        if (change.record, change.type) != (id, cls.kind.name):
            case.refuse(reasons.NOT_APART, move=move.label)
        who = _said_by(case, change, cls, what)
        if not isinstance(who, str) or case.past.quarantined(*dot):
            case.refuse(reasons.NOT_APART, move=move.label)
        people |= {who}
    return people


def _said_by(case: ChangeContext, change: Change, cls: type[Record], what: str) -> object:
    """Whom one version names; None where it says nothing of the kind."""
    if what in cls.specs():
        register = cls.register_of()[what]
        return spread(cls, register, _kept(case, change.dot, register)).get(what)
    if what == AUTHOR:
        return (change.header or {}).get("author")
    return case.past.person(change.device) if (change.move or {}).get("move") == what else None
