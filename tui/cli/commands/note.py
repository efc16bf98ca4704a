"""`note`, `attach`: what is added to a record and never edited."""

from __future__ import annotations

import sys
from pathlib import Path

from models.queries import lookup
from models.storage import blobs
from models.text.words import W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID
from tui.cli.options import argument, command
from tui.cli.streams import output

NOTED = W("备注已加到 {number}", "note added to {number}")
ATTACHED = W("{name}（{size} 字节）已附在 {number}", "{name} ({size} bytes) attached to {number}")


@command(
    "note",
    W(
        "给一条记录写备注。备注不能修改。文字以 - 开头时，前面加 --。",
        "Add a note to a record. Notes cannot be edited. If the text begins with -, put --"
        " before it.",
    ),
    examples=(W("note FX-2026-A-0001 '已通知客户'", "note FX-2026-A-0001 'The customer knows'"),),
)
@argument("id", THE_ID)
@argument("text", W("备注内容；- 为标准输入", "the text; - is standard input"))
@pass_desk
def note(desk: CommandContext, id: str, text: str) -> None:
    """One note."""
    words = sys.stdin.buffer.read().decode("utf-8", "surrogateescape") if text == "-" else text
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        workspace.book.add("note", {"about": record.id, "text": words})
        output.put(say(NOTED, number=record.number))


@command(
    "attach",
    W(
        "把文件附在一条记录上（最大 25 MiB）。文件存入现场簿。",
        "Attach a file to a record (25 MiB at most). The file is stored in the book.",
    ),
    examples=("attach FX-2026-A-0001 photo.jpg",),
)
@argument("id", THE_ID)
@argument("file", W("文件", "the file"))
@pass_desk
def attach(desk: CommandContext, id: str, file: str) -> None:
    """One attachment: its bytes are on the disk before its record is."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        kept = blobs.keep(workspace.home, Path(file))
        name = blobs.label(file)
        values = {"about": record.id, "name": name, "sha256": kept.sha256, "size": kept.size}
        workspace.book.add("attachment", values)
        output.put(say(ATTACHED, name=name, size=kept.size, number=record.number))
