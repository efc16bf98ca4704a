"""Witness statements: asked for by quality, given by the witness, and nobody else's to change."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support import incidents
from tests.support.staff import Staff, no_add, no_edit, no_move

SAW = {"statement": "我在机柜旁，看到两路电源先后断开。"}


@pytest.fixture
def asked(staff: Staff, project: str) -> Record:
    """A colleague, asked about an incident that is being handled."""
    incident = incidents.levelled(staff, project)
    values = {"incident": incident.id, "witness": staff.colleague.me, "question": "当时在场者"}
    return staff.quality.add("witness_statement", values, project=project)


def test_the_witness_states_it_and_nobody_for_them(staff: Staff, asked: Record) -> None:
    assert "需要角色" in no_move(staff.engineer, asked.id, "give", **SAW)
    assert "需要角色" in no_move(staff.quality, asked.id, "give", **SAW)
    assert "陈述" in no_move(staff.colleague, asked.id, "give")
    made = staff.colleague.move(asked.id, "give", SAW)
    assert (made.state, made.values()["statement"]) == ("given", SAW["statement"])
    assert made.values()["stated_at"] is not None
    assert "不能修改" in no_edit(staff.quality, asked.id, question="改")


def test_it_is_asked_again_or_taken_down_with_a_reason(staff: Staff, asked: Record) -> None:
    staff.colleague.move(asked.id, "give", SAW)
    assert "需要角色" in no_move(staff.colleague, asked.id, "ask_again")
    assert "需要写明理由" in no_move(staff.quality, asked.id, "ask_again")
    staff.quality.move(asked.id, "ask_again", comment="时间未说明")
    assert "需要写明理由" in no_move(staff.department, asked.id, "take_down", **SAW)
    done = staff.department.move(asked.id, "take_down", SAW, comment="电话口述")
    assert done.state == "given"


def test_only_those_who_read_it_ask_for_one(staff: Staff, asked: Record, project: str) -> None:
    values = {"incident": asked.values()["incident"], "witness": staff.desk.me}
    assert no_add(staff.engineer, "witness_statement", values, project)
