"""A record as plain text: for the clipboard (OSC 52) and, since that may be off, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.schema.record import Record
from models.storage.atomic_file import make_folder, replacement
from models.text.os_errors import why
from models.text.words import Refused, W
from tui.display.parts import plain
from tui.display.terminal_text import show
from tui.display.values import Values, named
from tui.display.views.record_view import RecordView

if TYPE_CHECKING:
    from pathlib import Path

    from sync.workspace.workspace import Workspace

FOLDER = "copies"
CANNOT = W("不能写入 {path}：{reason}。", "Cannot write {path}: {reason}.")


def text(workspace: Workspace, record: Record) -> str:
    """All of a record as lines of `label: value`."""
    values = Values(workspace)
    parts = RecordView(workspace.book, values, record).whole(empty=False)
    return f"{record.number}  {show(named(record, values))}\n{plain(parts)}\n"


def write(workspace: Workspace, record: Record, said: str) -> Path:
    """Write a record's text to its file among the copies. Raises `Refused` if the disk fails."""
    folder = workspace.home / FOLDER
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in record.number)
    path = folder / f"{safe}.txt"
    try:
        make_folder(folder)
        with replacement(path) as fresh:
            fresh.write_text(said, encoding="utf-8")
    except OSError as error:
        raise Refused(CANNOT, path=path, reason=why(error)) from error
    return path
