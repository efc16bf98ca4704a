"""Facts about re-confirmations: a project says that it needs one until it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.records.preparation.reconfirmations import environment
from models.records.preparation.reconfirmations.environment import PendingChange
from models.records.preparation.reconfirmations.reconfirmation import Reconfirmation
from models.records.preparation.reconfirmations.reconfirmation_hold import overdue
from models.schema.record import Record
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

LABEL = W("需再确认", "To re-confirm")
SHORT = W("需再确认", "needs re-confirmation")
TO_REVISE = W("再确认结论：须修订", "Re-confirmed: revise")
LATE = W("再确认已逾期", "re-confirmation overdue")


@facts("project")
def project_pending(book: Book, project: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What has changed since the proposal was approved, and waits."""
    yield from _said(book, project.id)


@facts("service_proposal")
def proposal_pending(book: Book, proposal: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The same on the proposal that is in force."""
    found = environment.proposal_in_force(book.store, str(proposal.project))
    if found is None or found.id != proposal.id:
        return
    yield from _said(book, str(proposal.project))
    where = (
        "WHERE proposal=? AND state='confirmed' AND outcome='revise' AND void IS NULL ORDER BY n"
    )
    asked = rows.fetch(book.store, Reconfirmation, where, (proposal.id,))
    if asked:
        yield RecordFact("", "warn", TO_REVISE, records=tuple(one.id for one in asked))


def _said(book: Book, project: str) -> Iterator[RecordFact]:
    found = environment.pending(book.store, project)
    if not found:
        return
    late = bool(overdue(book.store, project))
    yield RecordFact(str(SHORT), "bad" if late else "warn", short=say(LATE if late else SHORT))
    opened = tuple(one.record.id for one in found if one.record is not None)
    if opened:
        yield RecordFact("", "warn", LABEL, records=opened)
    for one in found:
        if one.record is None:
            yield RecordFact(str(one.why), "warn", LABEL)


@json_facts("project", keys=("needs_reconfirmation",))
def pending_json(states: StateView, project: Record) -> dict[str, Any]:
    """`needs_reconfirmation`: each change that waits, with its record once it is opened."""
    found = environment.pending(states.store, project.id)
    return {"needs_reconfirmation": [_plain(one) for one in found]}


def _plain(one: PendingChange) -> dict[str, Any]:
    record = one.record
    return {
        "trigger": one.trigger,
        "record": record and record.id,
        "due": record and record.due,
    }
