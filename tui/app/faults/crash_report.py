"""Crash report: where the program failed, without personal content, and the line that says so.

The report names lines of the program, never the content of records: the error's text and the
values of variables are left out, since both may quote a record; the home folder is written `~`.
"""

from __future__ import annotations

import platform
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from models.storage.atomic_file import create, make_folder
from models.text.version import line
from models.text.words import W, say

FOLDER = "reports"
SAID = W(
    "程序出错了，已保存的数据不受影响。请把报告 {path} 交给维护人员（其中没有记录内容）。",
    "The program failed; what was saved is safe. Please send the report {path} to support"
    " (it holds no content of records).",
)
UNSAID = W(
    "程序出错了（{kind}），已保存的数据不受影响；报告未能写出。",
    "The program failed ({kind}); what was saved is safe. No report could be written.",
)


def sentence(error: BaseException, home: Path) -> str:
    """Write the report and say where it is."""
    text = report(error)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    for folder in (home / FOLDER, Path(tempfile.gettempdir())):
        path = folder / f"crash-{stamp}.txt"
        try:
            if folder.name == FOLDER and not home.is_dir():
                continue
            if folder.name == FOLDER:
                make_folder(folder)
            with create(path) as file:
                file.write(text.encode())
        except OSError:
            continue
        return say(SAID, path=hidden(str(path)))
    return say(UNSAID, kind=type(error).__name__)


def report(error: BaseException) -> str:
    """The report's text."""
    head = [
        line(),
        f"python {platform.python_version()} {sys.platform} {platform.machine()}",
        f"sqlite {sqlite3.sqlite_version}",
        "",
    ]
    return hidden("\n".join([*head, *_chain(error)]) + "\n")


def hidden(text: str) -> str:
    """The text with the person's home folder as `~`."""
    own = str(Path.home())
    return text.replace(own, "~") if len(own) > 1 else text


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        missing = f": {now.name}" if isinstance(now, ImportError) and now.name else ""
        yield f"{type(now).__module__}.{type(now).__qualname__}{missing}"
        for frame in traceback.extract_tb(now.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        now = now.__cause__ or now.__context__
