"""`resolve`: resolves one conflict by one of its versions or by another value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from models.book.conflict import conflict_resolution
from models.book.conflict.conflicts import conflict_of
from models.queries import lookup, value_parser
from models.text.words import Refused, W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID, told
from tui.cli.options import argument, command, json_option, option, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.book.book import Book
    from models.book.log.change_log import Dot
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

FIELD = W("字段，或 state（状态）、void（作废）", "the field, or state, or void")
KEEP = W(
    "保留这个版本（见 sitebook conflicts）", "keep this version (as shown by sitebook conflicts)"
)
VALUE = W(
    "另一个值；一组字段用 JSON；空值清除",
    "another value; JSON for a group of fields; empty clears it",
)
NOTE = W("附言", "comment")
JOIN = W(
    "合为一段（各方都只补充时，见 sitebook conflicts）",
    "the joined text, where everybody only added (as shown by sitebook conflicts)",
)
ONE_WAY = W("请写 --keep 或 --value 或 --join 之一。", "Give one of --keep, --value, --join.")
NOT_JOINED = W(
    "{number} 的“{field}”不能合并：不是各方都只在原文上补充的文字。请用 --keep 或 --value。",
    "“{field}” of {number} cannot be joined: it is no text that everybody only added to. Use"
    " --keep or --value.",
)
BAD_VERSION = W(
    "“{text}”应写成 电脑:序号，见 sitebook conflicts。",
    "“{text}” must be DEVICE:SEQ, as shown by sitebook conflicts.",
)
NOT_JSON = W(
    '一组字段的值应为 JSON 对象，例如 {"low":"1","unit":"A"}。',
    'A group of fields needs a JSON object, such as {"low":"1","unit":"A"}.',
)


@command(
    "resolve",
    W(
        "解决一处冲突：保留一个版本，写入另一个值，或合并各方的补充。决定可以撤销，也会同步。",
        "Resolve a conflict: keep one version, write another value, or join what all added. The"
        " decision can be undone and syncs.",
    ),
    examples=(
        "resolve FX-2026-A-0001 cause --keep DEVICE:12",
        W(
            "resolve FX-2026-A-0001 cause --value '风扇积灰'",
            "resolve FX-2026-A-0001 cause --value 'dusty fan'",
        ),
        "resolve FX-2026-A-0001 cause --join",
    ),
)
@argument("id", THE_ID)
@argument("field", FIELD)
@option("--keep", metavar="DEVICE:SEQ", words=KEEP)
@option("--value", metavar="V", words=VALUE)
@option("--join", is_flag=True, words=JOIN)
@option("--note", metavar="TEXT", default="", words=NOTE)
@json_option
@pass_desk
def resolve(
    desk: CommandContext,
    id: str,
    field: str,
    keep: str | None,
    value: str | None,
    join: bool,
    note: str,
    as_json: bool,
) -> None:
    """One conflict."""
    if (keep is not None) + (value is not None) + join != 1:
        raise wrong(ONE_WAY, click.get_current_context())
    kept = _version(keep) if keep is not None else None
    with desk.open() as workspace:
        book, record = workspace.book, lookup.record(workspace.book, id)
        meant = _meant(workspace, record, field, value) if value is not None else None
        seen: Sequence[Dot] = ()
        if join:
            meant, seen = _joined(book, record, field)
        made = conflict_resolution.resolve(
            book, record.id, _register(record, field), keep=kept, value=meant, note=note, seen=seen
        )
        told(workspace, made, as_json)


def _joined(book: Book, record: Record, field: str) -> tuple[str, Sequence[Dot]]:
    """The text that all added to, and the versions that it is made of."""
    register = _register(record, field)
    found = conflict_of(book, record, register)
    if found is None:
        label = conflict_resolution.label(record, register)
        raise Refused(conflict_resolution.NONE, number=record.number, field=label)
    made = conflict_resolution.joined(record, found)
    if made is None:
        label = conflict_resolution.label(record, register)
        raise Refused(NOT_JOINED, number=record.number, field=label)
    return made, found.dots


def _version(text: str) -> Dot:
    device, _, seq = text.rpartition(":")
    if not device or not seq.isascii() or not seq.isdecimal() or len(seq) > 15:
        raise wrong(BAD_VERSION, click.get_current_context(), text=text)
    return device, int(seq)


def _register(record: Record, field: str) -> str:
    """A field of a group means the group."""
    return type(record).register_of().get(field, field)


def _meant(workspace: Workspace, record: Record, field: str, text: str) -> Any:
    """The value that a text means for a field or a group."""
    cls, book, zone = type(record), workspace.book, workspace.settings.zone
    if field == "state":
        known = (state.name for state in cls.kind.states if text in (state.name, *state.label))
        return next(known, text)
    if field == "void":
        return text or None
    given: dict[str, Any] = {field: text}
    if field not in cls.specs() and field in cls.registers():
        given = _object(text)
    return value_parser.enter(book, cls, given, zone)


def _object(text: str) -> dict[str, Any]:
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise wrong(NOT_JSON, click.get_current_context())
    return found
