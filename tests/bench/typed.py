"""Typing: a letter and a Chinese character in a text field, beside a bare Input."""

from __future__ import annotations

import argparse

from tests.bench import report
from tests.bench.target import FLOOR_TYPING
from tests.bench.terminal import Reaction

KEYS = "abcdefgh" + "机房温度超限"


def run(args: argparse.Namespace) -> None:
    """Type the same in both in turn."""
    report.heading("typing")
    target = args.target
    for size in args.sizes:
        floor: list[Reaction] = []
        app: list[Reaction] = []
        for number in range(args.rounds):
            fresh = args.home.with_name(f"typing-{size[0]}-{number}")  # where no draft waits
            with (
                FLOOR_TYPING.running(size, args.home) as bare,
                target.running(size, fresh, 20) as terminal,
            ):
                target.open_typing(terminal)
                for key in KEYS * 2:
                    floor.append(bare.press(key, lambda screen: screen.text))
                    app.append(terminal.press(key, lambda screen: screen.text))
        bare_times, times = [r.paint for r in floor], [r.paint for r in app]
        report.line("a character p50", size, bare_times, times, "ms", "1.5 ×")
        report.line("a character p99", size, report.p99(bare_times), report.p99(times), "ms")
        report.line("bytes", size, [r.size for r in floor], [r.size for r in app], "bytes")
