"""Start and exit: first paint, ready, interactive, and how long leaving takes.

First paint is when the first glyph is on the screen; interactive is when a key sent at ready
has changed the screen.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench import report
from tests.bench.target import FLOOR, Target
from tests.bench.terminal import Size

Times = dict[str, list[float]]
FIGURES = (("first paint", ""), ("ready", ""), ("interactive", "1.3 ×"), ("exit", ""))


def run(args: argparse.Namespace) -> None:
    """Start both in turn, in so many rounds."""
    report.heading("start")
    for size in args.sizes:
        floor: Times = {name: [] for name, _ in FIGURES}
        app: Times = {name: [] for name, _ in FIGURES}
        for number in range(args.rounds + 1):
            for target, times in ((FLOOR, floor), (args.target, app)):
                measured = _once(target, size, args.home, args.rows)
                if number:  # the first round warms the caches and writes bytecode
                    for name, value in measured.items():
                        times[name].append(value)
        for name, asked in FIGURES:
            report.line(name, size, floor[name], app[name], "ms", asked)


def _once(target: Target, size: Size, home: Path, rows: int) -> dict[str, float]:
    """One run, from its start to its end."""
    terminal = target.start(size, home, rows)
    try:
        painted = terminal.wait(lambda screen: bool(screen.text.strip()))
        ready = terminal.wait(lambda screen: target.ready in screen.text)
        before = terminal.text
        terminal.send(target.probe)
        interactive = terminal.wait(lambda screen: screen.text != before)
        terminal.settle()
    finally:
        left = terminal.close(target.quit)
    return {"first paint": painted, "ready": ready, "interactive": interactive, "exit": left}
