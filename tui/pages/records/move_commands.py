"""Move commands: the moves of a type as commands, each with its letter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from models.book.approval.acknowledgements import ACKNOWLEDGE
from models.book.permissions import CONFIRM
from models.schema.kind import Kind
from models.text.words import W
from tui.display.move_letters import letters, offered
from tui.widgets.action_group import ActionGroup
from tui.widgets.commands import Command

LEADS_TO = W("→ {state}", "→ {state}")
NOTED = W("我已看过", "I have taken note of it")
CONFIRMS = W("批准后改过的内容", "what was changed after the approval")
HELP = {CONFIRM: CONFIRMS, ACKNOWLEDGE: NOTED}
MENU = "record.move"
"""The command that shows all moves in a menu, for those whose input method swallows letters."""
ROW_PLACE = 13
"""Place of a row's moves in the key bar: no header names them while the cursor is on the row."""


def commands(kind: Kind) -> dict[str, Command]:
    """Move id -> its command, for the moves of a type that have a letter."""
    keys = letters(kind)
    return {
        move.id: Command(
            id=f"move.{kind.name}.{move.id}",
            word=move.label,
            help=HELP.get(move.id) or _leads_to(kind, move.to),
            keys=keys[move.id],
            shown=ROW_PLACE if kind.parent else 0,
            via=MENU,
        )
        for move in offered(kind)
        if move.id in keys
    }


def _leads_to(kind: Kind, state: str) -> W:
    """The help of a move: the state it leads to."""
    label = kind.state(state).label
    return W(LEADS_TO.zh.format(state=label.zh), LEADS_TO.en.format(state=label.en))


def move_of(command: str) -> str | None:
    """The move that a command, by its id, makes; None for another command."""
    head, _, move = command.rpartition(".")
    return move if head.startswith("move.") else None


def add_moves(
    group: ActionGroup[Any], kind: Kind, make: Callable[..., object], used: Collection[str] = ()
) -> list[Command]:
    """Add the moves of a type to a group, whose method `make` makes one by its id.

    A letter that is `used` stays what it is. The page binds the commands that are returned.
    """
    found = []
    for move, command in commands(kind).items():
        if command.keys not in used:
            group.add(command, make, move)
            found.append(command)
    return found
