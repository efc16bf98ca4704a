"""Delegations: given and taken back by their author, with a person and a period."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from tests.support.staff import Staff, last_change, no_add, no_edit, no_move

PERIOD = {"first": "2026-11-20", "until": "2026-11-27"}


@pytest.fixture
def other(staff: Staff, book: Book) -> str:
    """A second project manager; the founder holds every role."""
    return book.me


@pytest.fixture
def draft(staff: Staff, project: str) -> Record:
    """A project manager's delegation without person and period."""
    return staff.manager.add("delegation", {"reason": "出差"}, project=project)


def test_those_who_decide_delegate(staff: Staff, project: str) -> None:
    for book in (staff.engineer, staff.desk, staff.office):
        assert no_add(book, "delegation", {"reason": "出差"}, project)
    for book in (staff.manager, staff.department, staff.quality):
        made = book.add("delegation", {"reason": "出差"}, project=project)
        assert made.state == "draft"


def test_it_is_given_with_a_person_and_a_period(staff: Staff, other: str, draft: Record) -> None:
    assert "受托人" in no_move(staff.manager, draft.id, "give", **PERIOD)
    assert "起" in no_move(staff.manager, draft.id, "give", delegate=other)
    moved = staff.manager.move(draft.id, "give", {"delegate": other, **PERIOD})
    assert moved.state == "given"


def test_only_its_author_writes_gives_and_ends_it(staff: Staff, other: str, draft: Record) -> None:
    values = {"delegate": other, **PERIOD}
    assert "只能由填写人修改" in no_edit(staff.department, draft.id, **values)
    assert "需要角色" in no_move(staff.department, draft.id, "give", **values)
    staff.manager.move(draft.id, "give", values)
    assert "需要角色" in no_move(staff.department, draft.id, "end")
    assert staff.manager.move(draft.id, "end").state == "ended"
    assert "不能修改" in no_edit(staff.manager, draft.id, reason="改")


def test_a_given_one_can_be_prolonged(staff: Staff, other: str, draft: Record) -> None:
    staff.manager.move(draft.id, "give", {"delegate": other, **PERIOD})
    edited = staff.manager.edit(draft.id, {"until": "2026-12-04"})
    assert edited.state == "given"
    period = {**PERIOD, "until": "2026-12-04"}
    assert last_change(staff.manager, draft.id) == {"period": period}
