"""A procedure on paper: its steps as people follow them, in one language, with its own edition."""

from __future__ import annotations

from models.book.book import Book
from models.schema.record import Record
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import registry
from tui.documents.formats import markdown
from tui.documents.record_text import RecordText
from tui.documents.registry import of_record, subject_of


def printed(workspace: Workspace, record: Record) -> str:
    """Its document as text."""
    reading = RecordText(workspace)
    subject = subject_of(reading, of_record(record), record)
    return markdown.text(subject.layout, registry.gather(reading, subject))


def test_the_steps_in_one_language(workspace: Workspace, book: Book) -> None:
    made = book.add("procedure", {"subject": "complaint_handling", "reason": "客户要求更快"})
    said = printed(workspace, made)
    steps = said.partition("流程步骤")[2].partition("修订原因")[0]
    assert "登记并向客户确认收到" in steps and "服务台专员" in steps and "先听完" in steps
    assert "Record it" not in said and "received" not in said and "acknowledge" not in said
    assert "客户要求更快" in said and "版次" in said
    language.now = "en"
    said = printed(workspace, made)
    assert "Record it and acknowledge it" in said and "确认收到" not in said


def test_the_edition_is_that_of_the_procedure(workspace: Workspace, book: Book) -> None:
    for reason in ("第一次", "第二次"):
        made = book.add("procedure", {"subject": "complaint_handling", "reason": reason})
        book.move(made.id, "use")
    reading = RecordText(workspace)
    data = registry.gather(reading, subject_of(reading, of_record(made), book.get(made.id)))
    assert (data["edition_no"], data["version"]) == ("2", "V1.0")
