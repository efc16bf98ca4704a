"""Confirmation: who may approve a record approves its present content, its state unchanged.

A record that was changed after its approval, by a merge above all, waits until a person who could
have made the binding move confirms its present content, or takes it back by one of its moves.
The confirmation is a marked move (`permissions.CONFIRM`) of the same state; four eyes look through
it at the move that it represents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import approvals, conflict_rules
from models.book.conflict_rules import STATE, Decision
from models.book.permissions import CONFIRM, MARKED, Chance
from models.book.settled import require_settled
from models.book.writing.moves import COMMENT, about
from models.book.writing.record_reader import replaced
from models.schema import validation
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

UNCHANGED = W(
    "{number} 在批准后没有改过，无须再确认。",
    "{number} was not changed after its approval; there is nothing to confirm.",
)


def confirm(book: Book, id: str, comment: str = "") -> Record:
    """Approve the present content of a record. Raises `Refused` where this person may not."""
    record = book.get(id)
    validation.words(comment, COMMENT)
    with book.saving():
        made = _allowed(book, record)
        payload: dict[str, Any] = {
            "move": CONFIRM,
            "from": record.state,
            "to": record.state,
            "role": made.role,
            "members": book.store.meta("members") or 1,
        }
        payload |= {"comment": comment} if comment else {}
        payload |= {"alone": True} if made.alone else {}
        payload |= about(book.reader, record)
        space = book.space_of(record)
        seq = book.ledger.write(record, space, {STATE: record.state}, record.dots, payload)
        book.ledger.passed(record, payload, book.me, seq)
    return book.get(record.id)


def chances(book: Book, record: Record) -> list[Chance]:
    """The confirmation as a move of the record, while there is something to confirm."""
    if not approvals.changed_since(book, record):
        return []
    here = record.state
    move = Move(id=CONFIRM, label=MARKED[CONFIRM], from_=(here,), to=here, four_eyes=True)
    try:
        _allowed(book, record)
    except Refused as refused:
        return [Chance(move, refused)]
    return [Chance(move)]


def _allowed(book: Book, record: Record) -> Decision:
    if not approvals.changed_since(book, record):
        raise Refused(UNCHANGED, number=record.number)
    require_settled(book, record, MARKED[CONFIRM])
    log = book.reader.log_of(record)
    versions = [log[dot] for dot in book.ledger.base_of((STATE,), record.dots)[STATE] if dot in log]
    person = book.people.person_of
    known = list(conflict_rules.ways(record, versions, lambda one: replaced(log, one), person))
    return conflict_rules.confirming(book.people, book.me, record, known)
