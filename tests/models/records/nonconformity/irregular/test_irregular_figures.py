"""Figures of irregular services: each by its formula, none where there is nothing to assess."""

from __future__ import annotations

from datetime import date

from models.derived import figures
from models.derived.figures import Figure, Scope
from tests.support.irregular_services import CORRECTED, corrected, noted
from tests.support.staff import Staff


def read(staff: Staff, project: str) -> dict[str, Figure]:
    scope = Scope((project,), date(2020, 1, 1), date(2099, 1, 1))
    return {
        one.kind.name: one for one in figures.of_family(staff.quality, scope, "irregular")
    }  # fmt: skip


def test_without_tasks_and_cases_nothing_is_a_hundred_percent(staff: Staff, project: str) -> None:
    found = read(staff, project)
    assert found["irregular.found"].value == 0
    assert found["irregular.rate"].value is None and found["irregular.at_once"].value is None


def test_each_counts_what_its_formula_says(staff: Staff, project: str) -> None:
    at_once, open_ = corrected(staff, project), noted(staff.manager, project)
    later = noted(staff.manager, project)
    values = {"referral": "up", "handler": staff.department.me}
    staff.manager.move(later.id, "refer", values, comment="超出权限")
    staff.department.move(later.id, "accept")
    staff.department.move(later.id, "correct", CORRECTED)
    for _ in range(7):
        fix = staff.engineer.add("fix", {"phenomenon": "告警"}, project=project).id
        staff.engineer.move(fix, "fix", {"correction": "复位"})
    found = read(staff, project)
    assert (found["irregular.found"].value, found["irregular.open"].value) == (3, 1)
    assert found["irregular.open"].records == (open_.id,)
    assert (found["irregular.at_once"].value, found["irregular.at_once"].n) == (50, 2)
    assert set(found["irregular.at_once"].records) == {at_once.id, later.id}
    assert (found["irregular.rate"].value, found["irregular.rate"].n) == ("42.9", 7)
