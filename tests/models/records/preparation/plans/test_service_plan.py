"""Detailed plans: any of the team writes one; a new version begins as the one in force."""

from __future__ import annotations

import pytest

from models.derived.revision_copy import new_revision
from models.text.words import Refused
from tests.support.service_plans import YEAR, approved, plan_of, task, tasks, term, terms
from tests.support.staff import Staff, no_add, no_move


def test_the_team_writes_it(staff: Staff, project: str) -> None:
    assert "没有可填写" in no_add(staff.quality, "service_plan", YEAR, project)
    for book in (staff.engineer, staff.manager, staff.department):
        assert plan_of(book, project).state == "draft"
    assert "需要角色" in no_move(staff.desk, plan_of(staff.engineer, project).id, "generate")


def test_a_new_version_has_the_same_terms_and_tasks(staff: Staff, project: str) -> None:
    book = staff.engineer
    plan = plan_of(book, project, [term()])
    task(book, plan.id, "搬迁", "2026-05-06")
    book.move(plan.id, "generate")
    with pytest.raises(Refused, match="还没有启用或批准过"):
        new_revision(book, book.get(plan.id))
    approved(book, staff.department, plan.id)
    made = new_revision(staff.manager, staff.manager.get(plan.id))
    old, new = tasks(book, plan.id), tasks(book, made.id)
    same = ("code", "what", "due", "start", "doer")
    assert [[getattr(t, n) for n in same] for t in old] == [
        [getattr(t, n) for n in same] for t in new
    ]
    assert terms(book, made.id)[0].code == terms(book, plan.id)[0].code
    assert made.values()["version"] == 2 and made.state == "draft"
