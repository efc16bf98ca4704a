"""A project's week: compiled from the records, and from the issue on what was issued."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.book.book import Book
from models.derived import compiled, figures
from models.records.weekly.week import issued_week, supplements
from tests.support.entry_weeks import W47, fix, the
from tests.support.issued_weeks import content, packed


def test_without_a_report_it_is_compiled(book: Book, project: str, clock: Any) -> None:
    made = fix(book, project)
    found = issued_week.content(book, the(book), W47)
    assert not found.issued and [one.source for one in found.data.problems] == [made.id]


def test_once_issued_the_figures_stay(book: Book, project: str, clock: Any) -> None:
    fix(book, project)
    report = supplements.compiled(book, project, W47)
    book.move(report.id, "issue")
    fix(book, project, "后来的")
    scope = figures.of_week([project], W47)
    solved = figures.figure_of(book, scope, "week.solved")
    assert solved is not None and (solved.value, len(solved.records)) == (1, 1)
    assert [one.version for one in figures.figures(book, scope)["week"]] == [1] * 26


def test_a_week_of_many_problems_stays_small(project: str, book: Book, clock: Any) -> None:
    for at in range(200):
        made = book.add(
            "fix",
            {
                "phenomenon": f"{at} 号机柜 UPS 告警，旁路供电，面板显示电池电压 {at * 7 % 97} V",
                "cause": f"第 {at % 9} 组电池老化，内阻 {at * 13 % 101} 毫欧，超过更换标准",
                "correction": f"更换第 {at % 9} 组电池，充电 {at % 12} 小时后恢复市电，告警消除",
            },
            project=project,
        )
        book.move(made.id, "fix")
    report = supplements.compiled(book, project, W47)
    kept = book.move(report.id, "issue").values()["content"]
    assert len(kept) < 32_000, len(kept)
    assert len(compiled.content(book, book.get(report.id)).data.problems) == 200


def test_what_is_kept_comes_back_equal(project: str) -> None:
    week = content(project, W47, health="green")
    assert packed(project, W47, health="green") == compiled.pack(issued_week.REPORT, week)


def test_a_week_of_the_form_before_has_no_planned_tasks(
    book: Book, project: str, clock: Any
) -> None:
    report = supplements.compiled(book, project, W47)
    before = replace(issued_week.REPORT, version=1)
    data = compiled.pack(before, content(project, W47, found=["f1"]))
    read = compiled.unpack(issued_week.REPORT, data, report.id)
    assert (read.found, read.plan) == (["f1"], [])
    with pytest.raises(compiled.NewerForm):
        compiled.unpack(before, packed(project, W47), report.id)
    with pytest.raises(ValueError, match="another form"):
        compiled.unpack(replace(before, version=3, since=2), data, report.id)
