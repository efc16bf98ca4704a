"""Move commands: a group makes the moves of a type, each by its letter, where none is used."""

from __future__ import annotations

from models.book.permissions import CONFIRM
from models.schema.record import kinds
from tui.display.move_letters import letters
from tui.pages.records.move_commands import add_moves, commands, move_of
from tui.widgets.action_group import ActionGroup

FIX = kinds["fix"].kind


class Making(ActionGroup[list[str]]):
    """Notes which moves were made."""

    def make(self, move: str) -> None:
        """Note a move."""
        self.page.append(move)


def test_each_move_that_has_a_letter_is_made_by_its_command() -> None:
    made: list[str] = []
    group = Making(made)
    for command in add_moves(group, FIX, Making.make):
        group.run(command.id)
    assert made == list(letters(FIX)) and "verify" in made


def test_a_letter_that_the_page_uses_is_left_to_it() -> None:
    group = Making([])
    used = {letters(FIX)["verify"], letters(FIX)["close"]}
    found = add_moves(group, FIX, Making.make, used)
    assert {command.keys for command in found}.isdisjoint(used)
    assert len(found) == len(letters(FIX)) - 2
    assert not group.has(commands(FIX)["verify"].id) and group.has(commands(FIX)["fix"].id)


def test_the_help_of_a_move_is_the_state_it_leads_to() -> None:
    found = commands(FIX)["verify"]
    to = FIX.state(FIX.by_move["verify"].to).label
    assert found.help == (f"→ {to.zh}", f"→ {to.en}")


def test_the_help_of_the_confirmation_says_what_is_confirmed() -> None:
    found = commands(kinds["escalation"].kind)[CONFIRM]
    assert found.help == ("批准后改过的内容", "what was changed after the approval")


def test_a_command_names_its_move() -> None:
    assert move_of("move.fix.verify") == "verify"
    assert move_of("record.move") is None and move_of("move") is None
