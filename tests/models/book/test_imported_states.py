"""Records brought in from elsewhere: one marked move, and who may make it."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.support.team import acting, admit


def test_an_import_is_one_marked_move(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    moved = book.imported(
        made.id, "closed", {"verify_result": "conforms", "cause": "y"}, source="old.xlsx"
    )
    assert (moved.state, moved.values()["cause"]) == ("closed", "y")
    assert moved.values()["verify_result"] == "conforms"
    created, last = book.change_log.history(made.id)
    assert created.fields["state"] == "open"
    assert last.move is not None
    assert last.fields["state"] == "closed"
    expected = {"move": "import", "from": "open", "to": "closed", "comment": "old.xlsx"}
    assert expected.items() <= last.move.items()
    sql = "SELECT move, state, author, comment FROM transition WHERE record=?"
    assert book.store.rows(sql, (made.id,)) == [("import", "closed", book.me, "old.xlsx")]


def test_an_import_goes_onwards_only(book: Book, project: str) -> None:
    with book.saving():
        made = book.add("fix", {"phenomenon": "x"}, project=project)
        book.imported(made.id, "verified")
        with pytest.raises(Refused, match="不能把它退回"):
            book.imported(made.id, "open")
        assert book.imported(made.id, "closed").state == "closed"


def test_an_import_is_for_records_that_stand_as_they_were_created(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    book.edit(made.id, {"cause": "y"})
    book.imported(made.id, "verified")
    with pytest.raises(Refused, match="已经办理过"):
        book.imported(made.id, "closed")
    other = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
    book.move(other.id, "fix")
    with pytest.raises(Refused, match="已经办理过"):
        book.imported(other.id, "closed")
    assert [book.get(one.id).state for one in (made, other)] == ["verified", "fixed"]


def test_what_a_rule_confirmed_at_once_is_still_new(book: Book) -> None:
    made = book.add("site", {"name": "一号机房"})
    assert made.state == "confirmed"
    assert book.imported(made.id, "retired").state == "retired"


def test_an_unknown_state_is_named(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    with pytest.raises(Refused, match=r"没有状态“done”.*已验证"):
        book.imported(made.id, "done")


def test_an_import_needs_the_role_of_a_move_into_that_state(
    workspace: Workspace, project: str
) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    made = engineer.add("escalation", {"phenomenon": "x"}, project=project)
    with pytest.raises(Refused, match="部门经理"):
        engineer.imported(made.id, "accepted")
    assert engineer.get(made.id).state == "reported"


def test_only_ones_own_record_is_imported(workspace: Workspace, book: Book, project: str) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    made = engineer.add("fix", {"phenomenon": "x"}, project=project)
    with pytest.raises(Refused, match="填写人"):
        book.imported(made.id, "closed")


def test_four_eyes_hold_where_there_is_a_second_person(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("escalation", {"phenomenon": "x"}, project=project)
    admit(workspace, "段工", ["department_manager"])
    with pytest.raises(Refused, match="另一个人"):
        book.imported(made.id, "approved")
    assert book.get(made.id).state == "reported"


@pytest.mark.parametrize("state", ["working", "closed"])
def test_no_import_skips_a_decision_that_every_way_passes(
    workspace: Workspace, book: Book, project: str, state: str
) -> None:
    """What is closed was approved: by another person, where there is one."""
    alone = book.add("escalation", {"phenomenon": "x"}, project=project)
    assert book.imported(alone.id, state).state == state
    made = book.add("escalation", {"phenomenon": "x"}, project=project)
    admit(workspace, "段工", ["department_manager"])
    with pytest.raises(Refused, match="另一个人"):
        book.imported(made.id, state)
    assert book.get(made.id).state == "reported"


def test_alone_a_four_eyes_state_carries_the_honest_mark(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "x"}, project=project)
    book.imported(made.id, "approved")
    last = list(book.change_log.history(made.id))[-1]
    assert last.move is not None
    assert last.move["alone"] is True


def test_a_twin_has_the_same_natural_key(book: Book, project: str) -> None:
    template = checks.template(book, project, items=())
    key = {"template": template, "day": "2026-11-23", "round": 1}
    assert book.twin("sheet", key, project=project) is None
    made = book.add("sheet", key, project=project)
    found = book.twin("sheet", key, project=project)
    assert found is not None
    assert found.id == made.id
    assert book.twin("fix", {"phenomenon": "x"}, project=project) is None
