"""`types`: what can be recorded: types, their fields, states and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import models.records  # noqa: F401  declares the types
from models.queries import lookup, record_json
from models.schema.record import Record, kinds
from models.schema.roles import ROLES
from models.text.words import W, say
from tui.cli.completion import TYPES
from tui.cli.options import argument, command, json_option
from tui.cli.streams import output

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.schema.fields import Spec
    from models.schema.lifecycle import State

FIELDS = W("字段：", "Fields:")
STATES = W("状态：{states}", "States: {states}")
MOVES = W("操作：", "Actions:")
MUST = W("必填", "required")
BY_MOVE = W("通过操作填写", "filled by an action")
COMPUTED = W("自动填写", "filled by the program")
FROM = W("从“{state}”起在表单中", "in forms from “{state}” on")
AUTHOR = W("填写人", "author")


@command(
    "types",
    W(
        "列出记录类型，或一种类型的字段、状态和操作。",
        "List the record types, or the fields, states and actions of one type.",
    ),
    examples=("types", "types fix", "types --json"),
)
@argument(
    "type",
    W("记录类型，如 fix", "a record type such as fix"),
    required=False,
    metavar="[TYPE]",
    shell_complete=TYPES,
)
@json_option
def types(type: str | None, as_json: bool) -> None:
    """The declared types."""
    chosen = [lookup.kind(type)] if type else list(kinds.values())
    if as_json:
        for cls in chosen:
            output.emit(record_json.type_plain(cls))
    elif type:
        _tell(chosen[0])
    else:
        shown = sorted(chosen, key=lambda cls: cls.kind.menu or 1000)
        output.table([(c.kind.name, str(c.kind.label), c.kind.code) for c in shown])


def _tell(cls: type[Record]) -> None:
    kind = cls.kind
    output.put(f"{kind.name}  {kind.label}")
    output.put(str(FIELDS))
    output.table(
        [("", n, s.kind, str(s.label), _facts(s, cls.kind.state)) for n, s in cls.specs().items()]
    )
    states = " → ".join(f"{state.name} {state.label}" for state in kind.states)
    output.put(say(STATES, states=states))
    moves = [move for move in kind.moves if not move.hidden]
    if moves:
        output.put(str(MOVES))
        output.table(
            [
                ("", m.id, str(m.label), f"{'|'.join(m.from_)} → {m.to}", _roles(m.who))
                for m in moves
            ]
        )


def _roles(who: tuple[str, ...]) -> str:
    if set(ROLES) <= set(who):
        return ""
    return ", ".join(str(ROLES.get(role, AUTHOR)) for role in who)


def _facts(spec: Spec, state: Callable[[str], State]) -> str:
    found = [str(MUST)] if spec.required else []
    if spec.known:
        found.append(" | ".join(f"{choice.name} {choice.label}" for choice in spec.known))
    if spec.kind in ("link", "persons"):
        found.append(f"→ {spec.target or '*'}")
    if spec.asked_from:
        found.append(say(FROM, state=state(spec.asked_from).label))
    if spec.max:
        found.append(f"≤ {spec.max}")
    if spec.by_move:
        found.append(str(BY_MOVE))
    elif spec.computed:
        found.append(str(COMPUTED))
    return "; ".join(found)
