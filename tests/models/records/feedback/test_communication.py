"""Communication: the manual's channels and forms, planned and held."""

from __future__ import annotations

import pytest

from models.records.feedback.communication import CHANNELS, FORMS
from models.schema.record import Record
from tests.support.staff import Staff, no_edit, no_move

HELD = {"form": "on_site", "with_whom": "郁主任", "topics": "季度情况", "agreed": "增加一次巡检"}


@pytest.fixture
def planned(staff: Staff, project: str) -> Record:
    """A contact that the manager planned."""
    values = {"subject": "季度沟通", "channel": "service_report", "due": "2026-12-10"}
    return staff.manager.add("communication", values, project=project)


def test_channels_and_forms_are_those_of_the_manual() -> None:
    assert [zh for _, zh, _ in CHANNELS] == [
        *("高层主动沟通", "项目服务报告", "服务台", "客户投诉管理", "客户满意度调查")
    ]
    assert [zh for _, zh, _ in FORMS] == ["电话", "邮件", "现场会议", "电话会议", "网络会议"]


def test_what_was_held_says_with_whom_and_what_was_agreed(staff: Staff, planned: Record) -> None:
    assert planned.values()["contact"] == staff.manager.me
    why = no_move(staff.manager, planned.id, "hold")
    for name in ("沟通形式", "沟通日期", "对方人员", "沟通内容", "商定事项"):
        assert name in why
    day = staff.manager.today.isoformat()
    held = staff.manager.move(planned.id, "hold", {**HELD, "held_on": day})
    assert held.state == "held"


def test_it_is_cancelled_with_a_reason(staff: Staff, planned: Record) -> None:
    assert "理由" in no_move(staff.manager, planned.id, "cancel")
    assert "需要角色" in no_move(staff.engineer, planned.id, "cancel")
    staff.desk.move(planned.id, "cancel", comment="客户出差")
    assert "不能修改" in no_edit(staff.manager, planned.id, place="x")
    assert staff.manager.move(planned.id, "reopen", comment="改期").state == "planned"
