"""A record as the JSON object that scripts and files see (a stable contract, design §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.derived_state import StateView
from models.book.log.transitions import made_by
from models.calendar import business_dates
from models.queries import facts
from models.schema.fields import SEVERAL, Spec
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Need, RowNeed
from models.schema.record import Record
from models.storage.rows import is_sound
from models.text.lists import names_of
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store


LINKS = frozenset({"link", "persons"})
OTHERWISE = frozenset({"moment", *SEVERAL})
"""Kinds of field whose JSON is not what is stored."""


def plain(
    record: Record, zone: str = business_dates.DEFAULT_ZONE, store: Store | None = None
) -> dict[str, Any]:
    """The record's header and fields; times are ISO 8601 with the zone's offset.

    With the `store`, what is derived from other records too: what a concession holds is said to
    be held, and by which.
    """
    header: dict[str, Any] = {
        "id": record.id,
        "ref": record.ref,
        "number": record.number,
        "type": record.type,
        "project": record.project,
        "state": record.state,
        "occurred_at": instant(record.occurred, zone),
        "recorded_at": instant(record.recorded, zone),
        "synced_at": instant(record.synced, zone),
        "author": record.author,
        "device": record.device,
        "void": record.void,
    }
    data = record.__data__
    for name, spec in type(record).visible().items():
        held = data[name]
        as_held = held is None or spec.kind not in OTHERWISE
        header[name] = held if as_held else value(spec, held, zone)
    return header if store is None else header | facts.json_of(StateView(store), record)


def single(book: Book, record: Record, zone: str = business_dates.DEFAULT_ZONE) -> dict[str, Any]:
    """One record told by itself, by whichever command: `plain`, and how far it can be trusted.

    `sound` is whether it is what was written; `no_second_person` are the decisions about it that
    were made where there was no second person.
    """
    alone = [one for one in made_by(book.store, record.id) if one.alone]
    return plain(record, zone, book.store) | {
        "sound": is_sound(record),
        "no_second_person": [
            {"move": one.move, "author": one.author, "at": instant(one.at, zone)} for one in alone
        ],
    }


def value(spec: Spec | None, held: Any, zone: str = business_dates.DEFAULT_ZONE) -> Any:
    """One field's value as JSON: as it is stored, but for moments, and lists as arrays."""
    if spec is not None and spec.kind == "moment" and isinstance(held, int):
        return instant(held, zone)
    if spec is not None and spec.several and isinstance(held, str):
        return names_of(held)
    return held


def instant(ms: int | None, zone: str = business_dates.DEFAULT_ZONE) -> str | None:
    """An instant (ms UTC) as ISO 8601 with milliseconds and the zone's offset."""
    return None if ms is None else business_dates.local(ms, zone).isoformat(timespec="milliseconds")


def type_plain(cls: type[Record]) -> dict[str, Any]:
    """A record type: fields, states and moves by their stable names, with words in both languages.

    Moves that only happen with another action are left out: they cannot be asked for.
    """
    kind = cls.kind
    return {
        "type": kind.name,
        "label": both(kind.label),
        "code": kind.code,
        "row": kind.row,
        "clause": kind.clause,
        "space": kind.space,
        "readers": _readers(kind),
        "project": kind.project,
        "parent": kind.parent or None,
        "key": list(kind.key),
        "title": kind.title or None,
        "add_only": kind.add_only,
        "writers": list(kind.writers),
        "fields": [field_plain(name, spec) for name, spec in cls.specs().items()],
        "states": [state.name for state in kind.states],
        "state_labels": {state.name: both(state.label) for state in kind.states},
        "moves": _moves(kind),
    }


def _readers(kind: Kind) -> dict[str, list[str]] | None:
    """Who reads a restricted type: roles, and the fields that name people."""
    one = kind.readers
    return {"roles": list(one.roles), "people": list(one.people)} if one is not None else None


def field_plain(name: str, spec: Spec) -> dict[str, Any]:
    """What a field declares; `link` is the type it points to, '*' any, 'person' a member."""
    return {
        "name": name,
        "kind": spec.kind,
        "label": both(spec.label),
        "max": spec.max or None,
        "choices": [choice.name for choice in spec.known] or None,
        "choice_labels": {c.name: both(c.label) for c in spec.known} or None,
        "words_of": spec.of or None,
        "link": (spec.target or "*") if spec.kind in LINKS else None,
        "computed": spec.computed,
        "by_move": spec.by_move,
        "group": spec.group or None,
        "required": spec.required,
        "asked_from": spec.asked_from or None,
        "low": spec.low,
        "high": spec.high,
    }


def actions_json(book: Book, record: Record) -> list[dict[str, Any]]:
    """Every action of a record now: whether it is possible, what it still needs, or why not."""
    return [
        {
            "id": chance.move.id,
            "label": both(chance.move.label),
            "to": chance.move.to,
            "possible": chance.ok,
            "missing": permissions.missing(record, chance.move, {}),
            "comment": chance.move.requires_comment,
            "why": both(chance.why.both()) if chance.why is not None else None,
        }
        for chance in book.chances(record)
    ]


def _moves(kind: Kind) -> list[dict[str, Any]]:
    return [
        {
            "id": move.id,
            "label": both(move.label),
            "from": list(move.from_),
            "to": move.to,
            "roles": list(move.who),
            "needs": list(move.needs),
            "needs_when": [_need(need) for need in move.needs_when],
            "barred": [
                {"field": bar.field, "value": bar.value, "unless": list(bar.unless)}
                for bar in move.barred
            ],
            "dated": [{"field": one.field, "when": one.when} for one in move.dated],
            "needs_rows": [row_need(need) for need in move.needs_rows],
            "asks": list(move.asks),
            "comment": move.requires_comment,
            "four_eyes": move.four_eyes,
        }
        for move in kind.moves
        if not move.hidden
    ]


def _need(need: Need) -> dict[str, Any]:
    """A field that is needed where another one has one of these values."""
    name, wanted = need.when
    values = list(wanted) if isinstance(wanted, tuple) else [wanted]
    return {"field": need.field, "when": name, "is": values}


def row_need(need: RowNeed) -> dict[str, Any]:
    """How many rows of a type, in these states where some are named, a move needs or allows."""
    few, many = (need.count, None) if isinstance(need, AtLeast) else (0, 0)
    return {"type": need.type, "states": list(need.states), "at_least": few, "at_most": many}


def both(word: W) -> dict[str, str]:
    """A word in both languages."""
    return {"zh": word.zh, "en": word.en}
