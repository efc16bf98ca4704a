"""Facts about checklists: what a merge brought that no book would have taken. Clause: 5.1.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.calendar.business_dates import business_day, day_of
from models.queries.facts import RecordFact, facts
from models.records.checks import verdicts
from models.records.checks.rounds import duplicate_rounds
from models.records.checks.rounds.round_plan import EARLY
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.storage import rows
from models.text.words import W, say, several

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


TWICE = W("与 {numbers} 是同一轮，须保留一份", "the same round as {numbers}; keep one")
TWICE_SHORT = W("重复的轮次", "duplicate round")
BOTH = W(
    "{people} 各自开始了这一轮，答复已合在一起；不一致的在冲突中",
    "{people} each began this round; the answers are together, and differing ones in conflict",
)


@facts("sheet")
def filled_twice(book: Book, sheet: Sheet, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """A round that was filled in twice, by people who did not know of each other."""
    others = duplicate_rounds.twins(book.store, sheet)
    if others:
        text = say(TWICE, numbers=several(one.number for one in others))
        yield RecordFact(text, "warn", short=str(TWICE_SHORT))
    people = duplicate_rounds.beginners(book, sheet)
    if people:
        names = several(book.people.name(one) for one in people)
        yield RecordFact(say(BOTH, people=names), "warn")


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
