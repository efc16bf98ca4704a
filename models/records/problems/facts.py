"""Facts about problems: how long a concession is valid, what it reopened, and which report is
wanted. Clause: 5.3.1(2), 5.3.1(3)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.records.problems import follow_ups
from models.records.problems.concessions import concession_validity
from models.records.problems.concessions.concession import Concession
from models.records.problems.concessions.expired_concessions import ReopenedEscalations
from models.records.problems.escalation import Escalation
from models.schema.record import Record
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

RAN_OUT = W("因让步申请 {by} 到期；原为“{state}”", "the concession {by} has expired; was “{state}”")
REPORT = W("问题报告", "Report")
NO_REPORT = W("还没有（Shift+T 新建）", "none yet (Shift+T creates one)")


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


@facts("escalation")
def reopened(
    book: Book,  # noqa: ARG001
    escalation: Escalation,
    states: StateView,
) -> Iterator[RecordFact]:
    """Which expired concession reopened an escalation, and the state that its moves go on from."""
    look = states.find(escalation.type, ReopenedEscalations)
    by = look.by.get(escalation.id, []) if look is not None else []
    if by:
        state = escalation.kind.state(escalation.state).label
        numbers = several(one.number for one in by)
        yield RecordFact(say(RAN_OUT, by=numbers, state=state), "bad", short=numbers)


@facts("fix", "escalation")
def report_wanted(
    book: Book,
    record: Record,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """A typical, special or avoidable problem without its report."""
    if follow_ups.wanting(book.store, record):
        yield RecordFact(str(NO_REPORT), "warn", REPORT)


@json_facts("escalation", keys=("reopened_by", "reopened_state"))
def reopened_json(states: StateView, escalation: Escalation) -> dict[str, Any]:
    """`reopened_by`: the numbers of the expired concessions, or null, and `reopened_state`."""
    look = states.find(escalation.type, ReopenedEscalations)
    by = look.by.get(escalation.id, []) if look is not None else []
    numbers = ", ".join(one.number for one in by) or None
    return {"reopened_by": numbers, "reopened_state": escalation.state if numbers else None}
