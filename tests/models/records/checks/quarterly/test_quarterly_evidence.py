"""Evidence of the checks: deliverables, spare parts, account and security checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, evidence
from tests.support import checks
from tests.support.quarterly_checks import check
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The last Monday of the year."""
    with time_machine.travel(instant(date(2026, 12, 28), 540) / 1000, tick=False) as traveller:
        yield traveller


def one(staff: Staff, project: str, question: str, place: int = 0) -> Evidence:
    quarter = Quarter(project, date(2026, 10, 1), date(2026, 12, 31))
    found = [e for e in evidence(staff.manager, question, quarter) if "周报" not in str(e.text)]
    return found[place]


def test_deliverables_that_were_due(staff: Staff, project: str) -> None:
    made = [
        staff.manager.add(
            "milestone", {"name": name, "due": due, "deliverable": what}, project=project
        ).id
        for name, due, what in (
            *(("一", "2026-10-09", "报告"), ("二", "2026-12-01", "报告")),
            *(("三", "2026-09-30", "报告"), ("四", "2026-12-02", None)),
        )
    ]
    staff.manager.move(made[0], "done")
    found = one(staff, project, "documents")
    assert (found.records, found.lacking) == ((made[0],), (made[1],))
    assert str(found.text) == "到期交付物 2 项，已完成 1 项" and found.tone == "warn"


def test_spare_parts_of_the_quarters_check(staff: Staff, project: str) -> None:
    assert one(staff, project, "spares").tone == "warn"
    made = check(staff.manager, project)
    values = {"check": made.id, "part": "光模块", "stock": 0, "safety": 2}
    row = staff.engineer.add("spare_part", {**values, "verdict": "short"})
    staff.engineer.add("spare_part", {"check": made.id, "part": "没有评估"})
    found = one(staff, project, "spares")
    assert found.records == (row.id,) and "1 种，其中 1 种不足" in str(found.text)


@pytest.mark.shows(18)
@pytest.mark.parametrize("purpose", ["accounts", "security"])
def test_checks_by_a_template_of_that_purpose(staff: Staff, project: str, purpose: str) -> None:
    item = ({"text_zh": "离职人员帐号"},)
    made = checks.template(
        staff.manager, None, item, frequency="quarterly", purpose=purpose, name_zh="抽查"
    )
    checks.template(staff.manager, None, item, name_zh="别的")
    values = {"template": made, "day": "2026-12-28", "round": 1}
    sheet = staff.engineer.add("sheet", values, project=project)
    found = one(staff, project, purpose)
    assert (found.records, found.lacking) == ((), (sheet.id,))
    (asked,) = checks.items(staff.engineer, made)
    staff.engineer.add("answer", {"sheet": sheet.id, "item": asked, "result": "ok"})
    staff.engineer.move(sheet.id, "submit")
    found = one(staff, project, purpose)
    assert (found.records, found.lacking, found.tone) == ((sheet.id,), (), "")
