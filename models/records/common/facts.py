"""Facts of every type: changed since its approval, its versions, what holds it, what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.approval import approvals, row_needs
from models.book.derived_state import StateView
from models.derived import gates, revision_standing
from models.derived.gates import HeldState
from models.derived.revisions import Versions
from models.queries.facts import RecordFact, facts, json_facts
from models.schema.record import Record
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

VERSIONS = W("各版本", "Versions")
CHANGED = W("批准后改过：{places}", "approved, then changed: {places}")
CHANGED_SHORT = W("批准后改过", "approved, then changed")
SUBMITTED = W("提交后改过：{places}", "submitted, then changed: {places}")
SUBMITTED_SHORT = W("提交后改过", "submitted, then changed")
HELD_BY = W("因 {by} 挂起；已记“{state}”", "by {by}; marked “{state}”")
HOLDS = W("因此挂起", "Puts on hold")
BEFORE = W("完成前尚缺", "Still lacking")
LACKING = W("{number} {why}。{way}", "{number} {why}. {way}")
LACKS = W("不符合要求", "Not as required")


@facts()
def changed(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """That the record was changed after it was approved, or submitted, and where."""
    found = approvals.binding(book.store, record.id)
    if found is not None and found.changed:
        move = record.kind.by_move.get(found.move)
        submitted = move is not None and not move.four_eyes
        places = several(approvals.place_names(book.store, found.changed))
        word, short = (SUBMITTED, SUBMITTED_SHORT) if submitted else (CHANGED, CHANGED_SHORT)
        yield RecordFact(say(word, places=places), "warn", short=str(short))


@facts()
def versions(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How a version stands to the others, where the type has versions."""
    look = states.find(record.type, Versions)
    found = revision_standing.standing(look, record) if look is not None else None
    if found is not None:
        yield RecordFact(found.text, found.tone, VERSIONS, found.short)


@facts()
def held(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What holds the record, with the state that it would have; and what it holds itself."""
    look = states.find(record.type, HeldState)
    by = look.by(record) if look is not None else []
    if by:
        numbers, state = several(one.number for one in by), record.kind.state(record.state).label
        ids = tuple(one.id for one in by)
        said = say(HELD_BY, by=numbers, state=state)
        yield RecordFact(said, "warn", short=numbers, records=ids)
    holds = _holds(states, record)
    if holds:
        yield RecordFact("", "warn", HOLDS, records=tuple(holds))


@facts()
def before_passing(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What a record lacks before it may pass, and where that is made good."""
    look = states.find(record.type, HeldState)
    ahead = not gates.is_passed(record.type, record.state) and look is not None
    found = look.lacks(record) if ahead and look is not None else []
    for lack in found:
        numbers = several(one.number for one in lack.by)
        text = say(LACKING, number=numbers, why=lack.why, way=lack.way)
        yield RecordFact(text, "warn", BEFORE, records=tuple(one.id for one in lack.by))


@facts()
def lacking(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """Which needs over its rows the record does not meet in its present state."""
    for refused in row_needs.lacking(book.store, record):
        yield RecordFact(str(refused), "warn", LACKS, short=str(LACKS))


@json_facts(keys=("held", "held_state", "holds"))
def held_json(states: StateView, record: Record) -> dict[str, Any]:
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


@json_facts(keys=("changed_since_approval",))
def changed_json(states: StateView, record: Record) -> dict[str, Any]:
    """`changed_since_approval`: the places, or null; of types that are approved or submitted."""
    if not approvals.binding_moves(record.kind):
        return {}
    changed = approvals.changed_since(states.store, record)
    return {"changed_since_approval": [place.json() for place in changed] or None}


@json_facts(keys=revision_standing.KEYS)
def versions_json(states: StateView, record: Record) -> dict[str, Any]:
    """How a version stands to the others, where the type has versions."""
    look = states.find(record.type, Versions)
    return revision_standing.json_of(look, record) if look is not None else {}


@json_facts(keys=("not_as_required",))
def lacking_json(states: StateView, record: Record) -> dict[str, Any]:
    """`not_as_required`: sentences, or null; of types with a need over rows."""
    if not any(move.needs_rows for move in record.kind.moves):
        return {}
    lacks = [refused.both().en for refused in row_needs.lacking(states.store, record)]
    return {"not_as_required": lacks or None}


def _holds(states: StateView, record: Record) -> list[str]:
    """The ids of what a record holds."""
    if record.type not in gates.holder_types() or not gates.gated_types():
        return []
    look = states.find(gates.gated_types()[0], HeldState)
    return look.held_by(record.id) if look is not None else []
