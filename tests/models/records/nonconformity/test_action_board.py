"""The board of actions: lanes by step and by owner, the overdue first, counted by the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.nonconformity import action_board, reminders
from models.records.nonconformity.action_board import ActionLane, by_owner, by_step
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.storage import rows
from sync.apply.open_book import open_book
from tests.bench import actions
from tests.bench.counted_work import Meter
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


MANY = 3_000


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of very many actions in every state."""
    home = tmp_path_factory.mktemp("many") / "book"
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False):
        actions.fill(home, MANY)
    return home


def test_of_many_the_first_are_those_of_the_whole_order(crowded: Path) -> None:
    workspace = open_book(crowded)
    book = workspace.book
    with workspace.store.write():
        db = workspace.store.db
        db.execute_sql("UPDATE corrective_action SET due=NULL, check_on=NULL WHERE n % 7=0")
    every = rows.fetch(book.store, CorrectiveAction, "WHERE void IS NULL")
    today = book.today.isoformat()

    def day(one: CorrectiveAction) -> str:
        due = one.kind.due_in(one.state)
        return str(getattr(one, due) or "") if due else ""

    for lane in by_step(book, [one.id for one in all_projects(book.store)]):
        late = lane.name == "late"
        states = {"late": None, "open": ("proposed", "assigned", "working")}
        of = states.get(lane.name, (lane.name,))
        found = [
            one
            for one in every
            if not one.kind.state(one.state).ended
            and (of is None or one.state in of)
            and late == ("" < day(one) < today)
        ]
        found.sort(key=lambda one: (not day(one), day(one), one.n))
        assert lane.total == len(found), lane.name
        assert [one.id for one in lane.actions] == [one.id for one in found[: action_board.MOST]]
    workspace.close()


def test_of_many_only_counting_looks_at_all(crowded: Path) -> None:
    meter = Meter()
    with meter.on():
        workspace = open_book(crowded)
        projects = [one.id for one in all_projects(workspace.store)]
        meter.taken()
        by_step(workspace.book, projects)
        assert meter.taken() < 25 * MANY, "the first of each lane are found without reading it"
        list(reminders.overdue(workspace.book))
        assert meter.taken() < 5 * MANY
    workspace.close()
