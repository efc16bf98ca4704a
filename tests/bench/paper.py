"""A week with 200 problems on paper, beside filling the same template with fixed text."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from models.book.projects import all_projects
from models.book.writing.batch import batch
from models.calendar.business_dates import business_day, week_of
from models.records.weekly import entries
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.bench import report
from tests.support.team import acting, admit
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText
from tui.documents.word import template_builder

PROBLEMS, PEOPLE = 200, 10
TEXT = "信息科报修：门诊大厅自助机无法打印凭条，提示“服务不可达”，其余自助机正常。"
ASKED = "≤ 3"


def run(args: argparse.Namespace) -> None:
    """Print the ratio; both in turns in one process."""
    report.heading(f"documents: a week with {PROBLEMS} problems")
    with tempfile.TemporaryDirectory(prefix="sitebook-bench-") as folder:
        workspace = played(Path(folder) / "home")
        floor, app = measured(workspace, Path(folder), max(args.rounds, 3))
        workspace.close()
    report.line("fill fixed text | export week", (PROBLEMS, 1), floor, app, "ms", ASKED)


def measured(workspace: Workspace, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of the floor and of the export, in turns."""
    book = workspace.book
    week = week_of(business_day(book.change_log.now(), workspace.settings.zone))
    project = all_projects(book.store)[0]
    what = registry.subject_of(RecordText(workspace), DOCUMENTS["week"], project, week=week)
    template = template_builder.template(what.layout, "zh")
    fixed = _fixed(registry.gather(RecordText(workspace), what))
    assert len(fixed["solved"]) == PROBLEMS
    floor, app = list[float](), list[float]()
    for at in range(rounds):
        floor.append(_seconds(lambda: _fill(template, fixed)))
        path = folder / f"{at}.docx"
        app.append(_seconds(lambda path=path: produce.export(RecordText(workspace), what, path)))  # type: ignore[misc]
    return floor, app


def played(home: Path) -> Workspace:
    """A week in which ten people put 200 problems right and hand in their entries."""
    workspace = begin(home, name="测试员", lang="zh", project="项目")
    project = all_projects(workspace.store)[0]
    people = [admit(workspace, f"工程师{n}", ["engineer"]) for n in range(PEOPLE)]
    books = [acting(workspace, person) for person in people]
    with batch(workspace.book):
        for n in range(PROBLEMS):
            book = books[n % PEOPLE]
            made = book.add("fix", {"phenomenon": f"{TEXT}{n}"}, project=project.id)
            book.move(made.id, "fix", {"cause": TEXT, "correction": TEXT})
    week = week_of(business_day(workspace.book.change_log.now(), workspace.settings.zone))
    for book in books:
        entries.submit(book, entries.entry(book, project, week), {"progress": TEXT, "hours": "40"})
    return workspace


def _fixed(data: Any) -> Any:
    """The same shape with one text everywhere."""
    if isinstance(data, dict):
        return {key: _fixed(value) for key, value in data.items()}
    return [_fixed(value) for value in data] if isinstance(data, list) else TEXT


def _fill(template: bytes, data: dict[str, Any]) -> None:
    made = DocxTemplate(BytesIO(template))
    made.render(data, autoescape=True)
    made.save(BytesIO())


def _seconds(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began
