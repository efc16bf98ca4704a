"""Typed reading: the measured value that is being typed in a row of a checklist."""

from __future__ import annotations

import unicodedata
from typing import Final

NUMBER: Final = frozenset("0123456789.-")
POINTS: Final = str.maketrans({",": ".", "。": ".", "、": ".", "−": "-", "—": "-"})
"""What an input method makes of a point or a minus."""
LONGEST: Final = 20


class TypedReading:
    """The text of a value that is not saved yet, and the question that it answers."""

    def __init__(self) -> None:
        self.text: str | None = None
        """None while nothing is being typed."""
        self.question = ""
        """The question's key."""

    def of(self, question: str | None) -> str | None:
        """What is being typed for a question, or None."""
        return self.text if question == self.question else None

    def begin(self, question: str, text: str | None) -> None:
        """Type this for a question, in place of what was typed before."""
        self.question, self.text = question, text

    def forget(self) -> None:
        """Nothing is being typed any more: the value was saved, or is not wanted."""
        self.begin("", None)

    def press(self, key: str, character: str | None, question: str, measures: bool) -> bool:
        """Take a key, with the cursor on a question; returns whether it belongs to a value.

        Digits begin a value where the question `measures`; Backspace and Escape act on a value.
        """
        char = unicodedata.normalize("NFKC", character or "").translate(POINTS)
        if char in NUMBER and measures:
            self.begin(question, ((self.text or "") + char)[:LONGEST])
        elif self.text is None or key not in ("backspace", "escape"):
            return False
        else:
            self.begin(question, (self.text[:-1] or None) if key == "backspace" else None)
        return True
