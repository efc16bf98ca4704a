"""Facts about the methods of a proposal: a newer version is told, and changes nothing."""

from __future__ import annotations

from models.book.derived_state import StateView
from models.derived.revision_copy import new_revision
from models.queries.facts import facts_of
from tests.support.preparation import method, proposal
from tests.support.staff import Staff


def test_a_newer_version_is_told(staff: Staff, project: str) -> None:
    book, first = staff.engineer, method(staff)
    made = proposal(staff, project)
    row = book.add("proposal_method", {"proposal": made.id, "method": first.id})
    assert list(facts_of(book, row, StateView(book.store))) == []
    second = new_revision(book, first)
    book.move(second.id, "submit")
    staff.department.move(second.id, "approve")
    [fact] = facts_of(book, row, StateView(book.store))
    assert "第 2 版" in fact.text and fact.tone == "warn"
