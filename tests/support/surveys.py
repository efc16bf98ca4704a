"""Follow-ups for tests: a service period that is over, people to ask, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import cast

from models.book.book import Book
from models.records.feedback.surveys import sampling
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_answer import SurveyAnswer
from models.schema.record import Record
from models.storage import rows

CALL = {"channel": "phone", "answered_by": "郁主任", "consent": "yes"}
"""What is given with an answer on the phone."""


def ended(book: Book, project: str, days: int = 5) -> str:
    """Have the service period of a project be over for some days; its last day."""
    last = book.today - timedelta(days=days)
    first = last - timedelta(days=364)
    book.edit(project, {"service_from": first.isoformat(), "service_to": last.isoformat()})
    return last.isoformat()


def again(record: Record) -> Survey:
    """A record as the follow-up that it is."""
    return cast(Survey, record)


def survey(desk: Book, project: str, people: int = 6, **values: object) -> Survey:
    """A follow-up with so many people who could be asked, two units of them."""
    made = desk.add("survey", {"method": "random", "size": 3, **values}, project=project)
    listed(desk, made.id, people)
    return again(made)


def listed(desk: Book, survey: str, people: int, start: int = 1) -> list[str]:
    """So many more people for a follow-up; their ids."""
    return [
        desk.add(
            "survey_response",
            {"survey": survey, "name": f"联系人{at}", "unit": "调度室", "stratum": "甲乙"[at % 2]},
        ).id
        for at in range(start, start + people)
    ]


def drawn(book: Book, survey: str) -> list[str]:
    """The ids of those who are to be asked."""
    return people(book, survey, "drawn")


def people(book: Book, survey: str, state: str) -> list[str]:
    """The ids of those in a state."""
    sql = "SELECT id FROM survey_response WHERE survey=? AND state=? ORDER BY id"
    return [str(row[0]) for row in book.store.rows(sql, (survey, state))]


def answers(book: Book, person: str) -> dict[str, SurveyAnswer]:
    """Question -> the answer of a person, filled in or not."""
    found = rows.fetch(book.store, SurveyAnswer, "WHERE response=? ORDER BY position", (person,))
    return {str(one.question): one for one in found}


def answer(
    desk: Book,
    person: str,
    level: str = "satisfied",
    levels: Mapping[str, str | None] | None = None,
    **values: object,
) -> None:
    """Somebody answers: every question with one level, but those of `levels`."""
    for question, one in answers(desk, person).items():
        desk.edit(one.id, {"level": (levels or {}).get(question, level)})
    desk.move(person, "answer", {**CALL, **values})


def tried(desk: Book, person: str, result: str = "no_answer") -> None:
    """An attempt to reach somebody."""
    values = {"response": person, "channel": "phone", "result": result}
    desk.add("survey_attempt", values)


def answered(desk: Book, survey: str, levels: Sequence[str] = ()) -> None:
    """The sample is drawn, and everybody answers with these levels in turn."""
    desk.move(survey, "draw")
    for at, person in enumerate(drawn(desk, survey)):
        answer(desk, person, levels[at % len(levels)] if levels else "satisfied")


def members(book: Book, survey: str) -> list[str]:
    """The ids of all who are in the sample, replacements among them."""
    return sampling.members_of(book.store, again(book.get(survey))) or []
