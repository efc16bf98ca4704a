"""Facts about qualifications: how long a certificate is valid still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.calendar.business_dates import day_of
from models.queries.facts import RecordFact, facts
from models.records.preparation.competence import qualification_reminders
from models.records.preparation.competence.qualification import Qualification
from models.schema.lifecycle import Tone
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

LEFT = W("还有 {days} 天到期", "expires in {days} days")
TODAY = W("今天到期", "expires today")
EXPIRED = W("已到期 {days} 天", "expired {days} days ago")
TONES: dict[int, Tone] = {60: "", 30: "warn", 7: "bad", 0: "bad"}


@facts("qualification")
def validity(book: Book, one: Qualification, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How many days are left, from 60 days before its end on."""
    reached, day = qualification_reminders.stage(one.valid_to, book.today), day_of(one.valid_to)
    if reached is None or day is None:
        return
    left = (day - book.today).days
    word = LEFT if left > 0 else TODAY if left == 0 else EXPIRED
    said = say(word, days=abs(left))
    yield RecordFact(said, TONES[reached], short=said)
