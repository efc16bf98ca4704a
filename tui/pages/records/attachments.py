"""Attachments: files that are added to a record, and copied out of the book again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.storage import blobs
from models.storage.atomic_file import make_folder, replacement
from models.text.os_errors import why
from models.text.typed_path import path_of
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

FOLDER = "copies"
ASK = W(
    "附到 {number}：输入文件路径，或把文件拖进终端",
    "File for {number}: its path, or drag the file here",
)
ATTACHED = W(
    "{name}（{size} 字节）已附在 {number}。", "{name} ({size} bytes) attached to {number}."
)
TAKEN = W("已取出到 {path}", "Saved a copy to {path}")
AWAY = W(
    "“{name}”的内容还没有到本机。请先同步。",
    "The content of “{name}” is not on this device yet. Sync first.",
)
CANNOT = W("不能写入 {path}：{reason}。", "Cannot write {path}: {reason}.")


def attach(app: AppContext, id: str, typed: str) -> None:
    """Store a file, then add it to a record: its bytes are on the disk before they are named."""
    book, home = app.workspace.book, app.workspace.home
    record = book.get(id)
    source = path_of(typed)
    kept = blobs.keep(home, source)
    name = blobs.label(source.name)
    values = {"about": record.id, "name": name, "sha256": kept.sha256, "size": kept.size}
    book.add("attachment", values)
    app.tell(say(ATTACHED, name=name, size=kept.size, number=record.number))


def take_out(app: AppContext, id: str) -> Path:
    """Copy an attached file into the folder of copies; its own name is only a label there."""
    record = app.workspace.book.get(id)
    home, name = app.workspace.home, record.title()
    source = blobs.place(home, str(getattr(record, "sha256", "")))
    if not source.is_file():
        raise Refused(AWAY, name=name)
    safe = "".join(c if c.isalnum() or c in "-_." else "_" for c in blobs.label(name))
    path = home / FOLDER / f"{record.number}-{safe.lstrip('.')}"
    try:
        make_folder(path.parent)
        with replacement(path) as fresh:
            fresh.write_bytes(source.read_bytes())
    except OSError as error:
        raise Refused(CANNOT, path=path, reason=why(error)) from error
    app.tell(say(TAKEN, path=path))
    return path
