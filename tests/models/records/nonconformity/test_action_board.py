"""The board of actions: lanes by step and by owner, the overdue first, counted by the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.nonconformity import action_board
from models.records.nonconformity.action_board import ActionLane, by_owner, by_step
from tests.support.corrective_actions import action, done, working
from tests.support.staff import Staff, attach


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False) as traveller:
        yield traveller


def told(lanes: list[ActionLane]) -> list[tuple[str, int, int, list[str]]]:
    """Name, total, overdue, subjects of each lane."""
    return [
        (lane.name, lane.total, lane.late, [str(one.subject) for one in lane.actions])
        for lane in lanes
    ]


@pytest.fixture
def every(staff: Staff, project: str, clock: time_machine.Traveller) -> dict[str, str]:
    """One in each step, and two that are overdue; the id of each by its subject."""
    made = {}
    for subject, due in (("late", "2026-11-19"), ("later", "2026-11-18"), ("soon", "2026-12-11")):
        made[subject] = working(staff, project, subject=subject, due=due).id
    made["free"] = action(staff.manager, project, subject="free").id
    for subject in ("check", "sign", "closed", "back"):
        made[subject] = done(staff, project, subject=subject, sort="correction", risk=None).id
    for subject in ("sign", "closed"):
        staff.quality.move(made[subject], "verify", {"effect": "三周没有再发生"})
    staff.office.move(made["closed"], "sign", {"opinion": "同意"})
    staff.office.move(made["back"], "send_back", {"due": "2026-12-18"}, comment="照片看不清")
    clock.move_to(instant(date(2026, 11, 21), 540) / 1000)
    return made


def test_each_is_in_the_lane_of_its_step(staff: Staff, project: str, every: dict[str, str]) -> None:
    assert told(by_step(staff.office, [project])) == [
        ("late", 3, 3, ["later", "late", "check"]),
        ("verified", 1, 0, ["sign"]),
        ("returned", 1, 0, ["back"]),
        ("open", 2, 0, ["soon", "free"]),
    ]


def test_each_is_in_the_lane_of_its_owner(
    staff: Staff, project: str, every: dict[str, str]
) -> None:
    staff.manager.edit(every["soon"], {"owner": staff.colleague.me})
    assert told(by_owner(staff.office, [project])) == [
        ("", 1, 0, ["free"]),
        (staff.engineer.me, 5, 3, ["later", "late", "check", "back", "sign"]),
        (staff.colleague.me, 1, 0, ["soon"]),
    ]


def test_what_is_not_listed_is_counted(
    staff: Staff, project: str, every: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = by_step(staff.office, [project], {"late": 1})[0]
    assert (first.total, first.late, len(first.actions)) == (3, 3, 1)
    monkeypatch.setattr(action_board, "ALTOGETHER", 4)  # for two owners
    monkeypatch.setattr(action_board, "LEAST", 1)
    owners = by_owner(staff.office, [project])
    assert [(lane.total, len(lane.actions)) for lane in owners] == [(1, 1), (6, 2)]
    more = by_owner(staff.office, [project], {staff.engineer.me: 5})[1]
    assert len(more.actions) == 5


def test_void_ones_and_other_projects_are_left_out(
    staff: Staff, project: str, every: dict[str, str]
) -> None:
    staff.manager.void(every["late"], "重复")
    assert sum(lane.total for lane in by_step(staff.office, [project])) == 6
    assert by_step(staff.office, []) == []


@pytest.mark.parametrize("reader", ["office", "quality", "manager"])
def test_those_of_the_company_are_the_offices_and_qualitys(
    staff: Staff, project: str, reader: str
) -> None:
    action(staff.quality, None, staff.engineer.me)
    found = by_owner(getattr(staff, reader), [project])
    assert len(found) == (reader != "manager")


def test_it_reads_its_index_alone(book: Book) -> None:
    sql = (
        "EXPLAIN QUERY PLAN SELECT owner, COUNT(*), TOTAL(due < ?) FROM corrective_action"
        " WHERE state=? AND void IS NULL AND (+project IN (?)) GROUP BY owner"
    )
    plan = [str(row[3]) for row in book.store.rows(sql, ("2026-11-20", "done", "p"))]
    assert len(plan) == 1 and "COVERING INDEX" in plan[0], plan


def test_sent_back_by_the_office_it_is_the_owners_again(staff: Staff, project: str) -> None:
    made = working(staff, project)
    staff.office.move(made.id, "send_back", {"due": "2026-12-18"}, comment="先停下")
    assert told(by_step(staff.engineer, [project]))[0][0] == "returned"
    file = attach(staff.engineer, made.id)
    staff.engineer.move(made.id, "plan")
    staff.engineer.move(made.id, "finish", {"outcome": "已做", "evidence": file})
    assert [lane.name for lane in by_step(staff.quality, [project])] == ["done"]
