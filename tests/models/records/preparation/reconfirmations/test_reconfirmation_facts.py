"""Facts: the project and its proposal say what waits for a re-confirmation, until it is there."""

from __future__ import annotations

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of, json_of
from models.schema.roles import ENGINEER
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.preparation import proposal
from tests.support.staff import Staff


def shown(staff: Staff, id: str) -> list[RecordFact]:
    """The facts about a record, that of its versions left out."""
    book = staff.manager
    found = facts_of(book, book.get(id), StateView(book.store))
    return [one for one in found if str(one.label) != "各版本"]


def test_project_and_proposal_say_so(staff: Staff, workspace: Workspace, project: str) -> None:
    made = proposal(staff, project, "approved")
    assert shown(staff, project) == [] == shown(staff, made.id)
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    administration.set_role(workspace, staff.colleague.me, ENGINEER, "*", grant=False)
    [(opened,)] = staff.manager.store.rows("SELECT id FROM reconfirmation")
    for id in (project, made.id):
        found = shown(staff, id)
        assert "需再确认" in [one.short for one in found]
        assert [one.records for one in found if one.records] == [(opened,)]
        assert "小周已离开项目" in [one.text for one in found]
    plain = json_of(StateView(staff.manager.store), staff.manager.get(project))
    assert [one["trigger"] for one in plain["needs_reconfirmation"]] == [
        "sla_changed",
        "member_left",
    ]


def test_an_older_proposal_says_nothing(staff: Staff, project: str) -> None:
    draft = proposal(staff, project)
    proposal(staff, project, "approved", name="另一方案")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    assert shown(staff, draft.id) == []


def test_an_overdue_one_says_so(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    [(opened,)] = staff.manager.store.rows("SELECT id FROM reconfirmation")
    staff.manager.edit(opened, {"due": "2020-01-01"})
    assert "再确认已逾期" in [one.short for one in shown(staff, project)]


def test_a_proposal_that_is_to_be_revised_says_so(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "approved")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    [(opened,)] = staff.manager.store.rows("SELECT id FROM reconfirmation")
    staff.engineer.move(opened, "submit", {"impact": "增加值班", "outcome": "revise"})
    staff.department.move(opened, "confirm")
    [fact] = shown(staff, made.id)
    assert str(fact.label) == "再确认结论：须修订" and fact.records == (opened,)
    assert shown(staff, project) == []
