"""Facts about the project summary: the points of its meeting, and what the records tell besides.

Clause: 6.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.book.tables import vocabularies
from models.derived import compiled
from models.queries.facts import RecordFact, facts
from models.records.completion.summary import meeting_points
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.completion.summary.self_assessment import SelfAssessment
from models.records.completion.summary.summary_content import SummaryContent, mean, scores_of
from models.records.completion.summary.summary_records import CAUSE, RepeatPart, WeekMark
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book

BEST, WORST = W("最好的几周", "Best weeks"), W("最差的几周", "Worst weeks")
REPEATS, PRAISE = W("重复出现的问题", "Repeated faults"), W("客户表扬", "Praise")
COMPLAINTS = W("客户投诉", "Complaints")
CHARGED = W("遗留问题（有人负责）", "Left-overs in somebody's charge")
FREE = W(
    "遗留问题（无人负责：在其页面按 C 或 N）", "Left-overs nobody is in charge of (C or N there)"
)
WEEK = W(
    "{week}（新发 {opened}，检查合格 {met}/{n}）", "{week} ({opened} problems, {met} of {n} ok)"
)
TIMES = W("{name} {n} 次", "{name}: {n} times")
QUOTE = W("{text}（{number}）", "{text} ({number})")
REVIEWED = W("审核人评分", "Reviewer's score")
DIFFERS = W("{difference}（自评 {own}）", "{difference} (own score {own})")
MEANS = W("平均 {mean}，自评 {own}", "mean {mean}, own {own}")
LINES = 8
"""Records that one fact names, so that a page has a line for each."""


@facts("project_summary")
def told(book: Book, summary: ProjectSummary, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The agenda, the weeks, the repeated faults, and what is left over."""
    try:
        found = compiled.content(book, summary)
    except Refused as refused:
        yield RecordFact(str(refused), "bad", short=str(refused))
        return
    if found.fault is not None:
        yield RecordFact(str(found.fault), "warn")
    data: SummaryContent = found.data
    for one in meeting_points.points(summary, data):
        if one.label != meeting_points.OPINIONS:  # a field of its own
            yield RecordFact(one.text, "", one.label)
    yield from _lists(book, data)
    yield from _left(data)
    yield from _reviewed(book, summary)


def _lists(book: Book, data: SummaryContent) -> Iterator[RecordFact]:
    said = (
        (WORST, [week_said(one) for one in data.worst]),
        (BEST, [week_said(one) for one in data.best]),
        (REPEATS, [repeat_said(book, one) for one in data.repeats]),
        (PRAISE, [say(QUOTE, text=one.text, number=one.number) for one in data.praise]),
    )
    for label, texts in said:
        if texts:
            yield RecordFact("\n".join(texts), "", label)
    if data.complaints:
        yield RecordFact("", "", COMPLAINTS, records=_ids(data.complaints))


def _left(data: SummaryContent) -> Iterator[RecordFact]:
    free = [one for one in data.left if not one.in_charge]
    charged = [one for one in data.left if one.in_charge]
    for at in range(0, len(free), LINES):
        yield RecordFact("", "warn", FREE, records=_ids(free[at : at + LINES]))
    for at in range(0, len(charged), LINES):
        yield RecordFact("", "", CHARGED, records=_ids(charged[at : at + LINES]))


def _ids(some: Iterable[object]) -> tuple[str, ...]:
    return tuple(one.id for one in some)  # type: ignore[attr-defined]


def _reviewed(book: Book, summary: ProjectSummary) -> Iterator[RecordFact]:
    """The mean with the reviewer's scores, where there are any; elsewhere they agree."""
    scores = scores_of(book, summary)
    if all(one.review_score is None for one in scores):
        return
    theirs = [one.score if one.review_score is None else one.review_score for one in scores]
    own = [one.score for one in scores]
    yield RecordFact(say(MEANS, mean=mean(theirs), own=mean(own)), "", REVIEWED)


@facts("self_assessment")
def differs(book: Book, row: SelfAssessment, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How far the reviewer's score is from one's own."""
    if row.difference:
        text = say(DIFFERS, difference=f"{row.difference:+d}", own=row.score)
        yield RecordFact(text, "warn", REVIEWED, short=f"{row.difference:+d}")


def week_said(one: WeekMark) -> str:
    """A week with its numbers."""
    return say(WEEK, **one._asdict())


def repeat_said(book: Book, one: RepeatPart) -> str:
    """What was repeated, and how often."""
    return say(TIMES, name=repeat_name(book, one), n=len(one.records))


def repeat_name(book: Book, one: RepeatPart) -> str:
    """The equipment, or the cause in the company's words."""
    if one.by != CAUSE:
        return one.name
    found = {term.name: term.label for term in vocabularies.terms(book.store, "cause_class")}
    return str(found.get(one.name, one.name))
