"""`add`: new records, one from the command line or many from lines of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from models.queries import lookup, value_parser
from models.queries.record_json import single
from models.text.words import Refused, W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.completion import PAIRS, TYPES
from tui.cli.options import argument, command, json_option, option, wrong
from tui.cli.options import pairs as read_pairs
from tui.cli.streams import output
from tui.cli.streams.json_stream import work_off

if TYPE_CHECKING:
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

NO_TYPE = W("请写明记录类型，或用 --jsonl。", "Give a record type, or use --jsonl.")
ONE_WAY = W(
    "--jsonl 与 FIELD=VALUE、--ref、--occurred 不能同用。",
    "--jsonl cannot be used with FIELD=VALUE, --ref or --occurred.",
)
NO_TYPE_THERE = W("缺少“type”", "“type” is missing")
NO_STATE = W(
    "不能直接写“state”：状态通过操作（sitebook move）改变。",
    "“state” cannot be set: the state changes by an action (sitebook move).",
)
MUST_BE_TEXT = W("“{key}”应为文字", "“{key}” must be text")


@command(
    "add",
    W(
        "新增一条记录，或用 --jsonl 新增许多条（每行一个 JSON 对象）。新记录处于起始状态。",
        "Add a record, or many with --jsonl (one JSON object a line). New records are in"
        " their first state.",
    ),
    examples=(
        W(
            "add fix phenomenon='2 号空调告警' site=主机房",
            "add fix phenomenon='Alarm of air conditioner 2' site='Server room'",
        ),
        "add --jsonl - < records.jsonl",
    ),
)
@argument("type", W("记录类型", "the record type"), required=False, shell_complete=TYPES)
@argument(
    "pairs",
    W("字段与值", "fields and values"),
    nargs=-1,
    metavar="[FIELD=VALUE]...",
    shell_complete=PAIRS,
)
@option("--project", metavar="P", words=W("项目的名称、代号或编号", "project name, code or number"))
@option(
    "--ref",
    metavar="REF",
    words=W(
        "您自己的编号：同一编号只新增一次", "a key of your own: the same key is never added twice"
    ),
)
@option(
    "--occurred",
    metavar="TIME",
    words=W("发生时间，如 2026-11-22 08:30", "when it happened: 2026-11-22 08:30"),
)
@option(
    "--jsonl",
    metavar="FILE",
    words=W("每行一个 JSON 对象；- 为标准输入", "one JSON object a line; - is standard input"),
)
@json_option
@pass_desk
def add(
    desk: CommandContext,
    type: str | None,
    pairs: tuple[str, ...],
    project: str | None,
    ref: str | None,
    occurred: str | None,
    jsonl: str | None,
    as_json: bool,
) -> int:
    """One record or many."""
    if jsonl is not None:
        if pairs or ref or occurred:
            raise wrong(ONE_WAY, click.get_current_context())
        return _many(desk, jsonl, {"type": type, "project": project})
    if type is None:
        raise wrong(NO_TYPE, click.get_current_context())
    asked: dict[str, Any] = {"type": type, **read_pairs(pairs)}
    asked |= {"project": project} if project else {}
    asked |= {"ref": ref} if ref is not None else {}
    asked |= {"occurred_at": occurred} if occurred else {}
    with desk.open() as workspace:
        made = added(workspace, asked)
        if as_json:
            output.emit(single(workspace.book, made, workspace.settings.zone))
        else:
            output.put(made.number)
    return 0


def _many(desk: CommandContext, path: str, common: Mapping[str, Any]) -> int:
    usual = {name: value for name, value in common.items() if value is not None}
    with desk.open() as workspace:

        def save(asked: Mapping[str, Any]) -> str:
            made = added(workspace, {**usual, **asked})
            return made.ref or made.id

        return work_off(workspace, path, save)


def added(workspace: Workspace, asked: Mapping[str, Any]) -> Record:
    """The record that an object with `type`, `ref`, `project`, `occurred_at` and fields asks for.

    Raises `Refused` with the reason.
    """
    book, zone = workspace.book, workspace.settings.zone
    header = {name: asked.get(name) for name in ("type", "ref", "project", "occurred_at")}
    for name, value in header.items():
        if value is not None and not isinstance(value, str):
            raise Refused(MUST_BE_TEXT, key=name)
    if not header["type"]:
        raise Refused(NO_TYPE_THERE)
    if "state" in asked:
        raise Refused(NO_STATE)
    cls = book.cls(header["type"])
    fields = {name: value for name, value in asked.items() if name not in header}
    values = value_parser.enter(book, cls, fields, zone)
    when = header["occurred_at"]
    occurred = (
        value_parser.typed_moment(when, zone, book.change_log.now(), value_parser.OCCURRED)
        if when
        else None
    )
    project = lookup.home_project(book, cls, values, header["project"], workspace.settings.project)
    return book.add(cls.kind.name, values, project=project, ref=header["ref"], occurred=occurred)
