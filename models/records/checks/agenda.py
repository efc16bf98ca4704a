"""Agenda of the checks: the rounds of the checklists that are due. Clause: 5.1.1"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.queries.agenda import AgendaItem, AwaitedRecord, sent_back, waits
from models.records.checks import due_rounds, questions
from models.records.checks.due_rounds import ChecklistRound
from models.records.registers import calendar_years
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

OF_DAY = W("{name}（{day}）", "{name} ({day})")
NOT_BEGUN = W("未开始", "not started")


@waits
def rounds(book: Book, clock: str) -> Iterator[AgendaItem]:  # noqa: ARG001
    """The rounds of today's periods, and those before that were not submitted."""
    today = book.today
    for round in due_rounds.rounds(book, today, calendar_years.calendar(book)):
        if round.done and round.last != today:
            continue
        one_day = round.first == round.last == today
        title = round.title()
        yield AgendaItem(
            "returned" if sent_back(round.sheet) else "check",
            round.late(today),
            due=round.due,
            project=round.project.name or round.project.number,
            awaited=AwaitedRecord(
                type="sheet",
                key=round.key,
                title=title if one_day else say(OF_DAY, name=title, day=round.span()),
                record=round.sheet,
                done=round.done,
                progress=lambda round=round: progress(book, round),  # type: ignore[misc]
            ),
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
