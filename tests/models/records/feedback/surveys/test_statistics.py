"""Statistics equal an independent calculation from the records, answer by answer."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from models.book.book import Book
from models.records.feedback.surveys import statistics
from models.records.feedback.surveys.statistics import AnswerTally, added, together
from models.records.feedback.surveys.survey import QUESTIONS, Survey
from models.records.feedback.surveys.survey_answer import LEVELS
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.storage import rows
from tests.support import surveys
from tests.support.staff import Staff

NAMES = [name for name, *_ in LEVELS]


def one_by_one(book: Book, survey: str) -> dict[str, Counter[str]]:
    """Question -> level -> answers, from each record; it shares nothing with what is tested."""
    found: dict[str, Counter[str]] = {}
    for person in rows.fetch(book.store, SurveyResponse, "WHERE survey=?", (survey,)):
        if person.state == "answered" and person.void is None:
            for question, answer in surveys.answers(book, person.id).items():
                values = answer.values()
                agreed = values["level_again"] in (None, values["level"])
                if values["level"] and agreed and answer.void is None:
                    found.setdefault(question, Counter())[values["level"]] += 1
    return found


@pytest.mark.shows("Q-52a", 23)
def test_they_are_what_counting_one_by_one_gives(staff: Staff, project: str, over: str) -> None:
    draw = random.Random(7)
    made = surveys.survey(staff.desk, project, people=40, size=30)
    staff.desk.move(made.id, "draw")
    asked = surveys.drawn(staff.desk, made.id)
    for at, person in enumerate(asked):
        if at % 6 == 5:
            staff.desk.move(person, "decline", comment="不便")
            continue
        levels: dict[str, str | None] = {
            code: draw.choice([*NAMES, None]) for code, *_ in QUESTIONS
        }
        levels["overall"] = draw.choice(NAMES)
        surveys.answer(staff.desk, person, levels=levels)
    last = surveys.answers(staff.desk, asked[0])
    staff.quality.edit(last["overall"].id, {"level_again": "na"})
    staff.desk.void(last["skill"].id, "重复")
    found = statistics.of_survey(staff.desk.store, surveys.again(staff.desk.get(made.id)))
    mine = one_by_one(staff.desk, made.id)
    assert {one.code for one in found.questions} == {*mine}
    for one in found.questions:
        assert dict(zip(NAMES, (*one.counts, one.na), strict=True)) == {
            name: mine[one.code][name] for name in NAMES
        }
        valid = sum(n for name, n in mine[one.code].items() if name != "na")
        met = mine[one.code]["very_satisfied"] + mine[one.code]["satisfied"]
        assert (one.n, one.rate) == (valid, met * 100 // valid if valid else None)
    every = sum(mine.values(), Counter())
    met, n = every["very_satisfied"] + every["satisfied"], every.total() - every["na"]
    assert found.whole.rate == met * 100 // n and found.whole.n == n
    assert (found.asked, found.answered, found.declined) == (30, 25, 5)
    assert found.response_rate == 83
    worst = min(one.rate for one in found.questions if one.rate is not None)
    assert found.weakest[0].rate == worst and len(found.weakest) == 3


def test_without_answers_nothing_can_be_assessed(staff: Staff, survey: Survey) -> None:
    found = statistics.of_survey(staff.desk.store, survey)
    assert found.asked == 3 and found.response_rate == 0
    assert found.whole.n == 0 and found.whole.rate is None and found.weakest == []
    assert found.overall.rate is None


def test_not_applicable_is_apart() -> None:
    tally = AnswerTally("x", (1, 1, 1, 0, 0), 5)
    assert (tally.n, tally.met, tally.unmet, tally.rate) == (3, 2, 0, 66)
    assert added([tally, tally]) == AnswerTally("", (2, 2, 2, 0, 0), 10)
    assert added([]).n == 0


def test_several_are_added_up(staff: Staff, survey: Survey) -> None:
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one)
    found = statistics.of_survey(staff.desk.store, survey)
    both = together([found, found])
    assert both.asked == 6 and both.whole.n == 2 * found.whole.n and both.response_rate == 100
    assert together([]).whole.n == 0
