"""Shared tasks: a submitted sheet shows those as done that a person names, and none by itself."""

from __future__ import annotations

from typing import Any, cast

import pytest
import time_machine

from models.book.book import Book
from models.records.checks.shared_tasks import finish, open_tasks
from models.records.checks.sheet import Sheet
from models.text.words import Refused
from tests.models.records.checks.test_plan_rules import submitted, told
from tests.support.checks import template
from tests.support.service_plans import approved, noon, plan_of, task
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Any:
    """Noon of 5 January 2026, moved on by `move_to(noon(…))`."""
    with time_machine.travel(noon("2026-01-05"), tick=False) as moved:
        yield moved


@pytest.fixture
def daily(staff: Staff, project: str, clock: Any) -> str:
    """A template with which three tasks of 6 January are planned; a fourth has none."""
    made = template(staff.manager, project)
    plan = plan_of(staff.engineer, project)
    for site in ("东机房", "西机房", "南机房"):
        task(staff.engineer, plan.id, site, "2026-01-06", template=made)
    task(staff.engineer, plan.id, "别处", "2026-01-06")
    task(staff.engineer, plan.id, "次日", "2026-01-07", template=made)
    approved(staff.engineer, staff.department, plan.id)
    clock.move_to(noon("2026-01-06"))
    return made


def sheet_of(book: Book, id: str) -> Sheet:
    """A sheet as it is now."""
    return cast(Sheet, book.get(id))


def names(book: Book, sheet: str) -> list[str | None]:
    """What the tasks are called that the sheet can show as done."""
    return [one.task.what for one in open_tasks(book, sheet_of(book, sheet))]


def refused(book: Book, sheet: str, *tasks: str) -> str:
    """Why tasks are not done by a sheet."""
    with pytest.raises(Refused) as caught:
        finish(book, sheet_of(book, sheet), tasks)
    return str(caught.value)


def test_the_tasks_that_are_chosen_are_done_by_it(
    staff: Staff, project: str, daily: str, clock: Any
) -> None:
    book = staff.engineer
    sheet = submitted(book, project, daily, "2026-01-06")
    clock.move_to(noon("2026-01-08"))
    assert names(book, sheet) == ["东机房", "南机房", "西机房"]
    chosen = [one.task.id for one in open_tasks(book, sheet_of(book, sheet))[:2]]
    made = finish(book, sheet_of(book, sheet), chosen)
    assert [one.state for one in made] == ["done", "done"]
    assert {one.values()["record"] for one in made} == {sheet}
    assert {one[:3] for one in told(book, project)} == {
        ("东机房", "on_time", "2026-01-06"),
        ("南机房", "on_time", "2026-01-06"),
        ("西机房", "open", None),
        ("别处", "open", None),
        ("次日", "open", None),
    }
    assert names(book, sheet) == ["西机房"]


def test_all_or_none_and_what_is_not_open_is_named(
    staff: Staff, project: str, daily: str, clock: Any
) -> None:
    book = staff.engineer
    sheet = submitted(book, project, daily, "2026-01-06")
    first, second, _ = (one.task.id for one in open_tasks(book, sheet_of(book, sheet)))
    finish(book, sheet_of(book, sheet), [first])
    assert "东机房" in refused(book, sheet, second, first)
    assert names(book, sheet) == ["南机房", "西机房"] and clock


def test_an_execution_that_was_begun_is_finished(staff: Staff, project: str, daily: str) -> None:
    book = staff.engineer
    sheet = submitted(book, project, daily, "2026-01-06")
    (first, *_) = open_tasks(book, sheet_of(book, sheet))
    values = {"plan": first.root, "task": first.task.code}
    begun = book.add("task_execution", values, project=project)
    (made,) = finish(book, sheet_of(book, sheet), [first.task.id])
    assert (made.id, made.state) == (begun.id, "done")


def test_a_sheet_that_is_not_in_shows_nothing(staff: Staff, project: str, daily: str) -> None:
    book = staff.engineer
    values = {"template": daily, "day": "2026-01-06", "round": 1}
    begun = book.ensure("sheet", values, project=project)
    assert "还没有提交" in refused(book, begun.id)


def test_every_round_of_the_day_is_asked(staff: Staff, project: str, clock: Any) -> None:
    book = staff.engineer
    twice = template(staff.manager, project, rounds=2)
    plan = plan_of(book, project)
    for site in ("东机房", "西机房"):
        task(book, plan.id, site, "2026-01-05", template=twice)
    approved(book, staff.department, plan.id)
    first = submitted(book, project, twice, "2026-01-05")
    assert "应有 2 轮，只提交了 1 轮" in refused(book, first)
    clock.move_to(noon("2026-01-06"))
    submitted(book, project, twice, "2026-01-05", round=2)
    chosen = [one.task.id for one in open_tasks(book, sheet_of(book, first))]
    made = finish(book, sheet_of(book, first), chosen)
    assert [one.values()["done_on"] for one in made] == ["2026-01-06"] * 2


def test_who_may_not_record_it_is_refused(staff: Staff, project: str, daily: str) -> None:
    sheet = submitted(staff.engineer, project, daily, "2026-01-06")
    chosen = [one.task.id for one in open_tasks(staff.quality, sheet_of(staff.quality, sheet))]
    assert "没有可填写" in refused(staff.quality, sheet, *chosen)
    assert len(names(staff.engineer, sheet)) == 3
