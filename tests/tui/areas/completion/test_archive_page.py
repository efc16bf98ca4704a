"""The archive on the screen: what is there, and what is missing one key away."""

from __future__ import annotations

import zipfile

import pytest

from models.records.completion.archive.holdings import archive_of
from sync.workspace.workspace import Workspace
from tests.support.completion import accepted, holdings_of, kept, planned
from tests.support.preparation import proposal
from tests.support.staff import Staff
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.areas.completion.archive_page import ArchivePage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


def notices(app: SiteApp) -> str:
    """What the app said."""
    return " ".join(notice.text for notice in app.notices)


@pytest.mark.shows("Q-61a", 49)
@pytest.mark.parametrize("size", SIZES)
async def test_it_says_what_is_there_and_what_is_missing(
    workspace: Workspace, staff: Staff, project: str, size: tuple[int, int]
) -> None:
    planned(staff, project)
    made = proposal(staff, project, "endorsed")
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "ctrl+o")
        at(app, ArchivePage)
        seen = text(app)
        assert "项目归档" in seen and "✗" in seen and "✓ 一级进度计划" in seen
        assert "未办结" in seen and made.number in seen
        whole(app)
        await press(pilot, "f9")
        assert "Archive" in text(app) and "missing" in text(app)
        whole(app)


async def test_enter_opens_or_begins_what_is_missing(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    made = proposal(staff, project, "endorsed")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+o")
        page = at(app, ArchivePage)
        await press(pilot, "enter")  # the contract: a file that is kept
        at(app, RecordPage)
        assert "服务合同及 SLA" in text(app)
        await press(pilot, "escape", "down", "enter")
        assert made.number in text(app)  # the proposal, which is not approved yet
        await press(pilot, "escape")
        study = next(one for one in page.holdings.entries if one.paper.code == "study")
        page.open_entry(study)
        await quiet(pilot)
        at(app, FormPage)


async def test_what_is_not_needed_says_why(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+o", "down", "w")
        await press(pilot, *"reuse", "enter")
        await quiet(pilot)
        assert "不需要" in text(app) and "reuse" in text(app)
        await press(pilot, "w")
        await quiet(pilot)
        assert "已经齐全" in notices(app)


@pytest.mark.shows("Q-61a", 49)
async def test_it_is_filed_and_packed_by_one_key_each(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    planned(staff, project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+o", "f")
        assert "还不能归档" in notices(app)
        accepted(staff, project)
        left = [one.paper.code for one in holdings_of(staff.manager, project).lacking()]
        assert left == ["summary"]
        kept(staff.manager, project, *left)
        await press(pilot, "f")
        await quiet(pilot)
        await press(pilot, "ctrl+s")
        await quiet(pilot)
        made = archive_of(workspace.store, project)
        assert made is not None and made.state == "filed"
        assert "归档。" in text(app)
        await press(pilot, "x", "enter")
        await app.workers.wait_for_complete()
        await quiet(pilot)
        [packed] = (workspace.home / "exports").glob("*.zip")
        assert "归档文件已写入" in notices(app)
    with zipfile.ZipFile(packed) as archive:
        assert "SHA256SUMS" in archive.namelist() and archive.testzip() is None


async def test_a_record_of_an_archive_opens_as_its_page(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    made = staff.manager.ensure("project_archive", {}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_item("project_archive", made.id)
        await quiet(pilot)
        page = at(app, ArchivePage)
        assert page.query_one(DocumentView).current == "contract"
        await press(pilot, "o")
        assert at(app, RecordPage).record is not None
