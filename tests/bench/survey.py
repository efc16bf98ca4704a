"""Survey: the statistics of a follow-up with 10,000 answers beside the same with 100."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from models.book.projects import all_projects
from models.book.writing.batch import batch
from sync.workspace.setup import begin
from tests.bench import report
from tests.bench.review import running
from tests.bench.target import APP
from tests.bench.terminal import Terminal
from tests.support import surveys

FEW, MANY = 10, 1_000
"""People with ten answers each."""
PAGES = {"overview": ("ctrl+backslash", "满意度"), "follow-up": ("enter", "回访统计")}
"""What is opened: by which key, and what is shown then."""
TIMES = 6
ASKED = "2 ×"


def run(args: argparse.Namespace) -> None:
    """Both books in turns, and the ratios."""
    report.heading("follow-up: 100 answers (floor) and 10,000")
    homes = {people: args.home.parent / f"people-{people}" for people in (FEW, MANY)}
    for people, home in homes.items():
        fill(home, people)
    for size in args.sizes:
        found: dict[tuple[int, str], list[float]] = {}
        for _ in range(max(args.rounds // 2, 1)):
            for people, home in homes.items():
                with running(APP, size, home) as terminal:
                    _work(terminal, people, found)
        for page in PAGES:
            report.line(page, size, found[FEW, page], found[MANY, page], "ms", ASKED)


def _work(terminal: Terminal, people: int, found: dict[tuple[int, str], list[float]]) -> None:
    """The first time brings the modules in, and is not counted."""
    for time in range(TIMES + 1):
        for page, (key, text) in PAGES.items():
            paint = terminal.press(key, _shown(text)).paint
            if time:
                found.setdefault((people, page), []).append(paint)
            terminal.settle()
        for text in ("满意度", "今日"):
            terminal.send("escape")
            terminal.wait(_shown(text))
            terminal.settle()


def _shown(text: str) -> Callable[[Terminal], bool]:
    return lambda terminal: text in terminal.text


def fill(home: Path, people: int) -> None:
    """A follow-up of so many people, who all answered; the levels go straight into their table,
    without changes in the log: the page cannot tell."""
    workspace = begin(home, name="张工", project="项目")
    book, project = workspace.book, all_projects(workspace.store)[0].id
    surveys.ended(book, project)
    with batch(book):
        made = surveys.survey(book, project, people=people, method="all")
        book.move(made.id, "draw")
    level = "CASE n % 7 WHEN 0 THEN 'neutral' WHEN 1 THEN 'na' ELSE 'satisfied' END"
    with workspace.store.write():
        workspace.store.db.execute_sql(f"UPDATE survey_answer SET level={level}")
        workspace.store.db.execute_sql("UPDATE survey_response SET state='answered'")
    workspace.close()
