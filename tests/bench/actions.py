"""Actions: the board, Today and the statistics with 20,000 actions beside the same with 100."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from models.book.projects import all_projects
from models.schema.record import kinds
from models.storage import rows
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.bench import report
from tests.bench.review import running
from tests.bench.target import APP
from tests.bench.terminal import Terminal

FEW, MANY = 100, 20_000
"""Actions, spread over all states; a fortieth as many irregular services."""
OWNERS = 40
TIMES = 6
KEYS = {"board": "ctrl+a", "by owner": "o", "irregular services": "ctrl+underscore", "Today": "1"}
SHOWN = {
    "board": "措施看板",
    "by owner": "还没有负责人",
    "irregular services": "不规范服务统计",
    "Today": "今日",
}
"""What is opened: by which key, and what is shown then."""
ASKED = "2 ×"


def run(args: argparse.Namespace) -> None:
    """Both books in turns, and the ratios."""
    report.heading("100 actions (floor) and 20,000")
    homes = {count: args.home.parent / f"actions-{count}" for count in (FEW, MANY)}
    for count, home in homes.items():
        fill(home, count)
    for size in args.sizes:
        found: dict[tuple[int, str], list[float]] = {}
        for _ in range(max(args.rounds // 2, 1)):
            for count, home in homes.items():
                with running(APP, size, home) as terminal:
                    _work(terminal, count, found)
        for page in KEYS:
            report.line(page, size, found[FEW, page], found[MANY, page], "ms", ASKED)


def _work(terminal: Terminal, count: int, found: dict[tuple[int, str], list[float]]) -> None:
    """The first time brings the modules in, and is not counted."""
    for time in range(TIMES + 1):
        for page in ("board", "by owner", "Today", "irregular services", "Today"):
            paint = terminal.press(KEYS[page], _shown(SHOWN[page])).paint
            if time:
                found.setdefault((count, page), []).append(paint)
            terminal.settle()


def _shown(text: str) -> Callable[[Terminal], bool]:
    return lambda terminal: text in terminal.text


def fill(home: Path, count: int) -> None:
    """A book of so many actions; they go straight into their table, without changes in the log:
    the pages cannot tell."""
    workspace = begin(home, name="张工", project="项目")
    book, project = workspace.book, str(all_projects(workspace.store)[0].id)
    today, text = book.today, "巡检记录缺失，已补录并复核。" * 6
    action, service = kinds["corrective_action"].kind, kinds["irregular_service"].kind
    with workspace.store.write():
        for at in range(count):
            state = action.states[at % len(action.states)].name
            day = today.fromordinal(today.toordinal() + at % 60 - 20).isoformat()
            values: dict[str, Any] = {
                "subject": f"事项 {at}",
                "sort": "corrective",
                "finding": text,
            }
            values |= {"cause": text, "measure": text, "outcome": text, "state": state}
            values |= {"due": day, "check_on": day}
            owners = {0: None, 1: book.me}
            values |= {"owner": owners.get(at % OWNERS, f"o{at % OWNERS}")}
            _insert(workspace, "corrective_action", "CA", at, project, values)
            if at % 40 == 0:
                category = ("permit", "alone", "dress", "late_response")[at // 40 % 4]
                values = {"subject": "无票作业", "category": category, "facts": text}
                values |= {"found_on": today.isoformat(), "found_in": "routine"}
                values["state"] = service.states[at // 40 % len(service.states)].name
                _insert(workspace, "irregular_service", "IR", at, project, values)
    workspace.close()


def _insert(
    workspace: Workspace, type: str, code: str, at: int, project: str, values: Mapping[str, Any]
) -> None:
    cls, book = kinds[type], workspace.book
    now = book.change_log.now()
    id = f"{at:08x}-0000-7000-8000-{len(type):012x}"
    row: dict[str, Any] = {**dict.fromkeys(rows.columns(cls)), **values}
    row |= {"id": id, "number": f"{code}-2026-{at:05}", "project": project}
    row["author"] = f"o{at % OWNERS}"  # nobody writes 20,000 of them alone
    row |= {"occurred": now, "recorded": now, "device": book.change_log.device, "dots": "1.1"}
    row["n"] = rows.place(workspace.store, cls, id, now)
    rows.insert(workspace.store, cls, row)
