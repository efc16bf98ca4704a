"""Lines of the checks on the page of a project: what this quarter has. Clause: 5.1"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models.calendar.business_dates import quarter_of, quarter_span
from models.derived.expected import AHEAD, STANDINGS, DueWindow, expected
from models.queries.project_lines import (
    ProjectLine,
    ProjectLook,
    comes_next,
    project_lines,
    project_section,
)
from models.schema.record import kinds
from models.text.words import W, say

WEEK = timedelta(days=7)
ROUNDS = W(
    "日常检查，近 7 天：应做 {all}，已提交 {done}，逾期 {late}",
    "Checklists, last 7 days: {all} due, {done} submitted, {late} overdue",
)
NOT_YET = W("{type}：还没有", "{type}: none yet")
SINGLE = ("routine_check", "random_check")

project_section("checks", W("质量检查", "Checks"), 40)


@project_lines("checks")
def checks(look: ProjectLook) -> Iterator[ProjectLine]:
    """The check of this quarter, the last routine and random check, the rounds of a week."""
    yield from _quarterly(look)
    for type in SINGLE:
        found = look.newest(type)
        label = kinds[type].kind.label
        none = ProjectLine(text=say(NOT_YET, type=label), type=type)
        yield look.line(found) if found is not None else none
    yield from rounds(look)


@comes_next("service")
def quarterly(look: ProjectLook) -> Iterator[ProjectLine]:
    """The check that this quarter owes, until it is reported."""
    yield from (one for one in _quarterly(look) if one.due is not None)


def _quarterly(look: ProjectLook) -> Iterator[ProjectLine]:
    """The check of this quarter; those who do it can begin it here in its last week."""
    first, last = quarter_span(quarter_of(look.today))
    window = DueWindow(first=first, last=last, projects=[look.project])
    for one in expected(look.book, window, "quarterly_check"):
        if one.record is not None:
            yield look.line(one.record, due=None if one.done else one.day)
            continue
        word, tone = STANDINGS[one.standing]
        mine = one.standing != AHEAD and look.book.me in one.doers
        values = one.values if mine else {}
        yield ProjectLine(
            text=one.title,
            state=word,
            tone=tone,
            due=one.day,
            type=one.type,
            begins=mine,
            values=values,
        )


def rounds(look: ProjectLook) -> Iterator[ProjectLine]:
    """The rounds of the last seven days, today among them."""
    window = DueWindow(first=look.today - WEEK, last=look.today, projects=[look.project])
    found = expected(look.book, window, "sheet")
    if found:
        done, late = sum(one.done for one in found), sum(one.overdue for one in found)
        text = say(ROUNDS, all=len(found), done=done, late=late)
        yield ProjectLine(text=text, tone="bad" if late else "", type="sheet")
