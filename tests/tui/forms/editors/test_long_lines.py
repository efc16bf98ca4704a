"""Long lines: each row is drawn and counted as Textual does it, with all of the line cut out."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument

from tui.forms.editors.long_lines import LongDocument, LongLine

TEXTS = ("", "短", "a b c", "机房温度偏高 abc " * 40, "x" * 300, "字" * 97)
_CONSOLE = Console()
CURSOR, CHOSEN = Style(reverse=True), Style(bgcolor="red")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("wide", [2, 7, 40])
def test_the_rows_of_a_line_are_those_of_textual(text: str, wide: int) -> None:
    document = Document(f"{text}\nb")
    ours, theirs = LongDocument(document, wide), WrappedDocument(document, wide)
    assert ours.get_sections(0) == theirs.get_sections(0)
    assert ours.get_sections(1) == ["b"]


@pytest.mark.parametrize("text", TEXTS[3:])
@pytest.mark.parametrize("cursor", [0, 6, 7, 8, 96])
def test_a_row_is_drawn_as_if_all_of_the_line_were_cut(text: str, cursor: int) -> None:
    """With the cursor and what is chosen, also across the ends of rows; the last has its room."""
    offsets = WrappedDocument(Document(text), 7).get_offsets(0)
    for row in range(len(offsets) + 1):
        ours, theirs = LongLine(text, row), Text(text, end="", no_wrap=True)
        for line in (ours, theirs):
            line.set_length(len(text) + 1)
            line.stylize(CHOSEN, 3, 17)
            line.stylize(CURSOR, cursor, cursor + 1)
        drawn, wanted = ours.divide(offsets)[row], theirs.divide(offsets)[row]
        assert drawn.plain == wanted.plain and len(ours) == len(theirs)
        assert [drawn.get_style_at_offset(_CONSOLE, at) for at in range(len(drawn))] == [
            wanted.get_style_at_offset(_CONSOLE, at) for at in range(len(wanted))
        ]
        assert sum(len(other) for other in ours.divide(offsets)) == len(drawn)
