"""Rules of the targets: what they begin with, when they stand, what a missed one asks for."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from models.text.words import Refused, language
from tests.support.completions import agreed, assessment, measured, targets
from tests.support.staff import Staff, no_add, no_edit, no_move

pytestmark = pytest.mark.usefixtures("clock")
SAID = {"conclusion": "一项未达到"}


def test_it_begins_with_the_targets_of_the_manual(staff: Staff, project: str) -> None:
    found = targets(staff.manager, assessment(staff.manager, project))
    assert list(found) == ["satisfaction", "accidents", "reliability", "security"]
    assert found["satisfaction"].figure == "survey.rate" and found["satisfaction"].goal == "90"
    assert found["security"].figure is None and found["security"].unit == "起"


def test_the_next_period_begins_with_those_of_the_one_before(staff: Staff, project: str) -> None:
    first = assessment(staff.manager, project)
    staff.manager.edit(targets(staff.manager, first)["satisfaction"].id, {"goal": "95"})
    staff.manager.void(targets(staff.manager, first)["security"].id, "不适用")
    language.now = "en"
    later = {"service_from": "2026-11-21", "service_to": "2027-11-20"}
    found = targets(staff.manager, assessment(staff.manager, project, **later))
    assert list(found) == ["satisfaction", "accidents", "reliability"]
    assert found["satisfaction"].goal == "95" and found["reliability"].measured is None


def test_agreed_targets_stand_and_only_values_are_written(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    row = targets(staff.manager, made)["reliability"]
    staff.manager.edit(row.id, {"goal": None})
    assert "系统可靠性 还没有写明" in no_move(staff.department, made.id, "agree")
    staff.manager.edit(row.id, {"goal": "99.5"})
    staff.department.move(made.id, "agree")
    assert "已经确定" in no_edit(staff.manager, row.id, goal="90")
    more = {"assessment": made.id, "indicator": "own"}
    assert "已经确定" in no_add(staff.manager, "quality_target", more)
    with pytest.raises(Refused, match="已经确定"):
        staff.manager.void(row.id, "不要了")
    measured(staff.manager, made, reliability="99.7")
    staff.manager.move(made.id, "change", comment="合同变更")
    staff.manager.edit(row.id, {"goal": "90"})


def test_a_value_is_calculated_or_written(staff: Staff, project: str) -> None:
    row = targets(staff.manager, assessment(staff.manager, project))["satisfaction"]
    assert "由程序计算" in no_edit(staff.manager, row.id, measured="99")
    assert "nothing.there" in no_edit(staff.manager, row.id, figure="nothing.there")
    staff.manager.edit(row.id, {"figure": None, "measured": "99"})
    assert "由程序计算" in no_edit(staff.manager, row.id, figure="survey.rate")


@pytest.mark.shows("Q-62b", 56)
def test_a_missed_target_asks_for_analysis_and_an_improvement_with_an_owner(
    staff: Staff, project: str
) -> None:
    made = agreed(staff, project)
    row = targets(staff.manager, made)["reliability"]
    staff.manager.edit(row.id, {"measured": "99.5"})
    assert "凭据" in no_move(staff.manager, made.id, "assess", **SAID)
    measured(staff.manager, made, reliability="99.5", security="0")
    assert "系统可靠性 未达到，还没有原因分析" in no_move(staff.manager, made.id, "assess", **SAID)
    said = {**SAID, "analysis": "夜间停机一次"}
    assert "还没有负责人的措施" in no_move(staff.manager, made.id, "assess", **said)
    staff.manager.edit(made.id, {"analysis": "夜间停机一次"})
    values = follow_ups.values(staff.manager, row, "corrective_action")
    assert values["cause"] == "夜间停机一次"
    action = staff.manager.add("corrective_action", values, project=project)
    assert "还没有负责人" in no_move(staff.manager, made.id, "assess", **said)
    staff.manager.edit(action.id, {"owner": staff.engineer.me, "due": "2026-12-31"})
    refused = no_move(staff.manager, made.id, "assess", **said)
    assert "客户满意度 不可评定" in refused and "--comment" in refused
    done = staff.manager.move(made.id, "assess", said, comment="本期没有回访")
    assert done.values()["result"] == "missed"
