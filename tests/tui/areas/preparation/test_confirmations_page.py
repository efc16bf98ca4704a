"""The register on the screen: what is confirmed, and what is missing one key away."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sync.workspace.workspace import Workspace
from tests.support.preparation import everybody_confirmed, proposal, study
from tests.support.staff import Staff
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.areas.preparation.confirmations_page import ConfirmationsPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.mark.shows("Q-414", 7)
@pytest.mark.parametrize("size", SIZES)
async def test_it_says_what_is_there_and_what_is_missing(
    workspace: Workspace, staff: Staff, project: str, size: tuple[int, int]
) -> None:
    proposal(staff, project, "approved")
    study(staff, project)
    everybody_confirmed(staff, project)
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "ctrl+k")
        at(app, ConfirmationsPage)
        seen = text(app)
        assert "过程确认" in seen and "机房运维技术服务方案" in seen and "韩经理" in seen
        assert "✓" in seen and "✗" in seen and "缺少" in seen
        whole(app)
        await press(pilot, "f9")
        assert "Confirmations" in text(app) and "missing" in text(app)
        whole(app)


async def test_enter_on_what_is_missing_begins_it(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+k")
        page = at(app, ConfirmationsPage)
        assert page.found is not None
        view = page.query_one(DocumentView)
        assert view.current.startswith("feasibility:")
        await press(pilot, "enter")
        assert at(app, FormPage)
        await press(pilot, "escape")
        await quiet(pilot)
        entry = page.found.of("competence")[0]
        page.open_entry(entry)
        await quiet(pilot)
        at(app, RecordPage)
        rows = workspace.store.rows("SELECT member FROM competence_confirmation")
        assert rows == [(str(entry.values["member"]),)]


async def test_enter_on_what_is_there_opens_it(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    made = proposal(staff, project, "approved")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+k", "enter")
        assert made.number in text(app)
        at(app, RecordPage)


async def test_one_key_packs_the_evidence(
    workspace: Workspace, staff: Staff, project: str, tmp_path: Path
) -> None:
    proposal(staff, project, "approved")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+k", "x")
        await press(pilot, "enter")
        await app.workers.wait_for_complete()
        await quiet(pilot)
        [made] = (workspace.home / "exports").glob("*.zip")
        assert "证据包已写入" in " ".join(notice.text for notice in app.notices)
    with zipfile.ZipFile(made) as archive:
        assert "SHA256SUMS" in archive.namelist() and archive.testzip() is None
