"""Facts: the agenda, weeks, faults and left-overs on the page, and the reviewer's difference."""

from __future__ import annotations

import pytest

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of
from models.records.completion.summary.summary_facts import repeat_said, week_said
from models.records.completion.summary.summary_records import RepeatPart, WeekMark
from tests.support.completions import criteria, submitted, summary
from tests.support.corrective_actions import action
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def told(staff: Staff, id: str) -> list[RecordFact]:
    record = staff.manager.get(id)
    return list(facts_of(staff.manager, record, StateView(staff.manager.store)))


def test_left_overs_are_told_by_who_is_in_charge(staff: Staff, project: str) -> None:
    fix = staff.engineer.add("fix", {"phenomenon": "告警", "cause_class": "user"}, project=project)
    staff.engineer.add("fix", {"phenomenon": "又是", "cause_class": "user"}, project=project)
    owned = action(staff.manager, project, staff.engineer.me)
    made = summary(staff.manager, project, service_to="2026-11-25")
    found = {str(one.label): one for one in told(staff, made.id) if one.label}
    assert fix.id in found["遗留问题（无人负责：在其页面按 C 或 N）"].records
    assert found["遗留问题（有人负责）"].records == (owned.id,)
    assert found["重复出现的问题"].text == "用户操作不当 2 次"
    assert found["计划完成率"].text.startswith("不可评定")


def test_a_difference_of_the_reviewer_is_told(staff: Staff, project: str) -> None:
    made = submitted(staff, project)
    row = criteria(staff.manager, made)["plan"]
    assert all(str(one.label) != "审核人评分" for one in told(staff, made.id))
    staff.department.move(row.id, "rescore", {"review_score": 2, "review_note": "漏检"})
    (one,) = [one for one in told(staff, row.id) if str(one.label) == "审核人评分"]
    assert one.text == "-2（自评 4）" and one.short == "-2"
    (mean,) = [one for one in told(staff, made.id) if str(one.label) == "审核人评分"]
    assert mean.text == "平均 3.7，自评 4.0"


def test_an_odd_period_is_said_and_nothing_else(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    staff.manager.store.db.execute_sql("UPDATE project_summary SET service_to='x'")
    (fact,) = [one for one in told(staff, made.id) if one.tone == "bad"]
    assert "不是日期" in fact.text


def test_weeks_and_faults_are_said_with_their_numbers(staff: Staff) -> None:
    assert week_said(WeekMark("2026-W45", 3, 1, 40, 42)) == ("2026-W45（新发 3，检查合格 40/42）")
    told = RepeatPart("equipment", "UPS-1", ["a", "b"])
    assert repeat_said(staff.manager, told) == "UPS-1 2 次"
