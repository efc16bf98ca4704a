"""Text for a terminal: never acting, never wider than its room, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.support.hostile import PAYLOADS, REFUSED, acting
from tui.display.terminal_text import FINE, PLAIN, cut, drawing, pad, show, show_each, width, wrap

NO_LINE_BEGINS = "，。、；：？！）》」』"
NO_LINE_ENDS = "（《「『"
NO_SPACES = {0x20: "", 0x3000: ""}
ACTING = "\u202e\x1b\x9b\r\n\t\u2028\ue000"
ODD = "\u200d\u200c\ufe0f\u0301\u20dd\u3000 e好，。（《ｱ👨👩❤1🇨각\u1100"
PIECES = [*ACTING, *ODD, "机房温度", "A-01", "word", "……", "（《", "》）。"]
mixed = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join)
printed = st.text(st.sampled_from("机房温度超限，。、；：？！（）《》「」『』 abc12"), max_size=80)


@pytest.fixture
def plain() -> Iterator[None]:
    """A terminal that draws ambiguous widths as two cells."""
    drawing.now = PLAIN
    yield
    drawing.now = FINE


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_no_payload_acts(text: str) -> None:
    for shown in (show(text), show_each(text), cut(text, 40), "\n".join(wrap(text, 40))):
        assert acting(shown.encode()) == []


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_entry_refuses_does_not_act_either(text: str) -> None:
    assert show(text) == "a\ufffdb"


@given(mixed)
def test_shown_text_never_acts(text: str) -> None:
    assert acting(show(text).encode()) == []


@given(mixed)
def test_showing_again_changes_nothing(text: str) -> None:
    assert show(show(text)) == show(text)


@given(mixed)
def test_text_under_a_cursor_keeps_its_length(text: str) -> None:
    assert len(show_each(text)) == len(text)
    assert acting(show_each(text).encode()) == []


def test_only_what_acts_is_replaced() -> None:
    assert show("一\r\n二\t三") == "一\n二    三"
    assert show("a\u200cb 👨\u200d👩") == "a\u200cb 👨\u200d👩"
    assert show("\x1b]0;x\x07") == "\ufffd]0;x\ufffd"


@given(mixed)
def test_widths_are_those_textual_lays_out_with(text: str) -> None:
    shown = show(text).replace("\n", "")
    assert width(shown) == cell_len(shown)


@given(mixed, st.integers(0, 30))
@example("好\u200d好" * 9, 5)
@example("\u0301" * 99, 3)
@example("x" + "\u0301" * 400, 3)
def test_a_cut_text_fits(text: str, cells: int) -> None:
    line = cut(text, cells)
    assert cell_len(line) <= cells
    assert "\n" not in line
    assert acting(line.encode()) == []


@given(mixed, st.integers(1, 30), st.booleans())
def test_a_padded_text_fills_its_cells(text: str, cells: int, right: bool) -> None:
    assert cell_len(cut(text, cells, padded=True, right=right)) == cells


@given(mixed, st.integers(1, 30))
def test_cutting_again_changes_nothing(text: str, cells: int) -> None:
    assert cut(cut(text, cells), cells) == cut(text, cells)


@given(printed, st.integers(1, 30))
def test_a_cut_text_is_the_start_of_it_and_says_so(text: str, cells: int) -> None:
    line = cut(text, cells)
    assert line == text if width(text) <= cells else line[-1] == "…"
    assert text.startswith(line.removesuffix("…"))
    if line != text:  # no more would have fitted
        assert width(text[: len(line)]) > cells - 1


def test_no_glyph_is_split() -> None:
    assert cut("机房温度", 8) == "机房温度"
    assert cut("机房温度", 7) == "机房温…"
    assert cut("机房温度", 6) == "机房…"
    assert cut("机房温度", 6, padded=True) == "机房… "
    assert cut("机", 1) == "…"
    assert cut("e\u0301a", 1) == "…"
    assert cut("e\u0301", 1) == "e\u0301"


def test_numbers_stand_on_the_right() -> None:
    assert cut("12", 5, padded=True, right=True) == "   12"
    assert pad("机", 4) == "机  "
    assert pad("机房", 3) == "机房"


@pytest.mark.shows(99)
def test_a_list_does_not_trust_joined_widths() -> None:
    assert cut("👨\u200d👩❤\ufe0f", 9, padded=True) == "👨👩❤    "


def test_a_list_does_not_carry_a_stack_of_marks() -> None:
    assert len(cut("e" + "\u0301" * 100_000, 4)) < 20


def test_plain_glyphs_are_one_cell_everywhere(plain: None) -> None:
    assert cut("①“机房温度”", 8) == '1"机房~'
    assert all(glyph.isascii() and len(glyph) == 1 for glyph in PLAIN)


@given(mixed, st.integers(2, 30))
@example("（" * 40, 4)
@example("。" * 40, 5)
@example(" " * 40, 5)
@example("x" * 40 + "，", 5)
def test_wrapping_loses_nothing_but_spaces_and_fits(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(cell_len(line) <= cells for line in lines)
    assert "".join(lines).translate(NO_SPACES) == show(text).translate(NO_SPACES | {10: ""})


@given(mixed, st.integers(2, 30))
def test_what_fits_is_left_as_it_is(text: str, cells: int) -> None:
    shown = show(text)
    if all(cell_len(line) <= cells for line in shown.split("\n")):
        assert "\n".join(wrap(text, cells)) == shown


@given(printed, st.integers(12, 30))
def test_lines_break_by_chinese_rules(text: str, cells: int) -> None:
    """Wherever there are no runs of marks longer than a line can hold."""
    marks = NO_LINE_BEGINS + NO_LINE_ENDS
    calm = re.sub(f"([{marks}])[{marks} ]*", r"\1", text)
    lines = wrap("字" + calm + "字", cells)
    assert not any(line[0] in NO_LINE_BEGINS for line in lines[1:])
    assert not any(line[-1] in NO_LINE_ENDS for line in lines[:-1])


def test_words_stay_whole_where_they_can() -> None:
    assert wrap("检查 switch A-01 端口", 12) == ["检查 switch", "A-01 端口"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("现场检查《运维报告》。", 10) == ["现场检查", "《运维报", "告》。"]
    assert wrap("", 10) == [""]
    assert wrap("　　段落开头", 8) == ["　　段落", "开头"]
