"""Places: each has a key of its own; those of the areas stand between those of the app."""

from __future__ import annotations

from collections import Counter

from models.schema.record import kinds
from tui.app.places import COMMANDS, OWN, PLACES
from tui.pages import registry


def test_they_are_the_apps_and_the_areas_by_rank() -> None:
    assert set(PLACES) == {*OWN, *registry.PLACES}
    ranks = [place.rank for place in PLACES]
    assert ranks == sorted(ranks) and len(set(ranks)) == len(ranks)


def test_today_is_the_first_and_the_digits_are_in_their_order() -> None:
    assert PLACES[0].id == "today"
    digits = [place.key for place in PLACES if place.key.isdigit()]
    assert digits == [*"1234567890"]


def test_no_two_places_or_commands_have_one_key() -> None:
    keys = Counter(key for command in COMMANDS for key in command.all_keys)
    shared = {key for key, count in keys.items() if count > 1}
    assert shared == {"ctrl+q"}  # quits anywhere, and from the first page


def test_each_place_has_its_command() -> None:
    commands = {command.id: command for command in COMMANDS}
    for place in PLACES:
        command = commands[f"go.{place.id}"]
        assert (command.keys, command.action) == (place.key, f"app.go('{place.id}')")
        assert command.word == place.word and command.help == place.help


def test_what_they_open_is_a_list_of_a_type_or_a_page() -> None:
    for place in PLACES:
        if place.opens.startswith("="):
            assert place.opens[1:] in kinds
        else:
            assert isinstance(registry.load(place.opens), type)
