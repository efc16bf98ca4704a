"""Content: what each target measured; missing data is neither met nor missed."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.derived import compiled, figures
from models.records.completion import period
from models.records.completion.targets.target_assessment import TargetAssessment
from models.records.completion.targets.target_content import (
    MET,
    MISSED,
    REPORT,
    UNKNOWN,
    TargetContent,
    compile_assessment,
    figure_of,
    verdict,
)
from models.schema.record import Record
from tests.support import surveys
from tests.support.completions import PERIOD, assessment, measured, targets
from tests.support.staff import Staff

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)


def content(staff: Staff, made: Record) -> TargetContent:
    return compile_assessment(staff.manager, cast(TargetAssessment, staff.manager.get(made.id)))


@given(amounts, amounts)
@settings(max_examples=60, deadline=None)
def test_a_goal_is_reached_or_missed_and_never_both(value: str, goal: str) -> None:
    least, most = verdict("at_least", goal, value), verdict("at_most", goal, value)
    if Decimal(value) == Decimal(goal):
        assert least == most == MET
    else:
        assert {least, most} == {MET, MISSED}


def test_without_a_value_a_goal_or_a_sign_there_is_no_verdict() -> None:
    odd = [("", "9", "9"), (None, "9", "9"), ("at_least", None, "9"), ("at_most", "9", None)]
    odd += [("at_least", "9", "nine"), ("at_least", "9", "NaN"), ("at_most", "x", "9")]
    assert {verdict(*one) for one in odd} == {UNKNOWN}


@pytest.mark.shows("Q-62b", 55)
@pytest.mark.usefixtures("clock")
def test_each_value_equals_a_query_of_its_own(staff: Staff, project: str) -> None:
    staff.manager.edit(project, {**PERIOD})
    made = assessment(staff.manager, project)
    survey = surveys.survey(staff.desk, project, people=2, method="all")
    surveys.answered(staff.desk, survey.id, ["satisfied", "dissatisfied"])
    for severity in ("high", "low"):
        raised = {"phenomenon": "中断", "severity": severity}
        staff.engineer.add("escalation", raised, project=project, occurred=1794000000000)
    measured(staff.manager, made, reliability="99.95")
    found = {one.indicator: one for one in content(staff, made).targets}
    sql = (
        "SELECT 100*sum(level IN ('very_satisfied','satisfied'))/count(*), count(*)"
        " FROM survey_answer WHERE level<>'na'"
    )
    rate, n = staff.manager.store.row(sql) or (None, 0)
    satisfied = found["satisfaction"]
    assert (satisfied.value, satisfied.n, satisfied.verdict) == (str(rate), n, MISSED)
    (major,) = (
        staff.manager.store.row("SELECT count(*) FROM escalation WHERE severity='high'") or ()
    )
    accidents = found["accidents"]
    assert (accidents.value, accidents.n, accidents.verdict) == (str(major), 2, MISSED)
    kind = figures.kind_of("survey.rate")
    assert (satisfied.figure, satisfied.version) == (kind.name, kind.version)
    reliable = found["reliability"]
    assert (reliable.value, reliable.version, reliable.verdict) == ("99.95", 0, MET)
    assert reliable.evidence and reliable.evidence.startswith("AT-")
    assert found["security"].verdict == UNKNOWN and content(staff, made).result == MISSED
    of = cast(TargetAssessment, made)
    behind = figure_of(staff.manager, of, targets(staff.manager, made)["satisfaction"])
    assert behind is not None and behind.records == (survey.id,)
    assert figure_of(staff.manager, of, targets(staff.manager, made)["security"]) is None
    assert period.scope_of(staff.manager, made).projects == (project,)


@pytest.mark.usefixtures("clock")
def test_it_is_packed_and_comes_back_the_same(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    data = content(staff, made)
    assert compiled.unpack(REPORT, compiled.pack(REPORT, data), made.id) == data
    with pytest.raises(ValueError, match="of another record"):
        other = data._replace(service_to="2026-11-21")
        compiled.unpack(REPORT, compiled.pack(REPORT, other), made.id)


@pytest.mark.usefixtures("clock")
def test_what_lacks_a_value_or_goes_on_is_to_be_explained(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project, service_to="2026-12-31")
    row = targets(staff.manager, made)["security"]
    staff.manager.edit(row.id, {"what": "无入侵"})
    points = [str(one) for one in REPORT.open_points(content(staff, made))]
    assert points == [
        "服务期到 2026-12-31 才结束",
        "客户满意度 不可评定",
        "系统可靠性 不可评定",
        "无入侵 不可评定",
    ]


@pytest.mark.usefixtures("clock")
def test_a_figure_that_this_program_lacks_is_not_assessable(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    staff.manager.store.db.execute_sql("UPDATE quality_target SET figure='newer.figure'")
    found = content(staff, made).targets
    assert {one.verdict for one in found} == {UNKNOWN} and {one.value for one in found} == {None}
