"""The page of a project: one key from anywhere, where it stands, every line one Enter away."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from models.records.registers.project import Project
from models.storage import rows
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.tui.seen import at, lines, opened, press, quiet, text, whole
from tui.areas.preparation.confirmations_page import ConfirmationsPage
from tui.pages.dialogs.document_menu import DocumentMenu
from tui.pages.forms.form_page import FormPage
from tui.pages.home.project_page import ProjectPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.pages.sync.members_page import MembersPage
from tui.widgets.document_view import DocumentView


def second(workspace: Workspace, name: str = "电车通信运维") -> str:
    """Another project of the person."""
    return workspace.book.add("project", {"name": name, "service_from": "2020-01-01"}).id


async def test_the_key_opens_the_project_under_the_cursor(
    workspace: Workspace, project: str
) -> None:
    other = second(workspace)
    book = workspace.book
    made = book.add("fix", {"phenomenon": "门禁失灵"}, project=other)
    book.add("site", {"name": "机房"})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "equals_sign")
        page = at(app, ProjectPage)
        assert page.project == other and "项目  电车通信运维" in lines(app)[0]
        await press(pilot, "equals_sign")  # it is open already
        assert at(app, ProjectPage) is page and len(app.screen_stack) == 3
        await press(pilot, "escape", "enter", "fullwidth_equals_sign")
        assert at(app, ProjectPage).project == other  # from the page of the record, too
        await press(pilot, "escape")
        assert at(app, RecordPage).chosen() == made.id
        app.open_list("site")
        await press(pilot, "equals_sign")  # of no project: the one that is usual here
        assert at(app, ProjectPage).project in (other, project)


async def test_a_task_of_today_knows_its_project_before_there_is_a_record(
    workspace: Workspace, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        task = at(app, TodayPage).here()
        assert task is not None and task.awaited is not None and task.awaited.record is None
        await press(pilot, "equals_sign")
        assert at(app, ProjectPage).project == project
        await press(pilot, "escape", "5", "equals_sign")  # the entry of the week
        assert at(app, ProjectPage).project == project
        assert workspace.store.rows("SELECT id FROM weekly") == []  # nothing was written by looking


async def test_it_says_where_the_project_stands_in_both_languages(
    workspace: Workspace, project: str
) -> None:
    book = workspace.book
    book.edit(project, {"service_from": "2020-01-01", "service_to": "2050-01-01"})
    book.add("milestone", {"name": "初验", "due": "2030-01-01"}, project=project)
    book.add("concession", {"requirement": "双回路供电"}, project=project)
    for size in ((80, 24), (120, 40)):
        async with opened(workspace, size) as (app, pilot):
            await press(pilot, "equals_sign")
            seen = text(app)
            assert "✗ 方案   ✗ 计划   ✗ 启动   ▶ 服务   · 完工" in seen
            assert "里程碑  初验" in seen and "挂起 2 项" in seen and "测试员" in seen
            whole(app)
            await press(pilot, "f9")
            assert "▶ Service" in text(app) and "holds 2" in text(app)
            whole(app)
            await press(pilot, "f9")


async def test_every_line_opens_what_it_names(workspace: Workspace, project: str) -> None:
    book = workspace.book
    book.edit(project, {"service_from": "2020-01-01"})
    concession = book.add("concession", {"requirement": "双回路供电"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "equals_sign")
        view = at(app, ProjectPage).query_one(DocumentView)
        ids = [part.id for part in view.parts]
        assert all(ids) and len(set(ids)) == len(ids)
        wanted: dict[str, type[Screen[Any]]] = {
            "stage": RecordPage,
            f"held:{concession.id}": RecordPage,
            "next:new-service_proposal": FormPage,
            "project:members": MembersPage,
            "confirmations:confirmations": ConfirmationsPage,
            "problems:fix": ListPage,
            "papers": DocumentMenu,
        }
        for id, page in wanted.items():
            assert id in ids
            view.go(id)
            await press(pilot, "enter")
            at(app, page)
            await press(pilot, "escape")
            at(app, ProjectPage)


async def test_a_list_of_projects_opens_them_and_p_turns_the_page(
    workspace: Workspace, project: str
) -> None:
    other = second(workspace)
    async with opened(workspace) as (app, pilot):
        app.open_list("project")
        await press(pilot, "enter")
        first = at(app, ProjectPage).project
        await press(pilot, "p")
        assert {first, at(app, ProjectPage).project} == {project, other}
        shown = at(app, ProjectPage).project
        await press(pilot, "enter")
        assert at(app, RecordPage).chosen() == shown


async def test_names_of_anybody_are_text(workspace: Workspace, project: str) -> None:
    for payload in PAYLOADS.values():
        workspace.book.add("concession", {"requirement": payload}, project=project)
    workspace.book.edit(project, {"name": PAYLOADS["closing tag"]})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "equals_sign")
        whole(app)


async def test_what_is_not_here_is_said(workspace: Workspace, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_item("project", "0" * 36)
        await quiet(pilot)
        assert "没有这个项目" in app.notices[-1].text
        await press(pilot, "ctrl+e", "escape")
    assert rows.one(workspace.store, Project, project) is not None
