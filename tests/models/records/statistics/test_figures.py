"""The figures of trends: those of a span are those of the page, with the records behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.derived import figures
from models.derived.figures import Scope
from models.records.statistics.trends import trends
from tests.support.checks import fine, template

WEEKS = ["2026-W46", "2026-W47"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Monday of week 46."""
    with time_machine.travel(instant(date(2026, 11, 9), 9 * 60) / 1000, tick=False) as traveller:
        yield traveller


def closed(book: Book, project: str) -> str:
    """A problem found and closed now."""
    made = book.add("fix", {"phenomenon": "风扇异响"}, project=project)
    book.move(made.id, "fix", {"cause": "积尘", "correction": "清洗"})
    book.move(made.id, "verify")
    return book.move(made.id, "close").id


def sheet(book: Book, project: str) -> str:
    """A checklist of two items, one ok, submitted."""
    values = {"template": template(book, project), "day": "2026-11-10", "round": 1}
    made = book.add("sheet", values, project=project)
    items = [id for (id,) in book.store.rows("SELECT id FROM template_item ORDER BY n")]
    for at, item in enumerate(items):
        said = fine(book, item) if at else {"result": "not_ok", "remark": "异常"}
        book.add("answer", {"sheet": made.id, "item": item, **said})
    return book.move(made.id, "submit").id


def test_a_week_and_its_point_are_the_same(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    first = closed(book, project)
    done = sheet(book, project)
    clock.move_to(instant(date(2026, 11, 17), 600) / 1000)
    second, still = closed(book, project), book.add("fix", {"phenomenon": "x"}, project=project).id
    for week, point in zip(WEEKS, trends(book, [project], WEEKS).points, strict=True):
        scope = figures.of_week([project], week)
        found = {one.kind.name: one for one in figures.figures(book, scope)["trends"]}
        values = [found[f"trends.{name}"].value for name in ("opened", "closed", "open")]
        assert values == [point.opened, point.closed, point.open]
        assert found["trends.first_time"].value == point.first_time.percent
        assert found["trends.passed"].value == point.passed.percent
        assert found["trends.passed"].n == point.passed.n
    both = Scope((project,), date(2026, 11, 9), date(2026, 11, 22))
    found = {one.kind.name: one for one in figures.figures(book, both)["trends"]}
    assert set(found["trends.closed"].records) == {first, second}
    assert found["trends.open"].records == (still,)
    assert found["trends.passed"].records == (done,)
    assert found["trends.first_time"].value == 100


def test_without_cases_a_share_is_not_assessable(book: Book, project: str) -> None:
    found = figures.figures(book, figures.of_week([project], "2026-W40"))["trends"]
    assert [one.value for one in found] == [0, 0, 0, None, None]
