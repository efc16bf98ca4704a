"""Fixes: corrected and verified on site, closed with a cause, or escalated."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.escalations import ESCALATED
from tests.support.staff import Staff, no_edit, no_move

VERIFIED = ("verify_method", "verify_result", "verified_at", "verified_by")


@pytest.fixture
def fix(staff: Staff, project: str) -> Record:
    """A problem that an engineer found."""
    return staff.engineer.add("fix", {"phenomenon": "UPS 切旁路"}, project=project)


def test_a_correction_is_reported_with_its_time_and_person(staff: Staff, fix: Record) -> None:
    assert "解决措施" in no_move(staff.engineer, fix.id, "fix")
    moved = staff.colleague.move(fix.id, "fix", {"correction": "更换电池"})
    assert moved.state == "fixed" and moved.values()["fixed_by"] == staff.colleague.me
    assert moved.values()["fixed_at"]


@pytest.mark.shows(29)
def test_a_failed_verification_opens_it_again(staff: Staff, fix: Record) -> None:
    staff.engineer.move(fix.id, "fix", {"correction": "更换电池"})
    assert "理由" in no_move(staff.engineer, fix.id, "fail", verify_method="放电")
    moved = staff.manager.move(fix.id, "fail", {"verify_method": "放电"}, comment="仍告警")
    assert (moved.state, moved.values()["verify_result"]) == ("open", "fails")


def test_a_verified_fix_is_closed_with_its_cause(staff: Staff, fix: Record) -> None:
    staff.engineer.move(fix.id, "fix", {"correction": "更换电池"})
    moved = staff.manager.move(fix.id, "verify", {"verify_method": "放电"})
    values = moved.values()
    assert (values["verify_result"], values["verified_by"]) == ("conforms", staff.manager.me)
    assert "原因" in no_move(staff.engineer, fix.id, "close")
    assert staff.engineer.move(fix.id, "close", {"cause": "电池老化"}).state == "closed"
    assert "不能修改" in no_edit(staff.engineer, fix.id, cause="其他")
    assert "理由" in no_move(staff.desk, fix.id, "reopen")
    assert staff.desk.move(fix.id, "reopen", comment="客户再报").state == "open"


@pytest.mark.parametrize("name", VERIFIED)
def test_what_a_verification_says_is_written_by_its_moves_only(
    staff: Staff, fix: Record, name: str
) -> None:
    value = {"verify_result": "conforms", "verified_at": 1, "verified_by": staff.engineer.me}
    assert no_edit(staff.engineer, fix.id, **{name: value.get(name, "放电")})


@pytest.mark.parametrize("fixed", [False, True])
def test_an_open_or_fixed_one_is_escalated(staff: Staff, fix: Record, fixed: bool) -> None:
    if fixed:
        staff.engineer.move(fix.id, "fix", {"correction": "复位"})
    assert staff.engineer.move(fix.id, "escalate", ESCALATED).state == "escalated"


@pytest.mark.parametrize("move", ["resolve", "again", "back"])
def test_moves_of_its_escalation_are_not_made_by_hand(staff: Staff, fix: Record, move: str) -> None:
    if move != "again":
        staff.engineer.move(fix.id, "escalate", ESCALATED)
    assert "系统" in no_move(staff.manager, fix.id, move)
