"""Rows: the page, the table and the approval of a record with many rows."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from models.book.book import Book
from models.book.projects import all_projects
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.schema.roles import PROJECT_MANAGER
from sync.workspace.workspace import Workspace
from tests.support.plans import plan_of, plan_workspace
from tests.support.team import acting, admit
from tests.tui.seen import opened, text
from tui.app.app import SiteApp

ROWS, ANSWERS = 1_000, 300
FIRST_ROW, APPROVAL = 300, 500
"""Milliseconds that are asked for."""
DAY = "2026-11-24"


def run(args: argparse.Namespace) -> None:
    """Print the medians."""
    rounds = max(args.rounds, 5)
    print(f"\nrows: {ROWS:,} of a plan, {ANSWERS} answers of a checklist{'median':>18}   asked")
    with (
        tempfile.TemporaryDirectory(prefix="sitebook-bench-") as folder,
        plan_workspace(Path(folder)) as workspace,
    ):
        plan = plan_of(workspace.book, _project(workspace), ROWS)
        page, table = asyncio.run(_screens(workspace, plan, rounds))
        _line("first row of the page", page, FIRST_ROW)
        _line("first row of the table", table, FIRST_ROW)
        _line("approve the plan", _approvals(workspace.book, plan, rounds), APPROVAL)
        _line("a row done under it", _moves(workspace.book, plan, rounds), APPROVAL)
        _line("review the checklist", _reviews(workspace, rounds), APPROVAL)


def _line(what: str, seconds: list[float], asked: int) -> None:
    print(f"{what:40}{median(seconds) * 1000:18.0f} ms   ≤ {asked} ms")


def _project(workspace: Workspace) -> str:
    return str(all_projects(workspace.store)[0].id)


async def _screens(
    workspace: Workspace, plan: Record, rounds: int
) -> tuple[list[float], list[float]]:
    """Seconds to the first row of the page and of the table; the first time counts for nothing."""
    page, table = list[float](), list[float]()
    place = ("tui.pages.rows.table_page", "TablePage", plan.id, "plan_task")
    async with opened(workspace) as (app, pilot):
        for _ in range(rounds + 1):
            page.append(await _first_row(app, lambda: app.open_record(plan.id)))
            await app.pop_screen()
            table.append(await _first_row(app, lambda: app.open_page(*place)))
            await app.pop_screen()
            await pilot.pause()
    return page[1:], table[1:]


async def _first_row(app: SiteApp, open_: Callable[[], Any]) -> float:
    assert "任务 2" not in text(app)
    began = time.perf_counter()
    open_()
    while "任务 2" not in text(app):
        await asyncio.sleep(0.001)
    return time.perf_counter() - began


def _approvals(book: Book, plan: Record, rounds: int) -> list[float]:
    found = list[float]()
    for at in range(rounds):
        if at:
            book.move(plan.id, "revise")
        found.append(_seconds(lambda: book.move(plan.id, "approve")))
    return found


def _moves(book: Book, plan: Record, rounds: int) -> list[float]:
    """A row's own move while its plan is approved: what differs is worked out anew."""
    rows = rows_of(book.store, plan, kinds["plan_task"])[:rounds]
    return [_seconds(lambda id=row.id: book.move(id, "finish")) for row in rows]  # type: ignore[misc]


def _reviews(workspace: Workspace, rounds: int) -> list[float]:
    """Reviewing a submitted checklist, by another person."""
    book, project = workspace.book, _project(workspace)
    lead = acting(workspace, admit(workspace, "经理", [PROJECT_MANAGER]))
    items = [("ok", f"检查项 {n}") for n in range(ANSWERS)]
    found = list[float]()
    for place in range(rounds):
        template = book.add("template", {"name_zh": f"长表 {place}", "frequency": "daily"})
        with book.saving():
            made = [
                book.add("template_item", {"template": template.id, "text_zh": name, "position": n})
                for n, (_, name) in enumerate(items)
            ]
        book.move(template.id, "publish")
        values = {"template": template.id, "day": DAY, "round": 1}
        sheet = book.add("sheet", values, project=project).id
        with book.saving():
            for item in made:
                book.add("answer", {"sheet": sheet, "item": item.id, "result": "ok"})
        book.move(sheet, "submit")
        found.append(_seconds(lambda sheet=sheet: lead.move(sheet, "review")))  # type: ignore[misc]
    return found


def _seconds(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began
