"""`copy`: a new record like one that is there, with its rows."""

from __future__ import annotations

from models.book.rows.child_rows import child_types
from models.book.rows.row_copy import copy_record
from models.book.rows.row_order import living
from models.derived import revisions
from models.queries import lookup, value_parser
from models.queries.record_json import single
from models.text.words import W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID
from tui.cli.options import argument, command, json_option
from tui.cli.options import pairs as read_pairs
from tui.cli.streams import output

COPIED = W("{number}  照 {old} 新建，含明细 {n} 行", "{number}  copied from {old}, with rows: {n}")


@command(
    "copy",
    W(
        "照一条记录新建一条，连同明细行。状态、备注、附件和操作填写的内容不复制。",
        "Make a new record like another one, with its rows. State, notes, files and what"
        " actions filled in are not copied.",
    ),
    examples=(
        W(
            "copy TP-2026-A-0001 name_zh='机房夜检'",
            "copy TP-2026-A-0001 name_zh='Server room, night'",
        ),
    ),
)
@argument("id", THE_ID)
@argument(
    "pairs",
    W("与原记录不同的字段", "fields that differ from the original"),
    nargs=-1,
    metavar="[FIELD=VALUE]...",
)
@json_option
@pass_desk
def copy(desk: CommandContext, id: str, pairs: tuple[str, ...], as_json: bool) -> None:
    """One copy."""
    given = read_pairs(pairs)
    with desk.open() as workspace:
        book = workspace.book
        old = lookup.record(book, id)
        values = value_parser.enter(book, type(old), given, workspace.settings.zone)
        made = copy_record(book, old, {**revisions.anew(old.type), **values})
        if as_json:
            output.emit(single(workspace.book, made, workspace.settings.zone))
            return
        count = sum(len(living(book, made, cls)) for cls in child_types(made.type))
        output.put(say(COPIED, number=made.number, old=old.number, n=count))
