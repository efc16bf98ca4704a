"""Draws: made at birth, and known to the drawer alone until the check begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.queries.waiting import agenda
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from tests.support.random_checks import DAYS, draw, furnished
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_edit, no_move
from tests.sync.transport.ways import WAYS, carried


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False):
        yield


def test_only_a_department_manager_draws(staff: Staff, project: str) -> None:
    furnished(staff.manager, project)
    for book in (staff.engineer, staff.manager, staff.quality):
        assert "角色" in no_add(book, "random_draw", DAYS, project)
    made = draw(staff.department, project)
    assert made.state == "drawn" and all(
        made.values()[name] for name in ("site", "person", "day", "seed", "population")
    )


def test_nothing_of_it_changes(staff: Staff, project: str) -> None:
    furnished(staff.manager, project)
    made = draw(staff.department, project)
    others = {
        "seed": ("x",),
        "day": ("2026-11-24", "2026-11-25"),
        "person": (staff.colleague.me, staff.engineer.me),
    }
    for name, values in others.items():
        other = next(value for value in values if value != made.values()[name])
        assert no_edit(staff.department, made.id, **{name: other})


def test_it_waits_on_its_day_and_is_dropped_with_a_reason(staff: Staff, project: str) -> None:
    furnished(staff.manager, project)
    made = draw(staff.department, project)
    assert not [one for one in agenda.agenda(staff.department) if one.record]
    day = date.fromisoformat(str(made.values()["day"]))
    with time_machine.travel(instant(day, 540) / 1000, tick=False):
        assert [o.record.id for o in agenda.agenda(staff.department) if o.record] == [made.id]
    assert "理由" in no_move(staff.department, made.id, "drop")
    assert staff.department.move(made.id, "drop", comment="客户封网").state == "dropped"


@pytest.mark.shows(20)
@pytest.mark.parametrize("carrier", list(WAYS))
def test_nobody_else_has_a_byte_of_it_until_the_check_begins(tmp_path: Path, carrier: str) -> None:
    team = Team(tmp_path / "team")
    for name, role in (
        *(("boss", DEPARTMENT_MANAGER), ("eng", ENGINEER), ("lead", PROJECT_MANAGER)),
        *(("qa", QUALITY), ("other", DEPARTMENT_MANAGER)),
    ):
        team.admit(name, (role,))
    furnished(team.founder.book, team.project)
    (tmp_path / "between").mkdir()
    way = WAYS[carrier](tmp_path / "between")
    carried(way, *team.all)
    boss, others = team.all[1], [one for one in team.all if one is not team.all[1]]
    made = draw(boss.book, team.project)
    seed = str(made.values()["seed"])
    carried(way, *team.all)
    for one in others:
        assert one.book.find(made.id) is None
        files = [path for path in one.home.rglob("*") if path.is_file()]
        assert not any(seed.encode() in path.read_bytes() for path in files)
    boss.book.move(made.id, "begin")
    carried(way, *team.all)
    for one in others:
        rows = one.book.store.rows("SELECT seed, drawn_person FROM random_check")
        assert [tuple(row) for row in rows] == [(seed, made.values()["person"])]
        assert one.book.find(made.id) is None
    team.close()
