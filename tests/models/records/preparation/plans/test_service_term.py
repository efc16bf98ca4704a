"""Service terms: what and how often cannot be left out."""

from __future__ import annotations

from tests.support.service_plans import plan_of, term, terms
from tests.support.staff import Staff, no_add, no_edit


def test_a_term_says_what_and_how_often(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project).id
    assert "频次" in no_add(staff.engineer, "service_term", {"plan": plan, "what": "巡检"})
    assert "服务内容" in no_add(
        staff.engineer, "service_term", {"plan": plan, "frequency": "weekly"}
    )
    assert "频次" in no_add(staff.engineer, "service_term", {"plan": plan, **term(frequency="now")})


def test_its_code_is_settled(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project, [term(code="S-巡检")])
    (one,) = terms(staff.engineer, plan.id)
    assert one.code == "S-巡检"
    assert "条款编码" in no_edit(staff.engineer, one.id, code="别的")
