"""Rules of the random check: what is drawn from, and what it is held against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.records.checks.random_checks import site_draw
from models.records.checks.random_checks.random_rules import norms
from models.records.checks.rounds.frequency import templates
from tests.support import checks
from tests.support.random_checks import DAYS, NORMS, draw, furnished
from tests.support.staff import Staff, no_add, no_move


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False):
        yield


def test_it_draws_from_the_customers_sites_the_engineers_and_the_working_days(
    staff: Staff, project: str
) -> None:
    sites = furnished(staff.manager, project)
    staff.manager.move(sites[2], "retire", comment="已拆除")
    made = draw(staff.department, project)
    found = site_draw.members(str(made.values()["population"]))
    assert set(found["site"]) == set(sites[:2])
    assert {staff.engineer.me, staff.colleague.me} <= set(found["person"])
    assert staff.department.me not in found["person"]
    assert found["day"] == [f"2026-11-{day}" for day in range(23, 28)]
    assert "小林" in str(made.values()["population"])


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2026-11-19", "last": "2026-11-27"},
        {"first": "2026-11-27", "last": "2026-11-23"},
        {"first": "2026-11-23", "last": "2027-11-23"},
    ],
)
def test_days_that_cannot_be_drawn_from_are_refused(
    staff: Staff, project: str, days: dict[str, str]
) -> None:
    furnished(staff.manager, project)
    assert "抽取范围" in no_add(staff.department, "random_draw", days, project)


def test_what_there_is_none_of_is_named(staff: Staff, project: str) -> None:
    assert "先登记项目客户的现场" in no_add(staff.department, "random_draw", DAYS, project)
    furnished(staff.manager, project)
    weekend = {"first": "2026-11-21", "last": "2026-11-22"}
    assert "工作日" in no_add(staff.department, "random_draw", weekend, project)


def test_without_norms_no_check_begins(staff: Staff, project: str) -> None:
    furnished(staff.manager, project)
    used = norms(staff.manager, project)
    assert used is not None and used not in templates(staff.manager.store), "it is due by no day"
    staff.manager.move(used.id, "retire")
    made = draw(staff.department, project)
    assert "服务规范模板" in no_move(staff.department, made.id, "begin")


def test_a_check_is_held_against_norms_only(staff: Staff, project: str) -> None:
    other = checks.template(staff.manager, None, NORMS)
    assert "不是启用的服务规范模板" in no_add(
        staff.department, "random_check", {"template": other}, project
    )
    draft = checks.template(staff.manager, None, NORMS, publish=False, purpose="conduct")
    assert "不是启用的" in no_add(staff.department, "random_check", {"template": draft}, project)
