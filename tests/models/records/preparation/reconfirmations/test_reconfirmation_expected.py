"""Expected re-confirmations: a change that nobody opened waits on Today of the leads."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.derived import expected
from models.queries.waiting.agenda import AgendaItem, agenda
from models.schema.roles import ENGINEER
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.preparation import proposal
from tests.support.staff import Staff


def waiting(book: Book) -> list[AgendaItem]:
    """The re-confirmations on somebody's Today."""
    found = [one for one in agenda(book) if one.awaited is not None]
    return [one for one in found if one.awaited and one.awaited.type == "reconfirmation"]


@pytest.fixture
def left(staff: Staff, workspace: Workspace, project: str) -> str:
    """A project which somebody left after its proposal was approved."""
    proposal(staff, project, "approved")
    administration.set_role(workspace, staff.colleague.me, ENGINEER, "*", grant=False)
    return project


def test_it_waits_with_the_leads(staff: Staff, left: str) -> None:
    for book in (staff.manager, staff.department):
        [item] = waiting(book)
        assert item.awaited is not None
        assert (item.group, item.awaited.title) == ("decide", "再确认：小周已离开项目")
    assert waiting(staff.engineer) == [] == waiting(staff.quality)


def test_opening_it_begins_the_record(staff: Staff, left: str) -> None:
    [item] = waiting(staff.manager)
    assert item.awaited is not None
    made = expected.begin(staff.manager, "reconfirmation", item.awaited.values, left)
    assert made.values()["trigger"] == "member_left" and made.values()["due"]
    assert waiting(staff.manager) == []
    again = expected.begin(staff.department, "reconfirmation", item.awaited.values, left)
    assert again.id == made.id
