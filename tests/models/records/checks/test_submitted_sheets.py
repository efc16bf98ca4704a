"""Submitted sheets: of all versions of a template, with the day on which each first came in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from models.derived.revision_copy import new_revision
from models.records.checks.submitted_sheets import is_for, submitted_sheets, template_lines
from models.records.checks.template import Template
from models.records.preparation.plans.service_task import ServiceTask
from models.storage import rows
from tests.models.records.checks.test_plan_rules import submitted
from tests.support.checks import template
from tests.support.service_plans import noon, plan_of, task
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Any:
    """Noon of 5 January 2026, moved on by `move_to(noon(…))`."""
    with time_machine.travel(noon("2026-01-05"), tick=False) as moved:
        yield moved


def test_they_are_of_every_version_and_by_their_first_submission(
    staff: Staff, project: str, clock: Any
) -> None:
    book = staff.engineer
    old = template(staff.manager, project)
    newer = new_revision(staff.manager, staff.manager.get(old))
    staff.manager.move(newer.id, "publish")
    lines = template_lines(book.store, [old, newer.id])
    assert lines[old] == lines[newer.id] == (newer.id, old)
    sheet = submitted(book, project, newer.id, "2026-01-05")
    staff.manager.move(sheet, "return", comment="漏项")
    assert submitted_sheets(book, project, lines[old]) == []
    clock.move_to(noon("2026-01-07"))
    book.move(sheet, "submit")
    found = submitted_sheets(book, project, lines[old])
    assert found == [(date(2026, 1, 5), date(2026, 1, 5), sheet)]


def test_a_sheet_is_for_the_task_s_days_or_its_period(staff: Staff, project: str) -> None:
    book = staff.engineer
    weekly = rows.one(book.store, Template, template(staff.manager, project, frequency="weekly"))
    plan = plan_of(book, project)

    def served(task: ServiceTask, *days: int) -> list[int]:
        assert weekly is not None
        return [day for day in days if is_for(weekly, date(2026, 1, day), task)]

    long = task(book, plan.id, "月初", "2026-01-14", start="2026-01-02")
    assert served(long, 1, 2, 14, 18, 19) == [2, 14, 18]
    assert served(task(book, plan.id, "无期限", None), 1, 2) == []
