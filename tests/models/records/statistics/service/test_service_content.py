"""Content: the quarter as plain data that comes back the same and fits no other report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import compiled
from models.records.statistics.service.service_content import REPORT, compile_report
from models.records.statistics.service.service_report import ServiceReport
from models.schema.record import Record
from models.text.words import Refused
from tests.support.corrective_actions import action
from tests.support.quarterly_checks import answered, check
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The second Wednesday of a quarter."""
    with time_machine.travel(instant(date(2026, 10, 14), 540) / 1000, tick=False):
        yield


@pytest.fixture
def made(staff: Staff, project: str) -> Record:
    """A report of a quarter with a little of everything."""
    raised = {"phenomenon": "主干中断", "severity": "high"}
    staff.engineer.add("escalation", raised, project=project)
    action(staff.manager, project)
    one = check(staff.manager, project)
    answered(staff.manager, one)
    found = staff.manager.store.row("SELECT id FROM service_report")
    assert found is not None
    return staff.manager.get(str(found[0]))


def test_it_is_packed_and_comes_back_the_same(staff: Staff, made: Record) -> None:
    assert isinstance(made, ServiceReport)
    data = compile_report(staff.manager, made)
    assert compiled.unpack(REPORT, compiled.pack(REPORT, data), made.id) == data
    assert [one.values["phenomenon"] for one in data.faults] == ["主干中断"]
    assert [one.week for one in data.weeks] == ["2026-W40", "2026-W41", "2026-W42"]
    assert data.weeks[-1].opened == 1 and data.weeks[-1].open == 1
    assert [one.values["part"] for one in data.parts] == ["光模块"]
    assert len(data.questions) == 6 and len(data.actions) == 1
    other = data._replace(quarter="2026-Q3")
    with pytest.raises(ValueError, match="of another record"):
        compiled.unpack(REPORT, compiled.pack(REPORT, other), made.id)


def test_it_names_what_a_conflict_in_would_refuse(staff: Staff, made: Record) -> None:
    data = compile_report(staff.manager, made)  # type: ignore[arg-type]
    named = {type: len(ids) for type, ids in REPORT.sources(data).items()}
    assert named == {"escalation": 1, "corrective_action": 1}


def test_a_quarter_that_is_none_is_refused(staff: Staff, made: Record) -> None:
    made.quarter = "2026-Q9"  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="不是一个季度"):
        compile_report(staff.manager, made)  # type: ignore[arg-type]


def test_a_project_that_is_not_here_is_named(staff: Staff, made: Record) -> None:
    made.project = "elsewhere"
    with pytest.raises(Refused, match="不在本机"):
        compile_report(staff.manager, made)  # type: ignore[arg-type]
