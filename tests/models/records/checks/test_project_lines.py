"""The checks of this quarter on the page of a project."""

from __future__ import annotations

from datetime import date

import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from tests.support.checks import template
from tests.support.project_lines import section, steps, texts

AHEAD, LAST_WEEK = date(2026, 11, 20), date(2026, 12, 29)


def test_the_check_of_the_quarter_is_begun_in_its_last_week(book: Book, project: str) -> None:
    with time_machine.travel(instant(AHEAD, 600) / 1000):
        book.edit(project, {"service_from": "2026-01-01"})
        line = section(book, project, "checks")[0]
        assert (str(line.state), line.begins) == ("未到期", False)
    with time_machine.travel(instant(LAST_WEEK, 600) / 1000):
        line = section(book, project, "checks")[0]
        assert (line.begins, line.values) == (True, {"quarter": "2026-Q4"})
        assert line.key in {one.key for one in steps(book, project)}


def test_one_that_is_reported_is_no_next_step(book: Book, project: str) -> None:
    with time_machine.travel(instant(LAST_WEEK, 600) / 1000):
        book.edit(project, {"service_from": "2026-01-01"})
        made = book.add("quarterly_check", {"quarter": "2026-Q4"}, project=project)
        assert made.id in {one.key for one in steps(book, project)}
        book.store.db.execute_sql("UPDATE quarterly_check SET state='reported'")
        assert section(book, project, "checks")[0].key == made.id
        assert made.id not in {one.key for one in steps(book, project)}


def test_the_rounds_of_a_week_are_counted(book: Book, project: str) -> None:
    assert texts(section(book, project, "checks"))[1:] == [
        "常规质量检查：还没有|",
        "随机质量检查：还没有|",
    ]
    template(book)
    line = section(book, project, "checks")[-1]
    assert str(line.text).startswith("日常检查，近 7 天：应做 ") and line.type == "sheet"
