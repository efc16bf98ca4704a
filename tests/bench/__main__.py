"""`python -m tests.bench [PART …]`: measure all parts, or some."""

from __future__ import annotations

import argparse
import compileall
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.target import ROOT

PARTS = {
    "start": "tests.bench.start",
    "keys": "tests.bench.keys",
    "typing": "tests.bench.typed",  # not typing.py: that would hide the module of that name
    "idle": "tests.bench.idle",
    "memory": "tests.bench.memory",
    "save": "tests.bench.save",
    "search": "tests.bench.search",
    "paper": "tests.bench.paper",
    "pull": "tests.bench.pull",
    "delta": "tests.bench.delta",
    "both": "tests.bench.both",
    "bytes": "tests.bench.wire",
    "review": "tests.bench.review",
    "rows": "tests.bench.rows",
    "plans": "tests.bench.plans",
    "survey": "tests.bench.survey",
    "actions": "tests.bench.actions",
    "company": "tests.bench.company",
    "load": "tests.bench.load",
}
"""Each part by name: a module whose `run` takes the options and prints its figures."""


def options(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5, help="starts of each program")
    parser.add_argument("--rows", type=int, default=100_000, help="rows in the list")
    parser.add_argument("--sizes", type=_size, nargs="+", default=[(80, 24), (120, 40)])
    parser.add_argument("--target", type=_target, default="tests.bench.target:APP")
    parser.add_argument("--saves", type=int, default=0, help="saves of the part save")
    parser.add_argument(
        "--records", type=int, default=0, help="records of pull, both and bytes; weeks"
    )
    parser.add_argument("--large", type=int, default=0, help="the larger book of the part delta")
    parser.add_argument("--docs", type=int, default=0, help="records of the part search")
    parser.add_argument("--company", default="", help="where the part company keeps its books")
    parser.add_argument("--weeks", type=int, default=0, help="weeks of the part company")
    asked = parser.parse_args(words)
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    return asked


def main() -> None:
    """Compile, so that only running is measured, and run the parts in order."""
    args = options()
    ours = [ROOT / name for name in ("models", "sync", "tui", "tests")]
    for path in [*ours, *(Path(path) for path in sys.path if path.endswith("site-packages"))]:
        compileall.compile_dir(path, quiet=2)
    with tempfile.TemporaryDirectory(prefix="sitebook-bench-") as folder:
        args.home = Path(folder) / "home"
        for part in args.parts or PARTS:
            import_module(PARTS[part]).run(args)


def _size(text: str) -> tuple[int, int]:
    columns, _, lines = text.partition("x")
    return int(columns), int(lines)


def _target(text: str) -> object:
    module, _, name = text.partition(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    main()
