"""Documents from a page: the menu, the path, the draft, the issue, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.common.issued_document import IssuedDocument
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.pages.dialogs.document_menu import DocumentMenu
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.records import record_documents
from tui.pages.records.record_documents import FOLDER
from tui.pages.records.record_page import RecordPage


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix."""
    return book.add("fix", {"phenomenon": "温度<5℃ & 湿度"}, project=project)


def exported(workspace: Workspace) -> list[Path]:
    """The files in the folder of exports."""
    return sorted((workspace.home / FOLDER).glob("*"))


def said(path: Path) -> str:
    """The XML of a document."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_draft_with_three_keys(
    workspace: Workspace, fix: Record, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "ctrl+e")
        at(app, DocumentMenu)
        assert "现场处置：Word 草稿" in text(app) and "现场处置：签发正式版…" in text(app)
        whole(app)
        await press(pilot, "1")
        at(app, TextPrompt)
        assert "写入的文件" in text(app) and "签发" not in text(app)
        whole(app)
        await press(pilot, "enter")
        await quiet(pilot)
        at(app, RecordPage)
        (path,) = exported(workspace)
        assert path.suffix == ".docx"  # the prompt may have no room for a long path
        assert app.notices[-1].text == f"草稿已导出到 {path}" and not app.notices[-1].bad
        assert "温度&lt;5℃ &amp; 湿度" in said(path) and "草稿（未签发）" in said(path)


async def test_issued_twice_with_a_reason(workspace: Workspace, fix: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "ctrl+e", "3")
        assert f"签发 现场处置 {fix.number}：写入的文件" in text(app)
        await press(pilot, "enter")
        assert "已签发 V1.0" in app.notices[-1].text
        (path,) = exported(workspace)
        assert "草稿" not in said(path)
        await press(pilot, "ctrl+e", "3")
        assert "变更说明" in text(app)
        await press(pilot, *"wrong", "enter", "enter")
        assert "已签发 V2.0" in app.notices[-1].text
        assert len(exported(workspace)) == 2
        second, first = rows.fetch(workspace.store, IssuedDocument, "ORDER BY version DESC")
        assert (first.version, second.version, second.reason) == (1, 2, "wrong")
        assert len({first.sha256, second.sha256}) == 2
        assert newest(workspace, "attachment").values()["about"] == second.id


async def test_a_weekly_entry_offers_its_projects_week(
    workspace: Workspace, book: Book, project: str
) -> None:
    values = {"week": "2026-W47", "person": book.me, "progress": "巡检"}
    entry = book.add("weekly", values, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_item("weekly", entry.id)
        await press(pilot, "ctrl+e")
        assert "项目进展周报 2026-W47：Word 草稿" in text(app)
        await press(pilot, "4", "enter")
        (path,) = exported(workspace)
        assert "项目进展周报" in path.name and "巡检" not in said(path)  # not handed in
        await press(pilot, "ctrl+e", "3", "enter")
        assert "不能签发" in app.notices[-1].text and app.notices[-1].bad
        assert exported(workspace) == [path]


async def test_what_is_there_is_not_overwritten_and_a_bad_template_says_so(
    workspace: Workspace, fix: Record, tmp_path: Path
) -> None:
    taken = tmp_path / "a.docx"
    taken.write_bytes(b"mine")
    (workspace.home / "papers").mkdir()
    (workspace.home / "papers" / "record.docx").write_bytes(b"no zip")
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        choice = record_documents.choices(fix)[0]
        with pytest.raises(Refused, match="已存在"):
            record_documents.start(app, choice, taken)
        record_documents.start(app, choice, tmp_path / "b.docx")
        await quiet(pilot)
        at(app, RecordPage)
        assert "record.docx" in app.notices[-1].text and app.notices[-1].bad
    assert taken.read_bytes() == b"mine" and not (tmp_path / "b.docx").exists()
