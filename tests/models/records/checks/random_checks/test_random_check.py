"""Random checks: against the norms, issued by the department manager."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.rows import child_rows
from models.calendar.business_dates import instant
from models.records.checks.random_checks.random_finding import RandomFinding
from models.records.common import follow_ups
from models.schema.record import Record
from tests.support.random_checks import draw, furnished
from tests.support.staff import Staff, no_edit, no_move


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False):
        yield


def begun(staff: Staff, project: str) -> tuple[Record, list[Record]]:
    """A check with its findings."""
    furnished(staff.manager, project)
    made = draw(staff.department, project)
    staff.department.move(made.id, "begin")
    row = staff.department.store.row("SELECT id FROM random_check")
    assert row is not None
    check = staff.department.get(str(row[0]))
    return check, child_rows.rows_of(staff.department.store, check, RandomFinding)


def test_it_opens_with_the_draw_and_the_norms(staff: Staff, project: str) -> None:
    check, rows = begun(staff, project)
    values = check.values()
    assert (values["site"], values["person"]) == (values["drawn_site"], values["drawn_person"])
    assert values["day"] == "2026-11-20" and values["drawn_at"]
    assert [(row.values()["norm"], row.values()["expected"]) for row in rows] == [
        *(("佩戴工牌", "全员佩戴"), ("客户签字", None))
    ]


@pytest.mark.shows("Q-513")
def test_it_is_issued_when_every_norm_was_looked_at(staff: Staff, project: str) -> None:
    check, rows = begun(staff, project)
    said = {"service": "季度巡检", "conclusion": "符合"}
    assert "待检查" in no_move(staff.department, check.id, "issue", **said)
    for row in rows:
        assert "角色" in no_move(staff.engineer, row.id, "conforms")
        staff.department.move(row.id, "conforms")
    assert "检查的服务" in no_move(staff.department, check.id, "issue", conclusion="符合")
    moved = staff.department.move(check.id, "issue", said)
    assert moved.state == "issued" and "不能修改" in no_edit(
        staff.department, check.id, service="x"
    )


@pytest.mark.shows("Q-513", 21)
@pytest.mark.parametrize("to", ["corrective_action", "irregular_service"])
def test_what_does_not_conform_is_in_somebodys_charge_first(
    staff: Staff, project: str, to: str
) -> None:
    check, rows = begun(staff, project)
    assert "说明" in no_move(staff.department, rows[0].id, "fails")
    staff.department.move(rows[0].id, "fails", {"reading": "两人未戴", "remark": "现场指出"})
    staff.department.move(rows[1].id, "na", {"remark": "本次无需签字"})
    said = {"service": "季度巡检", "conclusion": "一项不符合"}
    assert "没有负责人" in no_move(staff.department, check.id, "issue", **said)
    values = follow_ups.values(staff.department, staff.department.get(rows[0].id), to)
    more = {"owner": staff.engineer.me} if to == "corrective_action" else {}
    made = staff.department.add(to, {**values, **more}, project=project)
    assert made.values()["source"] == rows[0].id
    assert staff.department.move(check.id, "issue", said).state == "issued"


def test_an_issued_one_is_revised_with_a_reason(staff: Staff, project: str) -> None:
    check, rows = begun(staff, project)
    for row in rows:
        staff.department.move(row.id, "conforms")
    staff.department.move(check.id, "issue", {"service": "巡检", "conclusion": "符合"})
    assert "理由" in no_move(staff.department, check.id, "revise")
    assert staff.department.move(check.id, "revise", comment="漏看一项").state == "draft"
