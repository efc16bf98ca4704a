"""External editor: a text edited in the person's own editor, the app standing aside meanwhile."""

from __future__ import annotations

import codecs
import locale
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, Final

from textual.app import App, SuspendNotSupported

from models.text.os_errors import why
from models.text.words import Refused, W

if sys.platform == "win32":
    KEYS: Final = (signal.SIGINT,)
else:
    KEYS: Final = (signal.SIGINT, signal.SIGQUIT)
"""Signals that keys of the terminal send."""
AT_ONCE: Final = 0.5
"""Seconds too few to edit anything: the editor left its window to another program."""
NO_TEXT = W("这个字段是选的，不是输入的文字。", "This field is chosen, not typed.")
NO_EDITOR = W(
    "没有找到编辑器“{name}”。请设置环境变量 EDITOR，例如 EDITOR=nano。",
    "The editor “{name}” was not found. Set the variable EDITOR, for example EDITOR=nano.",
)
NO_ROOM = W(
    "这个终端不能让出屏幕给编辑器。请在这里输入。",
    "This terminal cannot show an editor. Please type here.",
)
NO_FOLDER = W(
    "不能为编辑器写临时文件：{reason}。请检查磁盘，或在这里输入。",
    "No file could be written for the editor: {reason}. Check the disk, or type here.",
)
FAILED = W(
    "编辑器“{name}”没有正常结束（{code}），文字没有改动。",
    "The editor “{name}” failed ({code}); the text is unchanged.",
)
FAILED_LATE = W(
    "编辑器“{name}”没有正常结束（{code}），这里的文字没有改动。写好的内容保留在 {path}。",
    "The editor “{name}” failed ({code}); the text here is unchanged. What was written is kept in"
    " {path}.",
)
CAME_BACK = W(
    "编辑器“{name}”立刻就返回了，文字没有改动。如果它开了自己的窗口，请让它等待，例如"
    " EDITOR=“{name} --wait”。",
    "The editor “{name}” came back at once; the text is unchanged. If it opened a window of its"
    " own, make it wait, for example EDITOR=“{name} --wait”.",
)
GONE = W(
    "编辑器“{name}”删掉了文件，文字没有改动。",
    "The editor “{name}” removed the file; the text is unchanged.",
)
UNREADABLE = W(
    "编辑器“{name}”保存的不是 UTF-8 文字，这里没有改动。文件保留在 {path}，请另存为 UTF-8 后再取。",
    "The editor “{name}” saved text that is not UTF-8; nothing is changed here. The file is kept in"
    " {path}: save it as UTF-8.",
)
NOT_TAKEN = W(
    "{why}文字没有改动，写好的内容保留在 {path}。",
    "{why} The text is unchanged; what was written is kept in {path}.",
)


def edit(
    app: App[Any], text: str, against: Callable[[str], Refused | None] = lambda _text: None
) -> str:
    """The text as it is after the editor was closed. Raises `Refused` when it cannot be run.

    What was written is kept in a file that the sentence names, where it cannot be taken: for its
    bytes, or for what `against` says of the text.
    """
    command = editor()
    file = _file(text)
    kept = False
    try:
        before = file.stat().st_mtime_ns
        begun = monotonic()
        code = _run(app, [*command, str(file)])
        if not file.exists():
            raise Refused(GONE, name=command[0])
        written = file.stat().st_mtime_ns != before
        if code:
            kept = written
            raise _failed(command[0], code, file, kept)
        if not written and monotonic() - begun < AT_ONCE:
            raise Refused(CAME_BACK, name=command[0])
        found = _decoded(file.read_bytes())
        if found is None:
            kept = True
            raise Refused(UNREADABLE, name=command[0], path=str(file))
        after = _without_last_end(found, text)
        refused = against(after)
        if refused is not None:
            kept = True
            raise Refused(NOT_TAKEN, why=refused, path=str(file))
        return after
    finally:
        if not kept:
            shutil.rmtree(file.parent, ignore_errors=True)


def editor() -> list[str]:
    """The command of the person's editor; `Refused` for one that is not there."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(chosen, posix=sys.platform != "win32")
    except ValueError:  # a quotation mark too few
        raise Refused(NO_EDITOR, name=chosen) from None
    usual = ("notepad",) if sys.platform == "win32" else ("nano", "vim", "vi")
    if not words:
        words = [next((name for name in usual if shutil.which(name)), usual[-1])]
    if shutil.which(words[0]) is None:
        raise Refused(NO_EDITOR, name=words[0])
    return words


def _file(text: str) -> Path:
    """The text in a file of its own, which other users cannot read."""
    try:
        file = Path(tempfile.mkdtemp(prefix="sitebook-")) / "text.txt"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise Refused(NO_FOLDER, reason=why(error)) from None
    return file


def _run(app: App[Any], command: Sequence[str]) -> int:
    """Run it in place of the app. An error that left `suspend` would leave the app without keys."""
    fault: OSError | None = None
    code = 0
    ready = None if sys.platform == "win32" else _hearing
    try:
        with app.suspend(), _deaf():
            try:
                code = subprocess.call(command, preexec_fn=ready)
            except OSError as error:
                fault = error
    except SuspendNotSupported:
        raise Refused(NO_ROOM) from None
    if fault is not None:
        raise Refused(NO_EDITOR, name=command[0])
    return code


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl+C and Ctrl+\\ are for the editor in front; the app, which gets them too, goes on."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in KEYS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _hearing() -> None:
    """In the editor's process: the signals of keys do what they do anywhere."""
    for number in KEYS:
        signal.signal(number, signal.SIG_DFL)


def _failed(name: str, code: int, file: Path, kept: bool) -> Refused:
    return Refused(FAILED_LATE if kept else FAILED, name=name, code=code, path=str(file))


def _decoded(data: bytes) -> str | None:
    """The text of a file: by its mark, as UTF-8, or as the system's own encoding; None for none."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _as(data, encoding)
    found = _as(data, "utf-8")
    return found if found is not None else _as(data, locale.getencoding())


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _without_last_end(text: str, before: str) -> str:
    """What was written; the line end that editors add to the last line is left out."""
    if text.endswith("\n") and not before.endswith("\n"):
        text = text.removesuffix("\n").removesuffix("\r")
    return text
