"""Rules of witness statements: not of a closed incident, not by a person concerned."""

from __future__ import annotations

from tests.support import incidents
from tests.support.staff import Staff, no_add


def test_whom_a_file_is_about_is_no_witness(staff: Staff, project: str) -> None:
    incident = incidents.levelled(staff, project)
    file = incidents.file_of(staff.quality, incident, staff.engineer.me)
    values = {"incident": incident.id, "witness": staff.engineer.me}
    assert file.number in no_add(staff.quality, "witness_statement", values, project)
    assert staff.quality.add(
        "witness_statement", {**values, "witness": staff.colleague.me}, project=project
    )


def test_a_closed_incident_asks_nobody(staff: Staff, project: str) -> None:
    incident = incidents.reviewed(staff, project)
    incidents.final(staff, incident)
    staff.quality.move(incident.id, "close", {"no_actions": "已有标识，仅提醒"})
    values = {"incident": incident.id, "witness": staff.colleague.me}
    assert "已结案" in no_add(staff.quality, "witness_statement", values, project)
