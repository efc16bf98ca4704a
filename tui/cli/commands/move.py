"""`move`, `void`, `unvoid`: what becomes of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.queries import lookup, value_parser
from models.text.words import Refused, W, say
from tui.cli import passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID, told
from tui.cli.options import argument, command, json_option, option
from tui.cli.options import pairs as read_pairs
from tui.cli.streams import output

if TYPE_CHECKING:
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

VOIDED = W("{number} 已作废", "{number} is void")
NOT_VOID = W("{number} 没有作废，不用恢复。", "{number} is not void; there is nothing to restore.")
BACK = W("{number} 已恢复", "{number} is restored")


@command(
    "move",
    W(
        "对一条记录执行操作（改变状态）。可用操作见 sitebook show。",
        "Take an action on a record, which changes its state. sitebook show lists the"
        " possible actions.",
    ),
    examples=(
        W(
            "move FX-2026-A-0001 fix correction='更换风扇'",
            "move FX-2026-A-0001 fix correction='fan replaced'",
        ),
        W(
            "move WK-2026-W47-1A2B return --comment '请补充原因'",
            "move WK-2026-W47-1A2B return --comment 'Please add the cause'",
        ),
    ),
)
@argument("id", THE_ID)
@argument("move", W("操作，如 submit", "the action, such as submit"))
@argument(
    "pairs",
    W("操作要求的字段", "fields that the action requires"),
    nargs=-1,
    metavar="[FIELD=VALUE]...",
)
@option("--comment", metavar="TEXT", words=W("说明或原因", "a comment or reason"))
@json_option
@pass_desk
def move(
    desk: CommandContext,
    id: str,
    move: str,
    pairs: tuple[str, ...],
    comment: str | None,
    as_json: bool,
) -> None:
    """One move."""
    given = read_pairs(pairs)
    with desk.open() as workspace:
        book = workspace.book
        record = lookup.record(book, id)
        values = value_parser.enter(book, type(record), given, workspace.settings.zone)
        move = lookup.move(record, move)
        _confirm(workspace, record, move)
        made = book.move(record.id, move, values, comment=comment or "", seen=record.dots)
        told(workspace, made, as_json)


def _confirm(workspace: Workspace, record: Record, move: str) -> None:
    """A decision that takes a second person also takes the passphrase, where one is set."""
    chosen = record.kind.by_move.get(move)
    if chosen is not None and chosen.four_eyes:
        passphrase.confirm(workspace.home)


@command(
    "void",
    W(
        "作废一条记录（须写原因）。作废后仍可查看和恢复。",
        "Void a record, with a reason. It stays readable and can be restored.",
    ),
    examples=(
        W("void FX-2026-A-0001 --reason '重复登记'", "void FX-2026-A-0001 --reason 'noted twice'"),
    ),
)
@argument("id", THE_ID)
@option("--reason", metavar="TEXT", required=True, words=W("原因", "the reason"))
@pass_desk
def void(desk: CommandContext, id: str, reason: str) -> None:
    """Void one record."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        output.put(say(VOIDED, number=workspace.book.void(record.id, reason).number))


@command(
    "unvoid",
    W("恢复一条作废的记录。", "Restore a void record."),
    examples=("unvoid FX-2026-A-0001",),
)
@argument("id", THE_ID)
@pass_desk
def unvoid(desk: CommandContext, id: str) -> None:
    """Bring one record back."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        if record.void is None:
            raise Refused(NOT_VOID, number=record.number)
        output.put(say(BACK, number=workspace.book.restore(record.id).number))
