"""Memory: the proportional set size on the first page, in the list, and after leafing in it."""

from __future__ import annotations

import argparse

from tests.bench import report
from tests.bench.target import FLOOR

PAGES = 50


def run(args: argparse.Namespace) -> None:
    """Start both in turn, in so many rounds."""
    report.heading("memory")
    target, size = args.target, args.sizes[0]
    floor: list[float] = []
    app: dict[str, list[float]] = {"first page": [], "list": [], f"after {PAGES} pages": []}
    for _ in range(args.rounds):
        with FLOOR.running(size, args.home) as bare:
            floor.append(bare.memory())
        with target.running(size, args.home, args.rows) as terminal:
            app["first page"].append(terminal.memory())
            target.open_list(terminal)
            app["list"].append(terminal.memory())
            for _ in range(PAGES):
                terminal.send("pagedown")
                terminal.settle(0.03)
            app[f"after {PAGES} pages"].append(terminal.memory())
    for page, sizes in app.items():
        report.line(page, size, floor, sizes, "MB", "1.5 ×" if page == "list" else "")
