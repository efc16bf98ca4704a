"""An acceptance is signed, or witnessed; what is left over is in somebody's charge first."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common import follow_ups
from models.schema.record import Record
from models.text.words import Refused
from tests.support.completion import SIGNED, acceptance, decided, kept, planned, signed
from tests.support.staff import Staff, no_move


def taken_care_of(book: Book, item: Record) -> None:
    """A corrective action of an item, in somebody's charge."""
    values = follow_ups.values(book, item, "corrective_action")
    book.add("corrective_action", {**values, "owner": book.me}, project=item.project)


@pytest.fixture
def submitted(staff: Staff, project: str) -> str:
    """An acceptance that is with the customer, its documents on a shelf."""
    planned(staff, project)
    made = acceptance(staff.manager, project)
    kept(staff.manager, project)
    staff.manager.move(made.id, "submit")
    return made.id


@pytest.mark.shows("Q-62a", 54)
def test_what_is_left_over_is_in_somebodys_charge(staff: Staff, submitted: str) -> None:
    manager = staff.manager
    made = manager.get(submitted)
    short, *_ = decided(manager, made, "leave_over")
    assert "有遗留" in no_move(manager, submitted, "accept", **SIGNED)
    about = {"about": submitted, "name": "验收单.pdf", "sha256": "0" * 64}
    manager.add("attachment", about)
    assert "还没有负责人" in no_move(manager, submitted, "accept_with_leftovers", **SIGNED)
    taken_care_of(manager, short)
    assert signed(manager, made, "accept_with_leftovers").state == "conditional"


@pytest.mark.shows("Q-62a", 54)
def test_typed_words_need_a_witness_who_did_not_write_them(staff: Staff, submitted: str) -> None:
    manager = staff.manager
    decided(manager, manager.get(submitted))
    assert "没有客户签字" in no_move(manager, submitted, "accept", **SIGNED)
    manager.edit(submitted, {"statement": "全部验收通过，无意见。"})
    said = no_move(manager, submitted, "accept", **SIGNED)
    assert "您写的" in said and "韩经理" in said
    done = staff.department.move(submitted, "accept", SIGNED)
    had = done.values()
    assert (done.state, had["witness"], had["evidence"]) == ("accepted", staff.department.me, None)


def test_a_file_brings_no_result(staff: Staff, project: str) -> None:
    made = acceptance(staff.manager, project)
    kept(staff.manager, project)
    with pytest.raises(Refused, match="导入不能登记"):
        staff.manager.imported(made.id, "accepted")
