"""Words: said in the language of now, with values filled in, in a refusal too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused, W, language, listed, say, several

FIX = W("现场处置", "On-site fix")
COUNT = W("{type}有 {n} 项", "{n} of {type}")
TEXTS = st.text(max_size=20)


def test_a_word_is_said_in_the_language_of_now() -> None:
    assert str(FIX) == "现场处置" == f"{FIX}"
    language.now = "en"
    assert str(FIX) == "On-site fix" == f"{FIX}"


def test_a_word_among_the_values_is_said_too() -> None:
    assert say(COUNT, type=FIX, n=3) == "现场处置有 3 项"
    language.now = "en"
    assert say(COUNT, type=FIX, n=3) == "3 of On-site fix"


def test_without_values_braces_stay() -> None:
    assert say(W("{name}", "{name}")) == "{name}"


@given(TEXTS)
def test_a_value_is_never_read_as_a_pattern(text: str) -> None:
    assert say(W("“{value}”", "“{value}”"), value=text) == f"“{text}”"


def test_things_are_joined_as_each_language_does() -> None:
    assert several([FIX, 7, "甲"]) == "现场处置、7、甲"
    language.now = "en"
    assert several([FIX, 7, "甲"]) == "On-site fix, 7, 甲"
    assert several([]) == ""


@given(st.lists(st.builds(W, TEXTS, TEXTS), max_size=5))
def test_listed_says_in_both_languages_what_several_says_in_one(words: list[W]) -> None:
    for language.now in ("zh", "en"):
        assert str(listed(words)) == several(words)


def test_a_refusal_is_a_sentence_of_the_language_of_now() -> None:
    refused = Refused(COUNT, type=FIX, n=0)
    assert str(refused) == "现场处置有 0 项"
    language.now = "en"
    assert str(refused) == "0 of On-site fix"


@pytest.mark.parametrize("now", ["zh", "en"])
def test_a_refusal_is_kept_in_both_whatever_is_shown(now: str) -> None:
    language.now = "en" if now == "en" else "zh"
    assert Refused(COUNT, type=FIX, n=2).both() == W("现场处置有 2 项", "2 of On-site fix")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 item has no result; 1 day left"),
        (2, "2 items have no result; 2 days left"),
        (11, "11 items have no result; 11 days left"),
    ],
)
def test_one_is_said_as_one(count: int, said: str) -> None:
    language.now = "en"
    word = W("{n} 项没有结果；还有 {d} 天", "{n} items have no result; {d} days left")
    assert say(word, n=count, d=count) == said
    other = W("{n} 个", "{n} items")
    assert say(other, n="1 items") == "1 items items"
