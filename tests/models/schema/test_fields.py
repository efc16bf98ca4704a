"""Kinds of field: each factory's column and declaration, and the words of its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import peewee
import pytest

from models.schema import fields
from models.schema.fields import FieldChoice, Spec, spec_of
from models.text.words import W, language

WORD = W("甲", "A")
CHOICES = (("ok", "正常", "ok"), ("not_ok", "异常", "not ok"))
FACTORIES: dict[str, tuple[Callable[..., Any], str, type[Any], dict[str, Any]]] = {
    "line": (fields.line, "line", peewee.TextField, {"max": 200}),
    "prose": (fields.prose, "prose", peewee.TextField, {}),
    "number": (fields.number, "number", peewee.TextField, {}),
    "count": (fields.count, "count", peewee.IntegerField, {}),
    "flag": (fields.flag, "flag", peewee.BooleanField, {}),
    "day": (fields.day, "day", peewee.TextField, {}),
    "week": (fields.week, "week", peewee.TextField, {}),
    "quarter": (fields.quarter, "quarter", peewee.TextField, {}),
    "money": (fields.money, "money", peewee.TextField, {}),
    "persons": (fields.persons, "persons", peewee.TextField, {"target": "person"}),
    "moment": (fields.moment, "moment", peewee.IntegerField, {}),
    "person": (fields.person, "link", peewee.TextField, {"target": "person"}),
    "file": (fields.file, "file", peewee.TextField, {"max": 64}),
}


@pytest.mark.parametrize("name", FACTORIES)
def test_a_factory_declares_its_kind_and_passes_everything_on(name: str) -> None:
    factory, kind, column, own = FACTORIES[name]
    made = factory("甲", "A", group="g", required=True, at_birth=True)
    assert type(made) is column
    assert made.null is True  # a half-known record can be noted
    assert spec_of(made) == Spec(
        kind=kind, label=WORD, group="g", required=True, at_birth=True, **own
    )


def test_choices_and_links_carry_what_they_offer() -> None:
    made = fields.choice("甲", "A", CHOICES)
    assert spec_of(made).choices == (
        FieldChoice("ok", W("正常", "ok")),
        FieldChoice("not_ok", W("异常", "not ok")),
    )
    linked = fields.link("甲", "A", "site", follows="customer")
    assert (spec_of(linked).target, spec_of(linked).follows) == ("site", "customer")
    assert linked.index is True and fields.person("甲", "A").index is True


def test_an_unknown_attribute_is_a_mistake_of_the_declaration() -> None:
    with pytest.raises(TypeError):
        fields.line("甲", "A", nonsense=1)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [("not_ok", "异常", "not ok"), ("later", "later", "later"), (None, "", ""), (7, "7", "7")],
)
def test_a_choice_is_said_by_its_word_and_an_unknown_one_by_itself(
    value: object, zh: str, en: str
) -> None:
    spec = spec_of(fields.choice("甲", "A", CHOICES))
    assert spec.word(value) == zh
    language.now = "en"
    assert spec.word(value) == en


def test_a_list_is_worded_as_it_is_declared_and_what_is_unknown_last() -> None:
    spec = spec_of(fields.choices("甲", "A", CHOICES))
    assert spec.several and not spec_of(fields.choice("甲", "A", CHOICES)).several
    assert spec.words("later,not_ok,ok") == ["正常", "异常", "later"]
    assert spec.words(None) == []


def test_what_is_held_is_offered_even_if_it_is_retired_or_unknown() -> None:
    old = FieldChoice("old", W("旧", "old"), retired=True)
    spec = Spec(kind="choice", label=WORD, choices=(FieldChoice("ok", WORD), old))
    assert [one.name for one in spec.offered()] == ["ok"]
    assert [one.name for one in spec.offered(["old", "later"])] == ["ok", "old", "later"]


def test_what_is_for_the_program_alone_is_named_by_its_checksum() -> None:
    spec = spec_of(fields.prose("内容", "Content", internal=True))
    assert "[1, 2]" not in spec.word("[1, 2]") and spec.word("[1, 2]") != spec.word("[1, 3]")
    assert spec.word("\ud800") and spec.word(None) == ""
