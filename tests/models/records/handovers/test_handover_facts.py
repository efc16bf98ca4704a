"""Facts of a hand-over: what is still open of it, and what came since it was given."""

from __future__ import annotations

from typing import Any

from models.book.derived_state import StateView
from models.queries.facts import facts_of
from models.schema.record import Record
from tests.support.staff import Staff


def test_what_came_since_is_named(
    staff: Staff, project: str, handover: Record, work: dict[str, Any]
) -> None:
    book = staff.engineer

    def said() -> dict[str, Any]:
        found = facts_of(book, book.get(handover.id), StateView(book.store))
        return {str(one.label): one for one in found if one.label}

    assert "现在未办完" not in said()  # a draft lists it itself
    book.move(handover.id, "give")
    assert said()["现在未办完"].text == "3 项" and "移交后新增" not in said()
    new = book.add("fix", {"phenomenon": "x"}, project=project)
    assert said()["移交后新增"].records == (new.id,)
    assert said()["现在未办完"].text == "4 项"
