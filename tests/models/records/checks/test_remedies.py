"""Remedies: what a finding led to, and whether anybody is in charge of it."""

from __future__ import annotations

import pytest

from models.records.checks import remedies
from models.records.common import follow_ups
from models.schema.record import Record
from models.text.words import Refused
from tests.support.staff import Staff

PERIOD = {"first": "2020-03-02", "last": "2020-03-06"}


@pytest.fixture
def row(staff: Staff, project: str) -> Record:
    check = staff.manager.add("routine_check", PERIOD, project=project)
    return staff.manager.add("routine_deviation", {"check": check.id, "subject": "路线改动"})


def test_a_remedy_without_an_owner_is_none(staff: Staff, project: str, row: Record) -> None:
    values = follow_ups.values(staff.manager, row, "corrective_action")
    made = staff.manager.add("corrective_action", values, project=project)
    store = staff.manager.store
    assert [one.id for one in remedies.remedies(store, row)] == [made.id]
    assert not remedies.owned(store, row)
    with pytest.raises(Refused, match="路线改动"):
        remedies.require(store, [row])
    staff.manager.edit(made.id, {"owner": staff.engineer.me})
    assert remedies.owned(store, row)
    remedies.require(store, [row])
    staff.manager.void(made.id, "重复")
    assert not remedies.owned(store, row)


def test_a_note_or_another_link_is_no_remedy(staff: Staff, project: str, row: Record) -> None:
    staff.manager.add("note", {"about": row.id, "text": "已口头说明"})
    other = {"check": row.values()["check"], "subject": "另一项", "about": row.id}
    staff.manager.add("routine_deviation", other)
    assert remedies.remedies(staff.manager.store, row) == []
