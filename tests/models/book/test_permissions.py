"""Rights: who may write, edit and move, and the sentence that says why not."""

from __future__ import annotations

import pytest

from models.book import permissions
from models.book.book import Book
from models.book.projects import all_projects
from models.queries.waiting import agenda, inbox
from models.schema.lifecycle import MARKED_MOVES
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.support.errands import errands
from tests.support.escalations import taken_up
from tests.support.staff import Staff
from tests.support.team import acting, admit


def test_without_a_role_nothing_is_written(workspace: Workspace, project: str) -> None:
    stranger = acting(workspace, admit(workspace, "路人", []))
    with pytest.raises(Refused, match="角色"):
        stranger.add("fix", {"phenomenon": "x"}, project=project)


def test_only_a_department_manager_accepts_an_escalation(
    workspace: Workspace, book: Book, project: str
) -> None:
    es = book.add("escalation", {"phenomenon": "x"}, project=project)
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    with pytest.raises(Refused, match="部门经理"):
        engineer.move(es.id, "accept", taken_up(engineer))
    boss = acting(workspace, admit(workspace, "段工", ["department_manager"]))
    assert boss.move(es.id, "accept", taken_up(boss)).state == "accepted"


@pytest.mark.shows(84)
def test_nobody_approves_their_own_while_a_second_person_is_there(
    workspace: Workspace, book: Book, project: str
) -> None:
    es = book.add("escalation", {"phenomenon": "x"}, project=project)
    book.move(es.id, "accept", taken_up(book))
    book.move(es.id, "draft", {"solution": "y"})
    second = admit(workspace, "段工", ["department_manager"])
    with pytest.raises(Refused, match="另一个人"):
        book.move(es.id, "approve")
    approved = acting(workspace, second).move(es.id, "approve")
    assert approved.state == "approved"
    last = list(book.change_log.history(es.id))[-1]
    assert last.move is not None
    assert "alone" not in last.move


def test_a_second_person_without_a_device_cannot_be_waited_for(
    workspace: Workspace, book: Book, project: str
) -> None:
    es = book.add("escalation", {"phenomenon": "x"}, project=project)
    book.move(es.id, "accept", taken_up(book))
    book.move(es.id, "draft", {"solution": "y"})
    admit(workspace, "段工", ["department_manager"], device=False)
    assert book.move(es.id, "approve").state == "approved"


