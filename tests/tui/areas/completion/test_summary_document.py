"""The papers of the end: the discussion draft, the summary and the targets, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.book.book import Book
from models.calendar.business_dates import instant
from models.derived import compiled, figures
from models.schema.record import Record
from models.text.words import Lang, Refused, language
from sync.workspace.workspace import Workspace
from tests.support.completions import assessment, criteria, measured, scored, summary
from tests.support.team import acting, admit
from tests.tui.documents.makers import text_of
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A day after the service period."""
    with time_machine.travel(instant(date(2026, 11, 25), 540) / 1000, tick=False):
        yield


@pytest.fixture
def made(book: Book, project: str) -> Record:
    """A summary of a period with a little of everything, hostile text among it."""
    book.add("fix", {"phenomenon": "风扇告警 [/b]", "cause_class": "equipment"}, project=project)
    values = {"name": "初验", "due": "2026-10-15", "deliverable": "初验报告"}
    book.move(book.add("milestone", values, project=project).id, "done")
    measured(book, assessment(book, project), reliability="99.5")
    return scored(book, summary(book, project, opinions="续签时加备件"), 3)


def printed(workspace: Workspace, record: Record, name: str = "project_summary") -> str:
    reading = RecordText(workspace)
    what = registry.subject_of(reading, DOCUMENTS[name], workspace.book.get(record.id))
    return text_of(produce.make(reading, what).content)


@pytest.mark.shows("Q-61b", 51)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_before_the_meeting_it_is_what_is_discussed(
    workspace: Workspace, made: Record, lang: Lang
) -> None:
    language.now = lang
    said = printed(workspace, made)
    for text in {
        "zh": ("项目总结会讨论稿", "总结会议程", "里程碑完成 1/1", "系统可靠性", "未达到", "平均"),
        "en": ("Project summary, to discuss", "Agenda", "done: 1 of 1", "reliability", "missed"),
    }[lang]:
        assert text in said, text
    for text in (
        "响应快",
        "备件不足",
        "提前两个月下单",
        "续签时加备件",
        "风扇告警 [/b]",
        "初验报告",
    ):
        assert text in said, text
    for kept in compiled.content(workspace.book, made).data.figures:
        kind = figures.known(kept.name)
        assert kind is not None
        assert str(kind.label) in said and figures.value_text(kind, kept.value) in said


def test_once_submitted_it_says_what_it_was_submitted_with(
    workspace: Workspace, book: Book, made: Record, project: str
) -> None:
    values = {"attendees": book.me, "minutes": "通过"}
    book.move(made.id, "submit", values, comment="有人接手")
    other = acting(workspace, admit(workspace, "韩经理", ["department_manager"]))
    row = criteria(book, made)["plan"]
    other.move(row.id, "rescore", {"review_score": 1, "review_note": "漏检两次"})
    book.add("fix", {"phenomenon": "又一起"}, project=project)
    book.edit(project, {"name": "改了名"})
    said = printed(workspace, made)
    assert "又一起" not in said and "改了名" not in said.replace("改了名 · ", "")
    for text in ("项目总结", "通过", "漏检两次", "-2", "2.7"):
        assert text in said, text
    assert "讨论稿" not in said


@pytest.mark.shows("Q-62b")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_targets_are_on_paper_with_formula_and_verdict(
    workspace: Workspace, book: Book, made: Record, lang: Lang
) -> None:
    language.now = lang
    found = book.store.row("SELECT id FROM target_assessment")
    assert found is not None
    said = printed(workspace, book.get(str(found[0])), "quality_targets")
    for text in {
        "zh": ("质量目标考核表", "不低于 99.9%", "99.5%", "未达到", "不可评定", "第 1 版"),
        "en": ("Quality target assessment", "at least 99.9%", "missed", "(version 1)"),
    }[lang]:
        assert text in said, text


def test_the_tables_are_a_workbook_too(workspace: Workspace, made: Record, tmp_path: Path) -> None:
    reading = RecordText(workspace)
    what = registry.subject_of(reading, DOCUMENTS["project_summary"], made)
    path = tmp_path / "summary.xlsx"
    produce.export(reading, what, path)
    cells = [
        str(cell)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert "平均" in cells and any("风扇告警 [/b]" in cell for cell in cells)


def test_it_is_issued_once_it_is_submitted(workspace: Workspace, made: Record) -> None:
    reading = RecordText(workspace)
    what = registry.subject_of(reading, DOCUMENTS["project_summary"], made)
    from tui.documents import issue

    with pytest.raises(Refused):
        issue.issue(reading, what, "")
