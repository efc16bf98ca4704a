"""Move letters: each move of a type has one, none means something else on every page."""

from __future__ import annotations

import pytest

from models.book.permissions import CONFIRM
from models.schema.record import kinds
from tests import readme
from tui.display.move_letters import RESERVED, RESERVED_CAPITALS, USUAL, letters, offered
from tui.pages.records.move_commands import MENU, commands
from tui.widgets.commands import declared, is_letter


@pytest.mark.parametrize("type_", sorted(kinds))
def test_every_move_has_a_letter_of_its_own(type_: str) -> None:
    kind = kinds[type_].kind
    found = letters(kind)
    assert set(found) == {move.id for move in offered(kind) if not move.hidden}
    assert len(set(found.values())) == len(found)
    assert not {letter.lower() for letter in found.values()} & RESERVED
    assert not set(found.values()) & RESERVED_CAPITALS
    assert all(is_letter(letter) for letter in found.values())


def test_the_capitals_of_commands_beside_moves_are_none_of_a_move() -> None:
    readme.keys()  # imports every page
    beside = [one for id, one in declared.items() if id.startswith(("record.", "page.", "version"))]
    keys = {key for one in beside for key in one.all_keys}
    assert {key for key in keys if len(key) == 1 and key.isupper()} <= RESERVED_CAPITALS


def test_what_is_approved_can_be_confirmed_after_a_change() -> None:
    """A type with a second person has the confirmation on its page, with a letter of its own."""
    for cls in kinds.values():
        second = any(move.four_eyes for move in cls.kind.moves)
        more = len(offered(cls.kind)) - len(cls.kind.moves)
        assert (CONFIRM in letters(cls.kind)) == second
        assert more == second + (cls.kind.acknowledge is not None)


def test_a_usual_move_has_the_same_letter_on_most_pages() -> None:
    for move in ("submit", "return", "withdraw"):
        found = [letters(cls.kind).get(move) for cls in kinds.values()]
        given = [letter for letter in found if letter is not None]
        assert given.count(USUAL[move]) > len(given) / 2


@pytest.mark.parametrize("type_", sorted(kinds))
def test_a_move_is_a_command_with_its_letter_and_the_menu(type_: str) -> None:
    kind = kinds[type_].kind
    made, words = commands(kind), {move.id: move.label for move in offered(kind)}
    for move, letter in letters(kind).items():
        command = made[move]
        assert command.keys == letter and command.via == MENU
        assert command.id == f"move.{type_}.{move}" and command.word == words[move]
    assert len(made) == len(letters(kind))
