"""`conflicts`: fields with several current values, until one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.conflict import conflict_resolution
from models.book.conflict.conflicts import Conflict, all_conflicts
from models.queries import record_json
from models.text.words import W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option
from tui.cli.streams import output
from tui.display import value_text

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

JOINED = W("  合为（--join）：{text}", "  joined (--join): {text}")
NONE = W("没有冲突。", "There are no conflicts.")


@command(
    "conflicts",
    W(
        "列出未解决的冲突：同时写入的不同的值。选定之前全部保留。",
        "List open conflicts: different values written at the same time. All are kept until"
        " one is chosen.",
    ),
)
@json_option
@pass_desk
def conflicts(desk: CommandContext, as_json: bool) -> None:
    """Open conflicts."""
    with desk.open() as workspace:
        some = False
        for one in all_conflicts(workspace.book):
            some = True
            if as_json:
                output.emit(conflict_plain(workspace, one))
            else:
                _tell(workspace, one)
        if not some and not as_json:
            output.put(str(NONE))


def conflict_plain(workspace: Workspace, one: Conflict) -> dict[str, Any]:
    """A conflict as the contract has it."""
    zone = workspace.settings.zone
    spec = type(one.record).specs().get(one.field)
    return {
        "record": one.record.id,
        "ref": one.record.ref,
        "number": one.record.number,
        "type": one.record.type,
        "field": one.field,
        "joined": conflict_resolution.joined(one.record, one),
        "versions": [
            {
                "value": record_json.value(spec, stand.value, zone),
                "device": stand.device,
                "seq": stand.seq,
                "author": stand.author,
                "at": record_json.instant(stand.at, zone),
                "shown": stand.shown,
            }
            for stand in one.stands
        ],
    }


def _tell(workspace: Workspace, one: Conflict) -> None:
    cls = type(one.record)
    output.put(f"{value_text.named(one.record)}  {value_text.label(cls, one.field)} ({one.field})")
    for stand in one.stands:
        who = workspace.people.name(stand.author) if stand.author else "?"
        text = value_text.of_field(workspace, cls, one.field, stand.value)
        when = value_text.moment(workspace, stand.at)
        mark = "*" if stand.shown else " "
        output.put(f"  {mark} {text}")
        output.put(f"      {who}  {when}  {stand.device}:{stand.seq}")
    together = conflict_resolution.joined(one.record, one)
    if together is not None:
        text = value_text.of_field(workspace, cls, one.field, together)
        output.put(say(JOINED, text=text))
