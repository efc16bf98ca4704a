"""What the day alone brings about: an approval is expired, and its escalation reopened."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.book.derived_state import StateView, shown_state
from models.queries.waiting.agenda import waiting_groups
from models.records.problems import escalation_board
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.escalations import ESCALATED, taken_up
from tests.support.team import acting, admit


def approved(book: Book, project: str, valid_to: str | None, **values: object) -> Record:
    """A concession that was approved elsewhere, until a day."""
    values = {"situation": "x", "valid_to": valid_to, **values}
    with book.saving():
        made = book.add("concession", values, project=project)
        return book.imported(made.id, "approved")


@pytest.fixture(autouse=True)
def today(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 22nd of November 2026."""
    monkeypatch.setattr(book.store, "today", lambda: date(2026, 11, 22))


@pytest.mark.shows(36)
@pytest.mark.parametrize(
    ("valid_to", "shown"),
    [("2026-11-21", "expired"), ("2026-11-22", "approved"), (None, "approved")],
)
def test_an_approval_is_expired_from_the_day_after_its_last(
    book: Book, project: str, valid_to: str | None, shown: str
) -> None:
    made = approved(book, project, valid_to)
    assert shown_state(book.store, made).name == shown
    sql, params = StateView(book.store).narrowed("concession", [shown])
    found = book.store.rows(f"SELECT id FROM concession WHERE {sql}", params)
    assert found == [(made.id,)]
    assert book.get(made.id).state == "approved"


@pytest.mark.shows(36)
def test_its_escalation_waits_with_the_manager(
    workspace: Workspace, book: Book, project: str
) -> None:
    manager = acting(workspace, admit(workspace, "韩经理", ["department_manager"]))
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    raised = book.add("escalation", {"phenomenon": "x"}, project=project)
    for move, values in (("accept", taken_up(book)), ("draft", {"solution": "y"})):
        book.move(raised.id, move, values)
    manager.move(raised.id, "approve")
    approved(book, project, "2026-11-21", escalation=raised.id)
    assert shown_state(book.store, raised).name == "reopened"

    def waits(of: Book) -> bool:
        groups = waiting_groups(of)
        return any(one.state == "reopened" and one.records[0].id == raised.id for one in groups)

    book.store.today = lambda: date(2026, 11, 22)
    assert waits(manager) and not waits(engineer)
    (lane,) = escalation_board.board(manager, [project])
    assert lane.state.name == "reopened"


def test_a_solved_one_and_an_endless_approval_reopen_nothing(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    book.move(fix.id, "escalate", ESCALATED)
    ((raised,),) = book.store.rows("SELECT id FROM escalation WHERE fix=?", (fix.id,))
    approved(book, project, None, escalation=raised)
    assert shown_state(book.store, book.get(raised)).name == "reported"
    approved(book, project, "2026-11-21", fix=fix.id)  # it names the fix alone
    assert shown_state(book.store, book.get(raised)).name == "reopened"
    with book.saving():
        made = book.add("escalation", {"phenomenon": "y"}, project=project)
        book.imported(made.id, "closed")
    values = {"situation": "x", "valid_to": "2026-11-21"}
    other = book.add("concession", values, project=project)
    assert other.state == "draft" and shown_state(book.store, made).name == "reported"
