"""How tests speak to the command line: in this process, or as a person's shell does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import prepared_book
from tui import entry
from tui.cli import home as place

ROOT = Path(__file__).parents[3]
PROGRAM = "from tui.start import main; main()"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The only object printed."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def lines(self) -> list[Any]:
        """One object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Shell:
    """Runs commands on one home."""

    def __init__(
        self, home: Path, capture: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch
    ) -> None:
        self.home = home
        self.capture = capture
        self.patch = patch
        self.env = {**os.environ, "LANG": "zh_CN.UTF-8", place.VARIABLE: str(home)}
        self.env.pop("LC_ALL", None)
        self.env["PYTHONPATH"] = str(ROOT)

    def __call__(self, *args: object, stdin: bytes | str = b"") -> Said:
        """Run in this process."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        self.capture.readouterr()
        code = entry.run(["--home", str(self.home), *map(str, args)])
        sys.stdout.flush()
        out, err = self.capture.readouterr()
        return Said(code, out.decode(), err.decode())

    def ok(self, *args: object, stdin: bytes | str = b"") -> Said:
        """Run, and insist that it worked and said nothing on the error stream."""
        said = self(*args, stdin=stdin)
        assert (said.code, said.err) == (0, ""), said
        return said

    def refused(self, *args: object, code: int = 1, stdin: bytes | str = b"") -> str:
        """Run, and insist on one sentence on the error stream and nothing else."""
        said = self(*args, stdin=stdin)
        assert said.code == code and said.out == "", said
        assert said.err.count("\n") == 1 and "Traceback" not in said.err, said
        return said.err

    def outside(
        self, *args: object, stdin: bytes = b"", env: dict[str, str] | None = None, **more: Any
    ) -> Said:
        """Run as a process of its own."""
        done = subprocess.run(
            command(*args),
            input=stdin,
            capture_output=True,
            env={**self.env, **(env or {})},
            cwd="/",
            check=False,
            **more,
        )
        out, err = (one.decode("utf-8", "backslashreplace") for one in (done.stdout, done.stderr))
        return Said(done.returncode, out, err)


def command(*args: object) -> Sequence[str]:
    """The command line of a process that runs the program."""
    return [sys.executable, "-c", PROGRAM, *map(str, args)]


@pytest.fixture
def bare(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    """A shell whose home has no book yet."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", place.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    yield Shell(tmp_path / "home", capfdbinary, monkeypatch)


@pytest.fixture
def shell(bare: Shell) -> Shell:
    """A shell whose home has a book with one project."""
    prepared_book.begun(bare.home)
    return bare
