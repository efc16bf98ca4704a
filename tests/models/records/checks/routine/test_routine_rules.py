"""Rules of the routine check: it opens with what was late or not done, each of it judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.derived import compiled, figures
from models.queries import facts
from models.records.checks.routine.routine_rules import deviations
from models.records.common import follow_ups
from models.schema.record import Record
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from tests.support import checks
from tests.support.check_weeks import WEEK, at, check, checked_week, sheet
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_edit, no_move


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The Monday morning before the week that is checked."""
    with time_machine.travel(instant(date(2026, 11, 16), 480) / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def week(staff: Staff, project: str, clock: time_machine.Traveller) -> str:
    """The template of that week."""
    return checked_week(staff, project, clock)


def figure(book: Book, record: Record, name: str) -> figures.Value:
    """A figure as the check says it."""
    kept = compiled.content(book, record).data.figures
    return next((one.value for one in kept if one.name == name), "none")


@pytest.mark.shows("Q-511", 14)
def test_it_opens_with_what_was_due_done_late_and_left_out(
    staff: Staff, project: str, week: str
) -> None:
    made = check(staff, project)
    found = {
        name: figure(staff.manager, made, f"checks.{name}")
        for name in ("due", "in_time", "late", "missing", "skipped", "not_ok", "share_in_time")
    }
    assert found == {
        **{"due": 5, "in_time": 3, "late": 1, "missing": 1},
        **{"skipped": 1, "not_ok": 1, "share_in_time": 60},
    }
    (row,) = [one for one in deviations(staff.manager, made) if one.values()["code"] != "weekly"]
    values = row.values()
    assert values["subject"] == "机房日检"
    assert values["found"] == "应做 5，按时 3，迟 1，未做 1：11-17、11-18"


def test_every_deviation_is_judged_before_it_is_issued(
    staff: Staff, project: str, week: str
) -> None:
    made = check(staff, project)
    assert "待判定" in no_move(staff.manager, made.id, "issue", conclusion="有偏差")
    for row in deviations(staff.manager, made):
        assert "角色" in no_move(staff.engineer, row.id, "minor", reason="x")
        assert "原因" in no_move(staff.manager, row.id, "minor")
        staff.manager.move(row.id, "minor", {"reason": "人手不足"})
    moved = staff.manager.move(made.id, "issue", {"conclusion": "总体按计划"})
    assert (moved.state, moved.values()["verdict"]) == ("issued", "minor")
    assert "不能修改" in no_edit(staff.manager, made.id, conclusion="x")


@pytest.mark.shows(14)
def test_a_major_one_is_in_somebodys_charge_first(staff: Staff, project: str, week: str) -> None:
    made = check(staff, project)
    rows = deviations(staff.manager, made)
    for row in rows:
        staff.manager.move(row.id, "minor", {"reason": "人手不足"})
    staff.manager.move(rows[0].id, "major")
    assert "没有负责人" in no_move(staff.manager, made.id, "issue", conclusion="有偏差")
    values = follow_ups.values(staff.manager, rows[0], "corrective_action")
    action = staff.manager.add("corrective_action", values, project=project)
    assert "没有负责人" in no_move(staff.manager, made.id, "issue", conclusion="有偏差")
    staff.manager.edit(action.id, {"owner": staff.engineer.me})
    moved = staff.manager.move(made.id, "issue", {"conclusion": "有偏差"})
    assert moved.values()["verdict"] == "major"


def test_an_escalation_is_its_managers_charge(staff: Staff, project: str, week: str) -> None:
    made = check(staff, project)
    for row in deviations(staff.manager, made):
        staff.manager.move(row.id, "major", {"reason": "人手不足"})
        values = follow_ups.values(staff.manager, row, "escalation")
        staff.manager.add("escalation", values, project=project)
    assert staff.manager.move(made.id, "issue", {"conclusion": "有偏差"}).state == "issued"


def test_without_deviation_its_verdict_is_none(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    at(clock, 23)
    made = check(staff, project)
    for row in deviations(staff.manager, made):
        staff.manager.move(row.id, "none")
    assert figure(staff.manager, made, "checks.due") is None, "not assessable, and no 100 %"
    moved = staff.manager.move(made.id, "issue", {"conclusion": "无偏差"})
    assert moved.values()["verdict"] == "none"


def test_its_numbers_stay_as_they_were_issued(
    staff: Staff, project: str, week: str, clock: time_machine.Traveller
) -> None:
    made = check(staff, project)
    for row in deviations(staff.manager, made):
        staff.manager.move(row.id, "none")
    staff.manager.move(made.id, "issue", {"conclusion": "无偏差"})
    at(clock, 24)
    sheet(staff.engineer, project, week, 18)
    issued = staff.office.get(made.id)
    assert figure(staff.office, issued, "checks.missing") == 1
    again = staff.manager.move(made.id, "revise", comment="补录了 11-18")
    assert figure(staff.manager, again, "checks.missing") == 0
    assert figure(staff.manager, again, "checks.late") == 2


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"first": "2026-11-13", "last": "2026-11-12"}, "早于"),
        ({"first": "2026-11-16", "last": "2026-11-27"}, "还没有到"),
        ({"first": "2026-01-01", "last": "2026-11-12"}, "不超过"),
    ],
)
def test_it_looks_back_on_days_that_are_over(
    staff: Staff, project: str, days: dict[str, str], said: str
) -> None:
    assert said in no_add(staff.manager, "routine_check", days, project)


def test_only_the_project_manager_makes_one(staff: Staff, project: str) -> None:
    done = {"first": "2026-11-09", "last": "2026-11-13"}
    for book in (staff.engineer, staff.department, staff.quality):
        assert "角色" in no_add(book, "routine_check", done, project)


def test_its_page_tells_the_figures_and_what_lacks_a_remedy(
    staff: Staff, project: str, week: str
) -> None:
    made = check(staff, project)

    def said(record: Record) -> list[tuple[str, str]]:
        view = StateView(staff.manager.store)
        return [(str(f.label or ""), f.text) for f in facts.facts_of(staff.manager, record, view)]

    assert ("按时完成率", "60%") in said(made)
    row = deviations(staff.manager, made)[0]
    row = staff.manager.move(row.id, "major", {"reason": "人手不足"})
    assert ("", "重大偏差尚无负责人的措施") in said(row)


def test_two_devices_that_begin_one_have_the_same(
    tmp_path: Path, clock: time_machine.Traveller
) -> None:
    """Both open it, judge its deviations apart, and one issues it."""
    team = Team(tmp_path / "team")
    for name, role in (("lead", PROJECT_MANAGER), ("other", PROJECT_MANAGER), ("eng", ENGINEER)):
        team.admit(name, (role,))
    checks.template(team.founder.book, team.project)
    team.meet()
    clock.move_to(instant(date(2026, 11, 23), 540) / 1000)
    _, lead, other, _ = team.all
    made = lead.book.add("routine_check", WEEK, project=team.project)
    twin = other.book.add("routine_check", WEEK, project=team.project)
    assert made.id == twin.id
    rows = [row.id for row in deviations(lead.book, made)]
    assert rows == [row.id for row in deviations(other.book, twin)]
    for row in rows:
        lead.book.move(row, "none")
    lead.book.move(made.id, "issue", {"conclusion": "无偏差"})
    other.book.move(rows[0], "minor", {"reason": "人手不足"})
    team.meet()
    for one in team.all:
        (fact,) = [
            f.text
            for f in facts.facts_of(one.book, one.get(made.id), StateView(one.book.store))
            if "改过" in f.text
        ]
        assert fact
    assert len({one.digest() for one in team.all}) == 1
    team.close()
