"""Row tables: all rows of a record on paper, in declared columns, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.plans import plan_of, plan_workspace, task
from tui.documents import produce, registry, row_tables
from tui.documents.document import RECORD
from tui.documents.formats import markdown
from tui.documents.record_text import RecordText


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose book knows plans."""
    with plan_workspace(tmp_path) as opened:
        yield opened


def mail(workspace: Workspace, record: Record) -> str:
    """A record as Markdown."""
    reading = RecordText(workspace)
    subject = registry.subject_of(reading, RECORD, record)
    return markdown.text(subject.layout, registry.gather(reading, subject))


def test_rows_are_a_table_of_their_type(workspace: Workspace, book: Book, project: str) -> None:
    plan = book.add("plan", {"name": "月度计划"}, project=project)
    done = task(book, plan, "换电池", position=1, grade="a", until="2026-12-01", doer=book.me)
    task(book, plan, "检查接地", position=2)
    gone = task(book, plan, "作废的", position=3)
    book.move(done.id, "finish", {"result": "好"})
    book.void(gone.id, "重复")
    lines = mail(workspace, plan).splitlines()
    at = lines.index("## 计划任务")
    table = [line for line in lines[at + 1 :] if line.startswith("|")][:4]
    assert table[0] == "| 序号 | 状态 | 任务 | 等级 | 期限 | 执行人 | 其他内容 |"
    assert table[2].startswith("| 1 | 完成 | 换电池 | 重要 | 2026-12-01 | 测试员 | 结果：好 |")
    assert table[3].startswith("| 2 | 待办 | 检查接地 |")
    assert not any("作废的" in line for line in lines)
    language.now = "en"
    assert "| Position | State | Task | Grade |" in mail(workspace, plan)


def test_without_other_fields_there_is_no_column_for_them(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 1)
    assert "其他内容" not in mail(workspace, plan)
    empty = book.add("plan", {"name": "空"}, project=project)
    text = mail(workspace, empty)
    assert "## 计划任务\n\n无" in text


def test_a_record_that_has_no_rows_has_no_such_section(workspace: Workspace, book: Book) -> None:
    assert "## 明细" not in mail(workspace, book.add("site", {"name": "机房"}))


def test_a_word_file_has_every_row_and_repeats_the_titles(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 300)
    reading = RecordText(workspace)
    made = produce.make(reading, registry.subject_of(reading, RECORD, plan))
    document = Document(BytesIO(made.content))
    (table,) = [one for one in document.tables if one.rows[0].cells[0].text == "序号"]
    assert len(table.rows) == 301
    assert table.rows[300].cells[2].text == "任务 300"
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")


def test_a_column_is_as_wide_as_what_it_says(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    task(book, plan, "很长的任务名称很长的任务名称很长的", position=1)
    (table,) = row_tables.tables(RecordText(workspace), plan)
    shares = {column.key: column.share for column in table.columns}
    assert shares["what"] == 34 and shares["position"] == 4
    task(book, plan, "长" * 40, position=2)
    (table,) = row_tables.tables(RecordText(workspace), plan)
    assert max(column.share for column in table.columns) == row_tables.MOST


def test_many_columns_take_a_wide_page(workspace: Workspace, book: Book, project: str) -> None:
    template = book.add("template", {"name_zh": "日检"}, project=project)
    reading = RecordText(workspace)
    assert registry.subject_of(reading, RECORD, template).layout.wide is False
    book.add("template_item", {"template": template.id, "text_zh": "温度", "expected": "正常"})
    assert registry.subject_of(reading, RECORD, template).layout.wide is True
    assert "期望值：正常" in mail(workspace, template)


def test_rows_of_rows_are_on_the_paper_of_the_row(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 1)
    row = rows_of(book.store, plan, kinds["plan_task"])[0]
    book.add("task_step", {"task": row.id, "what": "第一步"})
    assert "| 第一步 |" in mail(workspace, row)
