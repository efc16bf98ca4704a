"""Which projects there are, and on which of them somebody has a role."""

from __future__ import annotations

from models.book.book import Book
from models.book.projects import all_projects, my_projects
from models.schema.roles import ENGINEER, QUALITY
from sync.workspace.workspace import Workspace
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
