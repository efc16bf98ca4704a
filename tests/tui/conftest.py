"""What every test of the screens leaves behind as it found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui.display.terminal_text import FINE, drawing


@pytest.fixture(autouse=True)
def fine_glyphs() -> Iterator[None]:
    """Plain glyphs, once chosen, are those of the whole process: the next test draws anew."""
    drawing.now = FINE
    yield
    drawing.now = FINE
