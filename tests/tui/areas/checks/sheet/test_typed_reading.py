"""Typed reading: digits begin a value where one is measured; keys edit it until it is saved."""

from __future__ import annotations

import pytest

from models.text.words import Refused
from tui.areas.checks.sheet.typed_reading import LONGEST, TypedReading, narrowed

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
        ("23，5", "23,5"),
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


@pytest.mark.parametrize("text", ["23.5", "２３．５", "-3", "1,234"])
def test_a_pasted_value_is_typed(text: str) -> None:
    made = TypedReading()
    made.paste(text, HERE, True)
    assert (made.text, made.question) == (narrowed(text), HERE)


@pytest.mark.parametrize("text", ["", "23.5 ℃", "25:00", "1e3", "1\n2", "1" * (LONGEST + 1), "好"])
def test_what_is_no_value_is_not_pasted(text: str) -> None:
    made = typed("2")
    with pytest.raises(Refused, match="不是一个数值"):
        made.paste(text, HERE, True)
    assert made.text == "2"


def test_where_nothing_is_measured_nothing_is_pasted() -> None:
    made = TypedReading()
    with pytest.raises(Refused, match="这一项不填数值"):
        made.paste("23.5", HERE, False)
    assert made.text is None
