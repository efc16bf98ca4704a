"""What is said of an archive beside its fields."""

from __future__ import annotations

from models.book.derived_state import StateView
from models.queries.facts import json_of
from tests.support.completion import archive
from tests.support.staff import Staff


def test_json_says_how_each_document_stands(staff: Staff, project: str) -> None:
    made = archive(staff.manager, project)
    found = json_of(StateView(staff.manager.store), made)["documents"]
    assert (found["contract"], found["concessions"]) == ("missing", "none")
