"""Document scroll: where the cursor and the window go, no widget drawn."""

from __future__ import annotations

import random

import pytest

from models.text.words import language
from tui.display.parts import TextPart
from tui.widgets.drawing.document_scroll import DocumentScroll

LONG = "很长的一段文字" * 40


def scroll(parts: str, height: int = 5) -> DocumentScroll:
    """A window on parts: '-' is a head, '.' text without a stop, '*' a long part, else a stop."""
    made = DocumentScroll()
    made.fit(40, height)
    made.show([part(at, mark) for at, mark in enumerate(parts)], top=True)
    return made


def part(at: int, mark: str) -> TextPart:
    """One part by its mark; the id of a stop is its letter, that of a long one 'long'."""
    if mark == "-":
        return TextPart(f"节 {at}", head=True)
    if mark == ".":
        return TextPart(f"正文 {at}")
    return TextPart(LONG, id="long") if mark == "*" else TextPart(f"项 {at}", id=mark)


def seen(made: DocumentScroll) -> str:
    """What is in sight, a digit or letter a line: the place of its part in hexadecimal."""
    return "".join(f"{at:x}" for at, _ in made.lines[made.top : made.top + 5])


def test_the_cursor_begins_on_the_first_stop() -> None:
    assert scroll("-.a.b").current == "a"
    assert DocumentScroll([TextPart("x"), TextPart("y", id="y")]).current == "y"


def test_without_a_stop_there_is_no_cursor_and_steps_scroll() -> None:
    made = scroll("........")
    assert made.current == "" and made.at == -1
    made.step(1)
    assert seen(made) == "12345"
    made.edge(True)
    assert seen(made) == "34567" and made.at_end
    made.step(1)
    assert seen(made) == "34567"


def test_an_empty_document_has_one_line_of_nothing() -> None:
    made = scroll("")
    for move in (made.step, made.page, made.section):
        move(1)
    made.edge(True)
    assert made.at_end and made.current == "" and made.line(0) == ([], False)
    assert not made.click(0)


def test_steps_go_from_stop_to_stop_and_show_them() -> None:
    made = scroll("a.b.c.d.e")
    found = [made.current]
    for _ in range(5):
        made.step(1)
        found.append(made.current)
    assert found == ["a", "b", "c", "d", "e", "e"] and seen(made) == "45678"
    for _ in range(6):
        made.step(-1)
    assert made.current == "a" and seen(made) == "01234"


def test_a_stop_further_away_is_scrolled_to_line_by_line() -> None:
    made = scroll("a.........b")
    for _ in range(4):
        made.step(1)
    assert made.current == "a" and made.top == 4
    for _ in range(4):
        made.step(1)
    assert made.current == "b"


def test_a_part_taller_than_the_window_is_read_before_it_is_left() -> None:
    made = scroll("a*b")
    made.step(1)
    assert made.current == "long" and made.top == 1  # from its first line on
    tall = sum(at == 1 for at, _ in made.lines)
    assert tall > 5
    steps = 0
    while made.current == "long":
        made.step(1)
        steps += 1
    assert made.current == "b" and steps == tall - 5 + 1
    made.step(-1)
    assert made.current == "long"


def test_a_heading_is_shown_with_the_first_stop_under_it() -> None:
    made = scroll("a....-b....-c")
    made.go("c")
    made.go("b")
    assert seen(made)[0] == "5"  # its heading


def test_sections_are_jumped_to() -> None:
    made = scroll("-a...-b...-c...")
    found = []
    for by in (1, 1, 1, -1, -1, -1):
        made.section(by)
        found.append(made.current)
    assert found == ["b", "c", "c", "b", "a", "a"]
    assert made.top == 0


def test_a_page_puts_the_cursor_in_sight() -> None:
    made = scroll("a..b..c..d..e..f")
    made.page(1)
    assert made.top == 4 and made.current == "c"
    made.page(1)
    assert made.current == "d" and made.top == 8
    made.page(-1)
    made.page(-1)
    assert made.top == 0 and made.current == "a"


def test_showing_others_keeps_the_cursor_on_its_part() -> None:
    made = scroll("abc")
    made.go("b")
    made.show([part(0, "x"), part(1, "y"), part(2, "b")])
    assert made.current == "b"
    made.show([part(0, "x"), part(1, "y"), part(2, "z")])
    assert made.current == "z"  # what is near to where it was
    made.show([part(0, "x"), part(1, "y")], top=True)
    assert made.current == "x"


def test_a_part_that_is_not_there_is_not_gone_to() -> None:
    made = scroll("abc")
    made.go("q")
    assert made.current == "a"


def test_a_click_stops_on_parts_alone() -> None:
    made = scroll("a.b")
    assert made.click(2) and made.current == "b"
    assert not made.click(1) and not made.click(4) and made.current == "b"


def test_lines_follow_the_width_and_the_language() -> None:
    made = scroll("*")
    wide = len(made.lines)
    made.fit(20, 5)
    assert len(made.lines) > wide
    made.fit(40, 5)
    first = made.lines
    assert made.lines is first  # set once
    language.now = "en"
    assert made.lines is not first


@pytest.mark.parametrize("seed", range(5))
def test_the_window_never_leaves_the_document(seed: int) -> None:
    dice = random.Random(seed)
    made = scroll("".join(dice.choice("-.a*b") for _ in range(30)), 7)
    for _ in range(300):
        move = dice.choice((made.step, made.page, made.section, made.scroll))
        move(dice.choice((1, -1)))
        if not dice.randrange(9):
            made.fit(dice.randrange(4, 90), dice.randrange(2, 12))
            made.reveal()
        if not dice.randrange(9):
            made.edge(bool(dice.randrange(2)))
        assert 0 <= made.top <= max(len(made.lines) - 1, 0)
        assert made.at == -1 or made.parts[made.at].id
        if any(one.id for one in made.parts[: made.at]):  # the first one has its text above it
            made.reveal()
            assert any(here for _, here in made.picture())
