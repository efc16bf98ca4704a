"""Nursery: a process with everything imported, from which lives branch off to be killed.

A life is a fork, so it costs milliseconds instead of a start. What it says comes back line by
line; whatever else it prints (a traceback) is kept for the message of a failed test.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
BORN, GONE = "BORN ", "GONE "


class Nursery:
    """One such process; it has one life at a time."""

    def __init__(self, *imports: str, hand_down: tuple[int, ...] = ()) -> None:
        """`imports` are modules to have ready; `hand_down` are file descriptors for the lives."""
        if not hasattr(os, "fork"):
            import pytest

            pytest.skip("processes cannot branch off here")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forked_processes", *imports],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", pass_fds=hand_down,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )  # fmt: skip
        self.pid = 0
        """Of the life, while it lasts."""
        self.status = 0
        """How the last one ended, as `subprocess` says it."""
        self.said: list[str] = []
        """Its last words."""

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout
        stdin.close()
        stdout.read()
        stdout.close()
        assert self._process.wait(30) == 0

    def begin(self, what: str, *told: object) -> None:
        """Begin a life: `what` is 'module:function', called with these texts and numbers."""
        stdin = self._process.stdin
        assert stdin and not self.pid
        self.said = []
        stdin.write(json.dumps([what, *told]) + "\n")
        stdin.flush()
        self.pid = int(self._until(BORN))

    def lines(self) -> Iterator[str]:
        """What it says, until it ends."""
        while self.pid:
            line = self._line()
            if line.startswith(GONE):
                self.pid, self.status = 0, int(line.removeprefix(GONE))
            elif line:
                yield line

    def doomed(self, said: int, seconds: float) -> Iterator[str]:
        """The same, and so long after so many lines (-1: from now) it is killed."""
        if said < 0:
            threading.Timer(seconds, _strike, (self.pid,)).start()
        for number, line in enumerate(self.lines()):
            if number == said:
                threading.Timer(seconds, _strike, (self.pid,)).start()
            yield line

    def kill(self) -> None:
        """End it with violence, if it lasts; returns when it is gone."""
        if self.pid:
            _strike(self.pid)
            self.end()

    def end(self) -> list[str]:
        """What it still says, to its end."""
        return list(self.lines())

    def _line(self) -> str:
        stdout = self._process.stdout
        assert stdout
        line = stdout.readline()
        assert line, f"the nursery ended: {self.said}"
        self.said = [*self.said[-40:], line.rstrip()]
        return line.strip()

    def _until(self, word: str) -> str:
        while not (line := self._line()).startswith(word):
            pass
        return line.removeprefix(word)


def _strike(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _serve() -> None:
    for line in sys.stdin:
        what, *told = json.loads(line)
        pid = os.fork()
        if not pid:
            _live(what, told)
        _, status = os.waitpid(pid, 0)
        _say(f"\n{GONE}{os.waitstatus_to_exitcode(status)}\n")


def _live(what: str, told: list[object]) -> None:
    """One life; it never returns."""
    module, _, name = what.partition(":")
    _say(f"{BORN}{os.getpid()}\n")
    try:
        os.close(0)
        getattr(import_module(module), name)(*told)
        sys.stdout.flush()
        os._exit(0)
    except SystemExit as done:
        sys.stdout.flush()
        os._exit(int(done.code or 0))
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(3)


def _say(text: str) -> None:
    os.write(1, text.encode())


if __name__ == "__main__":
    for _module in sys.argv[1:]:
        import_module(_module)
    _serve()
