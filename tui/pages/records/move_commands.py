"""Move commands: the moves of a type as commands, each with its letter."""

from __future__ import annotations

from models.book.permissions import CONFIRM
from models.schema.kind import Kind
from tui.display.move_letters import letters, offered
from tui.widgets.commands import Command

MENU = "record.move"
"""The command that shows all moves in a menu, for those whose input method swallows letters."""


def commands(kind: Kind) -> tuple[Command, ...]:
    """A command for each move of a type."""
    keys = letters(kind)
    return tuple(
        Command(
            id=f"move.{kind.name}.{move.id}",
            word=move.label,
            help=move.label if move.id == CONFIRM else kind.state(move.to).label,
            keys=keys[move.id],
            action=f"make('{move.id}')",
            via=MENU,
        )
        for move in offered(kind)
        if move.id in keys
    )
