"""Plans: a year of 52 weeks × 20 tasks beside one of 20 tasks: opened, compared, generated."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from models.book.book import Book
from models.book.projects import all_projects
from models.derived.revision_comparison import compare
from models.derived.revision_copy import new_revision
from models.schema.roles import DEPARTMENT_MANAGER
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.service_plans import REASON, plan_of, tasks, term
from tests.support.team import acting, admit
from tests.tui.seen import opened, text
from tui.app.app import SiteApp

TERMS, MOVED = 20, 10
ASKED = 2.0
"""How much longer the great one may take."""


def run(args: argparse.Namespace) -> None:
    """Print the medians, and the great plan's as a multiple of the small one's."""
    rounds = max(args.rounds, 5)
    with tempfile.TemporaryDirectory(prefix="sitebook-bench-") as folder:
        workspace = begin(Path(folder) / "book", name="测试员", lang="zh", project="测试项目")
        head = acting(workspace, admit(workspace, "韩经理", [DEPARTMENT_MANAGER]))
        found = {
            "20 tasks": _plan(workspace.book, head, "yearly"),
            "52 × 20 tasks": _plan(workspace.book, head, "weekly"),
        }
        print(f"\nplans{'generate':>35}{'approve':>12}{'new version':>14}{'compare':>12}")
        for name, (_, _, spent) in found.items():
            print(f"{name:28}" + "".join(f"{one * 1000:9.0f} ms" for one in spent))
        pairs = [(one, other) for one, other, _ in found.values()]
        pages = asyncio.run(_screens(workspace, pairs, rounds))
        workspace.close()
    for what, (small, great) in pages.items():
        ratio = median(great) / median(small)
        times = f"{median(small) * 1000:.0f} ms → {median(great) * 1000:.0f} ms"
        print(f"{what:40}{ratio:6.2f} ×   {times}   ≤ {ASKED} ×")


def _plan(book: Book, head: Book, frequency: str) -> tuple[str, str, list[float]]:
    """A plan in force, the draft of its change, and the seconds of each step."""
    project = str(all_projects(book.store)[0].id)
    spent = list[float]()

    def timed(work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        made = work()
        spent.append(time.perf_counter() - began)
        return made

    terms = [term(f"任务 {n:02d}", frequency, weekday=str(n % 5 + 1)) for n in range(TERMS)]
    plan = plan_of(book, project, terms)
    timed(lambda: book.move(plan.id, "generate"))
    book.move(plan.id, "submit")
    timed(lambda: head.move(plan.id, "approve"))
    change = timed(lambda: new_revision(book, book.get(plan.id)))
    book.edit(change.id, REASON)
    for one in tasks(book, change.id)[-MOVED:]:
        book.edit(one.id, {"remark": "改期"})
    timed(lambda: compare(book.store, book.get(plan.id), book.get(change.id)))
    return plan.id, change.id, spent


async def _screens(
    workspace: Workspace, pairs: list[tuple[str, str]], rounds: int
) -> dict[str, tuple[list[float], list[float]]]:
    """Seconds to the first row of each page, of both plans in turn, after a first time."""
    versions = "tui.pages.revisions.revision_page", "RevisionPage"
    found: dict[str, tuple[list[float], list[float]]] = {
        "open the plan": ([], []),
        "compare two versions": ([], []),
    }
    async with opened(workspace) as (app, pilot):
        for turn in range(rounds + 1):
            for at, (plan, change) in enumerate(pairs):
                opens = await _first_row(app, "任务", partial(app.open_record, plan))
                await app.pop_screen()
                compares = await _first_row(app, "改期", partial(app.open_page, *versions, change))
                await app.pop_screen()
                await pilot.pause()
                if turn:
                    found["open the plan"][at].append(opens)
                    found["compare two versions"][at].append(compares)
    return found


async def _first_row(app: SiteApp, word: str, open_: Callable[[], Any]) -> float:
    before = text(app)
    began = time.perf_counter()
    open_()
    while text(app) == before or word not in text(app):
        await asyncio.sleep(0.001)
    return time.perf_counter() - began
