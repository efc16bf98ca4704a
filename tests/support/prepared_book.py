"""The book that most tests begin with, made once in a process and copied from then on.

Beginning a book costs four times what opening a copy does, and thousands of tests begin this very
one. Each copy is a folder of its own; all of them have the same key, person and first project.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

import time_machine

from sync.workspace.setup import begin
from sync.workspace.workspace import schema_mark


def begun(home: Path) -> None:
    """A book of one person who has every role, with one project, in a folder that is not there.

    Under a clock that a test has set it is begun there and then, at that test's time.
    """
    if time_machine.escape_hatch.is_travelling():
        _begin(home)
        return
    shutil.copytree(_prepared(schema_mark()), home)


def _begin(home: Path) -> None:
    begin(home, name="测试员", lang="zh", project="测试项目").close()


@cache
def _prepared(_schema: str) -> Path:
    """The book for the types declared now; it goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="begun-")
    _kept.append(folder)
    home = Path(folder.name) / "book"
    _begin(home)
    return home


_kept: list[tempfile.TemporaryDirectory[str]] = []
