"""Figures of the service report: each equals a query of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import figures
from models.derived.figures import Scope
from tests.support.corrective_actions import action, done
from tests.support.problem_reports import report
from tests.support.staff import Staff

SCOPE = (date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A day of the quarter."""
    with time_machine.travel(instant(date(2026, 11, 18), 540) / 1000, tick=False) as traveller:
        yield traveller


def values(staff: Staff, project: str) -> dict[str, figures.Value]:
    found = figures.of_family(staff.manager, Scope((project,), *SCOPE), "service")
    return {one.kind.name.partition(".")[2]: one.value for one in found}


def test_each_equals_a_query_of_its_own(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    before = instant(date(2026, 9, 30), 1439)
    for severity in ("high", "low", "high"):
        raised = {"phenomenon": "中断", "severity": severity}
        staff.engineer.add("escalation", raised, project=project)
    staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    staff.engineer.add("fix", {"phenomenon": "上季"}, project=project, occurred=before)
    void = staff.engineer.add("fix", {"phenomenon": "重复"}, project=project)
    staff.engineer.void(void.id, "重复")
    report(staff.manager, project)
    for name, due in (("一", "2026-10-09"), ("二", "2026-12-01"), ("三", "2027-01-01")):
        milestone = {"name": name, "due": due, "deliverable": "报告"}
        one = staff.manager.add("milestone", milestone, project=project)
        if name == "一":
            staff.manager.move(one.id, "done")
    made = done(staff, project, check_weeks=0)
    staff.quality.move(made.id, "verify", {"effect": "有效"})
    late = action(staff.manager, project, staff.engineer.me)
    staff.manager.edit(late.id, {"due": "2026-11-17"})
    found, sql = values(staff, project), staff.manager.store.row

    def count(query: str) -> int:
        row = sql(f"SELECT count(*) FROM {query}")
        assert row is not None
        return int(row[0])

    begin = instant(date(2026, 10, 1), 0)
    assert found == {
        "fixes": count(f"fix WHERE occurred>={begin} AND void IS NULL"),
        "escalations": count("escalation"),
        "major": count("escalation WHERE severity='high'"),
        "reports": count("problem_report WHERE state='approved'"),
        "deliverables": 100
        * count("milestone WHERE state='done'")
        // count("milestone WHERE due<'2027'"),
        "actions": count("corrective_action"),
        "actions_overdue": count("corrective_action WHERE state='proposed' AND due<'2026-11-18'"),
        "actions_effective": 100,
    }
    assert (found["fixes"], found["major"], found["deliverables"]) == (1, 2, 50)


def test_without_cases_a_share_is_not_assessable(staff: Staff, project: str) -> None:
    found = values(staff, project)
    for name in ("deliverables", "actions_overdue", "actions_effective"):
        assert found[name] is None, name
    assert found["fixes"] == 0
