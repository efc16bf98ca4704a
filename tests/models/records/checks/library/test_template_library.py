"""Template library: each shipped template is whole, bilingual and valid, with limits that hold."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain

import pytest

from models.records.checks.library.template_library import (
    FILES,
    LibraryTemplate,
    library,
    named,
)
from models.records.checks.template import FREQUENCIES, NORMS, PURPOSES, Template
from models.records.checks.template_item import ANSWER_KINDS, TemplateItem
from models.schema import validation
from models.text.words import W, language

EVERY = pytest.mark.parametrize("ready", library(), ids=lambda one: one.id)
HAN = re.compile(r"[\u3400-\u9fff，。；：（）]")
MOST = 10
"""Items of one template: a round of ten minutes, and a page at 80×24."""


def pairs(ready: LibraryTemplate) -> list[W]:
    """Every pair of words in a template."""
    items = chain.from_iterable((i.section, i.text, i.expected, i.hint) for i in ready.items)
    return [ready.trade, ready.name, ready.about, *items]


def test_each_trade_has_every_frequency_asked_for() -> None:
    trades = list(dict.fromkeys(one.trade for one in library()))
    assert len(trades) == len(FILES)
    for trade in trades:
        often = {one.frequency for one in library() if one.trade == trade}
        assert often == {"daily", "weekly", "half_yearly", "yearly"}


def test_ids_names_and_codes_are_single() -> None:
    ids = [one.id for one in library()]
    assert len(set(ids)) == len(ids) and named("room_daily") is library()[0]
    for half in (0, 1):
        names = [one.name[half] for one in library()]
        assert len(set(names)) == len(names)
    codes = [item.code for one in library() for item in one.items]
    assert len(set(codes)) == len(codes)


@EVERY
def test_it_is_whole_in_both_languages(ready: LibraryTemplate) -> None:
    assert 5 <= len(ready.items) <= MOST
    assert ready.name.zh and ready.name.en and ready.about.zh and ready.about.en
    for zh, en in pairs(ready):
        assert bool(zh) == bool(en), (zh, en)
        assert not HAN.search(en), en
        assert zh == zh.strip() and en == en.strip()
    for half in (0, 1):
        said = [item.text[half] for item in ready.items]
        assert all(said) and len(set(said)) == len(said)


@EVERY
def test_it_fits_the_declarations(ready: LibraryTemplate) -> None:
    assert ready.frequency in [name for name, *_ in FREQUENCIES]
    # what is a norm is on no day, and nobody would be asked to fill it in
    assert ready.purpose in {name for name, *_ in PURPOSES} - {NORMS}
    assert all(len(text) <= 40 for text in ready.name)
    for item in ready.items:
        assert item.kind in [name for name, *_ in ANSWER_KINDS]
        for name, text in (("text_zh", item.text.zh), ("text_en", item.text.en)):
            assert validation.fault(TemplateItem.specs()[name], text) is None
        for name, value in (("low", item.low), ("high", item.high), ("unit", item.unit)):
            spec = TemplateItem.specs()[name]
            assert value is None or validation.reason_against(spec, value) is None
    assert validation.fault(Template.specs()["name_zh"], ready.name.zh) is None


@EVERY
def test_its_limits_hold(ready: LibraryTemplate) -> None:
    for item in ready.items:
        if item.kind == "reading":
            assert item.unit and (item.low or item.high), item
            if item.low and item.high:
                assert Decimal(item.low) < Decimal(item.high), item
            if item.unit == "%":
                assert all(Decimal(one) <= 100 for one in (item.low, item.high) if one)
        else:
            assert item.unit is item.low is item.high is None, item
    assert any(item.critical for item in ready.items)


def test_limits_are_said_with_their_unit_and_expectations_in_the_language() -> None:
    first, _, third, *_ = named("room_daily").items
    assert first.limits() == "18 - 27 ℃" and third.limits() == "无水迹"
    language.now = "en"
    assert third.limits() == "dry"
