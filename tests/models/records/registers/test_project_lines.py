"""Service period and accountable manager on the page of a project; its last two stages."""

from __future__ import annotations

from datetime import timedelta

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew
from tests.support.project_lines import section, standings, steps, texts


def test_the_manager_of_this_project_is_accountable(workspace: Workspace, project: str) -> None:
    book = workspace.book
    (manager, period) = section(book, project, "project")
    assert (manager.person, manager.place) == (book.me, "members")
    assert str(period.text) == "服务期未填写"
    Crew(workspace, book.change_log.now()).admit(["段工"], "project_manager", project)
    (manager, _) = section(book, project, "project")
    assert book.people.name(manager.person) == "段工"  # not the founder, who has every role


def test_the_days_that_are_left_are_counted(book: Book, project: str) -> None:
    last = book.today + timedelta(days=10)
    book.edit(project, {"service_from": "2020-01-01", "service_to": last.isoformat()})
    assert texts(section(book, project, "project"))[-1] == f"服务期 2020-01-01 至 {last}|剩 10 天"
    book.edit(project, {"service_to": "2020-12-31"})
    assert "已过" in texts(section(book, project, "project"))[-1]


def test_a_project_is_in_service_by_its_days_and_completed_by_its_record(
    book: Book, project: str
) -> None:
    assert standings(book, project)["service"] == "ahead"
    book.edit(project, {"service_from": "2020-01-01"})
    assert standings(book, project)["service"] == "current"
    book.edit(project, {"service_to": "2020-12-31"})
    found = standings(book, project)
    assert (found["service"], found["completion"]) == ("done", "current")
    assert str(steps(book, project)[0].text).startswith("服务期已结束")
    book.move(project, "complete")
    assert standings(book, project)["completion"] == "done"
