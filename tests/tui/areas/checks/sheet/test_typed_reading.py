"""Typed reading: digits begin a value where one is measured; keys edit it until it is saved."""

from __future__ import annotations

import pytest

from tui.areas.checks.sheet.typed_reading import LONGEST, TypedReading

HERE = "item/"


def typed(*keys: str, measures: bool = True) -> TypedReading:
    """What these keys have typed; a key of one character is that character."""
    made = TypedReading()
    for key in keys:
        made.press(key, key if len(key) == 1 else None, HERE, measures)
    return made


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("23.5", "23.5"),
        ("-0.5", "-0.5"),
        ("２３．５", "23.5"),
        ("23。5", "23.5"),
        ("23，5", "23.5"),
        ("—5", "-5"),
        ("−5", "-5"),
    ],
)
def test_digits_of_any_input_method_are_a_value(keys: str, text: str) -> None:
    made = typed(*keys)
    assert (made.text, made.question) == (text, HERE)


def test_a_question_without_a_value_takes_no_digits() -> None:
    made = TypedReading()
    assert not made.press("2", "2", HERE, measures=False)
    assert made.text is None


def test_letters_belong_to_no_value() -> None:
    made = typed("2")
    assert not made.press("x", "x", HERE, measures=True)
    assert not made.press("down", None, HERE, measures=True)
    assert made.text == "2"


def test_backspace_and_escape_edit_what_is_typed() -> None:
    made = typed("2", "3", "backspace")
    assert made.of(HERE) == "2"
    assert made.press("backspace", None, HERE, measures=True)
    assert made.of(HERE) is None
    assert not made.press("backspace", None, HERE, measures=True)
    assert not made.press("escape", None, HERE, measures=True)
    assert typed("2", "3", "escape").text is None


def test_a_value_has_an_end() -> None:
    assert len(typed(*"1" * (LONGEST + 5)).text or "") == LONGEST


def test_a_value_is_that_of_one_question() -> None:
    made = typed("7")
    assert made.of(HERE) == "7"
    assert made.of("other/") is None and made.of(None) is None
    made.forget()
    assert made.of(HERE) is None and made.text is None and made.question == ""
