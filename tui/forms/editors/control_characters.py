"""Control characters: stand-ins for characters that an editor cannot hold, so that they come back
untouched.

Textual's document breaks lines at form feeds and U+2028, makes all line ends alike, and gives
what acts on a terminal no cell for the cursor to stand in. Under a veil each such character is
one private one, drawn as U+FFFD.
"""

from __future__ import annotations

from typing import Final

from tui.display.terminal_text import MISSING, show_each

FIRST: Final = 0x100000
PRIVATE: Final = 0xF0000
"""From here on every character is replaced: a stand-in never equals a character of the text."""


class StandIns:
    """Puts stand-ins into texts and takes them out again; one for each text edited."""

    def __init__(self, single: bool = False) -> None:
        self.single = single
        """Line ends are veiled too: the text must stay on one line."""
        self.line_end = "\n"
        self._put: dict[int, str] = {}
        self._took: dict[int, str] = {}

    def load(self, text: str) -> str:
        """A whole text; its own line ends are what `take` gives back, if they are all alike."""
        returns = text.count("\r\n")
        if not self.single and returns and returns == text.count("\n") == text.count("\r"):
            self.line_end = "\r\n"
            text = text.replace("\r\n", "\n")
        return self.put(text)

    def put(self, text: str) -> str:
        """A text under the veil."""
        if text.isprintable() and text.isascii():
            return text
        for char, shown in zip(text, show_each(text), strict=True):
            hidden = shown == MISSING != char or ord(char) >= PRIVATE
            if (hidden or (self.single and char == "\n")) and ord(char) not in self._put:
                stand_in = chr(FIRST + len(self._put))
                self._put[ord(char)] = stand_in
                self._took[ord(stand_in)] = char
        return text.translate(self._put)

    def take(self, text: str) -> str:
        """The text as it is."""
        if self.line_end != "\n":
            text = text.replace("\n", self.line_end)
        return text.translate(self._took) if self._took else text
