"""Content: the period as plain data; every number of it equals a query of its own."""

from __future__ import annotations

from typing import cast

import pytest
import time_machine

from models.derived import compiled, figures
from models.records.completion import period
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.completion.summary.summary_content import (
    REPORT,
    SummaryContent,
    compile_summary,
    mean,
)
from models.schema.record import Record
from models.text.words import Refused
from tests.models.records.preparation.execution.test_plan_execution import finish
from tests.support.completions import assessment, criteria, scored, summary
from tests.support.service_plans import approved, noon, plan_of, task, tasks
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def made(staff: Staff, project: str) -> Record:
    """A summary of a period with a little of everything."""
    for name, due in (("初验", "2026-10-15"), ("终验", "2026-11-19"), ("以后", "2027-01-01")):
        one = staff.manager.add(
            "milestone", {"name": name, "due": due, "deliverable": "报告"}, project=project
        )
        if name == "初验":
            staff.manager.move(one.id, "done")
    for day in ("2026-10-20", "2026-11-24"):
        values = {"subject": "响应慢", "received_on": day, "complainant": "郁主任"}
        staff.desk.add("complaint", values, project=project)
    staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    assessment(staff.manager, project)
    return scored(staff.manager, summary(staff.manager, project), 3)


def content(staff: Staff, made: Record) -> SummaryContent:
    return compile_summary(staff.manager, cast(ProjectSummary, staff.manager.get(made.id)))


@pytest.mark.shows(50)
def test_every_number_equals_a_query_of_its_own(staff: Staff, made: Record) -> None:
    data = content(staff, made)

    def count(query: str) -> int:
        row = staff.manager.store.row(f"SELECT count(*) FROM {query}")
        assert row is not None
        return int(row[0])

    days = "BETWEEN '2026-10-01' AND '2026-11-20'"
    assert len(data.milestones) == count(f"milestone WHERE due {days}") == 2
    assert len(data.done) == count(f"milestone WHERE due {days} AND state='done'") == 1
    assert len(data.complaints) == count(f"complaint WHERE received_on {days}") == 1
    assert data.kept["complaint.received"].value == len(data.complaints)
    open_ = ("fix", "complaint", "milestone", "corrective_action")
    assert len(data.left) == sum(
        count(f"\"{type}\" WHERE state NOT IN ('done', 'closed')") for type in open_
    )
    (average,) = staff.manager.store.row("SELECT avg(score) FROM self_assessment") or (0,)
    assert data.mean == f"{average:.1f}" and len(data.scores) == count("self_assessment")
    assert len(data.targets) == count("quality_target") == 4
    scope = period.scope_of(staff.manager, made)
    for family in ("service", "trends", "checks", "complaint", "irregular"):
        for one in figures.of_family(staff.manager, scope, family):
            kept = data.kept[one.kind.name]
            assert (kept.value, kept.n, kept.version) == (one.value, one.n, one.version)


def test_the_completion_rate_is_that_of_the_plan(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = summary(staff.manager, project)
    assert "plan.rate" not in content(staff, made).kept  # no plan: not assessable
    clock.move_to(noon("2026-10-01"))
    plan = plan_of(staff.manager, project)
    for due in ("2026-10-15", "2026-10-20", "2026-12-01"):
        task(staff.manager, plan.id, "巡检", due)
    approved(staff.manager, staff.department, plan.id)
    first = tasks(staff.manager, plan.id)[0]
    clock.move_to(noon("2026-10-14"))
    finish(staff.engineer, plan.id, str(first.code), "2026-10-14")
    clock.move_to(noon("2026-11-25"))
    kept = content(staff, made).kept["plan.rate"]
    assert (kept.value, kept.n) == (50, 2)  # one of the two that fell due


def test_it_is_packed_and_comes_back_the_same(staff: Staff, made: Record) -> None:
    data = content(staff, made)
    assert compiled.unpack(REPORT, compiled.pack(REPORT, data), made.id) == data
    with pytest.raises(ValueError, match="of another record"):
        other = data._replace(service_to="2026-11-21")
        compiled.unpack(REPORT, compiled.pack(REPORT, other), made.id)


def test_it_names_its_sources_and_what_needs_an_explanation(staff: Staff, made: Record) -> None:
    data = content(staff, made)
    named = {type: len(ids) for type, ids in REPORT.sources(data).items()}
    assert named == {"milestone": 3, "complaint": 2, "fix": 1}
    points = [str(one) for one in REPORT.open_points(data)]
    assert len(points) == 5 and all("无人负责" in one for one in points[:-1])
    early = data._replace(until="2026-11-19", left=[])
    assert [str(one) for one in REPORT.open_points(early)] == ["服务期到 2026-11-20 才结束"]


def test_a_mean_is_of_what_there_is() -> None:
    assert mean([]) is None and mean([None]) is None
    assert mean([4, None, 3]) == "3.5" and mean([1, 1, 2]) == "1.3"


def test_what_a_criterion_was_called_is_kept(staff: Staff, made: Record) -> None:
    row = criteria(staff.manager, made)["plan"]
    fix = staff.engineer.add("fix", {"phenomenon": "凭据"}, project=made.project)
    staff.manager.edit(row.id, {"evidence": fix.id})
    first = content(staff, made).scores[0]
    assert (first.words, first.evidence) == (["计划执行", "execution of the plan"], fix.number)
    assert first._replace(words=[]).name == ("plan", "plan")


def test_a_project_or_period_that_is_none_is_refused(staff: Staff, made: Record) -> None:
    staff.manager.store.db.execute_sql("UPDATE project_summary SET service_to='x'")
    with pytest.raises(Refused, match="不是日期"):
        content(staff, made)
