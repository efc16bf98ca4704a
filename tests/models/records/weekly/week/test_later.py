"""What came later: each difference once, with cause and measure, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.derived import compiled
from models.records.weekly.week import later, supplements
from models.records.weekly.weekly_report import WeeklyReport
from models.text.words import W
from tests.models.records.preparation.execution.test_plan_execution import finish
from tests.support.checks import fine, template
from tests.support.entry_weeks import W47, fix, go, submitted
from tests.support.service_plans import approved, plan_of, task


@pytest.fixture
def report(book: Book, project: str, clock: Any) -> str:
    """The report of the week with two problems, issued on Friday."""
    fix(book, project, "已修", fixed=True)
    fix(book, project, "未修", fixed=False)
    go(clock, "11-20 16:00")
    made = supplements.compiled(book, project, W47)
    book.move(made.id, "issue")
    go(clock, "11-20 17:00")
    return made.id


def told(book: Book, report: str) -> list[tuple[W, tuple[str, ...]]]:
    """What came, and its texts."""
    found = book.get(report)
    assert isinstance(found, WeeklyReport)
    return [(one.what, tuple(text for _, text in one.texts)) for one in compiled.news(book, found)]


def the_fix(book: Book, text: str) -> str:
    """The id of a fix."""
    ((id,),) = book.store.rows("SELECT id FROM fix WHERE phenomenon=?", (text,))
    return str(id)


def test_nothing_came(book: Book, report: str) -> None:
    assert told(book, report) == []


def test_verifying_and_closing_is_the_life_of_a_problem(book: Book, report: str) -> None:
    id = the_fix(book, "已修")
    book.move(id, "verify")
    book.move(id, "close")
    assert told(book, report) == []


def test_an_open_problem_that_was_solved_in_the_week(book: Book, report: str) -> None:
    book.move(the_fix(book, "未修"), "fix", {"cause": "积尘", "correction": "清洗"})
    assert told(book, report) == [(later.SOLVED_SINCE, ("未修", "积尘", "清洗"))]


def test_an_open_problem_that_was_solved_afterwards(book: Book, report: str, clock: Any) -> None:
    go(clock, "11-25 09:00")
    book.move(the_fix(book, "未修"), "fix", {"cause": "积尘", "correction": "清洗"})
    assert told(book, report) == [(later.CAUSE_SINCE, ("未修", "积尘", "清洗"))]


def test_a_changed_text_is_told_with_what_it_is_about(book: Book, report: str) -> None:
    book.edit(the_fix(book, "已修"), {"correction": "更换两组"})
    assert told(book, report) == [(later.TEXT_SINCE, ("已修", "更换两组"))]


def test_a_problem_that_was_taken_out(book: Book, report: str) -> None:
    book.void(the_fix(book, "已修"), "重复登记")
    assert told(book, report) == [(later.GONE, ("已修", "重复登记"))]


def test_a_new_problem_open_or_solved(book: Book, project: str, report: str) -> None:
    fix(book, project, "后来的", fixed=False)
    assert told(book, report) == [(later.OPEN_NEW, ("后来的",))]
    fix(book, project, "后来修的")
    assert (later.SOLVED_NEW, ("后来修的", "电池老化", "更换电池")) in told(book, report)


def test_an_entry_is_told_once_submitted_and_again_as_written(book: Book, report: str) -> None:
    entry = submitted(book)
    whats = [what for what, _ in told(book, report)]
    assert whats == [later.ENTRY_NEW]
    found = book.get(report)
    assert isinstance(found, WeeklyReport)
    (news,) = compiled.news(book, found)
    assert news.record == entry.id and news.at is not None
    book.add("weekly_supplement", {"report": report, "source": entry.id, "text": "晚交"})
    assert told(book, report) == [(later.WRITTEN, ("晚交",))]


def test_words_of_an_entry_do_not_hide_a_cause_that_came(
    book: Book, project: str, clock: Any
) -> None:
    made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
    book.move(made.id, "fix")
    go(clock, "11-20 16:00")
    submitted(book)  # its row has no cause, and keeps the words of now
    report = supplements.compiled(book, project, W47)
    book.move(report.id, "issue", comment="在查")
    book.edit(made.id, {"cause": "接触不良"})
    assert told(book, report.id) == [(later.CAUSE_SINCE, ("x", "接触不良"))]


def test_checklists_that_were_done_afterwards(book: Book, project: str, report: str) -> None:
    made = template(book, project)
    sheet = book.add("sheet", {"template": made, "day": "2026-11-20", "round": 1}, project=project)
    for (item,) in book.store.rows("SELECT id FROM template_item"):
        book.add("answer", {"sheet": sheet.id, "item": item, **fine(book, item)})
    book.move(sheet.id, "submit")
    ((what, texts),) = told(book, report)
    assert what == later.CHECKS_SINCE and texts[1].startswith("完成 0 → 1")


def test_the_first_comes_first(book: Book, project: str, report: str, clock: Any) -> None:
    fix(book, project, "先")
    go(clock, "11-21 09:00")
    fix(book, project, "后", fixed=False)
    assert [texts[0] for _, texts in told(book, report)] == ["先", "后"]


def test_a_planned_task_that_was_recorded_afterwards(book: Book, project: str, clock: Any) -> None:
    go(clock, "11-16 09:00")
    plan = plan_of(book, project)
    for day in ("2026-11-18", "2026-11-20", "2026-11-22"):
        task(book, plan.id, f"保养 {day}", day, code=day)
    approved(book, book, plan.id)
    go(clock, "11-20 16:00")
    made = supplements.compiled(book, project, W47)
    book.move(made.id, "issue")
    go(clock, "11-23 09:00")
    assert told(book, made.id) == []  # what had not fallen due has only come due
    finish(book, plan.id, "2026-11-18", "2026-11-18")
    finish(book, plan.id, "2026-11-22", "2026-11-23")
    assert told(book, made.id) == [
        (later.TASK_SINCE, ("保养 2026-11-18", "未完成 → 按期完成")),
        (later.TASK_SINCE, ("保养 2026-11-22", "未到期 → 逾期完成")),
    ]
    content = compiled.content(book, book.get(made.id)).data
    assert [one.standing for one in content.plan] == ["open", "open", "ahead"]
