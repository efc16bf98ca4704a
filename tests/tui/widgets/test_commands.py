"""Commands: keys that an input method leaves alone, and ids that name one thing."""

from __future__ import annotations

import pytest

from models.text.words import W, language
from tui.widgets.commands import FULL_WIDTH, Command, bindings, declared, is_letter, key_name


def command(keys: str, *, id: str = "test.one", via: str = "") -> Command:
    """A command with these keys."""
    return Command(id=id, word=W("一", "One"), help=W("做", "do"), keys=keys, action="do", via=via)


@pytest.fixture(autouse=True)
def forget() -> object:
    """What a test declares is forgotten after it."""
    before = dict(declared)
    yield
    declared.clear()
    declared.update(before)


def test_a_command_is_declared_with_its_binding() -> None:
    (binding,) = bindings((command("f5,g"),))
    assert declared["test.one"] == command("f5,g")
    assert (binding.key, binding.action, binding.id) == ("f5,g", "do", "test.one")


def test_letters_alone_are_refused_unless_another_command_leads_there() -> None:
    with pytest.raises(ValueError, match="only letter keys"):
        bindings((command("a,b"),))
    assert bindings((command("a", id="test.two", via="test.menu"),))


def test_two_commands_of_one_name_are_refused() -> None:
    bindings((command("f5"),))
    bindings((command("f5"),))
    with pytest.raises(ValueError, match=r"test\.one"):
        bindings((command("f6"),))


def test_signs_have_their_full_width_twins() -> None:
    (binding,) = bindings((command("slash,f3"),))
    assert binding.key == f"slash,f3,{FULL_WIDTH['slash']}"


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("f5", "F5", "F5"),
        ("ctrl+s", "Ctrl+S", "Ctrl+S"),
        ("shift+tab", "Shift+Tab", "Shift+Tab"),
        ("a", "a", "a"),
        ("G", "Shift+G", "Shift+G"),
        ("enter", "回车", "Enter"),
        ("question_mark", "?", "?"),
        ("pagedown", "PgDn", "PgDn"),
        ("ctrl+end", "Ctrl+End", "Ctrl+End"),
    ],
)
def test_a_key_is_said_as_people_say_it(key: str, zh: str, en: str) -> None:
    assert key_name(key) == zh
    language.now = "en"
    assert key_name(key) == en


def test_what_a_letter_is() -> None:
    assert is_letter("a") and is_letter("A")
    assert not any(map(is_letter, ("f1", "1", "slash", "ctrl+a", "")))
