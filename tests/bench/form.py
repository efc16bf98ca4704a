"""Bench of the form: processor time of a key and of Tab, beside a bare input.

`python -m tests.bench.form [--rounds N]`
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from sync.workspace.setup import begin
from tui.app.app import SiteApp

KEYS = 40


class Bare(App[None]):
    """One input and nothing else."""

    def compose(self) -> ComposeResult:
        yield Input()


async def cost(pilot: Pilot[Any], key: str) -> float:
    """Milliseconds of processor time that one press takes, all that follows included."""
    before = time.process_time()
    for _ in range(KEYS):
        await pilot.press(key)
    return (time.process_time() - before) / KEYS * 1000


async def measure(home: Path, rounds: int) -> None:
    """Bare input and form in turn, so that a busy machine hits both."""
    workspace = begin(home, name="n", project="p")
    costs: dict[str, list[float]] = {"bare key": [], "form key": [], "form tab": []}
    for _ in range(rounds):
        async with Bare().run_test(size=(80, 24)) as pilot:
            await pilot.press("a")
            costs["bare key"].append(await cost(pilot, "x"))
        app = SiteApp(workspace)
        async with app.run_test(size=(80, 24)) as pilot:
            app.open_form("escalation")
            await pilot.press("a")
            costs["form key"].append(await cost(pilot, "x"))
            costs["form tab"].append(await cost(pilot, "tab"))
            await pilot.press("f8", "y")
    workspace.close()
    bare = median(costs["bare key"])
    for name, found in costs.items():
        print(f"{name}: {median(found):.2f} ms = {median(found) / bare:.2f} x bare key")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder) / "book", given.rounds))
