"""The digest: changes exactly when what people wrote does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.storage import blobs
from sync.log.state_digest import fingerprint, of_spaces, spaces
from sync.organisation import administration
from sync.workspace.workspace import Workspace, open_book
from tests.support import gadgets

Act = Callable[[Workspace, str], object]


def _fix(workspace: Workspace, project: str) -> str:
    return workspace.book.add("fix", {"phenomenon": "a"}, project=project, ref="R").id


def _attach(workspace: Workspace, project: str) -> object:
    source = workspace.home / "photo"
    source.write_bytes(b"picture")
    kept = blobs.keep(workspace.home, source)
    values = {"about": project, "name": "photo", "sha256": kept.sha256, "size": kept.size}
    return workspace.book.add("attachment", values)


CHANGES: dict[str, Act] = {
    "a record": lambda w, p: w.book.add("site", {"name": "s"}),
    "an edit": lambda w, p: w.book.edit("R", {"cause": "c"}),
    "a value cleared": lambda w, p: w.book.edit("R", {"phenomenon": None}),
    "the same value again by a stale form": lambda w, p: w.book.edit(
        "R", {"phenomenon": "b"}, seen=w.book.edit("R", {"phenomenon": "b"}).dots
    ),
    "a decision": lambda w, p: w.book.move("R", "fix", {"correction": "c"}),
    "a void": lambda w, p: w.book.void("R", "r"),
    "a note": lambda w, p: w.book.add("note", {"about": p, "text": "t"}),
    "an attachment": _attach,
    "a person": lambda w, p: administration.add_person(w, "新成员", ""),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_changes_it(workspace: Workspace, project: str, name: str) -> None:
    _fix(workspace, project)
    before = fingerprint(workspace.book)
    CHANGES[name](workspace, project)
    assert fingerprint(workspace.book) != before


def test_a_role_changes_it_and_its_end_too(workspace: Workspace) -> None:
    person = administration.add_person(workspace, "新成员", "")
    seen = {fingerprint(workspace.book)}
    for grant in (True, False):
        administration.set_role(workspace, person, "engineer", "*", grant=grant)
        seen.add(fingerprint(workspace.book))
    assert len(seen) == 3


def test_nothing_else_changes_it(workspace: Workspace, project: str) -> None:
    id = _fix(workspace, project)
    before = fingerprint(workspace.book)
    workspace.book.edit(id, {"phenomenon": "a"})
    with workspace.store.write():
        workspace.store.db.execute_sql("UPDATE fix SET n=n+7, synced=123")
    workspace.search.index_some(100)
    workspace.close()
    again = open_book(workspace.home)
    assert fingerprint(again.book) == before
    again.close()


def test_one_form_however_compactly_versions_are_written(
    workspace: Workspace, project: str
) -> None:
    id = _fix(workspace, project)
    before = fingerprint(workspace.book)
    with workspace.store.write():
        sql = "UPDATE fix SET dots='1.1;phenomenon=1.1;state=1.1' WHERE id=?"
        workspace.store.db.execute_sql(sql, (id,))
    assert fingerprint(workspace.book) == before


def test_a_losing_value_counts(workspace: Workspace, project: str) -> None:
    made = workspace.book.get(_fix(workspace, project))
    workspace.book.edit(made.id, {"cause": "x"}, seen=made.dots)
    workspace.book.edit(made.id, {"cause": "y"}, seen=made.dots)
    before = fingerprint(workspace.book)
    with workspace.store.write():
        workspace.store.db.execute_sql("DELETE FROM sibling")
    assert fingerprint(workspace.book) != before


def test_a_space_has_its_own(workspace: Workspace, project: str, tmp_path: Path) -> None:
    _fix(workspace, project)
    assert spaces(workspace.book) == ["company", f"p:{project}"]
    company, own = (fingerprint(workspace.book, space) for space in spaces(workspace.book))
    workspace.book.add("note", {"about": workspace.book.get("R").id, "text": "t"})
    assert fingerprint(workspace.book, "company") == company
    assert fingerprint(workspace.book, f"p:{project}") != own


def test_a_space_of_which_a_newer_version_shows_more_has_none(
    workspace: Workspace, project: str
) -> None:
    _fix(workspace, project)
    before = of_spaces(workspace.book)
    assert [*before] == spaces(workspace.book)
    sql = "INSERT INTO parked VALUES(?,1,1,'field','size','x','fix')"
    with workspace.store.write():
        workspace.store.db.execute_sql(sql, (f"p:{project}",))
    assert of_spaces(workspace.book) == {"company": before["company"]}
    with workspace.store.write():
        workspace.store.db.execute_sql("DELETE FROM parked")
    assert of_spaces(workspace.book) == before


def test_what_an_older_version_made_is_made_anew(workspace: Workspace, project: str) -> None:
    """The digest kept for a space follows from what the types declare, too."""
    with gadgets.declared(new=True):
        workspace.close()
        one = open_book(workspace.home)
        one.book.add(gadgets.NAME, {"name": "n", "size": "7"}, project=project)
        whole = of_spaces(one.book)
        gadgets.declare(new=False)
        assert of_spaces(one.book)[f"p:{project}"] != whole[f"p:{project}"]
        gadgets.declare(new=True)
        assert of_spaces(one.book) == whole
        one.close()
