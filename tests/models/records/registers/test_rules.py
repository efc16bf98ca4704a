"""Rules of the registers: what a manager adds is confirmed, what cannot be used is refused."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.team import acting, admit

REGISTERS = ("customer", "site", "equipment")


@pytest.mark.parametrize("type_", REGISTERS)
def test_what_a_manager_adds_needs_no_second_confirmation(
    workspace: Workspace, book: Book, type_: str
) -> None:
    lead = acting(workspace, admit(workspace, "段工", ["project_manager"]))
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    assert lead.add(type_, {"name": "甲"}).state == "confirmed"
    proposed = engineer.add(type_, {"name": "乙"})
    assert proposed.state == "proposed"
    with pytest.raises(Refused, match="项目经理"):
        engineer.move(proposed.id, "confirm")
    assert lead.move(proposed.id, "confirm").state == "confirmed"


def test_a_calendar_that_cannot_be_read_is_not_put_to_use(book: Book) -> None:
    made = book.add("calendar_year", {"name": "2027", "content": "nonsense"})
    with pytest.raises(Refused):
        book.move(made.id, "use")
    assert book.get(made.id).state == made.state


def test_decisions_are_delegated_to_who_holds_the_role(workspace: Workspace, project: str) -> None:
    engineer = admit(workspace, "小林", ["engineer"])
    lead = admit(workspace, "段工", ["department_manager"])
    head = acting(workspace, admit(workspace, "文竹", ["department_manager"]))
    days = {"first": "2026-11-01", "until": "2099-12-31"}
    for who in (engineer, lead):
        made = head.add("delegation", {"delegate": who, **days}, project=project)
        if who == lead:
            assert head.move(made.id, "give").state == "given"
        else:
            with pytest.raises(Refused):
                head.move(made.id, "give")
            assert head.get(made.id).state == made.state
