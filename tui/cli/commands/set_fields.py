"""`set`: fields of records that are there, one or many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from models.book.derived_state import shown_state
from models.queries import lookup, value_parser
from models.queries.record_json import single
from models.text.words import Refused, W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.add import NO_STATE
from tui.cli.options import argument, command, json_option, option, wrong
from tui.cli.options import pairs as read_pairs
from tui.cli.streams import output
from tui.cli.streams.json_stream import work_off

if TYPE_CHECKING:
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

THE_ID = W("记录的编号、ref 或 id", "a record's number, ref or id")
THE_PAIRS = W("字段与值；值为空则清除", "fields and values; an empty value clears the field")
NO_ID = W("请写明记录，或用 --jsonl。", "Give a record, or use --jsonl.")
NO_PAIRS = W("请写明要改的字段：FIELD=VALUE。", "Give the fields to change: FIELD=VALUE.")
ONE_WAY = W(
    "--jsonl 不能与记录、FIELD=VALUE 同用。", "--jsonl cannot be used with a record or FIELD=VALUE."
)
NO_ID_THERE = W("缺少“id”", "“id” is missing")


@command(
    "set",
    W(
        "修改一条记录的字段，或用 --jsonl 修改许多条。",
        "Change fields of one record, or of many with --jsonl.",
    ),
    examples=(
        W("set FX-2026-A-0001 cause='风扇积灰'", "set FX-2026-A-0001 cause='dusty fan'"),
        "set --jsonl - < edits.jsonl",
    ),
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
    desk: CommandContext, id: str | None, pairs: tuple[str, ...], jsonl: str | None, as_json: bool
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
        told(workspace, edited(workspace, asked), as_json)
    return 0


def _many(desk: CommandContext, path: str) -> int:
    with desk.open() as workspace:

        def save(asked: Mapping[str, Any]) -> str:
            edited(workspace, asked)
            return str(asked["id"])

        return work_off(workspace, path, save)


def edited(workspace: Workspace, asked: Mapping[str, Any]) -> Record:
    """The record after the edit that an object with `id` and fields asks for."""
    id = asked.get("id")
    if not isinstance(id, str) or not id:
        raise Refused(NO_ID_THERE)
    if "state" in asked:
        raise Refused(NO_STATE)
    record = lookup.record(workspace.book, id)
    fields = {name: value for name, value in asked.items() if name != "id"}
    values = value_parser.enter(workspace.book, type(record), fields, workspace.settings.zone)
    return workspace.book.edit(record.id, values, seen=record.dots)


def told(workspace: Workspace, record: Record, as_json: bool) -> None:
    if as_json:
        output.emit(single(workspace.book, record, workspace.settings.zone))
    else:
        output.put(f"{record.number}  {shown_state(workspace.store, record).label}")
