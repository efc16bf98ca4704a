"""Facts about irregular services and trainings. Clause: 5.3.2(1), 5.3.2(2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts
from models.records.nonconformity.irregular.irregular_service import IrregularService
from models.records.nonconformity.repeated_service import repeated, weighed
from models.records.nonconformity.training import Training
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

BOUNCED = W("已被退回 {count} 次", "sent back {count} times")
BOUNCED_ONCE = W("已被退回 1 次", "sent back once")
REPEATED = W("培训后又发生的", "Repeated since")


@facts("irregular_service")
def bounces(book: Book, record: IrregularService, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How often it was sent back."""
    sql = "SELECT COUNT(*) FROM transition WHERE record=? AND move='send_back'"
    count = int(book.store.rows(sql, (record.id,))[0][0])
    if count:
        text = say(BOUNCED, count=count) if count > 1 else str(BOUNCED_ONCE)
        yield RecordFact(text, "warn", short=text)


@facts("training")
def repeats(book: Book, record: Training, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The irregular services that repeat what the training was about."""
    found = repeated(book.store, record.id).get(record.id, [])
    if found:
        tone = "bad" if set(found) - weighed(record) else "muted"
        yield RecordFact("", tone, label=REPEATED, records=tuple(found))  # type: ignore[arg-type]