def test_re_verifying_ones_own_fix_is_no_approval(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    book.move(made.id, "fix", {"correction": "y"})
    assert book.move(made.id, "verify").state == "verified"


def test_a_weekly_status_is_its_authors_word(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = acting(workspace, admit(workspace, "小林", ["engineer", "project_manager"]))
    mine = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    with pytest.raises(Refused, match="填写人"):
        other.edit(mine.id, {"progress": "x"})
    with pytest.raises(Refused, match="填写人"):
        other.move(mine.id, "submit", {"progress": "x"})
    book.move(mine.id, "submit", {"progress": "x"})
    with pytest.raises(Refused, match="理由"):
        other.move(mine.id, "return")
    assert other.move(mine.id, "return", comment="请补充原因").state == "returned"
    assert book.move(mine.id, "submit").state == "submitted"
    with pytest.raises(Refused, match="另一个人"):
        book.move(mine.id, "accept")
    assert other.move(mine.id, "accept").state == "accepted"


def test_what_is_submitted_asks_to_be_reopened(book: Book, project: str) -> None:
    mine = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    book.move(mine.id, "submit", {"progress": "x"})
    with pytest.raises(Refused, match="请先执行“重新打开”"):
        book.edit(mine.id, {"progress": "y"})
    book.move(mine.id, "reopen")
    assert book.edit(mine.id, {"progress": "y"}).state == "draft"


def test_chances_name_every_move_with_its_reason(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    chances = {chance.move.id: chance for chance in book.chances(made)}
    assert chances["fix"].ok
    assert chances["escalate"].ok
    assert "待验证" in str(chances["verify"].why)
    assert "resolve" not in chances, "moves made by rules are not offered"


def test_an_engineer_proposes_and_a_manager_confirms(workspace: Workspace, book: Book) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    site = engineer.add("site", {"name": "二号机房"})
    assert site.state == "proposed"
    with pytest.raises(Refused, match="部门经理"):
        engineer.move(site.id, "confirm")
    assert book.move(site.id, "confirm").state == "confirmed"
    assert book.add("site", {"name": "一号机房"}).state == "confirmed"


def test_nobody_voids_or_restores_the_word_of_another(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = acting(workspace, admit(workspace, "小林", ["engineer"]))
    mine = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    with pytest.raises(Refused, match="填写人"):
        other.void(mine.id, "x")
    book.void(mine.id, "x")
    with pytest.raises(Refused, match="填写人"):
        other.restore(mine.id)
    assert book.restore(mine.id).void is None


def test_what_a_move_fills_is_nobodys_choice(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    book.move(made.id, "fix", {"correction": "y"})
    given = {"verify_result": "fails", "verified_by": "somebody"}
    done = book.move(made.id, "verify", given).values()
    assert (done["verify_result"], done["verified_by"]) == ("conforms", book.me)


def test_an_edit_names_the_state_it_was_made_in(book: Book, project: str) -> None:
    """Every device judges by it."""
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    book.move(made.id, "fix", {"correction": "y"})
    book.edit(made.id, {"cause": "z"})
    created, moved, edited = book.change_log.history(made.id)
    assert edited.base["state"] == [(moved.device, moved.seq)]
    assert edited.base["cause"] == [(created.device, created.seq)]
    assert "state" not in edited.fields
    assert book.get(made.id).state == "fixed"


def test_what_refuses_edits_refuses_voiding_of_the_record_and_its_rows(
    book: Book, project: str
) -> None:
    sheet, answers = answered(book, project)
    book.move(sheet, "submit")
    for id in (sheet, answers[0]):
        with pytest.raises(Refused, match="重新打开"):
            book.void(id, "不想要")
    book.move(sheet, "review")
    for id in (sheet, answers[0]):
        with pytest.raises(Refused, match="已审核"):
            book.void(id, "不想要")
    book.move(sheet, "return", comment="请补")
    assert book.void(answers[0], "不想要").void == "不想要"
    assert book.void(sheet, "不想要").void == "不想要"


def answered(book: Book, project: str) -> tuple[str, list[str]]:
    """A sheet with an answer for each item."""
    template = checks.template(book, project)
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = book.add("sheet", values, project=project).id
    found = [
        book.add(
            "answer", {"sheet": sheet, "item": item, **checks.fine(book, item)}, project=project
        ).id
        for item in checks.items(book, template)
    ]
    return sheet, found


WEEK = {"week": "2026-W47", "progress": "双路切换完成"}


def test_a_week_belongs_to_its_person_whoever_typed_it(workspace: Workspace, project: str) -> None:
    lead, engineer = (admit(workspace, name, [role]) for name, role in LEAD_AND_ENGINEER)
    made = acting(workspace, lead).add("weekly", {**WEEK, "person": engineer}, project=project)
    with pytest.raises(Refused, match="填写人"):
        acting(workspace, lead).edit(made.id, {"progress": "别的"})
    own = acting(workspace, engineer)
    assert own.edit(made.id, {"progress": "双路切换完成，已验证"}).author == lead
    assert own.move(made.id, "submit").state == "submitted"
    assert acting(workspace, lead).move(made.id, "accept").state == "accepted"


def test_nobody_but_a_lead_begins_the_week_of_another(workspace: Workspace, project: str) -> None:
    lead, engineer = (admit(workspace, name, [role]) for name, role in LEAD_AND_ENGINEER)
    own = acting(workspace, engineer)
    with pytest.raises(Refused, match="本人填写"):
        own.add("weekly", {**WEEK, "person": lead}, project=project)
    assert own.add("weekly", {**WEEK, "person": engineer}, project=project).state == "draft"


def test_a_lead_can_free_a_week(workspace: Workspace, project: str) -> None:
    lead, engineer = (admit(workspace, name, [role]) for name, role in LEAD_AND_ENGINEER)
    made = acting(workspace, engineer).add("weekly", {**WEEK, "person": engineer}, project=project)
    assert acting(workspace, lead).void(made.id, "写错了项目").void == "写错了项目"
    assert acting(workspace, lead).restore(made.id).void is None


LEAD_AND_ENGINEER = (("段工", "project_manager"), ("小林", "engineer"))


def test_the_owner_acts_and_edits_whatever_their_roles(workspace: Workspace) -> None:
    with errands():
        workspace.store.grow()
        staff, project = Staff(workspace), all_projects(workspace.store)[0].id
        values = {"what": "换锁", "carrier": staff.engineer.me}
        made = staff.manager.add("errand", values, project=project)
        assert staff.engineer.edit(made.id, {"until": "2026-12-01"}).values()["until"]
        with pytest.raises(Refused, match="没有可填写"):
            staff.colleague.edit(made.id, {"until": "2026-12-02"})
        with pytest.raises(Refused, match="负责人"):
            staff.manager.move(made.id, "do")
        staff.manager.edit(made.id, {"carrier": staff.colleague.me})
        with pytest.raises(Refused, match="负责人"):
            staff.engineer.move(made.id, "do")
        assert staff.colleague.move(made.id, "do").values()["done_by"] == staff.colleague.me
        changes = list(staff.manager.change_log.history(made.id))
        given = [change.fields["carrier"] for change in changes if "carrier" in change.fields]
        assert given == [staff.engineer.me, staff.colleague.me]  # who had it stays in the history


def test_what_is_owned_is_work_and_what_is_followed_asks_nothing(workspace: Workspace) -> None:
    with errands():
        workspace.store.grow()
        staff, project = Staff(workspace), all_projects(workspace.store)[0].id
        values = {"what": "换锁", "carrier": staff.engineer.me, "asker": staff.colleague.me}
        made = staff.manager.add("errand", values, project=project)
        groups = [task.group for task in agenda.agenda(staff.engineer) if task.record]
        assert groups == ["owned"] and inbox.inbox(staff.engineer) == []
        for book in (staff.colleague, staff.desk):  # by name, and by role
            (item,) = inbox.inbox(book)
            assert (item.group, item.record.id) == ("follow", made.id)
            assert item.forward is None is item.back
        assert inbox.inbox(staff.office) == []
        unowned = staff.manager.add("errand", {"what": "无主"}, project=project)
        waiting = [task.record for task in agenda.agenda(staff.manager) if task.record]
        assert [one.id for one in waiting] == [unowned.id]  # it waits for its author


def test_the_moves_of_every_type_are_those_that_none_may_declare() -> None:
    assert tuple(permissions.MARKED) == MARKED_MOVES
