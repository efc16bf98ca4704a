"""Weeks, repeated faults, praise and milestones: each as a query of its own says it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived.figures import Scope
from models.records.completion.summary import summary_records
from tests.support import checks, surveys
from tests.support.completions import PERIOD
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def scope(project: str, first: date = date(2026, 10, 1)) -> Scope:
    return Scope((project,), first, date(2026, 11, 20))


def fault(staff: Staff, project: str, day: date, **more: Any) -> str:
    """A problem that occurred on a day."""
    values = {"phenomenon": "告警", **more}
    return staff.engineer.add("fix", values, project=project, occurred=instant(day, 600)).id


def sheet(staff: Staff, project: str, template: str, day: date, *, bad: bool = False) -> None:
    """A submitted checklist of a day, one item of it not ok where it is bad."""
    made = staff.engineer.add(
        "sheet", {"template": template, "day": day.isoformat(), "round": 1}, project=project
    )
    for place, item in enumerate(checks.items(staff.engineer, template)):
        values: dict[str, Any] = checks.fine(staff.engineer, item)
        if bad and place == 0:
            values = {"result": "not_ok"}
        staff.engineer.add("answer", {"sheet": made.id, "item": item, **values}, project=project)
    staff.engineer.move(made.id, "submit")


def test_the_worst_weeks_have_most_problems_and_the_best_ones_fewest(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    clock.move_to(instant(date(2026, 10, 5), 480) / 1000)
    template = checks.template(staff.manager, project)
    clock.move_to(instant(date(2026, 11, 25), 540) / 1000)
    for day in (date(2026, 10, 5), date(2026, 10, 13), date(2026, 10, 20), date(2026, 10, 27)):
        sheet(staff, project, template, day, bad=day == date(2026, 10, 20))
    for day in (date(2026, 10, 13), date(2026, 10, 14), date(2026, 10, 28), date(2026, 11, 5)):
        fault(staff, project, day)
    best, worst = summary_records.weeks_of(staff.manager, scope(project))
    assert [(one.week, one.opened, one.met, one.n) for one in worst] == [
        ("2026-W42", 2, 3, 3),
        ("2026-W44", 1, 3, 3),
        ("2026-W43", 0, 2, 3),
    ]
    assert [one.week for one in best] == ["2026-W41"]  # W45 had no checklist
    weeks = "strftime('%W', occurred/1000, 'unixepoch', '+8 hours')"
    counts = staff.manager.store.rows(f"SELECT count(*) FROM fix GROUP BY {weeks} ORDER BY 1")
    assert [row[0] for row in counts] == [1, 1, 2]
    ahead = Scope((project,), date(2027, 1, 1), date(2027, 12, 31))
    assert summary_records.weeks_of(staff.manager, ahead) == ([], [])


def test_faults_are_repeated_from_two_on_by_equipment_and_by_cause(
    staff: Staff, project: str
) -> None:
    site = staff.manager.add("site", {"name": "三号机房"})
    ups = staff.manager.add("equipment", {"name": "UPS-1", "site": site.id}).id
    day = date(2026, 10, 13)
    some = [fault(staff, project, day, equipment=ups, cause_class="equipment") for _ in range(2)]
    fault(staff, project, day, cause_class="equipment")
    fault(staff, project, day, cause_class="user")
    fault(staff, project, date(2026, 9, 1), equipment=ups)
    staff.engineer.move(some[0], "escalate", {"reason_kind": "complex", "severity": "high"})
    found = summary_records.repeats(staff.manager, scope(project))
    assert [(one.by, len(one.records)) for one in found] == [("equipment", 2), ("cause_class", 3)]
    assert summary_records.names_of(staff.manager, found[0]) == "UPS-1"
    assert summary_records.names_of(staff.manager, found[1]) == "equipment"
    assert set(found[0].records) == set(some)


def test_praise_is_of_the_answers_of_the_period(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    staff.manager.edit(project, {**PERIOD})
    made = surveys.survey(staff.desk, project, people=2, method="all")
    surveys.answered(staff.desk, made.id)
    some = surveys.people(staff.desk, made.id, "answered")
    assert summary_records.praise(staff.manager, scope(project)) == []
    staff.desk.edit(some[0], {"praise": "值班认真"})
    (one,) = summary_records.praise(staff.manager, scope(project))
    assert (one.text, one.number) == ("值班认真", staff.desk.get(some[0]).number)
    before = Scope((project,), date(2025, 1, 1), date(2026, 11, 19))
    assert summary_records.praise(staff.manager, before) == []


def test_milestones_are_those_due_in_the_period(staff: Staff, project: str) -> None:
    for name, due in (("二", "2026-11-20"), ("一", "2026-10-01"), ("后", "2026-11-21")):
        staff.manager.add("milestone", {"name": name, "due": due}, project=project)
    assert [one.name for one in summary_records.milestones(staff.manager, scope(project))] == [
        "一",
        "二",
    ]
