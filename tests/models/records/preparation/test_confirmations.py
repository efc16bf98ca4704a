"""Confirmations: the register of a project says what is confirmed, by whom, and what is missing."""

from __future__ import annotations

from models.book.book import Book
from models.records.preparation import confirmations
from models.records.preparation.confirmations import GROUPS, ConfirmationRegister
from models.schema.roles import ENGINEER
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.preparation import (
    brought,
    everybody_confirmed,
    method,
    proposal,
    study,
)
from tests.support.staff import Staff


def register(book: Book, project: str) -> ConfirmationRegister:
    """The register as it is now."""
    return confirmations.register(book, book.get(project))


def test_of_an_empty_project_everything_is_missing(staff: Staff, project: str) -> None:
    found = register(staff.manager, project)
    assert found.missing == list(found.entries)
    assert {one.group for one in found.entries} >= {
        "feasibility",
        "customer",
        "competence",
        "study",
    }
    assert {one.opens for one in found.of("feasibility")} == {"service_proposal"}
    people = {str(one.values["member"]) for one in found.of("competence")}
    assert {staff.engineer.me, staff.manager.me} <= people
    assert staff.desk.me not in people and all(one.person for one in found.of("competence"))
    keys = [one.key for one in found.entries]
    assert len(set(keys)) == len(keys)


def test_each_confirmation_names_who_and_when(staff: Staff, project: str) -> None:
    made = proposal(staff, project)
    of = method(staff)
    staff.engineer.add("proposal_method", {"proposal": made.id, "method": of.id})
    made = brought(staff, made, "approved")
    study(staff, project)
    everybody_confirmed(staff, project)
    found = register(staff.manager, project)
    [feasible] = found.of("feasibility")
    assert (feasible.done, feasible.by) == (True, staff.department.me) and feasible.at
    [customer] = found.of("customer")
    assert (customer.done, customer.by) == (True, staff.manager.me)
    [named] = found.of("methods")
    assert named.done and "第 1 版" in str(named.name) and named.record is not None
    assert named.record.id == of.id
    assert all(one.done for one in found.of("competence"))
    assert made.id in {one.id for one in found.records}
    assert [one.group for one in found.missing if one.group != "plans"] == ["study"]  # the start


def test_what_is_on_its_way_is_not_confirmed(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "submitted")
    found = register(staff.manager, project)
    [feasible] = found.of("feasibility")
    assert (feasible.done, str(feasible.state)) == (False, "待审核")
    assert feasible.record is not None and feasible.record.id == made.id
    assert str(found.of("methods")[0].state) == "缺少"


def test_a_change_that_nobody_opened_is_missing(
    staff: Staff, workspace: Workspace, project: str
) -> None:
    proposal(staff, project, "approved")
    assert register(staff.manager, project).of("reconfirmed") == []
    administration.set_role(workspace, staff.colleague.me, ENGINEER, "*", grant=False)
    staff.manager.edit(project, {"code": "X"})  # opens what waits
    [waiting] = register(staff.manager, project).of("reconfirmed")
    assert not waiting.done and waiting.record is not None


def test_every_kind_has_its_words() -> None:
    assert len(GROUPS) == 7 and all(word.zh and word.en for word in GROUPS.values())
