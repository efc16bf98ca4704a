"""Matching: parts, sounds and gaps, their order, and where in a text a sound stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import matching
from models.text.matching import (
    BEGINS,
    IN_PROSE,
    PART,
    SCATTERED,
    SOUND,
    SOUND_INSIDE,
    WHOLE,
    WORD,
    fit,
    fits_any,
    is_scattered,
    name_of,
    words,
)


@pytest.mark.parametrize(
    ("name", "typed", "place"),
    [
        ("机房", "机房", WHOLE),
        ("机房空调", "机房", BEGINS),
        ("机房空调", "", BEGINS),
        ("Machine room", "room", WORD),
        ("机房空调", "空", PART),
        ("机房空调", "jf", SOUND),
        ("机房空调", "jifang", SOUND),
        ("机房空调", "jfang", SOUND),
        ("机房空调", "jifa", SOUND),
        ("机房空调", "kt", SOUND_INSIDE),
        ("UPS蓄电池", "upsxdc", SOUND),
        ("UPS蓄电池", "xudianchi", SOUND_INSIDE),
        ("变电站A-01", "bdza01", SOUND),
        ("ＵＰＳ", "ups", WHOLE),
        ("机房空调", "机空", SCATTERED),
        ("巡检项目模板", "xjmb", SCATTERED),
        ("Checklist template", "tmpl", SCATTERED),
        ("机房空调", "fj", None),
        ("机房空调", "j", None),
        ("机房空调", "jg", None),
        ("Checklist template", "tl", None),
        ("a long name with a few letters far apart", "awp", None),
        ("机房空调", "jf kt", None),
        ("机房", "j.f", None),
        ("机房", "j" * 500, None),
    ],
)
def test_how_a_word_fits(name: str, typed: str, place: int | None) -> None:
    assert fit(name_of(name), typed) == place


def test_several_words_may_be_of_several_names() -> None:
    assert fits_any(("新建设备", "New equipment"), words("xj equip")) == SOUND
    assert fits_any(("新建设备", "New equipment"), words("equip list"), "a LIST of all") == IN_PROSE
    assert fits_any(("新建设备", "New equipment"), words("equip list")) is None


def test_the_characters_that_a_sound_means() -> None:
    assert matching.spots("请看 UPS蓄电池", "xdc") == [(6, 7), (7, 8), (8, 9)]
    assert matching.spots("UPS蓄电池", "sxd") == [(0, 3), (3, 4), (4, 5)]
    assert matching.spots("UPS", "机房") == matching.spots("机房", "xx") == []


@given(st.text(max_size=20), st.text(max_size=8))
def test_any_texts_are_compared(name: str, typed: str) -> None:
    for word in words(typed):
        found = fit(name_of(name), word)
        assert found is None or WHOLE <= found <= SCATTERED
        assert all(0 <= a < b <= len(name) for a, b in matching.spots(name, word))


@given(st.text("abc机", max_size=12), st.text("abc机", min_size=1, max_size=4))
def test_what_is_scattered_is_found_from_some_beginning(form: str, typed: str) -> None:
    def naive(at: int) -> int | None:
        for char in typed:
            at = form.find(char, at)
            if at < 0:
                return None
            at += 1
        return at

    spans = [(at, naive(at)) for at in range(len(form)) if form[at] == typed[0]]
    near = any(end is not None and end - 1 - at < 3 * len(typed) for at, end in spans)
    enough = len(typed) >= (3 if typed.isascii() else 2)
    assert is_scattered(typed, form) == (near and enough)
