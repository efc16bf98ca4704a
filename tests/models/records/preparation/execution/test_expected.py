"""Expected of the plan: what is due on Today, by the version in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.book.book import Book
from models.derived import expected
from models.queries.waiting import agenda
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from tests.models.records.preparation.execution.test_plan_execution import finish
from tests.support.replicas import Replica, Team
from tests.support.service_plans import approved, changed, noon, plan_of, task, tasks
from tests.support.staff import Staff


def today(book: Book) -> list[tuple[str, str, bool, str]]:
    """(title, due, overdue, standing) of the planned tasks on Today."""
    return [
        (one.awaited.title, str(one.due), one.overdue, one.awaited.standing)
        for one in agenda.agenda(book)
        if one.group == "plan" and one.awaited is not None
    ]


def test_a_task_comes_a_week_before_it_is_due(staff: Staff, plan: str, clock: Any) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-12"))
    assert today(book) == []
    clock.move_to(noon("2026-01-13"))
    assert today(book) == [("1 月保养", "2026-01-20", False, "due")]
    assert today(staff.colleague) == []
    clock.move_to(noon("2026-01-21"))
    assert today(book) == [("1 月保养", "2026-01-20", True, "missing")]
    finish(book, plan, "M/2026-01", "2026-01-21")
    assert today(book) == []


def test_of_many_overdue_ones_the_last_is_named(staff: Staff, plan: str, clock: Any) -> None:
    clock.move_to(noon("2026-03-23"))
    assert today(staff.engineer) == [
        ("3 月保养（更早还有 2 次未做）", "2026-03-20", True, "missing"),
    ]
    assert plan


def test_opening_one_begins_its_execution(
    staff: Staff, project: str, plan: str, clock: Any
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-20"))
    (item,) = (one for one in agenda.agenda(book) if one.group == "plan")
    assert item.awaited is not None and item.awaited.record is None
    made = expected.begin(book, item.awaited.type, item.awaited.values, project)
    assert (made.type, made.values()["what"]) == ("task_execution", "1 月保养")
    (item,) = (one for one in agenda.agenda(book) if one.group == "plan")
    assert item.awaited is not None and item.awaited.record is not None
    assert item.awaited.standing == "begun" and str(item.awaited.progress()) == "进行中"
    book.move(made.id, "skip", comment="客户停电")
    (item,) = (one for one in agenda.agenda(book) if one.group == "plan")
    assert item.awaited is not None and item.awaited.done  # it stays until the day is over
    clock.move_to(noon("2026-01-21"))
    assert today(book) == [] and plan


def test_what_has_a_template_is_listed_once_it_is_overdue(
    staff: Staff, project: str, clock: Any
) -> None:
    book = staff.engineer
    template = staff.manager.add("template", {"name_zh": "机房月检", "frequency": "monthly"})
    made = plan_of(book, project)
    task(book, made.id, "机房月检", "2026-01-20", template=template.id)
    approved(book, staff.department, made.id)
    clock.move_to(noon("2026-01-20"))
    assert today(book) == []
    clock.move_to(noon("2026-01-21"))
    assert [one[0] for one in today(book)] == ["机房月检"]


def test_the_day_is_worked_by_the_version_in_force_on_every_device(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "甲", "乙", roles=(ENGINEER, DEPARTMENT_MANAGER), met=True)
    founder, one, other = team.all

    def titles(who: Replica) -> list[str]:
        window = expected.DueWindow(
            first=who.book.today,
            last=who.book.today,
            projects=[who.get(team.project)],
            behind=True,
        )
        return [item.title for item in expected.expected(who.book, window, "task_execution")]

    day = one.book.today.isoformat()
    made = plan_of(
        one.book, team.project, period_from=day[:5] + "01-01", period_to=day[:5] + "12-31"
    )
    task(one.book, made.id, "割接", day)
    one.book.move(made.id, "submit")
    team.meet()
    founder.book.move(made.id, "approve")
    team.meet()
    change = changed(one.book, made.id)
    (copy,) = tasks(one.book, change.id)
    one.book.edit(copy.id, {"what": "割接（改在夜间）"})
    one.book.move(change.id, "submit")
    team.meet()
    assert [titles(who) for who in team.all] == [["割接"]] * 3
    founder.book.move(change.id, "approve")
    assert titles(founder) == ["割接（改在夜间）"] and titles(other) == ["割接"]
    team.meet()
    assert [titles(who) for who in team.all] == [["割接（改在夜间）"]] * 3
    team.close()
