"""Parts: entries of a leaf set into lines, their labels in a column, no line too wide."""

from __future__ import annotations

import pytest

from models.text.words import W
from tests.support.hostile import PAYLOADS, acting
from tui.display.parts import GAP, Span, TextPart, label_width, lines_of, plain
from tui.display.terminal_text import width


def text(lines: list[list[Span]]) -> list[str]:
    """Lines as they are read."""
    return ["".join(piece for piece, _ in line) for line in lines]


def test_labels_take_the_widest_within_bounds() -> None:
    parts = [TextPart(label="甲"), TextPart(label="很长的名称在这里"), TextPart("x")]
    assert label_width(parts, 80) == 16
    assert label_width(parts, 30) == 10
    assert label_width([TextPart("x")], 80) == 8
    assert label_width([TextPart(label="名" * 30)], 80) == 20


def test_a_label_stands_before_the_first_line_alone() -> None:
    lines = text(lines_of(TextPart("一二三四五六七八", label="原因"), 8 + GAP + 8, 8))
    assert lines == ["原因      一二三四", "          五六七八"]


def test_a_section_begins_with_its_name_and_a_rule() -> None:
    (line,) = lines_of(TextPart("备注 (2)", head=True), 30, 8)
    assert line[0] == ("备注 (2)", "head") and line[1][1] == "muted"
    assert sum(width(piece) for piece, _ in line) == 30


def test_spans_keep_their_styles_where_a_line_breaks() -> None:
    part = TextPart([("一二三", "bad"), ("四五六", "")], style="muted")
    assert lines_of(part, 8, 0) == [
        [("", ""), ("一二三", "bad"), ("四", "muted")],
        [("", ""), ("五六", "muted")],
    ]


def test_a_clipped_part_is_one_line() -> None:
    lines = lines_of(TextPart([("一二三四", "key"), ("五六七八", "")], clip=True), 12, 0)
    assert len(lines) == 1 and width(text(lines)[0]) <= 12
    (short,) = lines_of(TextPart([("一二三四", ""), ("五", "")], clip=True), 8, 0)
    assert [piece for piece, _ in short] == ["", "一二三四"]


def test_indented_lines_are_indented_to_the_last() -> None:
    assert text(lines_of(TextPart("一二三四五", indent=4), 10, 8)) == ["    一二三", "    四五"]


@pytest.mark.parametrize("room", [10, 24, 80])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_hostile_text_is_cleaned_and_fits(payload: str, room: int) -> None:
    for part in (TextPart(payload), TextPart(payload, clip=True), TextPart(payload, head=True)):
        for line in text(lines_of(part, room, 8)):
            assert acting(line.encode()) == [] and width(line) <= room


def test_plain_text_has_labels_and_no_styles() -> None:
    parts = [
        TextPart([("已提交", "good"), ("  逾期", "bad")], label=W("状态", "State")),
        TextPart("一行", indent=2),
        TextPart(),
    ]
    assert plain(parts) == "状态: 已提交  逾期\n  一行\n"
