"""`rights`: who may do what, by role, for every action of every type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import models.records  # noqa: F401  declares the types
from models.queries import lookup, rights_table
from models.schema.roles import AUTHOR, OWNER, ROLES
from models.text.words import Refused, W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.completion import TYPES
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.display.views import rights_text

if TYPE_CHECKING:
    from models.queries.rights_table import Right

NO_ROLE = W("没有角色“{role}”。可用：{known}。", "There is no role “{role}”. Known: {known}.")
WHOLE = W(
    "文件总是整张权限表。请去掉类型和 --role，或去掉 -o。",
    "A file is always the whole table. Leave out the type and --role, or -o.",
)


@command(
    "rights",
    W(
        "列出谁能做什么：每种类型的每个操作，凭哪个角色。与写入时检查的是同一规则。",
        "List who may do what: each action of each type and the roles that are enough. It is the"
        " rule that is asked at every write.",
    ),
    examples=("rights fix", "rights --role quality", "rights -o rights.xlsx"),
)
@argument(
    "type",
    W("记录类型，如 fix", "a record type such as fix"),
    required=False,
    metavar="[TYPE]",
    shell_complete=TYPES,
)
@option("--role", metavar="ROLE", words=W("只列此角色能做的", "only what this role may do"))
@option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    words=W("写成 .docx、.pdf、.md 或 .xlsx 文件", "write a .docx, .pdf, .md or .xlsx file"),
)
@option("--force", is_flag=True, words=W("覆盖已有文件", "overwrite the file"))
@json_option
@pass_desk
def rights(
    desk: CommandContext,
    type: str | None,
    role: str | None,
    file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """The table, or the part of it that is asked for."""
    if file is not None:
        if type is not None or role is not None:
            raise Refused(WHOLE)
        from tui.cli.commands import document

        with desk.open() as workspace:
            document.put_out(workspace, document.DocumentRequest("rights", None, file, force=force))
        return
    chosen = [lookup.kind(type).kind.name] if type else None
    wanted = _role(role) if role else None
    found = [one for one in rights_table.rights(chosen) if wanted is None or wanted in one.by]
    if as_json:
        for one in found:
            output.emit(_plain(one))
        return
    for name in dict.fromkeys(one.kind.name for one in found):
        some = [one for one in found if one.kind.name == name]
        output.put(f"{name}  {some[0].kind.label}")
        output.table(
            [("", one.act, str(one.label), rights_text.who(one), _asks(one)) for one in some]
        )


def _role(text: str) -> str:
    """The role that a name or a word means."""
    for role, words in rights_table.HEADS.items():
        if text in (role, *words):
            return role
    raise Refused(NO_ROLE, role=text, known=", ".join((*ROLES, AUTHOR, OWNER)))


def _asks(right: Right) -> str:
    asks = rights_text.asks(right)
    return say(W("（{asks}）", "({asks})"), asks=asks) if asks else ""


def _plain(right: Right) -> dict[str, Any]:
    """One right for scripts."""
    move = right.move
    return {
        "type": right.kind.name,
        "act": right.act,
        "label": {"zh": right.label.zh, "en": right.label.en},
        "by": [role for role in rights_table.COLUMNS if role in right.by],
        "four_eyes": move is not None and move.four_eyes,
        "strict": move is not None and move.strict,
        "requires_comment": move is not None and move.requires_comment,
    }
