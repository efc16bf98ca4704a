"""Facts: what areas know of a record beyond its fields, derived at every look.

The record page, the command line and JSON show them; none of them knows whose they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.approval import approvals, row_needs
from models.book.derived_state import StateView
from models.derived import gates, revision_standing
from models.derived.gates import HeldState
from models.derived.revisions import Versions
from models.schema import late_modules
from models.schema.lifecycle import Tone
from models.schema.record import Record
from models.text.words import W, say, several

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


VERSIONS = W("各版本", "Versions")
CHANGED = W("批准后改过：{places}", "approved, then changed: {places}")
CHANGED_SHORT = W("批准后改过", "approved, then changed")
SUBMITTED = W("提交后改过：{places}", "submitted, then changed: {places}")
SUBMITTED_SHORT = W("提交后改过", "submitted, then changed")
HELD_BY = W("因 {by} 挂起；已记“{state}”", "by {by}; marked “{state}”")
HOLDS = W("因此挂起", "Puts on hold")
LACKS = W("不符合要求", "Not as required")
FactRule = Callable[["Book", Any, StateView], Iterable[RecordFact]]
JsonRule = Callable[[StateView, Any], dict[str, Any]]
_facts: dict[str, list[FactRule]] = {}
_json: dict[str, list[JsonRule]] = {}
_KEYS = ("held", "held_state", "holds", "changed_since_approval", "not_as_required")
_keys: dict[str, list[str]] = {"": [*_KEYS, *revision_standing.KEYS]}


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
    yield from _changed(book, record)
    yield from _versions(states, record)
    yield from _held(record, states)
    for refused in row_needs.lacking(book.store, record):
        yield RecordFact(str(refused), "warn", LACKS, short=str(LACKS))
    for rule in (*_facts.get("", ()), *_facts.get(record.type, ())):
        yield from rule(book, record, states)


def _changed(book: Book, record: Record) -> Iterator[RecordFact]:
    """That the record was changed after it was approved, or submitted, and where."""
    found = approvals.binding(book.store, record.id)
    if found is not None and found.changed:
        move = record.kind.by_move.get(found.move)
        submitted = move is not None and not move.four_eyes
        places = several(approvals.place_names(book.store, found.changed))
        word, short = (SUBMITTED, SUBMITTED_SHORT) if submitted else (CHANGED, CHANGED_SHORT)
        yield RecordFact(say(word, places=places), "warn", short=str(short))


def _versions(states: StateView, record: Record) -> Iterator[RecordFact]:
    """How a version stands to the others, where the type has versions."""
    look = states.find(record.type, Versions)
    found = revision_standing.standing(look, record) if look is not None else None
    if found is not None:
        yield RecordFact(found.text, found.tone, VERSIONS, found.short)


def _held(record: Record, states: StateView) -> Iterator[RecordFact]:
    """What holds the record, with the state that it would have; and what it holds itself."""
    look = states.find(record.type, HeldState)
    by = look.by(record) if look is not None else []
    if by:
        numbers, state = several(one.number for one in by), record.kind.state(record.state).label
        yield RecordFact(say(HELD_BY, by=numbers, state=state), "warn", short=numbers)
    holds = _holds(states, record)
    if holds:
        yield RecordFact("", "warn", HOLDS, records=tuple(holds))


def _holds(states: StateView, record: Record) -> list[str]:
    """The ids of what a record holds."""
    if record.type not in gates.holder_types() or not gates.gated_types():
        return []
    look = states.find(gates.gated_types()[0], HeldState)
    return look.held_by(record.id) if look is not None else []


def _held_json(states: StateView, record: Record) -> dict[str, Any]:
    """Of what may be held: `held`, the numbers of what holds it, or null, and `held_state`, the
    state it would have. Of what holds others: `holds`, their ids, or null.
    """
    found: dict[str, Any] = {}
    look = states.find(record.type, HeldState)
    if look is not None:
        numbers = ", ".join(one.number for one in look.by(record)) or None
        found = {"held": numbers, "held_state": record.state if numbers else None}
    if record.type in gates.holder_types():
        found["holds"] = ", ".join(_holds(states, record)) or None
    return found


def json_keys(type: str) -> frozenset[str]:
    """The keys that the JSON of a type may have besides its fields: shown, never taken in."""
    late_modules.load("facts")
    return frozenset((*_keys[""], *_keys.get(type, ())))


def json_of(states: StateView, record: Record) -> dict[str, Any]:
    """What the JSON of a record has besides its fields; its state is the one that is shown."""
    late_modules.load("facts")
    found: dict[str, Any] = {"state": states.state(record).name} | _held_json(states, record)
    if approvals.binding_moves(record.kind):
        changed = approvals.changed_since(states.store, record)
        found["changed_since_approval"] = [place.json() for place in changed] or None
    versions = states.find(record.type, Versions)
    if versions is not None:
        found |= revision_standing.json_of(versions, record)
    if any(move.needs_rows for move in record.kind.moves):
        lacks = [refused.both().en for refused in row_needs.lacking(states.store, record)]
        found["not_as_required"] = lacks or None
    for rule in (*_json.get("", ()), *_json.get(record.type, ())):
        found |= rule(states, record)
    return found
