"""Record copies: all of a record as plain text, in a file beside the book."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS, acting
from tui.pages.records.record_copy import FOLDER, text, write


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix."""
    return book.add("fix", {"phenomenon": "UPS 告警", "place": "A 区"}, project=project)


def test_the_text_begins_with_number_and_title_and_has_every_field(
    workspace: Workspace, fix: Record
) -> None:
    lines = text(workspace, fix).split("\n")
    assert lines[0] == f"{fix.number}  UPS 告警" and lines[-1] == ""
    assert "具体位置: A 区" in lines and "填写人: 测试员" in lines


def test_the_file_is_named_by_the_number(workspace: Workspace, fix: Record) -> None:
    path = write(workspace, fix, "一\n")
    assert path.parent == workspace.home / FOLDER and path.stem.replace("_", "") in fix.number
    assert path.read_text(encoding="utf-8") == "一\n"
    assert write(workspace, fix, "二\n") == path and path.read_text(encoding="utf-8") == "二\n"
    assert [one.suffix for one in path.parent.iterdir()] == [".txt"]


def test_a_disk_that_fails_is_told(workspace: Workspace, fix: Record) -> None:
    (workspace.home / FOLDER).write_text("in the way", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write(workspace, fix, "一\n")
    assert "不能写入" in str(refused.value)


def test_hostile_text_is_cleaned(workspace: Workspace, book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "".join(PAYLOADS.values())}, project=project)
    assert acting(text(workspace, made).replace("\n", "").encode()) == []
