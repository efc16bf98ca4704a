"""Keys in the list: cursor down and page down, beside one key that changes a Label."""

from __future__ import annotations

import argparse

from tests.bench import report
from tests.bench.target import FLOOR
from tests.bench.terminal import Reaction, Size

DOWN, PAGES = 30, 15


def run(args: argparse.Namespace) -> None:
    """Press the key in both in turn; each key waits until the last one has settled."""
    report.heading(f"keys in a list of {args.rows:,} rows")
    for size in args.sizes:
        found: dict[str, tuple[list[Reaction], list[Reaction]]] = {}
        for _ in range(args.rounds):
            _round(args, size, found)
        for key, (floor, app) in found.items():
            asked = ("1.5 ×", "2,048") if key == "down" else ("2 ×", _page_bytes(size))
            _print(key, size, floor, app, asked)


def _page_bytes(size: Size) -> str:
    return "4,096" if size[0] <= 80 else "10,240"


def _round(
    args: argparse.Namespace, size: Size, found: dict[str, tuple[list[Reaction], list[Reaction]]]
) -> None:
    """One start of both, and all the keys."""
    target = args.target
    with (
        FLOOR.running(size, args.home) as bare,
        target.running(size, args.home, args.rows) as terminal,
    ):
        target.open_list(terminal)
        for key in ("down",) * DOWN + ("pagedown",) * PAGES:
            floor, app = found.setdefault(key, ([], []))
            floor.append(bare.press(FLOOR.probe, lambda screen: screen.text))
            app.append(terminal.press(key, target.where))


def _print(
    key: str, size: Size, floor: list[Reaction], app: list[Reaction], asked: tuple[str, str]
) -> None:
    bare, ours = [r.paint for r in floor], [r.paint for r in app]
    report.line(f"{key} p50", size, bare, ours, "ms", asked[0])
    report.line(f"{key} p99", size, report.p99(bare), report.p99(ours), "ms")
    settled = [r.settled for r in floor], [r.settled for r in app]
    report.line(f"{key} settled", size, *settled, "ms")
    report.line(
        f"{key} bytes", size, [r.size for r in floor], [r.size for r in app], "bytes", asked[1]
    )
    most = max(r.size for r in app)
    report.line(f"{key} bytes, most", size, [max(r.size for r in floor)], [most], "bytes")
