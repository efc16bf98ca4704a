"""The service period of summaries and targets: given, in order, and as the days of figures."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.records.completion import period
from models.text.words import Refused
from tests.support.completions import PERIOD
from tests.support.staff import Staff, no_add, no_edit

pytestmark = pytest.mark.usefixtures("clock")


def test_it_is_the_projects_where_none_is_named(staff: Staff, project: str) -> None:
    assert "没有服务期结束日" in no_add(staff.manager, "project_summary", {}, project)
    staff.manager.edit(project, {**PERIOD})
    made = staff.manager.add("project_summary", {}, project=project).values()
    assert (made["service_from"], made["service_to"]) == ("2026-10-01", "2026-11-20")
    assert made["due"] == "2026-12-11"  # fifteen working days
    other = staff.manager.add("project_summary", {"service_to": "2025-12-31"}, project=project)
    assert other.values()["service_from"] is None


def test_it_ends_after_it_begins(staff: Staff, project: str) -> None:
    backwards = {"service_from": "2026-12-01", "service_to": "2026-11-20"}
    for type in ("project_summary", "target_assessment"):
        assert "早于服务期开始" in no_add(staff.manager, type, backwards, project)
    made = staff.manager.add("project_summary", PERIOD, project=project)
    assert "早于" in no_edit(staff.manager, made.id, service_from="2026-11-21")


def test_its_days_are_those_of_the_figures(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = staff.manager.add("target_assessment", PERIOD, project=project)
    scope = period.scope_of(staff.manager, made)
    assert scope == ((project,), date(2026, 10, 1), date(2026, 11, 20))
    later = {"service_to": "2026-12-31"}
    unknown = staff.manager.add("target_assessment", later, project=project)
    assert period.scope_of(staff.manager, unknown).first == date(2026, 11, 25)  # begun in the book
    staff.manager.store.db.execute_sql("UPDATE target_assessment SET service_to='soon'")
    with pytest.raises(Refused, match="不是日期"):
        period.scope_of(staff.manager, staff.manager.get(made.id))


def test_a_project_that_is_not_here_is_named(staff: Staff, project: str) -> None:
    made = staff.manager.add("target_assessment", PERIOD, project=project)
    made.project = "elsewhere"
    with pytest.raises(Refused, match="不在本机"):
        period.project_of(staff.manager, made)
