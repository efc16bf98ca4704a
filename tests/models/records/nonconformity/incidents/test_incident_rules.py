"""Rules of incidents: times in order, proposals, due days, what closing needs."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.book import rules
from models.calendar.business_dates import instant
from models.schema.record import Record
from tests.support import incidents
from tests.support.incidents import BEGAN, IMPACT, RESTORED
from tests.support.staff import Staff, no_add, no_edit, no_move


def test_nothing_is_restored_before_it_began(staff: Staff, project: str) -> None:
    values = {**incidents.NOTED, "restored_at": BEGAN - 60_000}
    assert "业务恢复" in no_add(staff.engineer, "incident", values, project)
    made = incidents.noted(staff.engineer, project)
    assert "事故发现" in no_edit(staff.engineer, made.id, found_at=BEGAN - 60_000)
    level = incidents.levelled(staff, project)
    early = {**incidents.CONCLUDED, "restored_at": BEGAN - 1}
    assert "业务恢复" in no_move(staff.manager, level.id, "conclude", **early)


def test_duration_and_losses_are_proposed(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project, restored_at=RESTORED)
    for item, amount in (("停产", "CNY 1500.5"), ("误工", "CNY 499.5")):
        values = {"incident": made.id, "bearer": "customer", "item": item, "amount": amount}
        staff.engineer.add("incident_loss", values)
    offered = rules.proposed_values(staff.engineer, made, "report")
    assert offered == {"hours": "4.5", "customer_loss": "CNY 2000"}


def test_the_level_of_the_rules_and_the_project_manager_are_proposed(
    staff: Staff, project: str
) -> None:
    made = incidents.reported(staff, project)
    offered = rules.proposed_values(staff.quality, made, "confirm_level")
    assert offered["level"] == "two" and offered["handler"]
    staff.engineer.edit(made.id, {"hours": "9"})  # still down: it may be written at once
    offered = rules.proposed_values(staff.quality, staff.quality.get(made.id), "confirm_level")
    assert offered["level"] == "one"


def test_each_step_sets_the_day_of_the_next(staff: Staff, project: str) -> None:
    """Monday 16 November; the procedure gives 1, 1, 5, 5 and 10 working days."""
    with time_machine.travel(instant(date(2026, 11, 16), 540) / 1000):
        made = incidents.noted(staff.engineer, project)
        assert made.values()["due"] == "2026-11-17"
        made = staff.engineer.move(made.id, "report", IMPACT)
        assert made.values()["due"] == "2026-11-17"
        given = {"level": "two", "handler": staff.manager.me}
        made = staff.quality.move(made.id, "confirm_level", given, comment="影响属实")
        assert made.values()["due"] == "2026-11-23"
        made = staff.manager.move(made.id, "conclude", incidents.CONCLUDED)
        assert made.values()["due"] == "2026-11-23"
        review = {**incidents.REVIEWED, "attendees": staff.quality.me}
        assert staff.quality.move(made.id, "review", review).values()["due"] == "2026-11-30"


@pytest.fixture
def incident(staff: Staff, project: str) -> Record:
    """One that was reviewed."""
    return incidents.reviewed(staff, project)


def test_it_is_closed_once_the_responsible_were_decided_on(staff: Staff, incident: Record) -> None:
    assert "还没有责任认定" in no_move(staff.quality, incident.id, "close")
    file = incidents.decided(staff, incident)
    assert file.number in no_move(staff.quality, incident.id, "close")
    staff.engineer.move(file.id, "consent")
    assert "纠正或预防措施" in no_move(staff.quality, incident.id, "close")
    assert "纠正或预防措施" in no_move(staff.quality, incident.id, "close", no_actions=" ")
    action = {"subject": "补全标识", "source": incident.id}
    staff.manager.add("corrective_action", action, project=incident.project)
    assert staff.quality.move(incident.id, "close").state == "closed"


def test_it_is_closed_without_actions_for_a_reason(staff: Staff, incident: Record) -> None:
    incidents.final(staff, incident)
    given = {"no_actions": "设备已退役"}
    assert staff.quality.move(incident.id, "close", given).state == "closed"
