"""Facts: goal, value and verdict of each target; what was missed before, at the next plan."""

from __future__ import annotations

import pytest

from models.book.derived_state import StateView
from models.queries.facts import facts_of
from models.records.common import follow_ups
from models.text.words import Lang, language
from tests.support.completions import agreed, assessment, measured, targets
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def told(staff: Staff, id: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(tone, text, records) of each fact."""
    record = staff.manager.get(id)
    found = facts_of(staff.manager, record, StateView(staff.manager.store))
    return [(one.tone, one.text, one.records) for one in found]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            [
                ("warn", "客户满意度 不低于 90%：不可评定", ()),
                ("good", "系统事故 不高于 0 起，实测 0 起：达到", ()),
                ("bad", "系统可靠性 不低于 99.9%，实测 99.5%：未达到", ()),
                ("warn", "系统安全性 不高于 0 起：不可评定", ()),
            ],
        ),
        (
            "en",
            [
                ("warn", "customer satisfaction at least 90%: not assessable", ()),
                ("good", "system accidents at most 0 起, measured 0 起: met", ()),
                ("bad", "system reliability at least 99.9%, measured 99.5%: missed", ()),
                ("warn", "system security at most 0 起: not assessable", ()),
            ],
        ),
    ],
)
def test_each_target_is_a_line(
    staff: Staff, project: str, lang: Lang, said: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    made = assessment(staff.manager, project)
    measured(staff.manager, made, reliability="99.5")
    language.now = lang
    assert told(staff, made.id)[:4] == said


def test_a_target_has_its_formula_and_the_records_behind(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    raised = {"phenomenon": "中断", "severity": "high"}
    one = staff.engineer.add("escalation", raised, project=project, occurred=1794000000000)
    found = told(staff, targets(staff.manager, made)["accidents"].id)
    assert ("", "严重程度为高的问题升级（第 1 版）", ()) in found
    assert ("", "", (one.id,)) in found
    assert any("还没有负责人的改进措施" in text for _, text, _ in found)


@pytest.mark.shows(56)
def test_the_next_plan_of_the_customer_shows_what_was_missed(staff: Staff, project: str) -> None:
    customer = staff.manager.add("customer", {"name": "长河水务"})
    staff.manager.edit(project, {"customer": customer.id})
    made = agreed(staff, project)
    measured(staff.manager, made, reliability="99.5", security="0")
    staff.manager.edit(made.id, {"analysis": "夜间停机一次"})
    row = targets(staff.manager, made)["reliability"]
    values = follow_ups.values(staff.manager, row, "corrective_action")
    owned = {**values, "owner": staff.engineer.me, "due": "2026-12-31"}
    action = staff.manager.add("corrective_action", owned, project=project)
    renewed = staff.department.add("project", {"name": "续签", "customer": customer.id})
    plan = staff.department.add("service_plan", {"name": "2027"}, project=renewed.id)
    assert told(staff, plan.id) == []
    staff.manager.move(made.id, "assess", {"conclusion": "一项未达到"}, comment="没有回访")
    line = ("warn", "系统可靠性 不低于 99.9%，实测 99.5%：未达到", ())
    for type, values in (
        ("service_plan", {"name": "2028"}),
        ("milestone_plan", {"name": "2027"}),
        ("service_proposal", {"name": "续签方案"}),
    ):
        record = staff.department.add(type, values, project=renewed.id)
        assert told(staff, record.id)[-2:] == [line, ("", "", (action.id,))], type
    later = {"service_from": "2026-11-21", "service_to": "2027-11-20"}
    following = assessment(staff.manager, project, **later)
    assert told(staff, following.id)[-2:] == [line, ("", "", (action.id,))]
    assert line not in told(staff, made.id)[4:]


def test_an_odd_period_is_said_and_nothing_else(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    staff.manager.store.db.execute_sql("UPDATE target_assessment SET service_to='x'")
    ((tone, text, _),) = told(staff, made.id)
    assert tone == "bad" and "不是日期" in text
    assert told(staff, targets(staff.manager, made)["security"].id) == []
