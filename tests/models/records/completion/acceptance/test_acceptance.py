"""An acceptance passes by its items, or is refused and prepared again."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common import follow_ups
from models.schema.record import Record
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
def test_every_item_accepted_and_a_signed_paper_pass_it(staff: Staff, submitted: str) -> None:
    manager = staff.manager
    made = manager.get(submitted)
    assert "待验收" in no_move(manager, submitted, "accept", **SIGNED)
    decided(manager, made)
    assert "有遗留" in no_move(manager, submitted, "accept_with_leftovers", **SIGNED)
    done = signed(manager, made)
    assert (done.state, done.witness) == ("accepted", manager.me) and done.evidence is not None


@pytest.mark.shows("Q-62a", 54)
def test_a_refused_one_is_prepared_again(staff: Staff, submitted: str) -> None:
    manager = staff.manager
    made = manager.get(submitted)
    short, *_ = decided(manager, made, "refuse")
    taken_care_of(manager, short)
    assert "意见" in no_move(manager, submitted, "refuse", **SIGNED)
    refused = signed(manager, made, "refuse", conclusion="报告与现场不符")
    assert refused.state == "refused"
    manager.move(submitted, "resume", comment="已重写报告")
    assert "没有提交客户" in no_move(manager, short.id, "accept")
    manager.move(submitted, "submit")
    manager.move(short.id, "accept")
    assert signed(manager, made).state == "accepted"
