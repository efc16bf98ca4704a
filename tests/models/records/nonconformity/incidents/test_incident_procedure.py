"""The procedure as shipped: a step for each open state, and the version an incident follows."""

from __future__ import annotations

from models.book.tables import procedures
from models.records.nonconformity.incidents.incident import Incident
from models.records.nonconformity.incidents.incident_procedure import HANDLING
from models.schema.company_tables import procedures as shipped
from tests.support import incidents
from tests.support.staff import Staff


def test_every_open_state_has_its_step() -> None:
    stages = {step.stage for step in shipped[HANDLING].steps}
    assert stages == {state.name for state in Incident.kind.states if not state.ended}


def test_an_incident_follows_the_version_of_its_day(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    found = procedures.followed(staff.engineer.store, made)
    assert found is not None and (found.version, found.days("investigated")) == (0, 5)
