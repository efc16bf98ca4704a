"""Validation: the same judgement of a typed value and of one that stands, in one sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.checks.template_item import TemplateItem
from models.records.problems.fix import Fix
from models.records.weekly.weekly_entry import Weekly
from models.schema.fields import TEXT_LIMIT
from models.schema.record import Record
from models.schema.validation import (
    MAX_DIGITS,
    WHOLE,
    canonical_number,
    check,
    fault,
    words,
)
from models.text.words import Refused, W, language

CASES: list[tuple[type[Record], str, Any, str]] = [
    (Fix, "place", "x" * 200, ""),
    (Fix, "place", "长" * 200, ""),
    (Fix, "place", "长" * 201, "太长，最多 200 个字"),
    (Fix, "place", "a\nb", "只能写一行"),
    (Fix, "place", "a\rb", "只能写一行"),
    (Fix, "place", "\ud800", "残缺字符"),
    (Fix, "phenomenon", "a\0b", "NUL"),
    (Fix, "phenomenon", "a\n\u3000b\x1b", ""),
    (Fix, "phenomenon", "字" * (TEXT_LIMIT // 3), ""),
    (Fix, "phenomenon", "字" * (TEXT_LIMIT // 3 + 1), "256 KiB"),
    (Fix, "phenomenon", 7, "应为文字"),
    (Fix, "phenomenon", ["x"], "应为文字"),
    (Fix, "cause_class", "equipment", ""),
    (Fix, "cause_class", "of_a_newer_version", ""),
    (Fix, "cause_class", "两 词", "应为代码"),
    (Fix, "found_during", "magic", "只能是以下之一"),
    (Fix, "typical", True, ""),
    (Fix, "typical", 1, "应为 是/否"),
    (Fix, "typical", "true", "应为 是/否"),
    (Fix, "fixed_at", WHOLE, ""),
    (Fix, "fixed_at", -WHOLE, ""),
    (Fix, "fixed_at", WHOLE + 1, "超出允许范围"),
    (Fix, "fixed_at", True, "应为整数"),
    (Fix, "fixed_at", 1.0, "应为整数"),
    (Fix, "site", "x" * 64, ""),
    (Fix, "site", "x" * 65, "编号"),
    (Fix, "site", "现场", "编号"),
    (Fix, "site", "a\tb", "编号"),
    (Weekly, "hours", "0", ""),
    (Weekly, "hours", "168", ""),
    (Weekly, "hours", "168.01", "超出允许范围"),
    (Weekly, "hours", "-0.5", "超出允许范围"),
    (Weekly, "hours", "07", "应为数字"),
    (Weekly, "hours", "1e2", "应为数字"),
    (Weekly, "hours", "１", "应为数字"),
    (Weekly, "hours", "0." + "1" * (MAX_DIGITS - 2), ""),
    (Weekly, "hours", "0." + "1" * (MAX_DIGITS - 1), "应为数字"),
    (Weekly, "week", "2026-W53", ""),
    (Weekly, "week", "2025-W53", "应为周"),
    (Weekly, "week", "2026-w47", "应为周"),
    (TemplateItem, "position", -3, ""),
    (TemplateItem, "critical", None, ""),
    (TemplateItem, "low", "", ""),
]


@pytest.mark.parametrize(("cls", "name", "value", "says"), CASES)
def test_typed_and_standing_values_are_judged_alike(
    cls: type[Record], name: str, value: object, says: str
) -> None:
    standing = fault(cls.specs()[name], value)
    if not says:
        assert standing is None
        assert check(cls, {name: value}) == {name: None if value == "" else value}
        return
    assert standing is not None
    with pytest.raises(Refused) as refused:
        check(cls, {name: value})
    label = cls.specs()[name].label
    assert says in str(refused.value) and f"“{label.zh}”" in str(refused.value)
    language.now = "en"
    assert f"“{label.en}”" in str(refused.value)


def test_what_was_not_given_is_not_said_and_empty_text_is_null() -> None:
    assert check(Fix, {}) == {}
    assert check(Fix, {"cause": "", "place": "柜"}) == {"cause": None, "place": "柜"}


def test_a_field_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="“nothing”：没有这个字段"):
        check(Fix, {"nothing": 1})


def test_a_choice_names_what_may_be_chosen() -> None:
    with pytest.raises(Refused, match=r"：日常检查、监控告警、.*、其他。"):
        check(Fix, {"found_during": "{max_length}"})
    language.now = "en"
    with pytest.raises(Refused, match=r": daily checklist, .*, other\."):
        check(Fix, {"found_during": "magic"})


@given(st.text(max_size=30))
def test_words_are_taken_as_they_are_or_refused_in_one_sentence(text: str) -> None:
    broken = "\0" in text or any("\ud800" <= one <= "\udfff" for one in text)
    if broken:
        with pytest.raises(Refused, match="说明"):
            words(text, W("说明", "Comment"))
    else:
        assert words(text, W("说明", "Comment")) == text


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("23.5", "23.5"),
        (" ２３．５ ", "23.5"),
        ("23。5", "23.5"),
        ("23,5", "23.5"),
        ("23，5", "23.5"),
        ("1,234", None),  # a thousand times more or less
        ("-1，234", None),
        ("1,234.0", "1234"),
        ("1,234,567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("0,234", "0.234"),
        ("1,2345", "1.2345"),
        ("−7", "-7"),
        ("+7", "7"),
        ("-0.00", "0"),
        ("007", "7"),
        ("1e3", "1000"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("", None),
        ("-", None),
        ("1,2,3", None),
        ("热", None),
        ("NaN", None),
        ("inf", None),
        ("1e41", None),
        ("1e-41", None),
        ("9" * (MAX_DIGITS + 1), None),
        ("1 2", None),
        ("0x10", None),
    ],
)
def test_a_typed_number_in_its_canonical_form(typed: str, number: str | None) -> None:
    assert canonical_number(typed) == number


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_canonical_number_is_exact_taken_and_itself_again(amount: Decimal) -> None:
    made = canonical_number(str(amount))
    assert made is not None and Decimal(made) == amount
    assert canonical_number(made) == made
    assert fault(TemplateItem.specs()["low"], made) is None


@given(st.text(max_size=12))
def test_any_text_is_no_number_or_one_that_is_taken(text: str) -> None:
    made = canonical_number(text)
    if made is not None and len(made) <= MAX_DIGITS:
        assert fault(TemplateItem.specs()["low"], made) is None
