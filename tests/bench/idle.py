"""Idle: what a program does while nobody touches it, on its first page and in the list."""

from __future__ import annotations

import argparse
import time

from tests.bench import report
from tests.bench.target import FLOOR
from tests.bench.terminal import Terminal

SECONDS = 10.0


def run(args: argparse.Namespace) -> None:
    """Watch both at once."""
    report.heading(f"idle for {SECONDS:.0f} s")
    target, size = args.target, args.sizes[0]
    with (
        FLOOR.running(size, args.home) as bare,
        target.running(size, args.home, args.rows) as terminal,
    ):
        for page in ("first page", "list"):
            if page == "list":
                target.open_list(terminal)
            (cpu, data), (own_cpu, own_data) = _watch(bare, terminal)
            report.line(f"{page}: processor", size, [cpu * 100], [own_cpu * 100], "%")
            report.line(f"{page}: bytes a second", size, [data], [own_data], "bytes", "0")


def _watch(*terminals: Terminal) -> list[tuple[float, float]]:
    """For each the share of a processor and the bytes a second."""
    before = [(terminal.cpu(), len(terminal.raw)) for terminal in terminals]
    end = time.monotonic() + SECONDS
    while (left := end - time.monotonic()) > 0:
        for terminal in terminals:
            terminal.read(min(left, 0.2))
    return [
        ((terminal.cpu() - cpu) / SECONDS, (len(terminal.raw) - size) / SECONDS)
        for terminal, (cpu, size) in zip(terminals, before, strict=True)
    ]
