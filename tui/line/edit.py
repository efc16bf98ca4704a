"""`set`, `move`, `void`, `unvoid`: changes of records that are there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from models.words import Refused, W, say
from tui.line import out
from tui.line.desk import Desk, pass_desk
from tui.line.pairs import pairs as read_pairs
from tui.line.speech import argument, command, json_option, option, wrong

if TYPE_CHECKING:
    from models.record import Record
    from sync.workspace import Workspace

THE_ID = W("记录的编号、ref 或 id", "a record's number, ref or id")
THE_PAIRS = W("字段与值；值为空则清除", "fields and values; an empty value clears the field")
NO_ID = W("请写明记录，或用 --jsonl。", "Name a record, or use --jsonl.")
NO_PAIRS = W("请写明要改的字段：FIELD=VALUE。", "Name what to change: FIELD=VALUE.")
ONE_WAY = W("--jsonl 不能与记录、FIELD=VALUE 同用。", "--jsonl goes with no record or FIELD=VALUE.")
NO_ID_THERE = W("缺少“id”", "“id” is missing")
VOIDED = W("{number} 已作废", "{number} is void")
BACK = W("{number} 已恢复", "{number} is back")


@command(
    "set",
    W(
        "修改一条记录的字段，或用 --jsonl 修改许多条。",
        "Change fields of one record, or of many with --jsonl.",
    ),
    examples=("set FX-2026-A-0001 cause='风扇积灰'", "set --jsonl - < edits.jsonl"),
)
@argument("id", THE_ID, required=False)
@argument("pairs", THE_PAIRS, nargs=-1, metavar="[FIELD=VALUE]...")
@option(
    "--jsonl",
    metavar="FILE",
    words=W(
        '每行一个 {"id":…, 字段…}；- 为标准输入',
        'one {"id":…, fields…} a line; - is standard input',
    ),
)
@json_option
@pass_desk
def set_(
    desk: Desk, id: str | None, pairs: tuple[str, ...], jsonl: str | None, as_json: bool
) -> int:
    """One edit or many."""
    if jsonl is not None:
        if id or pairs:
            raise wrong(ONE_WAY, click.get_current_context())
        return _many(desk, jsonl)
    if id is None:
        raise wrong(NO_ID, click.get_current_context())
    if not pairs:
        raise wrong(NO_PAIRS, click.get_current_context())
    asked = {"id": id, **read_pairs(pairs)}
    with desk.open() as workspace:
        _told(workspace, edited(workspace, asked), as_json)
    return 0


def _many(desk: Desk, path: str) -> int:
    from tui.line.stream import work_off

    with desk.open() as workspace:

        def save(asked: Mapping[str, Any]) -> str:
            edited(workspace, asked)
            return str(asked["id"])

        return work_off(workspace, path, save)


def edited(workspace: Workspace, asked: Mapping[str, Any]) -> Record:
    """The record after the edit that an object with `id` and fields asks for."""
    from models import entry, named
    from tui.line.add import NO_STATE

    id = asked.get("id")
    if not isinstance(id, str) or not id:
        raise Refused(NO_ID_THERE)
    if "state" in asked:
        raise Refused(NO_STATE)
    record = named.record(workspace.book, id)
    fields = {name: value for name, value in asked.items() if name != "id"}
    values = entry.enter(workspace.book, type(record), fields, workspace.settings.zone)
    return workspace.book.edit(record.id, values, seen=record.dots)


@command(
    "move",
    W(
        "对一条记录执行操作（改变状态）。可用操作见 sitebook show。",
        "Make a move, which changes a record's state. sitebook show lists those possible.",
    ),
    examples=(
        "move FX-2026-A-0001 fix correction='更换风扇'",
        "move WK-2026-W47-1A2B return --comment '请补充原因'",
    ),
)
@argument("id", THE_ID)
@argument("move", W("操作，如 submit", "the move, such as submit"))
@argument(
    "pairs",
    W("操作所问的字段", "fields that the move asks for"),
    nargs=-1,
    metavar="[FIELD=VALUE]...",
)
@option("--comment", metavar="TEXT", words=W("说明或理由", "words or a reason"))
@json_option
@pass_desk
def move(
    desk: Desk, id: str, move: str, pairs: tuple[str, ...], comment: str | None, as_json: bool
) -> None:
    """One move."""
    from models import entry, named

    given = read_pairs(pairs)
    with desk.open() as workspace:
        book = workspace.book
        record = named.record(book, id)
        values = entry.enter(book, type(record), given, workspace.settings.zone)
        _confirm(workspace, record, move)
        made = book.move(record.id, move, values, comment=comment or "", seen=record.dots)
        _told(workspace, made, as_json)


def _confirm(workspace: Workspace, record: Record, move: str) -> None:
    """A decision that takes a second person also takes the passphrase, where one is set."""
    from tui.line import secret

    chosen = record.kind.by_move.get(move)
    if chosen is not None and chosen.four_eyes:
        secret.confirm(workspace.home)


@command(
    "void",
    W(
        "作废一条记录（须写理由）；它仍可查看和恢复。",
        "Take a record out of use, with a reason; it can be read and brought back.",
    ),
    examples=("void FX-2026-A-0001 --reason '重复登记'",),
)
@argument("id", THE_ID)
@option("--reason", metavar="TEXT", required=True, words=W("理由", "the reason"))
@pass_desk
def void(desk: Desk, id: str, reason: str) -> None:
    """Void one record."""
    from models import named

    with desk.open() as workspace:
        record = named.record(workspace.book, id)
        out.put(say(VOIDED, number=workspace.book.void(record.id, reason).number))


@command(
    "unvoid",
    W("恢复一条作废的记录。", "Bring a void record back."),
    examples=("unvoid FX-2026-A-0001",),
)
@argument("id", THE_ID)
@pass_desk
def unvoid(desk: Desk, id: str) -> None:
    """Bring one record back."""
    from models import named

    with desk.open() as workspace:
        record = named.record(workspace.book, id)
        out.put(say(BACK, number=workspace.book.restore(record.id).number))


def _told(workspace: Workspace, record: Record, as_json: bool) -> None:
    if as_json:
        from models.plain import plain

        out.emit(plain(record, workspace.settings.zone))
    else:
        out.put(f"{record.number}  {record.kind.state(record.state).label}")
