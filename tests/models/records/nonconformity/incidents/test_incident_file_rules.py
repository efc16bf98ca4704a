"""Rules of responsibility files: parties, oneself, the office, subcontractors, time to appeal."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.book import rules
from models.calendar.business_dates import instant
from models.schema.record import Record
from tests.support import incidents
from tests.support.incidents import DECIDED, PROPOSED
from tests.support.staff import Staff, no_add, no_edit, no_move

CONTRACT = {**PROPOSED, "penalty": "contract", "basis": "contract", "clause": "第 9.2 条"}


@pytest.fixture
def incident(staff: Staff, project: str) -> Record:
    """One that is being handled."""
    return incidents.levelled(staff, project)


@pytest.fixture
def provider(staff: Staff) -> Record:
    """A subcontractor with its contract."""
    return staff.quality.add("provider", {"name": "昆仑弱电", "contract_no": "WB-2026-07"})


def test_a_file_is_about_one_party(staff: Staff, incident: Record, provider: Record) -> None:
    values = {"incident": incident.id, "duty": "main", "concerned": staff.engineer.me}
    both = {**values, "provider": provider.id}
    assert "只写一方" in no_add(staff.quality, "incident_file", both, incident.project)
    nobody = {"incident": incident.id, "duty": "main"}
    assert "责任人" in no_add(staff.quality, "incident_file", nobody, incident.project)
    wrong = {**values, "duty": "provider"}
    assert "提供商" in no_add(staff.quality, "incident_file", wrong, incident.project)
    made = staff.quality.add("incident_file", values, project=incident.project)
    again = staff.office.find(made.id)
    assert again is not None
    assert "提供商" in no_edit(staff.quality, made.id, duty="provider")


def test_two_people_of_one_incident_have_a_file_each(staff: Staff, incident: Record) -> None:
    one = incidents.file_of(staff.quality, incident, staff.engineer.me)
    other = incidents.file_of(staff.quality, incident, staff.manager.me, duty="management")
    assert one.id != other.id and staff.quality.space_of(one) != staff.quality.space_of(other)


def test_a_closed_incident_gets_no_more_files(staff: Staff, project: str) -> None:
    incident = incidents.reviewed(staff, project)
    incidents.final(staff, incident)
    incident = staff.quality.move(incident.id, "close", {"no_actions": "已退役"})
    values = {"incident": incident.id, "duty": "main", "concerned": staff.colleague.me}
    assert "已结案" in no_add(staff.quality, "incident_file", values, incident.project)


def test_quality_does_not_propose_about_themselves(staff: Staff, incident: Record) -> None:
    file = incidents.file_of(staff.department, incident, staff.quality.me)
    staff.quality.move(file.id, "explain", {"statement": "漏检"})
    assert "您本人" in no_move(staff.quality, file.id, "propose", **PROPOSED)


def test_a_managers_responsibility_is_decided_by_the_office(staff: Staff, incident: Record) -> None:
    file = incidents.file_of(staff.quality, incident, staff.manager.me, duty="management")
    staff.manager.move(file.id, "explain", {"statement": "没有安排监护"})
    staff.quality.move(file.id, "propose", PROPOSED)
    assert "总经部" in no_move(staff.department, file.id, "give_decision", **DECIDED)
    assert staff.office.move(file.id, "give_decision", DECIDED).state == "decided"


def test_a_subcontractor_by_its_contract(staff: Staff, incident: Record, provider: Record) -> None:
    file = incidents.file_of(staff.quality, incident, provider=provider.id)
    given = {"statement": "来函承认"}
    assert "理由" in no_move(staff.quality, file.id, "record_statement", **given)
    file = staff.quality.move(file.id, "record_statement", given, comment="2026-11-23 来函")
    offered = rules.proposed_values(staff.quality, file, "propose")
    assert offered == {"basis": "contract", "clause": "WB-2026-07"}
    dismissed = {**CONTRACT, "penalty": "dismissal"}
    assert "不适用" in no_move(staff.quality, file.id, "propose", **dismissed)
    staff.quality.move(file.id, "propose", {**CONTRACT, "amount": "CNY 5000"})
    staff.department.move(file.id, "give_decision", DECIDED)
    done = staff.quality.move(file.id, "appeal", {"appeal": "来函：金额过高"})
    assert done.state == "appealed"
    assert staff.office.move(file.id, "uphold", {"answer": "按合同执行"}).state == "final"


def test_only_the_person_appeals_and_in_time(staff: Staff, incident: Record) -> None:
    file = incidents.decided(staff, incident, appeal_until="2099-01-05")
    assert "本人提出" in no_move(staff.quality, file.id, "appeal", appeal="代为申诉")
    assert "2099-01-05" in no_move(staff.quality, file.id, "take_effect")
    with time_machine.travel(instant(date(2099, 1, 6), 540) / 1000):
        assert "2099-01-05" in no_move(staff.engineer, file.id, "appeal", appeal="过重")
        assert staff.quality.move(file.id, "take_effect").state == "final"


def test_the_time_to_appeal_is_proposed_and_not_past(staff: Staff, project: str) -> None:
    with time_machine.travel(instant(incidents.DAY, 540) / 1000):
        file = incidents.proposed(staff, incidents.levelled(staff, project))
        offered = rules.proposed_values(staff.department, file, "give_decision")
        assert offered == {"appeal_until": "2026-11-27"}
        past = {**DECIDED, "appeal_until": "2026-11-19"}
        assert "已经过去" in no_move(staff.department, file.id, "give_decision", **past)


def test_a_talk_costs_nothing(staff: Staff, incident: Record) -> None:
    file = incidents.file_of(staff.quality, incident, staff.engineer.me)
    staff.engineer.move(file.id, "explain", {"statement": "标识看不清"})
    paid = {**PROPOSED, "penalty": "performance", "amount": "CNY 500"}
    assert "没有金额" in no_move(staff.quality, file.id, "propose", **{**paid, "penalty": "talk"})
    staff.quality.move(file.id, "propose", paid)
    staff.department.move(file.id, "give_decision", DECIDED)
    staff.engineer.move(file.id, "appeal", {"appeal": "过重"})
    less = {"answer": "减轻", "penalty": "talk", "clause": "第 9 条"}
    assert "没有金额" in no_move(staff.office, file.id, "amend", **less)
    done = staff.office.move(file.id, "amend", {**less, "amount": None})
    assert done.values()["amount"] is None
