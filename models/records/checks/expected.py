"""Expected of the checks: the rounds of the checklists that are due. Clause: 5.1.1"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.calendar.business_dates import instant
from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section, sent_back
from models.records.checks import questions
from models.records.checks.rounds import due_rounds
from models.records.checks.rounds.frequency import DAY
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.registers import calendar_years
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

OF_DAY = W("{name}（{day}）", "{name} ({day})")
NOT_BEGUN = W("未开始", "not started")

section(
    "check",
    W("日常检查", "Checklists"),
    10,
    empty=W(
        "今天没有要做的检查。检查模板启用后，检查表列在这里（6 全部记录）。",
        "No checklists today. Published templates create them (6 Records).",
    ),
)


@expects("sheet")
def rounds(book: Book, window: DueWindow) -> Iterator[Expected]:
    """The rounds of the window's periods; `behind`: those before that were not submitted too."""
    calendar, today = calendar_years.calendar(book), book.today
    doers = due_rounds.workers(book, window.projects)
    asked = [
        project
        for project in window.projects
        if window.people is None or not window.people.isdisjoint(doers[project.id])
    ]
    if window.behind:
        found = due_rounds.rounds(book, window.last, calendar, asked)
    else:
        found = due_rounds.rounds_between(book.store, asked, window.first, window.last, calendar)
    for round in found:
        one_day = round.first == round.last == today
        title = round.title()
        yield Expected(
            type="sheet",
            key=round.key,
            title=title if one_day else say(OF_DAY, name=title, day=round.span()),
            project=round.project,
            first=round.first,
            last=round.last,
            due=instant(round.due + DAY, 0, calendar.zone) - 1,
            day=round.due,
            doers=doers[round.project.id],
            group="returned" if sent_back(round.sheet) else "check",
            record=round.sheet,
            done=round.done,
            lingers=round.last == today,
            progress=lambda round=round: progress(book, round),  # type: ignore[misc]
            values=due_rounds.named(round),
        )


def progress(book: Book, round: ChecklistRound) -> str | W:
    """How far a round is: '12/34' while its sheet is in work, else the sheet's state."""
    if round.sheet is None:
        return NOT_BEGUN
    if round.done:
        return round.sheet.kind.state(round.sheet.state).label
    every = questions.questions(book.store, round.template.id, round.project.id, round.sheet)
    answered = sum(question.result is not None for question in every)
    return f"{answered}/{len(every)}"
