"""What an entry says beforehand: the figures of the week, and what comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.book.book import Book
from models.records.checks import answering, questions
from models.records.checks.rounds import due_rounds
from models.records.weekly import prefill
from models.text.words import language
from tests.support.checks import template
from tests.support.entry_weeks import (
    W47,
    fix,
    go,
    the,
)
from tests.support.escalations import taken_up
from tests.support.service_plans import approved, plan_of, task

pytestmark = pytest.mark.usefixtures("clock")


def test_the_week_is_counted(book: Book, project: str, clock: Any) -> None:
    of = template(book, on_days=None)
    for number in (16, 17):
        go(clock, f"11-{number} 09:00")
        today = date(2026, 11, number)
        round = next(r for r in due_rounds.rounds(book, today) if r.first == today)
        sheet = due_rounds.begin(book, round)
        for question in questions.questions(book.store, of, project, sheet):
            if question.measured:
                answering.measure(book, sheet.id, question, "29")
            else:
                answering.mark(book, sheet.id, question, "ok")
        book.move(sheet.id, "submit")
    made = fix(book, project)
    book.move(made.id, "verify")
    book.move(made.id, "close")
    go(clock, "11-18 09:00")
    found = prefill.figures(book, the(book), W47)
    assert found == prefill.PrefillFigures(
        due=3, done=2, other=0, mine=2, items=6, bad=2, fixed=1, closed=1
    )
    text = prefill.prefill(book, the(book), W47)["progress"]
    assert text.split("\n") == [
        "日常检查：应检 3 份，提交 2 份（本人 2 份，6 项，异常 2 项）。",
        "现场处置：处理 1 项，关闭 1 项。",
    ]
    language.now = "en"
    assert "Checklists: 3 due, 2 submitted" in prefill.prefill(book, the(book), W47)["progress"]


def test_more_handed_in_than_due_is_explained(book: Book, project: str, clock: Any) -> None:
    template(book, None, (), name_zh="周查", frequency="weekly", on_days=None)
    go(clock, "11-16 09:00")  # on Monday, due on Friday
    (round,) = due_rounds.rounds(book, date(2026, 11, 16))
    book.move(due_rounds.begin(book, round).id, "submit")
    text = prefill.prefill(book, the(book), W47)["progress"]
    assert "应检 0 份，提交 0 份，另提前或补交 1 份（本人 1 份" in text
    go(clock, "11-20 09:00")
    assert "应检 1 份，提交 1 份（本人 1 份" in prefill.prefill(book, the(book), W47)["progress"]


def test_a_round_of_last_week_is_none_of_this_week(book: Book, project: str, clock: Any) -> None:
    go(clock, "11-13 08:00")
    template(book, None, (), on_days=None)
    friday = next(one for one in due_rounds.rounds(book, date(2026, 11, 13)) if one.due.day == 13)
    late = due_rounds.begin(book, friday).id
    go(clock, "11-16 09:00")
    book.move(late, "submit")
    text = prefill.prefill(book, the(book), W47)["progress"]
    assert "应检 1 份，提交 0 份，另提前或补交 1 份" in text


def test_next_week_comes_from_what_is_due(book: Book, project: str) -> None:
    template(book, on_days=None)
    waits = fix(book, project, "待验证的\n第二行")
    raised = book.add("escalation", {"phenomenon": "光缆", "due": "2026-11-27"}, project=project)
    open_ = fix(book, project, "没好", fixed=False)
    lines = prefill.prefill(book, the(book), W47)["next_week"].split("\n")
    assert lines[0] == "日常检查：机房日检 5 份。"
    assert f"再次验证 {waits.number}（待验证的）。" in lines
    assert f"继续处理 {open_.number}（没好）。" in lines
    assert f"{raised.number}（光缆）：要求 2026-11-27 前完成。" in lines
    book.edit(raised.id, {"due": "2026-12-07"})
    lines = prefill.prefill(book, the(book), W47)["next_week"].split("\n")
    assert not any(raised.number in line for line in lines)  # it waits for the manager
    book.move(raised.id, "accept", taken_up(book))
    for move, values in (("draft", {"solution": "熔接"}), ("approve", {})):
        book.move(raised.id, move, values)
    text = prefill.prefill(book, the(book), W47)
    assert f"继续处理 {raised.number}（光缆）。" in text["next_week"].split("\n")
    assert f"问题升级 {raised.number}（光缆）：方案已批。" in text["progress"].split("\n")


def test_my_planned_tasks_come_next(book: Book, project: str, clock: Any) -> None:
    go(clock, "11-16 09:00")
    plan = plan_of(book, project)
    task(book, plan.id, "蓄电池检查", "2026-11-25")
    task(book, plan.id, "别人的", "2026-11-25", doer="01890000-0000-7000-8000-000000000000")
    task(book, plan.id, "这周的", "2026-11-20")
    approved(book, book, plan.id)
    assert prefill.prefill(book, the(book), W47)["next_week"] == "计划任务：蓄电池检查（11-25）。"
    language.now = "en"
    said = prefill.prefill(book, the(book), W47)["next_week"]
    assert said == "Planned tasks: 蓄电池检查 (11-25)."
