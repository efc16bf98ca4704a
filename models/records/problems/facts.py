"""Facts about problems: what holds a record, what a concession holds, how long it is valid, and
which report is wanted. Clause: 5.3.1(2), 5.3.1(3)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.records.problems import concession_validity, follow_ups
from models.records.problems.concession import UNDECIDED, Concession
from models.records.problems.concession_hold import PASSED, ConcessionHold, held_by
from models.schema.record import Record
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

HELD_BY = W("因让步申请 {by} 未决；已记“{state}”", "by the concession {by}; marked “{state}”")
HOLDS = W("因此挂起", "Puts on hold")
REPORT = W("问题报告", "Report")
NO_REPORT = W("还没有（T 新建）", "none yet (T creates one)")


@facts(*PASSED)
def held(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """Which concessions hold a milestone or delivery, and the state it would have."""
    numbers = _holders(states, record)
    if numbers:
        state = record.kind.state(record.state).label
        by = several(numbers)
        yield RecordFact(say(HELD_BY, by=by, state=state), "warn", short=by)


@facts("concession")
def validity(
    book: Book,
    concession: Concession,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """Until when a concession is valid."""
    found = concession_validity.said(concession, book.today)
    if found is not None:
        yield RecordFact(found[0], found[1], short=found[0])


@facts("concession")
def holds(
    book: Book,
    concession: Concession,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """What an undecided concession holds."""
    ids = held_by(book.store, concession) if concession.state in UNDECIDED else []
    if ids:
        yield RecordFact("", "warn", HOLDS, records=tuple(ids))


@facts("fix", "escalation")
def report_wanted(
    book: Book,
    record: Record,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """A typical, special or avoidable problem without its report."""
    if follow_ups.wanting(book.store, record):
        yield RecordFact(str(NO_REPORT), "warn", REPORT)


@json_facts(*PASSED)
def held_json(states: StateView, record: Record) -> dict[str, Any]:
    """`held`, the numbers of the concessions that hold it, or null, and `held_state`, the state
    it would have.
    """
    numbers = _holders(states, record)
    return {"held": ", ".join(numbers) or None, "held_state": record.state if numbers else None}


@json_facts("concession")
def holds_json(states: StateView, concession: Concession) -> dict[str, Any]:
    """`holds`: the ids of what it holds, or null."""
    found = held_by(states.store, concession) if concession.state in UNDECIDED else []
    return {"holds": ", ".join(found) or None}


def _holders(states: StateView, record: Record) -> list[str]:
    """The numbers of the concessions that hold a record."""
    look = states.derivation(record.type)
    return [one.number for one in look.by(record)] if isinstance(look, ConcessionHold) else []
