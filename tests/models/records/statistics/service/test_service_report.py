"""Service reports: one for a project and quarter, frozen with its numbers when submitted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.derived import compiled
from models.schema.record import Record
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_edit, no_move

QUARTER = {"quarter": "2026-Q4"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The last Monday of the year."""
    with time_machine.travel(instant(date(2026, 12, 28), 540) / 1000, tick=False):
        yield


def figure(book: Book, made: Record, name: str) -> object:
    return compiled.content(book, book.get(made.id)).data.kept[name].value


@pytest.mark.shows("Q-512", 16)
def test_its_numbers_stay_as_they_were_submitted(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_report", QUARTER, project=project)
    staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    assert figure(staff.manager, made, "service.fixes") == 1
    assert "综述" in no_move(staff.manager, made.id, "submit")
    assert "角色" in no_move(staff.engineer, made.id, "submit", summary="平稳")
    staff.manager.move(made.id, "submit", {"summary": "平稳"})
    staff.engineer.add("fix", {"phenomenon": "又一个"}, project=project)
    assert figure(staff.quality, made, "service.fixes") == 1
    assert "不能修改" in no_edit(staff.manager, made.id, summary="x")
    assert "理由" in no_move(staff.manager, made.id, "revise")
    staff.manager.move(made.id, "revise", comment="补录一起")
    assert figure(staff.manager, made, "service.fixes") == 2


def test_there_is_one_for_a_project_and_quarter(staff: Staff, project: str) -> None:
    staff.manager.add("service_report", QUARTER, project=project)
    assert "已有相同" in no_add(staff.manager, "service_report", QUARTER, project)
    assert "角色" in no_add(staff.engineer, "service_report", {"quarter": "2026-Q3"}, project)


def test_two_submit_it_with_different_numbers(tmp_path: Path) -> None:
    """Neither knew of the other: one is shown, and the conflict is told with it."""
    team = Team(tmp_path / "team")
    for name, role in (("lead", PROJECT_MANAGER), ("other", PROJECT_MANAGER), ("eng", ENGINEER)):
        team.admit(name, (role,))
    team.meet()
    _, lead, other, _ = team.all
    made = lead.book.add("service_report", QUARTER, project=team.project)
    team.meet()
    other.book.add("fix", {"phenomenon": "告警"}, project=team.project)
    lead.book.move(made.id, "submit", {"summary": "平稳"})
    other.book.move(made.id, "submit", {"summary": "平稳"})
    team.meet()
    for one in team.all:
        assert one.get(made.id).state == "submitted"
        found = compiled.content(one.book, one.get(made.id))
        assert found.fault == compiled.TWICE
    assert len({one.digest() for one in team.all}) == 1
    team.close()
