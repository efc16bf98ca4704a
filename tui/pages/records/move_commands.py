"""Move commands: the moves of a type as commands, each with its letter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Protocol

from models.book.approval.acknowledgements import ACKNOWLEDGE
from models.book.permissions import CONFIRM
from models.schema.kind import Kind
from models.text.words import Refused, W
from tui.display.move_letters import letters, offered
from tui.pages.records.record_actions import NOTHING_HERE, RecordActions, RecordHolder
from tui.widgets.action_group import ActionGroup, ActionGroups
from tui.widgets.commands import Command

LEADS_TO = W("→ {state}", "→ {state}")
NOTED = W("我已看过", "I have taken note of it")
CONFIRMS = W("批准后改过的内容", "what was changed after the approval")
HELP = {CONFIRM: CONFIRMS, ACKNOWLEDGE: NOTED}
NOT_HERE = W(
    "{number} 现在不能执行此操作；m 看全部操作。",
    "This action is not possible for {number} now; m shows all actions.",
)
MENU = "record.move"
"""The command that shows all moves in a menu, for those whose input method swallows letters."""
LIST_PLACE = 1
ROW_PLACE = 13
"""Place of a row's moves in the key bar: no header names them while the cursor is on the row."""


def commands(kind: Kind, *, in_list: bool = False) -> dict[str, Command]:
    """Move id -> its command, for the moves of a type that have a letter; those of a list stand in
    its key bar first, since nothing else names them there."""
    keys = letters(kind)
    head, row_place = ("move.list", 0) if in_list else ("move", ROW_PLACE if kind.parent else 0)
    return {
        move.id: Command(
            id=f"{head}.{kind.name}.{move.id}",
            word=move.label,
            help=HELP.get(move.id) or _leads_to(kind, move.to),
            keys=keys[move.id],
            shown=LIST_PLACE if in_list else row_place,
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
    group: ActionGroup[Any],
    kind: Kind,
    make: Callable[..., object],
    used: Collection[str] = (),
    *,
    in_list: bool = False,
) -> list[Command]:
    """Add the moves of a type to a group, whose method `make` makes one by its id.

    A letter that is `used` stays what it is. The page binds the commands that are returned.
    """
    found = []
    for move, command in commands(kind, in_list=in_list).items():
        if command.keys not in used:
            group.add(command, make, move)
            found.append(command)
    return found


class ListHolder(RecordHolder, Protocol):
    """A page with a list, and its commands."""

    groups: ActionGroups

    @property
    def used_keys(self) -> frozenset[str]:
        """The keys that commands of the page have."""

    def bind_commands(self, commands: list[Command]) -> None:
        """Bind the keys of commands that are known only now."""

    def refresh_bindings(self) -> None:
        """What is possible has changed."""

    def say_keys(self) -> None:
        """Say the keys again."""


class ListMoves(ActionGroup[ListHolder]):
    """The moves of the record under the cursor of a list, by their letters.

    The key bar and the help show those that are possible on this row, and no other acts.
    """

    def __init__(self, page: ListHolder) -> None:
        super().__init__(page)
        self._whys: dict[str, Refused | None] = {}
        self._of = ("", "")

    def bind(self, kind: Kind) -> None:
        """Give the page the moves of the type that its list shows."""
        page = self.page
        page.bind_commands(add_moves(self, kind, ListMoves.make, page.used_keys, in_list=True))

    def follow(self) -> None:
        """The cursor has moved: say what is possible on its row."""
        self.page.refresh_bindings()
        self.page.say_keys()

    def make(self, move: str) -> None:
        """Make a move of the record under the cursor; `make_move` asks what there is to ask."""
        self.page.groups.get(RecordActions).make(move)

    def why_not(self, command: str) -> Refused | None:
        """Why a move is not possible on this row, or None."""
        record = self.page.book.find(self.page.chosen() or "")
        if record is None:
            return Refused(NOTHING_HERE)
        if self._of != (record.id, record.dots):
            self._of = (record.id, record.dots)
            self._whys = {one.move.id: one.why for one in self.page.book.chances(record)}
        return self._whys.get(move_of(command) or "", Refused(NOT_HERE, number=record.number))
