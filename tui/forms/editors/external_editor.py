"""External editor: a text edited in the person's own editor, the app standing aside meanwhile."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from models.text.words import Refused, W

NO_TEXT = W("这个字段是选的，不是输入的文字。", "This field is chosen, not typed.")
NO_EDITOR = W(
    "没有找到编辑器“{name}”。请设置环境变量 EDITOR，例如 EDITOR=nano。",
    "The editor “{name}” was not found. Set the variable EDITOR, for example EDITOR=nano.",
)
NO_ROOM = W(
    "这个终端不能让出屏幕给编辑器。请在这里输入。",
    "This terminal cannot show an editor. Please type here.",
)
FAILED = W(
    "编辑器“{name}”没有正常结束（{code}），文字没有改动。",
    "The editor “{name}” failed ({code}); the text is unchanged.",
)


def edit(app: App[Any], text: str) -> str:
    """The text as it is after the editor was closed. Raises `Refused` when it cannot be run."""
    command = editor()
    folder = Path(tempfile.mkdtemp(prefix="sitebook-"))
    path = folder / "text.txt"
    try:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with app.suspend():
            code = subprocess.call([*command, str(path)])
        if code:
            raise Refused(FAILED, name=command[0], code=code)
        return _read(path, text)
    except SuspendNotSupported:
        raise Refused(NO_ROOM) from None
    except OSError:
        raise Refused(NO_EDITOR, name=command[0]) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def editor() -> list[str]:
    """The command of the person's editor."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    words = shlex.split(chosen, posix=sys.platform != "win32")
    if words:
        return words
    usual = ("notepad",) if sys.platform == "win32" else ("nano", "vim", "vi")
    return [next((name for name in usual if shutil.which(name)), usual[-1])]


def _read(path: Path, before: str) -> str:
    """What was written; the line end that editors add to the last line is left out."""
    text = path.read_bytes().decode("utf-8", "replace")
    if text.endswith("\n") and not before.endswith("\n"):
        text = text.removesuffix("\n").removesuffix("\r")
    return text
