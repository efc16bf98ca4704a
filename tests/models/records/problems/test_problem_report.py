"""The problem report: what it takes along, four eyes, and where it goes."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries.waiting.agenda import agenda
from models.records.common import follow_ups
from models.schema.record import Record
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.problem_reports import approved, report
from tests.support.staff import attach
from tests.support.team import acting, admit


def test_a_typical_problem_waits_for_its_report(book: Book, solved: Record) -> None:
    def waits() -> list[str]:
        return [t.record.id for t in agenda(book) if t.group == "report" and t.record is not None]

    assert waits() == []  # it still waits to be closed
    book.move(solved.id, "close")
    assert waits() == [solved.id]
    made = book.add(
        "problem_report", follow_ups.values(book, solved, "problem_report"), project=solved.project
    )
    assert waits() == []
    book.void(made.id, "重复")
    assert waits() == [solved.id]


def test_its_life_and_what_each_step_needs(book: Book, project: str) -> None:
    made = book.add("problem_report", {"subject": "x"}, project=project)
    with pytest.raises(Refused, match="直接原因"):
        book.move(made.id, "submit")
    made = report(book, project)
    for move, state in (("submit", "submitted"), ("review", "reviewed"), ("approve", "approved")):
        assert book.move(made.id, move).state == state
    with pytest.raises(Refused, match="不能修改"):
        book.edit(made.id, {"lessons": "x"})
    with pytest.raises(Refused, match="凭据"):
        book.move(made.id, "issue", {"issued_to": "李主任，邮件"})
    sent = attach(book, made.id)
    with pytest.raises(Refused, match="客户接收人"):
        book.move(made.id, "issue")
    issued = book.move(made.id, "issue", {"issued_to": "李主任，邮件"})
    assert issued.values()["issued_file"] == sent
    assert issued.values()["issued_at"] and issued.values()["issued_by"] == book.me
    with pytest.raises(Refused, match="理由"):
        book.move(made.id, "revise")
    assert book.move(made.id, "revise", comment="客户补充日志").state == "drafting"


def test_nobody_reviews_or_approves_their_own(
    workspace: Workspace, book: Book, project: str
) -> None:
    """Author, reviewer and approver are three where there are three."""
    author = acting(workspace, admit(workspace, "小林", ["engineer", "department_manager"]))
    reviewer = acting(workspace, admit(workspace, "段工", ["project_manager"]))
    made = report(author, project)
    author.move(made.id, "submit")
    with pytest.raises(Refused, match="另一个人"):
        author.move(made.id, "review")
    reviewer.move(made.id, "review")
    with pytest.raises(Refused, match="另一个人"):
        author.move(made.id, "approve")  # though somebody else brought it to review
    with pytest.raises(Refused, match="部门经理"):
        reviewer.move(made.id, "approve")
    assert book.move(made.id, "approve").state == "approved"


def test_the_one_person_there_is_may_and_it_is_marked(book: Book, project: str) -> None:
    made = report(book, project)
    for move in ("submit", "review", "approve"):
        book.move(made.id, move)
    sql = "SELECT move, alone FROM transition WHERE record=? ORDER BY n"
    steps = book.store.rows(sql, (made.id,))
    assert steps == [("submit", 0), ("review", 1), ("approve", 1)]


def test_returned_with_a_reason_it_waits_for_its_author(
    workspace: Workspace, book: Book, project: str
) -> None:
    author = acting(workspace, admit(workspace, "小林", ["engineer"]))
    made = report(author, project)
    author.move(made.id, "submit")
    with pytest.raises(Refused, match="撤回修改"):
        author.edit(made.id, {"lessons": "x"})
    with pytest.raises(Refused, match="理由"):
        book.move(made.id, "return")
    book.move(made.id, "return", comment="缺时间线")
    (task,) = (t for t in agenda(author) if t.record is not None and t.record.id == made.id)
    assert task.group == "returned"
    author.edit(made.id, {"timeline": "10:00 告警"})
    assert author.move(made.id, "submit").state == "submitted"


def test_given_to_the_customer_it_is_still_to_be_kept(book: Book, project: str) -> None:
    made = report(book, project)
    for move in ("submit", "review", "approve"):
        book.move(made.id, move)
    attach(book, made.id)
    book.move(made.id, "issue", {"issued_to": "李主任"})
    waits = [t.record.id for t in agenda(book) if t.group == "report" and t.record is not None]
    assert waits == [made.id]
    book.add("experience", {"source": made.id})
    assert book.get(made.id).state == "published"
    assert not [t for t in agenda(book) if t.group == "report"]


def test_kept_first_it_is_still_to_be_given_to_the_customer(book: Book, project: str) -> None:
    made = approved(book, project)
    kept = book.add("experience", {"source": made.id})
    book.move(kept.id, "publish")
    assert book.get(made.id).state == "published"
    waits = [t.record.id for t in agenda(book) if t.group == "report" and t.record is not None]
    assert waits == [made.id]
    attach(book, made.id)
    assert book.move(made.id, "issue", {"issued_to": "李主任"}).state == "issued"
    assert not [t for t in agenda(book) if t.group == "report"]


def test_what_is_experience_alone_is_not_given_to_the_customer(book: Book, project: str) -> None:
    made = approved(book, project, audience="experience")
    attach(book, made.id)
    with pytest.raises(Refused, match="作为经验保留"):
        book.move(made.id, "issue", {"issued_to": "李主任"})
