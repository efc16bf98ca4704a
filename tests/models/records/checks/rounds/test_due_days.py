"""Due days: a template says on which days it is due, and when next, by the working calendar."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.calendar.working_calendar import BUNDLED
from models.queries.facts import facts_of
from models.records.checks.facts import WHEN
from models.records.checks.rounds import due_days, due_rounds
from models.records.checks.template import Template
from models.text.words import language
from tests.support import checks
from tests.support.check_days import FRIDAY

pytestmark = pytest.mark.usefixtures("morning")
SATURDAY = date(2026, 11, 21)


def made(book: Book, **values: object) -> Template:
    """A template in use."""
    found = book.get(checks.template(book, **values))  # type: ignore[arg-type]
    assert isinstance(found, Template)
    return found


@pytest.mark.parametrize(
    ("values", "day", "zh", "en"),
    [
        (
            {"on_days": None},
            SATURDAY,
            "每个工作日；下次 2026-11-23 周一",
            "every working day; next Mon 2026-11-23",
        ),
        (
            {"on_days": "workdays", "rounds": 2},
            FRIDAY,
            "每个工作日，每天 2 轮；下次 2026-11-20 周五",
            "every working day, 2 rounds a day; next Fri 2026-11-20",
        ),
        ({}, SATURDAY, "每天；下次 2026-11-21 周六", "every day; next Sat 2026-11-21"),
        (
            {"frequency": "weekly", "on_days": None},
            SATURDAY,
            "每周，最后一个工作日到期；下次 2026-11-27 周五",
            "weekly, due on the last working day; next Fri 2026-11-27",
        ),
        (
            {"frequency": "half_yearly"},
            FRIDAY,
            "每半年，最后一天到期；下次 2026-12-31 周四",
            "every half year, due on the last day; next Thu 2026-12-31",
        ),
        (
            {"frequency": "yearly", "on_days": "workdays"},
            FRIDAY,
            "每年，最后一个工作日到期；下次 2026-12-31 周四",
            "yearly, due on the last working day; next Thu 2026-12-31",
        ),
        (
            {"purpose": "conduct"},
            FRIDAY,
            "不按日期安排，用于随机质量检查",
            "on no fixed day: random checks are held against it",
        ),
    ],
)
def test_the_days_and_the_next(
    book: Book, values: dict[str, object], day: date, zh: str, en: str
) -> None:
    template = made(book, **values)
    assert due_days.said(template, day, BUNDLED) == zh
    language.now = "en"
    assert due_days.said(template, day, BUNDLED) == en


def test_holidays_are_passed_over(book: Book) -> None:
    template = made(book, on_days="workdays")
    eve = date(2026, 2, 14)  # a day worked in place of one off
    assert due_days.next_due(template, eve, BUNDLED) == eve
    assert due_days.next_due(template, date(2026, 2, 15), BUNDLED) == date(2026, 2, 24)


def test_the_next_is_the_day_of_a_round(book: Book) -> None:
    template = made(book, frequency="half_yearly", on_days="workdays")
    (of,) = due_rounds.mine(book)
    rounds = due_rounds.rounds_between(book.store, [of], FRIDAY, FRIDAY)
    assert [(one.due, one.span()) for one in rounds] == [
        (due_days.next_due(template, FRIDAY, BUNDLED), "2026-H2")
    ]


def test_a_template_says_it_once_it_is_in_use_and_of_a_draft_that_it_is_none(book: Book) -> None:
    def told(id: str) -> list[str]:
        found = facts_of(book, book.get(id), StateView(book.store))
        return [one.text for one in found if one.label == WHEN]

    draft = checks.template(book, publish=False, on_days="workdays")
    assert told(draft) == ["每个工作日（启用后）"]
    book.move(draft, "publish")
    assert told(draft) == ["每个工作日；下次 2026-11-20 周五"]
    book.move(draft, "retire")
    assert told(draft) == []
