"""`revise`: a new version of an approved record."""

from __future__ import annotations

from models.derived.revision_copy import new_revision
from models.queries import lookup
from models.text.words import W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID, told
from tui.cli.options import argument, command, json_option


@command(
    "revise",
    W(
        "为已启用或批准的记录建立新版本：复制字段和各行。原版本在新版本启用前一直有效。",
        "Make a new version of an approved record, with its fields and rows. The present one stays"
        " in force until the new one is approved.",
    ),
    examples=("revise TP-2026-A-0001", "show TP-2026-A-0002 --against TP-2026-A-0001"),
)
@argument("id", THE_ID)
@json_option
@pass_desk
def revise(desk: CommandContext, id: str, as_json: bool) -> None:
    """One new version."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        told(workspace, new_revision(workspace.book, record), as_json)
