"""Task generation: a year of tasks from the terms; again, it follows what the terms say now."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.calendar.year_file import fixed_days
from models.records.preparation.plans import task_generation
from models.records.registers import calendar_years
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from tests.support.replicas import Team, differences
from tests.support.service_plans import (
    approved,
    changed,
    dues,
    noon,
    plan_of,
    task,
    tasks,
    term,
    terms,
)
from tests.support.staff import Staff, no_move


@pytest.mark.shows(9)
def test_a_year_comes_of_the_terms(staff: Staff, project: str) -> None:
    book = staff.engineer
    weekly = term("机房巡检", "weekly", weekday="3", equipment_class="room")
    plan = plan_of(book, project, [weekly, term("季度报告", "quarterly")])
    book.move(plan.id, "generate")
    found = tasks(book, plan.id)
    assert len(found) == 51 + 4  # of 52 Wednesdays one lies in a week without a working day
    assert [one.due for one in found] == sorted(one.due or "" for one in found)
    first = found[0]
    assert (first.what, first.equipment_class, first.doer) == ("机房巡检", "room", book.me)
    codes = {one.code for one in found}
    assert len(codes) == len(found) and all("/2026-" in str(code) for code in codes)
    assert (first.start, first.due) == ("2026-01-05", "2026-01-07")
    assert [one.due for one in found if one.what == "季度报告"] == [
        *("2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"),
    ]


def test_without_terms_or_with_too_many_there_is_nothing(staff: Staff, project: str) -> None:
    book = staff.engineer
    assert "没有服务条款" in no_move(book, plan_of(book, project).id, "generate")
    many = plan_of(book, project, [term(f"值守 {n}", "every_day") for n in range(11)])
    assert "4015 项任务，最多 4000 项" in no_move(book, many.id, "generate")
    assert tasks(book, many.id) == []


def test_again_it_follows_the_terms_and_leaves_alone_what_people_changed(
    staff: Staff, project: str
) -> None:
    book = staff.engineer
    plan = plan_of(book, project, [term(), term("季度报告", "quarterly")])
    book.move(plan.id, "generate")
    by_hand = task(book, plan.id, "搬迁配合", "2026-05-06")
    months = [one for one in tasks(book, plan.id) if one.what == "机房巡检"]
    moved, removed, renamed = months[0], months[1], months[3]
    book.edit(moved.id, {"start": moved.start, "due": "2026-01-20"})
    book.void(removed.id, "二月停电检修")
    book.edit(renamed.id, {"what": "机房巡检（含 UPS 放电）"})
    monthly, quarterly = terms(book, plan.id)
    book.edit(
        monthly.id, {"what": "机房月检", "doer": staff.colleague.me, "first_due": "2026-01-12"}
    )
    book.void(quarterly.id, "合同未约定")
    book.move(plan.id, "generate")
    found = {one.id: one for one in tasks(book, plan.id)}
    assert removed.id not in found and found[by_hand.id].what == "搬迁配合"
    assert (found[moved.id].due, found[moved.id].what) == ("2026-01-20", "机房月检")
    assert (found[renamed.id].what, found[renamed.id].due) == (
        "机房巡检（含 UPS 放电）",
        "2026-04-13",
    )
    assert {one.doer for one in found.values() if one.id != by_hand.id} == {staff.colleague.me}
    assert not [one for one in found.values() if one.what == "季度报告"]
    # The term comes back, and with it what was only dropped.
    book.restore(quarterly.id)
    book.move(plan.id, "generate")
    again = [one for one in tasks(book, plan.id) if one.what == "季度报告"]
    assert len(again) == 4 and removed.id not in {one.id for one in tasks(book, plan.id)}


def test_a_change_leaves_alone_what_lies_behind(staff: Staff, project: str) -> None:
    with time_machine.travel(noon("2026-01-05"), tick=False) as clock:
        book = staff.engineer
        plan = plan_of(book, project, [term()])
        book.move(plan.id, "generate")
        approved(book, staff.department, plan.id)
        clock.move_to(noon("2026-06-10"))
        change = changed(book, plan.id)
        (monthly,) = terms(book, change.id)
        book.edit(monthly.id, {"doer": staff.colleague.me, "first_due": "2026-01-15"})
        book.move(change.id, "generate")
        found = tasks(book, change.id)
        assert [one.doer for one in found[:5]] == [book.me] * 5
        assert {one.doer for one in found[5:]} == {staff.colleague.me}
        assert [one.due for one in found[4:7]] == ["2026-05-29", "2026-06-15", "2026-07-15"]
        assert [one.code for one in found] == [one.code for one in tasks(book, plan.id)]


def test_a_year_announced_later_moves_the_days(book: Book, project: str) -> None:
    plan = plan_of(
        book,
        project,
        [term(weekday="1", frequency="weekly")],
        period_from="2027-01-01",
        period_to="2027-02-28",
    )
    calendar = calendar_years.calendar(book)
    assert task_generation.provisional(plan, calendar) == [2027]
    book.move(plan.id, "generate")
    before = dues(book, plan.id)
    assert "2027-02-08" in before
    moved = tasks(book, plan.id)[0]
    book.edit(moved.id, {"start": moved.start, "due": "2027-01-06"})
    days = [f"2027-02-{day:02d}" for day in range(5, 12)]
    fixed = [str(day) for day in fixed_days(2027)]
    year = [f"{day},off,yes,假日,Holiday" for day in sorted({*fixed, *days})]
    year = ["date,day,statutory,name_zh,name_en", *year, "2027-02-13,work,no,春节,Spring Festival"]
    calendar_years.put_to_use(book, "\n".join(year))
    assert task_generation.provisional(plan, calendar_years.calendar(book)) == []
    book.move(plan.id, "generate")
    after = dues(book, plan.id)
    assert after[0] == "2027-01-06"
    assert "2027-02-08" not in after and "2027-02-12" in after


def test_two_devices_that_generate_at_once_have_the_same_tasks(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "甲", "乙", roles=(ENGINEER, DEPARTMENT_MANAGER), met=True)
    _, one, other = team.all
    plan = plan_of(one.book, team.project, [term()])
    team.meet()
    one.book.move(plan.id, "generate")
    other.book.move(plan.id, "generate")
    mine = task(one.book, plan.id, "搬迁", "2026-05-06")
    theirs = task(other.book, plan.id, "割接", "2026-05-07")
    assert mine.code != theirs.code
    team.meet()
    for book in (one.book, other.book):
        assert len(tasks(book, plan.id)) == 12 + 2
        assert len({row.code for row in tasks(book, plan.id)}) == 14
        assert not list(book.store.rows("SELECT * FROM sibling"))
    assert not differences(one, other)
    team.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"frequency": 7}'])
def test_a_note_that_cannot_be_read_counts_for_nothing(book: Book, project: str, text: str) -> None:
    plan = plan_of(book, project, [term()])
    book.move(plan.id, "generate")
    (monthly,) = terms(book, plan.id)
    book.edit(monthly.id, {"generated": text})
    book.edit(monthly.id, {"what": "机房月检"})
    book.move(plan.id, "generate")
    assert len(tasks(book, plan.id)) == 12
