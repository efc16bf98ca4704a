"""Plan in force: each day has the version that was approved last by its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from models.records.preparation.execution.plan_in_force import PlanLines, tasks_due
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from tests.support.replicas import Team
from tests.support.service_plans import (
    approved,
    changed,
    noon,
    plan_of,
    task,
    tasks,
)
from tests.support.staff import Staff


def due(lines: PlanLines, first: str, last: str) -> list[tuple[str | None, str | None, int]]:
    """(code, due, version) of what is due in a time."""
    found = lines.due(date.fromisoformat(first), date.fromisoformat(last))
    return [(one.code, one.due, span.plan.version or 1) for span, one in found]


def test_a_change_counts_from_its_approval_on(
    staff: Staff, project: str, plan: str, clock: Any
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-02-25"))
    change = changed(book, plan)
    second, third = tasks(book, change.id)[1:3]
    book.edit(second.id, {"due": "2026-02-27"})
    book.edit(third.id, {"due": "2026-03-27"})
    before = due(PlanLines(book.store, [project], book.zone), "2026-01-01", "2026-12-31")
    assert [one[2] for one in before] == [1, 1, 1, 1]
    approved(book, staff.department, change.id)
    lines = PlanLines(book.store, [project], book.zone)
    # February's was due by the first version, and is due again by the second.
    assert due(lines, "2026-01-01", "2026-12-31") == [
        ("M/2026-01", "2026-01-20", 1),
        ("M/2026-02", "2026-02-20", 1),
        ("M/2026-02", "2026-02-27", 2),
        ("M/2026-03", "2026-03-27", 2),
        ("M/2026-04", "2026-04-20", 2),
    ]
    assert [(s.first, s.last, s.plan.version or 1) for s in lines.spans()] == [
        (date(2026, 1, 5), date(2026, 2, 24), 1),
        (date(2026, 2, 25), None, 2),
    ]
    assert lines.root(book.get(change.id)) == plan  # type: ignore[arg-type]
    assert [one.plan.id for one in lines.current()] == [change.id]


def test_before_its_approval_a_plan_asks_nothing(staff: Staff, project: str, clock: Any) -> None:
    book = staff.engineer
    made = plan_of(book, project)
    task(book, made.id, "早", "2026-01-02")
    task(book, made.id, "当天", "2026-01-08")
    lines = PlanLines(book.store, [project], book.zone)
    assert due(lines, "2026-01-01", "2026-12-31") == []
    clock.move_to(noon("2026-01-08"))
    approved(book, staff.department, made.id)
    lines = PlanLines(book.store, [project], book.zone)
    assert [one[1] for one in due(lines, "2026-01-01", "2026-12-31")] == ["2026-01-08"]


def test_what_is_withdrawn_brings_nothing_back(
    staff: Staff, project: str, plan: str, clock: Any
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-02-25"))
    change = changed(book, plan)
    approved(book, staff.department, change.id)
    clock.move_to(noon("2026-03-10"))
    staff.department.move(change.id, "withdraw", comment="合同终止")
    lines = PlanLines(book.store, [project], book.zone)
    assert lines.current() == []
    assert due(lines, "2026-01-01", "2026-12-31") == [
        ("M/2026-01", "2026-01-20", 1),
        ("M/2026-02", "2026-02-20", 1),
    ]
    assert [(s.plan.id, s.last) for s in lines.spans()] == [
        *((plan, date(2026, 2, 24)), (change.id, date(2026, 3, 9))),
    ]


def test_plans_of_other_projects_do_not_count(staff: Staff, plan: str) -> None:
    other = staff.manager.add("project", {"name": "别的项目"}).id
    assert PlanLines(staff.engineer.store, [other], staff.engineer.zone).spans() == []
    assert PlanLines(staff.engineer.store, [], staff.engineer.zone).spans() == []
    book = staff.engineer
    found = tasks_due(book.store, book.get(plan), date(2026, 2, 1), date(2026, 3, 31))  # type: ignore[arg-type]
    assert [one.code for one in found] == ["M/2026-02", "M/2026-03"]


def test_two_versions_at_once_are_read_alike_everywhere(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "甲", "乙", roles=(ENGINEER, DEPARTMENT_MANAGER), met=True)
    founder, one, other = team.all
    made = plan_of(one.book, team.project)
    year = f"{one.book.today.year}"
    span = {"period_from": f"{year}-01-01", "period_to": f"{year}-12-31"}
    one.book.edit(made.id, span)
    task(one.book, made.id, "割接", f"{year}-12-31")
    one.book.move(made.id, "submit")
    team.meet()
    founder.book.move(made.id, "approve")
    team.meet()
    changes = [changed(book, made.id) for book in (one.book, other.book)]
    for book, change in zip((one.book, other.book), changes, strict=True):
        book.move(change.id, "submit")
    team.meet(founder, one)
    founder.book.move(changes[0].id, "approve")
    team.meet(one, other)  # what the founder did is not among it
    one.book.move(changes[1].id, "approve")
    team.meet()
    found = [
        [
            (s.plan.id, s.first)
            for s in PlanLines(r.book.store, [team.project], r.book.zone).current()
        ]
        for r in team.all
    ]
    assert found[0] == found[1] == found[2] and len(found[0]) == 1
    assert found[0][0][0] in {change.id for change in changes}
    team.close()
