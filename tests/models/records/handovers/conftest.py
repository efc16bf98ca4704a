"""A project with an engineer who has work, and a colleague who may take it over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.corrective_actions import action
from tests.support.open_items import on
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Friday morning; a test moves it."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000) as traveller:
        yield traveller


@pytest.fixture
def staff(clock: time_machine.Traveller, workspace: Workspace) -> Staff:
    """One person for each role, two engineers."""
    on(clock, date(2026, 11, 20))
    return Staff(workspace)


@pytest.fixture
def work(staff: Staff, project: str) -> dict[str, Any]:
    """A fix, an action and a promise of the engineer; ids by what they are."""
    contact = staff.desk.add("communication", {"subject": "月度例会"}, project=project)
    promise = {"communication": contact.id, "text": "补一份台账", "due": "2026-11-27"}
    return {
        "fix": staff.engineer.add("fix", {"phenomenon": "风扇异响"}, project=project).id,
        "action": action(staff.manager, project, staff.engineer.me, due="2026-12-01").id,
        "promise": staff.desk.add(
            "promise", {**promise, "owner": staff.engineer.me}, project=project
        ).id,
        "other": staff.colleague.add("fix", {"phenomenon": "别人的"}, project=project).id,
    }


@pytest.fixture
def handover(staff: Staff, project: str, work: dict[str, Any]) -> Record:
    """The engineer's hand-over to the colleague for a week, still a draft."""
    values = {"what": "年休假期间的驻场工作", "receiver": staff.colleague.me, "reason": "leave"}
    period = {"first": "2026-11-23", "until": "2026-11-29"}
    made = staff.engineer.add("handover", {**values, **period}, project=project)
    return staff.engineer.move(made.id, "fill")
