"""Facts: what areas know of a record beyond its fields, derived at every look.

The record page, the command line and JSON show them; none of them knows whose they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.frozen import NamedTuple
from models.schema import late_modules
from models.schema.lifecycle import Tone
from models.schema.record import Record
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


class RecordFact(NamedTuple):
    """One thing to show of a record, for people."""

    text: str
    tone: Tone
    label: W | None = None
    """The label of its own line; None = it is shown on the line of the state."""
    short: str = ""
    """How it is said where there is little room; '' = not at all."""
    records: tuple[str, ...] = ()
    """Ids of the records that it names in place of a text."""


FactRule = Callable[["Book", Any, StateView], Iterable[RecordFact]]
JsonRule = Callable[[StateView, Any], dict[str, Any]]
_facts: dict[str, list[FactRule]] = {}
_json: dict[str, list[JsonRule]] = {}
_keys: dict[str, list[str]] = {}


def facts(*types: str) -> Callable[[FactRule], FactRule]:
    """Register `(book, record, states)`: facts about records of these types; of none named, all."""

    def register(rule: FactRule) -> FactRule:
        for type in types or ("",):
            _facts.setdefault(type, []).append(rule)
        return rule

    return register


def json_facts(*types: str, keys: Iterable[str]) -> Callable[[JsonRule], JsonRule]:
    """Register `(states, record)`: these keys the JSON of these types, or of all, has besides its
    fields."""

    def register(rule: JsonRule) -> JsonRule:
        for type in types or ("",):
            _json.setdefault(type, []).append(rule)
            _keys.setdefault(type, []).extend(keys)
        return rule

    return register


def facts_of(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:
    """What is known of a record now; `states` has looked at the store for its state already."""
    late_modules.load("facts")
    for rule in (*_facts.get("", ()), *_facts.get(record.type, ())):
        yield from rule(book, record, states)


def json_keys(type: str) -> frozenset[str]:
    """The keys that the JSON of a type may have besides its fields: shown, never taken in."""
    late_modules.load("facts")
    return frozenset((*_keys.get("", ()), *_keys.get(type, ())))


def json_of(states: StateView, record: Record) -> dict[str, Any]:
    """What the JSON of a record has besides its fields; its state is the one that is shown."""
    late_modules.load("facts")
    found: dict[str, Any] = {"state": states.state(record).name}
    for rule in (*_json.get("", ()), *_json.get(record.type, ())):
        found |= rule(states, record)
    return found
