"""Input parser: the bytes that a terminal sends, as keys, clicks and pastes. None is trusted."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from typing import Final

from textual.events import Resize
from textual.message import Message

from tui.app.driver.key_parser import KeyParser
from tui.app.driver.paste_filter import Part, PasteFilter

X10_MOUSE: Final = re.compile(rb"\x1b\[M.{3}", re.DOTALL)
"""The mouse as terminals told it before UTF-8; never asked for."""
UNREADABLE: Final = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8, as the decoder hands them on."""
HALF: Final = 1.0
"""Seconds for which the first bytes of a character wait for the others."""
WIDEST: Final = 2000
"""Columns or lines of the largest window believed."""


class InputParser:
    """Makes messages of bytes. Whatever comes, it goes on with what comes next.

    Times are seconds of one clock that only goes forward.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._pastes = PasteFilter()
        self._keys = KeyParser()
        self._last = 0.0
        self.unreadable = 0
        """How often bytes came that are no UTF-8, or a sequence that nothing can be made of."""

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """The messages that these bytes complete."""
        self._last = now
        yield from self._read(self._decode(X10_MOUSE.sub(b"", data)), now)

    def tick(self, now: float) -> Iterator[Message]:
        """What waited for more that did not come; called several times a second."""
        if now - self._last >= HALF:
            yield from self._read(self._decode(b"", True), now)
        for part in self._pastes.tick(now):
            yield from self._parsed(part)
        yield from self._of_keys(self._keys.tick())

    def _read(self, text: str, now: float) -> Iterator[Message]:
        readable = UNREADABLE.sub("", text)
        self.unreadable += readable != text
        if readable:
            for part in self._pastes.feed(readable, now):
                yield from self._parsed(part)

    def _parsed(self, part: Part) -> Iterator[Message]:
        if isinstance(part, str):
            yield from self._of_keys(self._keys.feed(part))
        else:
            yield part

    def _of_keys(self, parsed: Iterable[Message]) -> Iterator[Message]:
        """What the keys' parser makes; after a sequence it fails at, a new one goes on."""
        try:
            found = list(parsed)
        except Exception:
            self.unreadable += 1
            found, broken = [], self._keys
            self._keys = KeyParser()
            self._keys.mouse_pixels = broken.mouse_pixels
        for message in found:
            if not isinstance(message, Resize) or _likely(message):
                yield message


def _likely(resize: Resize) -> bool:
    return all(0 < cells <= WIDEST for cells in resize.size)
