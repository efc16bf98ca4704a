"""The quality overview: its numbers are the figures of the registry, and those of plain SQL."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.calendar.business_dates import instant
from models.derived import figures
from models.records.statistics.quality import quality_overview
from models.records.statistics.quality.open_items import everywhere
from models.records.statistics.quality.quality_figures import SPAN
from models.records.statistics.quality.quality_overview import overview, rounds, scope_of_week
from tests.support.open_items import TODAY


@pytest.mark.shows("Q-CA", "Q-512")
def test_every_number_is_a_figure_that_can_be_asked_for_alone(
    book: Book, project: str, made: dict[str, Any]
) -> None:
    found = overview(book, everywhere(book))
    for one in found.figures:
        assert figures.figure_of(book, found.scope, one.kind.name) == one
    for week in found.weeks:
        for one in week.figures:
            scope = scope_of_week(found.scope, week.week)
            assert figures.figure_of(book, scope, one.kind.name) == one
    (line,) = found.projects
    assert (line.project, line.now, line.late) == (project, 4, 2)
    for week, count in zip(found.weeks, line.open, strict=True):
        scope = scope_of_week(found.scope, week.week, project)
        asked = figures.figure_of(book, scope, f"{SPAN}.open")
        assert asked is not None and asked.value == count
    assert line.open[-5:] == [2, 4, 3, 3, 4]


def test_it_equals_plain_sql(book: Book, project: str, made: dict[str, Any]) -> None:
    found = {one.name: one for one in overview(book, everywhere(book)).kinds}
    rows = book.store.rows
    ((fixes,),) = rows("SELECT COUNT(*) FROM fix WHERE void IS NULL AND state NOT IN ('closed',"
                       "'escalated')")  # fmt: skip
    ((escalations,),) = rows("SELECT COUNT(*) FROM escalation WHERE void IS NULL AND"
                             " state<>'closed'")  # fmt: skip
    ((late,),) = rows("SELECT COUNT(*) FROM corrective_action WHERE void IS NULL AND state IN"
                      " ('proposed','assigned','returned','working') AND due<?",
                      (TODAY.isoformat(),))  # fmt: skip
    bound = instant(TODAY, 0, book.zone) - 90 * 24 * 3_600_000
    ((old,),) = rows("SELECT COUNT(*) FROM fix WHERE void IS NULL AND state='open' AND occurred<?",
                     (bound,))  # fmt: skip
    assert (fixes, escalations, late, old) == (1, 1, 1, 1)
    assert found["fixes"].total.value == fixes and found["fixes"].ages[-1].value == old
    assert found["escalations"].total.value == escalations
    assert found["actions"].late.value == late
    parts = [one.total.value for name, one in found.items() if name != "all"]
    assert found["all"].total.value == sum(part for part in parts if isinstance(part, int))


def test_a_project_alone_has_its_own(book: Book, project: str, made: dict[str, Any]) -> None:
    other = book.add("project", {"name": "另一个项目"}).id
    book.add("fix", {"phenomenon": "别处"}, project=other)
    both = overview(book, everywhere(book))
    assert [one.project for one in both.projects] == [project, other]
    assert both.kinds[0].total.value == 5
    alone = overview(book, (other,))
    assert alone.kinds[0].total.value == 1 and [one.project for one in alone.projects] == [other]


def test_the_rounds_are_those_of_the_checks(book: Book) -> None:
    scope, found = rounds(book, everywhere(book))
    assert (scope.last - scope.first).days == 6 and "" not in scope.projects
    assert [one.kind.name for one in found] == [
        f"checks.{name}" for name in quality_overview.ROUNDS
    ]
    assert found[0].value is None  # none was due: not assessable
