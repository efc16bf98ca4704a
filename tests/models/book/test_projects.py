"""Which projects there are, and on which of them somebody has a role."""

from __future__ import annotations

from models.book.book import Book
from models.book.projects import all_projects, my_projects, places_held
from models.schema.roles import ENGINEER, QUALITY
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.asked import asked
from tests.support.team import acting, admit


def test_running_projects_come_first_then_by_name(book: Book, project: str) -> None:
    first = book.get(project).values()["name"]
    names = ["乙项目", "甲项目", "丙项目"]
    made = [book.add("project", {"name": name}) for name in names]
    book.move(made[1].id, "complete")
    gone = book.add("project", {"name": "作废的"})
    book.void(gone.id, "重复")
    found = [one.name for one in all_projects(book.store)]
    assert found == [*sorted([first, "乙项目", "丙项目"]), "甲项目"]


def test_mine_are_running_ones_on_which_i_hold_a_role(workspace: Workspace, project: str) -> None:
    book = workspace.book
    person = admit(workspace, "小林", [ENGINEER])
    theirs = acting(workspace, person)
    assert [one.id for one in my_projects(theirs)] == [project]
    assert [one.id for one in my_projects(theirs, (ENGINEER,))] == [project]
    assert my_projects(theirs, (QUALITY,)) == []
    book.move(project, "complete")
    assert my_projects(theirs) == []
    assert places_held(theirs) == places_held(theirs, (ENGINEER,)) == [project]
    assert places_held(theirs, (QUALITY,)) == []


def test_of_projects_without_a_role_of_mine_nothing_is_read(
    workspace: Workspace, project: str
) -> None:
    """A company has hundreds of them, and somebody works on a few."""
    other = workspace.book.add("project", {"name": "别人的项目"}).id
    person = admit(workspace, "小林", [])
    administration.set_role(workspace, person, ENGINEER, project, grant=True)
    theirs = acting(workspace, person)
    with asked(workspace.store, 'FROM "project"') as found:
        assert [one.id for one in my_projects(theirs)] == [project]
    assert len(found) == 1 and "id IN" in found[0]
    assert places_held(theirs) == [project] and other in places_held(workspace.book)
