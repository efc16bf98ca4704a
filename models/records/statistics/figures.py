"""The figures of trends: problems and checklists of some projects over any span of days.

Clause: 5.3.1, 6.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.derived.figures import Counted, Reading, Scope, counted, figure, reading, share
from models.records.statistics.trends import ProblemSpan, sheets_of, span_of
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILY = "trends"


class SpanReading(NamedTuple):
    """A span, and the ids of its submitted checklists."""

    span: ProblemSpan
    sheets: list[str]


@reading(FAMILY, W("趋势", "Trends"))
def read(book: Book, scope: Scope) -> Reading:
    """The span of a scope."""
    days = (scope.projects, scope.first, scope.last)
    return Reading(SpanReading(span_of(book, *days), sheets_of(book, *days)))


@figure(
    "trends.opened",
    W("新发", "Opened"),
    W(
        "这段时间发生的问题（处置与其升级算一个）",
        "problems that occurred in the span (a fix and its escalation are one)",
    ),
)
def opened(read: SpanReading) -> Counted:
    """Problems that occurred."""
    return counted(read.span.opened)


@figure(
    "trends.closed",
    W("关闭", "Closed"),
    W("最后一次关闭在这段时间的问题", "problems whose last closing lies in the span"),
)
def closed(read: SpanReading) -> Counted:
    """Problems that were closed."""
    return counted(read.span.closed)


@figure(
    "trends.open",
    W("未结", "Open"),
    W("结束前发生、到结束还没有关闭的问题", "occurred by the end of the span and not closed then"),
)
def open_then(read: SpanReading) -> Counted:
    """Problems that were open at the end."""
    return counted(read.span.open)


@figure(
    "trends.first_time",
    W("一次解决率", "First-time fix rate"),
    W(
        "这段时间关闭、只处理过一次的 ÷ 这段时间关闭且有处理经过的",
        "closed in the span and fixed once ÷ closed and ever fixed",
    ),
    unit="%",
)
def first_time(read: SpanReading) -> Counted:
    """Of the problems closed, those that one fix was enough for."""
    return share(*read.span.first_time, read.span.fixed)


@figure(
    "trends.passed",
    W("检查合格率", "Checklist pass rate"),
    W(
        "正常项 ÷（正常项＋异常项），只计已提交的检查表",
        "items ok ÷ (ok + not ok), of submitted checklists",
    ),
    unit="%",
)
def passed(read: SpanReading) -> Counted:
    """Of the items checked, those that are ok."""
    return share(*read.span.passed, read.sheets)
