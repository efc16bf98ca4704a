"""The service report on paper: every number is the figure of the page, the narrative is apart."""

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
from models.records.statistics.service.service_content import NOT_YET
from models.schema.record import Record
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.support.quarterly_checks import QUARTER
from tests.tui.documents.makers import text_of
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A day of the quarter."""
    with time_machine.travel(instant(date(2026, 10, 14), 540) / 1000, tick=False):
        yield


@pytest.fixture
def report(book: Book, project: str) -> Record:
    """A report of a quarter with a little of everything, not submitted yet."""
    with time_machine.travel(instant(date(2026, 10, 12), 540) / 1000, tick=False):
        checks.template(book, project)
    raised = {"phenomenon": "主干中断 [/b]", "severity": "high"}
    book.add("escalation", raised, project=project)
    book.add("corrective_action", {"subject": "备纤未测", "sort": "preventive"}, project=project)
    check = book.add("quarterly_check", QUARTER, project=project)
    part = {"part": "光模块", "stock": 1, "safety": 2, "verdict": "short"}
    book.add("spare_part", {"check": check.id, **part})
    texts = {"summary": "总体平稳", "next_quarter": "更换光模块"}
    return book.add("service_report", {**QUARTER, **texts}, project=project)


def printed(workspace: Workspace, record: Record, name: str = "quarterly") -> str:
    reading = RecordText(workspace)
    what = registry.subject_of(reading, DOCUMENTS[name], workspace.book.get(record.id))
    return text_of(produce.make(reading, what).content)


@pytest.mark.shows(16)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_is_on_paper_with_its_value(
    workspace: Workspace, report: Record, lang: Lang
) -> None:
    language.now = lang
    said = printed(workspace, report)
    for kept in compiled.content(workspace.book, report).data.figures:
        kind = figures.known(kept.name)
        assert kind is not None
        assert str(kind.label) in said and figures.value_text(kind, kept.value) in said
    for family, word in NOT_YET.items():
        if family not in figures.families():
            assert str(word) in said
    for text in ("总体平稳", "更换光模块", "主干中断 [/b]", "备纤未测", "光模块", "2026-W42"):
        assert text in said, text
    assert str(figures.NOT_ASSESSABLE) in said


def test_once_submitted_it_says_what_it_was_submitted_with(
    workspace: Workspace, book: Book, report: Record, project: str
) -> None:
    book.move(report.id, "submit")
    before = printed(workspace, report)
    book.add("escalation", {"phenomenon": "又一起", "severity": "high"}, project=project)
    book.edit(project, {"name": "改了名"})
    after = printed(workspace, report)
    assert "又一起" not in after and "改了名" not in after.replace("改了名 · ", "")
    assert before.count("主干中断") == after.count("主干中断")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_the_same_numbers_and_charts(
    workspace: Workspace, report: Record, tmp_path: Path, lang: Lang
) -> None:
    language.now = lang
    reading = RecordText(workspace)
    what = registry.subject_of(reading, DOCUMENTS["quarterly"], report)
    path = tmp_path / "report.xlsx"
    produce.export(reading, what, path)
    made = load_workbook(path)
    rows = [row[:2] for row in made.worksheets[0].iter_rows(min_row=2, values_only=True)]
    said = []
    for kept in compiled.content(workspace.book, report).data.figures:
        kind = figures.known(kept.name)
        assert kind is not None
        value = str(figures.NOT_ASSESSABLE) if kept.value is None else kept.value
        said.append((str(kind.label), value))
    assert len(said) > 20 and rows[: len(said)] == said
    weeks = list(made.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in weeks] == ["2026-W40", "2026-W41", "2026-W42"]
    assert weeks[-1][1:] == (1, 0, 1)
    assert [len(sheet._charts) for sheet in made.worksheets[1:3]] == [1, 1]


def test_a_routine_check_is_printed_with_its_deviations(
    workspace: Workspace, book: Book, project: str
) -> None:
    checks.template(book, project)
    with time_machine.travel(instant(date(2026, 10, 20), 540) / 1000, tick=False):
        days = {"first": "2026-10-15", "last": "2026-10-16", "conclusion": "有偏差"}
        check = book.add("routine_check", days, project=project)
        said = printed(workspace, check, "routine")
    for text in ("按时完成率", "机房日检", "应做 2", "待判定", "有偏差"):
        assert text in said, text
