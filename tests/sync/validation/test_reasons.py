"""Reasons: what the book says to a person is said of that person on every device."""

from __future__ import annotations

import re

import pytest

from models.book import permissions
from models.text.words import Refused, W
from sync.validation import reasons
from sync.validation.reasons import OF_RIGHTS, Newer, of

SENTENCES = [word for word in vars(reasons).values() if isinstance(word, W) and word.en[-1] == "."]
NAMED = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("word", [*SENTENCES, *OF_RIGHTS.values()])
def test_both_languages_name_the_same_values(word: W) -> None:
    assert set(NAMED.findall(word.zh)) == set(NAMED.findall(word.en))
    assert word.zh.endswith(("。", "}")) and word.en.endswith((".", "}"))


@pytest.mark.parametrize("word", OF_RIGHTS)
def test_a_sentence_of_rights_needs_no_more_than_the_person_beside_its_values(word: W) -> None:
    assert set(NAMED.findall(OF_RIGHTS[word].en)) <= {*NAMED.findall(word.en), "who"}


def test_a_refusal_is_said_of_the_person() -> None:
    refused = Refused(permissions.VOIDED, number="FX-1")
    said = of(refused, "仇小河")
    assert said.word is OF_RIGHTS[permissions.VOIDED] and "FX-1" in str(said)
    other = Refused(W("别的", "Other"))
    assert of(other, "x").word == other.word


def test_what_only_a_newer_program_can_judge_is_a_reason_of_its_own() -> None:
    newer = Newer(reasons.NEWER_BASE)
    assert isinstance(newer, Refused) and newer.word is reasons.NEWER_BASE
