"""Facts about checklists: what a merge brought that no book would have taken. Clause: 5.1.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.calendar.business_dates import business_day, day_of
from models.queries.facts import RecordFact, facts
from models.records.checks import verdicts
from models.records.checks.rounds.round_plan import EARLY
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

SHOWN = {
    verdicts.OUT: W("{n} 项超限却标为正常", "{n} out of limits but marked ok"),
    verdicts.UNREAD: W("{n} 项缺测量值却标为正常", "{n} marked ok without a reading"),
    verdicts.FOREIGN: W("{n} 项不属于本检查模板", "{n} of another template"),
}
NO_ROUND = W("模板没有第 {round} 轮", "the template has no round {round}")
NO_DAY = W("日期 {day} 晚于登记时", "the day {day} is far after it was recorded")
UNPUBLISHED = W("模板没有启用", "the template is not published")


@facts("sheet")
def odd_answers(book: Book, sheet: Sheet, states: StateView) -> Iterator[RecordFact]:
    """Answers that do not count as normal though they say so."""
    look = states.find("answer", verdicts.AnswerVerdicts)
    if look is not None:
        counts = look.counts(sheet.id)
        for name, word in SHOWN.items():
            if counts[name]:
                yield _bad(say(word, n=counts[name]))
    yield from _odd_round(book, sheet)


def _odd_round(book: Book, sheet: Sheet) -> Iterator[RecordFact]:
    """A sheet that is no round of its template, by the time it was recorded."""
    template = rows.one(book.store, Template, sheet.template or "")
    if template is not None and not 1 <= (sheet.round or 1) <= template.most_rounds():
        yield _bad(say(NO_ROUND, round=sheet.round))
    if template is not None and template.state == "draft":
        yield _bad(str(UNPUBLISHED))
    day = day_of(sheet.day)
    if day is not None and day > business_day(sheet.recorded, book.zone) + EARLY:
        yield _bad(say(NO_DAY, day=sheet.day))


def _bad(text: str) -> RecordFact:
    return RecordFact(text, "bad", short=text)
