"""Typed reading: the measured value that is being typed in a row of a checklist."""

from __future__ import annotations

import unicodedata
from typing import Final

from models.schema.validation import TYPED
from models.text.words import Refused, W

NUMBER: Final = frozenset("0123456789.,-")
LONGEST: Final = 20
NO_SIGN = W("“{sign}”不能写在数值里。", "“{sign}” has no place in a number.")
NO_NUMBER = W(
    "粘贴的“{text}”不是一个数值，没有填入。", "What was pasted, “{text}”, is no number; not taken."
)
NO_PLACE = W(
    "这一项不填数值。要写文字，请先按 b（备注）。",
    "This item takes no value. To paste a text, press b (remark) first.",
)


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
        char = narrowed(character or "")
        if char in NUMBER and measures:
            self.begin(question, ((self.text or "") + char)[:LONGEST])
        elif self.text is None or key not in ("backspace", "escape"):
            return False
        else:
            self.begin(question, (self.text[:-1] or None) if key == "backspace" else None)
        return True

    def paste(self, text: str, question: str, measures: bool) -> None:
        """Type a pasted text after what is typed. Raises `Refused` where it is no part of a value,
        and where the question does not measure.
        """
        if not measures:
            raise Refused(NO_PLACE)
        plain = narrowed(text)
        whole = ((self.of(question) or "") + plain)[: LONGEST + 1]
        if not plain or not NUMBER.issuperset(plain) or len(whole) > LONGEST:
            raise Refused(NO_NUMBER, text=text)
        self.begin(question, whole)


def narrowed(text: str) -> str:
    """The text with the signs of a keyboard for those of input methods."""
    return unicodedata.normalize("NFKC", text).translate(TYPED)
