"""Trainings: ordered, held with who was there, evaluated after some months by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.schema.record import Record
from tests.support.irregular_services import corrected, held, training
from tests.support.staff import Staff, no_add, no_move


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service(clock: time_machine.Traveller, staff: Staff, project: str) -> Record:
    return corrected(staff, project)


@pytest.mark.shows("Q-532b", 40)
def test_it_is_held_with_somebody_there(staff: Staff, service: Record, project: str) -> None:
    values = {"subject": "工作票", "organiser": staff.manager.me, "contents": "开票"}
    made = staff.department.add("training", values, project=project)
    said = no_move(staff.manager, made.id, "hold", held_on="2026-11-20", trainer="韩经理")
    assert "参训记录" in said
    person = {"training": made.id, "person": staff.engineer.me, "score": "85", "passed": True}
    staff.manager.add("trainee", person)
    done = staff.manager.move(made.id, "hold", {"held_on": "2026-11-20", "trainer": "韩经理"})
    assert done.state == "trained"
    assert done.values()["check_on"] == "2027-02-22"  # three months later is a Saturday


def test_the_effect_is_evaluated_on_its_day_by_somebody_else(
    staff: Staff, service: Record, clock: time_machine.Traveller
) -> None:
    made = held(staff, service, who=staff.engineer.me, check_months=1)
    assert "2026-12-21" in no_move(staff.quality, made.id, "verify", effect="未再发生")
    clock.move_to(instant(date(2026, 12, 21), 540) / 1000)
    assert "效果评定" in no_move(staff.quality, made.id, "verify")
    assert staff.quality.move(made.id, "verify", {"effect": "未再发生"}).state == "effective"


def test_without_effect_it_is_repeated(staff: Staff, service: Record) -> None:
    made = held(staff, service, who=staff.engineer.me)
    failed = staff.department.move(made.id, "fail", {"due": "2026-12-11"}, comment="考核不合格")
    assert failed.state == "again"
    again = staff.manager.move(made.id, "hold", {"held_on": "2026-12-01", "trainer": "韩经理"})
    assert again.state == "trained"


def test_who_attends_reads_it_and_writes_nothing(staff: Staff, service: Record) -> None:
    made = training(staff, service, who=staff.engineer.me)
    row = {"training": made.id, "person": staff.engineer.me}
    assert no_add(staff.colleague, "trainee", row)
