"""Confirmation: who may approve a record approves its present content, its state unchanged.

A record that was changed after its approval, by a merge above all, waits until a person who could
have made the binding move confirms it as it is now, or takes it back by one of its moves. The
confirmation is a marked move (`permissions.CONFIRM`) of the same state; four eyes look through it
at the move that it represents.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from models.book.approval import apart, approvals
from models.book.approval.settled import require_settled
from models.book.conflict import conflict_rules
from models.book.conflict.conflict_rules import STATE, Decision
from models.book.permissions import CONFIRM, MARKED, Chance
from models.book.writing.moves import COMMENT, about
from models.book.writing.record_reader import RecordReader, replaced
from models.schema import validation
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import Refused, W

UNCHANGED = W(
    "{number} 在批准后没有改过，无须再确认。",
    "{number} was not changed after its approval; there is nothing to confirm.",
)


class ConfirmingBook(Protocol):
    """A book, as far as a record is approved anew in it."""

    me: str
    reader: RecordReader

    def saving(self) -> AbstractContextManager[None]:
        """Several saves in one transaction."""


def chances(reader: RecordReader, me: str, record: Record) -> list[Chance]:
    """The confirmation as a move of the record, while there is something to confirm."""
    if not approvals.changed_since(reader.store, record):
        return []
    here = record.state
    move = Move(id=CONFIRM, label=MARKED[CONFIRM], from_=(here,), to=here, four_eyes=True)
    try:
        allowed(reader, me, record)
    except Refused as refused:
        return [Chance(move, refused)]
    return [Chance(move)]


def allowed(reader: RecordReader, me: str, record: Record) -> Decision:
    """How this person may confirm the record as it is. Raises `Refused` where they may not."""
    if not approvals.changed_since(reader.store, record):
        raise Refused(UNCHANGED, number=record.number)
    require_settled(reader.store, record, MARKED[CONFIRM])
    log, person = reader.log_of(record), reader.people.person_of
    dots = reader.writer.base_of((STATE,), record.dots)[STATE]
    versions = [log[dot] for dot in dots if dot in log]
    known = list(conflict_rules.ways(record, versions, lambda one: replaced(log, one), person))
    return conflict_rules.confirming(reader.people, me, record, known, reader.writers_of(record))


def payload(reader: RecordReader, record: Record, made: Decision, comment: str) -> dict[str, Any]:
    """What is logged of a confirmation."""
    validation.words(comment, COMMENT)
    found: dict[str, Any] = {
        "move": CONFIRM,
        "from": record.state,
        "to": record.state,
        "role": made.role,
        "members": reader.store.meta("members") or 1,
    }
    found |= {"comment": comment} if comment else {}
    found |= {"alone": True} if made.alone else {}
    found |= apart.payload(reader, record, made.move) if made.move is not None else {}
    return found | about(reader, record)


def write(book: ConfirmingBook, record: Record, comment: str) -> Record:
    """Approve a changed record anew as it is, in one durable save."""
    with book.saving():
        made = allowed(book.reader, book.me, record)
        told = payload(book.reader, record, made, comment)
        place = book.reader.space_of(record), {STATE: record.state}, record.dots
        seq = book.reader.writer.write(record, *place, told)
        book.reader.writer.passed(record, told, book.me, seq)
    return book.reader.get(record.id)
