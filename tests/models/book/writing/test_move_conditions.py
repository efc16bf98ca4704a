"""Move conditions: what bars a person, days out of time, the worst row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.book.writing import move_conditions
from models.records.checks.routine.routine_rules import deviations
from models.schema.record import Record
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import incidents
from tests.support.staff import Staff

DAY = date(2026, 11, 20)


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


def _why(
    staff: Staff, book_of: str, file: Record, move: str, today: date = DAY, **values: Any
) -> Refused | None:
    book = getattr(staff, book_of)
    chosen = file.kind.by_move[move]
    return move_conditions.hindrance(book.people, book.me, file, chosen, values, today)


def test_who_it_is_about_and_who_lacks_the_role_is_barred(staff: Staff, project: str) -> None:
    incident = incidents.levelled(staff, project)
    file = incidents.file_of(staff.quality, incident, staff.manager.me, duty="management")
    assert _why(staff, "quality", file, "propose") is None
    own = incidents.file_of(staff.department, incident, staff.quality.me)
    assert "您本人" in str(_why(staff, "quality", own, "propose"))
    assert "总经部" in str(_why(staff, "department", file, "give_decision"))
    assert _why(staff, "office", file, "give_decision") is None
    assert _why(staff, "department", file, "give_decision", duty="main") is None


def test_days_bind_and_what_the_move_asks_for_may_still_change(staff: Staff, project: str) -> None:
    file = incidents.decided(staff, incidents.levelled(staff, project))
    late = date(2099, 1, 6)
    assert "2099-01-05" in str(_why(staff, "engineer", file, "appeal", late))
    assert _why(staff, "engineer", file, "appeal", date(2099, 1, 5)) is None
    assert "2099-01-05" in str(_why(staff, "quality", file, "take_effect", date(2099, 1, 5)))
    assert _why(staff, "quality", file, "take_effect", late) is None
    give = file.kind.by_move["give_decision"]
    office = staff.office
    assert _why(staff, "office", file, "give_decision", late) is not None
    assert move_conditions.open_to(office.people, office.me, file, give, late) is None


def test_the_worst_row_in_use_fills_the_verdict(staff: Staff, project: str) -> None:
    values = {"first": "2026-11-16", "last": "2026-11-19"}
    check = staff.manager.add("routine_check", values, project=project)
    issue = check.kind.by_move["issue"]

    def verdict() -> str:
        return move_conditions.verdicts(staff.manager.store, check, issue)["verdict"]

    for id in [row.id for row in deviations(staff.manager, check)]:
        staff.manager.void(id, "另查")
    assert verdict() == "none"
    row = staff.manager.add(
        "routine_deviation", {"check": check.id, "subject": "缺签字"}, project=project
    )
    staff.manager.move(row.id, "minor", {"reason": "补签"})
    assert verdict() == "minor"
    staff.manager.void(row.id, "重复")
    assert verdict() == "none"
