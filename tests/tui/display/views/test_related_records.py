"""Related records: rows, links both ways, notes and files below a record's fields."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.rows.child_rows import child_types
from models.schema.record import Record, kinds
from models.storage import blobs
from sync.workspace.workspace import Workspace
from tui.display.parts import TextPart, plain
from tui.display.values import Values
from tui.display.views.related_records import Around


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix."""
    return book.add("fix", {"phenomenon": "UPS 告警"}, project=project)


def around(workspace: Workspace, record: Record) -> list[TextPart]:
    """What hangs on a record as it is now."""
    book = workspace.book
    return list(Around(book, Values(workspace), book.get(record.id)).whole())


def test_nothing_hangs_on_a_new_record(workspace: Workspace, fix: Record) -> None:
    assert around(workspace, fix) == []


def test_rows_stand_under_their_type_even_if_there_are_none(
    workspace: Workspace, book: Book
) -> None:
    template = book.add("template", {"name_zh": "日检"})
    assert [cls.kind.name for cls in child_types("template")] == ["template_item"]
    label = kinds["template_item"].kind.label
    assert f"{label} (0)" in plain(around(workspace, template))
    for text in ("温度", "湿度"):
        book.add("template_item", {"template": template.id, "text_zh": text})
    parts = around(workspace, template)
    rows = [plain([part]) for part in parts if part.id.startswith("row:")]
    assert len(rows) == 2 and "温度" in rows[0] and "湿度" in rows[1]
    assert f"{label} (2)" in plain(parts)


def test_a_void_row_says_why(workspace: Workspace, book: Book) -> None:
    template = book.add("template", {"name_zh": "日检"})
    item = book.add("template_item", {"template": template.id, "text_zh": "温度"})
    book.void(item.id, "不再检查")
    row = next(part for part in around(workspace, template) if part.id == f"row:{item.id}")
    assert plain([row]).endswith("已作废：不再检查") and row.style == "muted"


def test_links_are_shown_both_ways(workspace: Workspace, book: Book, fix: Record) -> None:
    site = book.add("site", {"name": "机房"})
    book.edit(fix.id, {"site": site.id})
    ahead = [part for part in around(workspace, fix) if part.id == f"link:{site.id}"]
    assert plain(ahead) == "现场: 指向 机房"
    back = [part for part in around(workspace, site) if part.id == f"link:{fix.id}"]
    assert f"来自 {fix.number}" in plain(back) and "UPS 告警" in plain(back)
    assert "关联 (1)" in plain(around(workspace, site))


def test_notes_are_told_oldest_first(workspace: Workspace, book: Book, fix: Record) -> None:
    for text in ("先看了一眼", "又看了一眼"):
        book.add("note", {"about": fix.id, "text": text})
    text = plain(around(workspace, fix))
    assert "备注 (2)" in text and text.index("先看") < text.index("又看") and "测试员" in text


def test_a_file_says_whether_it_is_here(workspace: Workspace, book: Book, fix: Record) -> None:
    kept = blobs.keep_bytes(workspace.home, b"x" * 2048, "照片.jpg")
    given = {"about": fix.id, "name": "照片.jpg", "sha256": kept.sha256, "size": kept.size}
    book.add("attachment", given)
    book.add("attachment", {**given, "name": "远处.jpg", "sha256": "f" * 64})
    text = plain(around(workspace, fix))
    assert "附件 (2)  1/2 个文件在本机" in text and "照片.jpg  2.0 kB  在本机" in text
    assert "远处.jpg  2.0 kB  文件未到本机" in text
