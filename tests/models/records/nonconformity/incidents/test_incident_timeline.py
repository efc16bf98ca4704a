"""The timeline: to the minute, from the incident, its events and the records that they name."""

from __future__ import annotations

import pytest

from models.records.nonconformity.incidents import incident_timeline
from models.records.nonconformity.incidents.incident import Incident
from tests.support import incidents
from tests.support.incidents import BEGAN, FOUND, RESTORED
from tests.support.staff import Staff

MINUTE = 60_000


def told(staff: Staff, id: str) -> list[tuple[int, str, str]]:
    """(minutes since it began, sort, text) of each point."""
    incident = staff.engineer.get(id)
    assert isinstance(incident, Incident)
    points = incident_timeline.points(staff.engineer, incident)
    return [((one.at - BEGAN) // MINUTE, one.sort, one.text) for one in points]


@pytest.mark.shows(47)
def test_it_is_in_order_from_all_that_is_linked(staff: Staff, project: str) -> None:
    fix = staff.engineer.add(
        "fix", {"phenomenon": "核心交换机停机"}, project=project, occurred=BEGAN + MINUTE
    )
    values = {"phenomenon": "备机也不启动"}
    raised = staff.engineer.add("escalation", values, project=project, occurred=BEGAN + 30 * MINUTE)
    made = incidents.noted(staff.engineer, project, source=fix.id, restored_at=RESTORED)
    event = {"incident": made.id, "happened_at": BEGAN + 20 * MINUTE, "what": "客户启用备用线路"}
    staff.colleague.add("incident_event", event)
    event |= {"happened_at": BEGAN + 40 * MINUTE, "what": "请厂家支援", "record": raised.id}
    staff.engineer.add("incident_event", event)
    assert told(staff, made.id) == [
        (0, "time", "事故开始"),
        (1, "record", "现场处置：核心交换机停机"),
        (12, "time", "事故发现"),
        (20, "event", "客户启用备用线路"),
        (30, "record", "问题升级：备机也不启动"),
        (40, "event", "请厂家支援"),
        (270, "time", "业务恢复"),
    ]
    assert (RESTORED - FOUND) // MINUTE == 258


def test_the_escalation_of_its_fix_is_told_too(staff: Staff, project: str) -> None:
    values = {"phenomenon": "停机", "correction": "重启", "cause": "误断电"}
    fix = staff.engineer.add("fix", values, project=project)
    given = {"reason_kind": "complex", "severity": "high"}
    staff.engineer.move(fix.id, "escalate", given, comment="备机不启动")
    made = incidents.noted(staff.engineer, project, source=fix.id)
    texts = [text for _, _, text in told(staff, made.id)]
    assert "问题升级：停机" in texts and "现场处置：升级" in texts


def test_reporting_and_levelling_are_told_and_no_file_is(staff: Staff, project: str) -> None:
    incident = incidents.levelled(staff, project)
    file = incidents.final(staff, incident)
    staff.manager.add("corrective_action", {"subject": "补标识", "source": incident.id})
    incident = staff.quality.get(incident.id)
    assert isinstance(incident, Incident)
    points = incident_timeline.points(staff.quality, incident)
    assert [one.text for one in points if one.sort == "own"] == ["上报", "确定级别"]
    assert all(one.record != file.id and one.sort != "record" for one in points)


def test_a_void_event_is_not_told(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    event = {"incident": made.id, "happened_at": BEGAN, "what": "写错了"}
    staff.engineer.void(staff.engineer.add("incident_event", event).id, "重复")
    assert "写错了" not in [text for _, _, text in told(staff, made.id)]
