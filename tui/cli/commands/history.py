"""`history`: who changed which field of a record from what to what, when, on which device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.queries import lookup, record_json
from models.queries.history import Step, Turn, story
from models.text.words import W
from sync.workspace import device_clocks
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID
from tui.cli.options import argument, command, json_option
from tui.cli.streams import output
from tui.display import value_text
from tui.display.views import clock_text
from tui.display.views.history_view import ALONE

if TYPE_CHECKING:
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

CREATED = W("新建", "created")
EDITED = W("修改", "edited")
VOIDED = W("作废", "voided")
RESTORED = W("恢复", "restored")


@command(
    "history",
    W(
        "显示一条记录的历史：谁、何时、在哪台电脑改了什么，以及改前改后的值。",
        "Show the history of a record: who changed what, when, on which device, with old and"
        " new values.",
    ),
    examples=("history FX-2026-A-0001",),
)
@argument("id", THE_ID)
@json_option
@pass_desk
def history(desk: CommandContext, id: str, as_json: bool) -> None:
    """Every change, oldest first."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        for step in story(type(record), workspace.book.change_log.history(record.id)):
            if as_json:
                output.emit(_plain(workspace, record, step))
            else:
                _tell(workspace, record, step)


def _plain(workspace: Workspace, record: Record, step: Step) -> dict[str, Any]:
    zone, cls, space = workspace.settings.zone, type(record), workspace.book.space_of(record)
    bound = device_clocks.written_by(workspace, space, step.device, step.seq, step.at)
    fields = []
    for turn in step.turns:
        spec = cls.specs().get(turn.field)
        before = [record_json.value(spec, one, zone) for one in turn.before]
        told = {"field": turn.field, "from": before[-1] if before else None}
        told["to"] = record_json.value(spec, turn.after, zone)
        fields.append(told | ({"from_all": before} if len(before) > 1 else {}))
    move = step.move
    return {
        "at": record_json.instant(step.at, zone),
        "author": workspace.people.person_of(step.device),
        "device": step.device,
        "seq": step.seq,
        "no_later_than": record_json.instant(bound, zone) if bound is not None else None,
        "created": step.created,
        "move": None
        if move is None
        else {
            "id": move.get("move"),
            "from": move.get("from"),
            "to": move.get("to"),
            "role": move.get("role"),
            "comment": move.get("comment"),
            "no_second_person": bool(move.get("alone")),
        },
        "fields": fields,
    }


def _tell(workspace: Workspace, record: Record, step: Step) -> None:
    people, cls, space = workspace.people, type(record), workspace.book.space_of(record)
    person = people.person_of(step.device)
    who = people.name(person) if person else step.device
    where = people.tag_of(step.device)
    when = value_text.moment(workspace, step.at)
    mark = clock_text.mark(workspace, space, step.device, step.seq, step.at)
    when = f"{when} ({mark})" if mark else when
    output.put(f"{when}  {who} ({where})  {_what(cls, step)}")
    for turn in step.turns:
        if step.move is None or turn.field != "state":
            output.put(f"    {value_text.label(cls, turn.field)}: {_turn(workspace, cls, turn)}")


def _turn(workspace: Workspace, cls: type[Record], turn: Turn) -> str:
    after = value_text.of_field(workspace, cls, turn.field, turn.after)
    before = [value_text.of_field(workspace, cls, turn.field, one) for one in turn.before]
    return f"{' | '.join(before)} → {after}" if before else after


def _what(cls: type[Record], step: Step) -> str:
    if step.move is not None:
        label = str(permissions.label_of(cls.kind, str(step.move.get("move"))))
        comment = step.move.get("comment")
        label = f"{label} ({ALONE})" if step.move.get("alone") else label
        return f"{label}: {comment}" if comment else label
    if step.created:
        return str(CREATED)
    for turn in step.turns:
        if turn.field == "void":
            return str(RESTORED if turn.after is None else VOIDED)
    return str(EDITED)
