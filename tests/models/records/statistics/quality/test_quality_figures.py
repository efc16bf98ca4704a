"""The figures of open items: by age and kind, late or not assessable, and of a span of days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.derived import figures
from models.derived.figures import NAMES, Figure, Scope
from models.records.statistics.quality import quality_figures
from models.records.statistics.quality.open_items import AGES
from models.records.statistics.quality.quality_figures import ALL, LATE, SPAN, TODAY, name_of
from models.schema.fields import open_words
from tests.support.checks import template
from tests.support.open_items import TODAY as NOW
from tests.support.open_items import fix, on


def today(book: Book, project: str) -> dict[str, Figure]:
    """The figures of now."""
    found = figures.of_family(book, Scope((project,), book.today, book.today), TODAY)
    return {one.kind.name: one for one in found}


@pytest.mark.parametrize(
    ("began", "place"),
    [
        (date(2026, 11, 20), 0),
        (date(2026, 11, 13), 0),
        (date(2026, 11, 12), 1),
        (date(2026, 10, 21), 1),
        (date(2026, 10, 20), 2),
        (date(2026, 8, 22), 2),
        (date(2026, 8, 21), 3),
    ],
)
def test_age_is_counted_in_days_of_the_calendar(
    book: Book, project: str, clock: time_machine.Traveller, began: date, place: int
) -> None:
    on(clock, began, 23 * 60 + 59)
    fix(book, project)
    on(clock, NOW, 1)
    found = today(book, project)
    ages = [found[name_of("fixes", str(at))].value for at in range(len(AGES) + 1)]
    assert ages == [int(at == place) for at in range(len(AGES) + 1)]


def test_each_figure_has_the_records_behind_it(
    book: Book, project: str, made: dict[str, Any]
) -> None:
    found = today(book, project)
    assert found[name_of("fixes")].records == (made["oldest"],)
    assert found[name_of("fixes", "3")].records == (made["oldest"],)
    assert found[name_of("actions", LATE)].records == (made["action"],)
    assert found[name_of(ALL)].value == 4
    for one in found.values():
        assert one.value is None or one.value == len(one.records)


def test_late_is_not_assessable_where_nothing_has_a_day(
    book: Book, project: str, made: dict[str, Any]
) -> None:
    found = today(book, project)
    fixes = found[name_of("fixes", LATE)]
    assert (fixes.value, fixes.n) == (None, 0)  # an open fix has no day: neither late nor in time
    assert found[name_of("incidents", LATE)].value == 0  # there is none
    assert (found[name_of(ALL, LATE)].value, found[name_of(ALL, LATE)].n) == (2, 2)


def test_what_is_open_is_told_of_today_alone(book: Book, project: str) -> None:
    for scope in (
        Scope((project,), date(2026, 11, 1), book.today),
        Scope((project,), date(2026, 11, 1), date(2026, 11, 1)),
    ):
        assert figures.of_family(book, scope, TODAY) == []
    quality_figures.read_today(book, Scope((project,), book.today, book.today))
    assert not any(name.startswith(f"{TODAY}.") for name in open_words[NAMES])  # no target's
    assert f"{SPAN}.in_time" in open_words[NAMES]


def test_a_span_has_what_came_what_went_and_what_was_there(
    book: Book, project: str, made: dict[str, Any]
) -> None:
    def of(first: date, last: date) -> dict[str, Figure]:
        found = figures.of_family(book, Scope((project,), first, last), SPAN)
        return {one.kind.name.partition(".")[2]: one for one in found}

    week = of(date(2026, 10, 26), date(2026, 11, 1))
    assert set(week["opened"].records) == {made["quick"], made["slow"], made["escalation"]}
    assert week["closed"].records == (made["quick"],)
    open_then = {made["oldest"], made["action"], made["slow"], made["escalation"]}
    assert set(week["open"].records) == open_then
    assert week["in_time"].value is None  # what was done had no day
    later = of(date(2026, 11, 2), date(2026, 11, 8))
    assert later["closed"].records == (made["slow"],)
    assert set(later["open"].records) == open_then - {made["slow"]}


def test_done_in_time_is_done_on_the_day_or_before(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    on(clock, date(2026, 11, 18))
    items = template(book, project, ())
    for day in ("2026-11-18", "2026-11-19"):
        made = book.add("sheet", {"template": items, "day": day, "round": 1}, project=project)
        on(clock, date(2026, 11, 19))
        book.move(made.id, "submit")
    on(clock, NOW)
    scope = Scope((project,), date(2026, 11, 16), date(2026, 11, 22))
    found = figures.figure_of(book, scope, f"{SPAN}.in_time")
    assert found is not None and (found.value, found.n, found.records) == (50, 2, (made.id,))
