"""Paste filter: takes pasted text out of what a terminal sends, also where a paste has no end.

A terminal puts marks around a paste. Where the end never comes (a line that broke, a program that
wrote only the first mark) the paste ends after a pause or with Esc, and its text is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.constants import ESCAPE_DELAY
from textual.events import Key, Paste

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"
ESC: Final = "\x1b"
PAUSE: Final = 1.0
"""Seconds without input after which a paste has ended."""
ALONE: Final = 0.3
"""Seconds after which an Esc is the key, and not the beginning of the mark at the end."""
SPLIT: Final = ESCAPE_DELAY
"""Seconds for which half a mark at the beginning waits for its other half."""

Part = str | Paste | Key
"""What was typed, what was pasted, and the key Esc alone."""


class PasteFilter:
    """Splits a stream of text into what was typed (`str`), pastes, and the key Esc.

    Half a mark waits here: behind, Textual's parser would type what is in a paste with an Esc.

    Times are seconds of one clock that only goes forward.
    """

    def __init__(self) -> None:
        self._parts: list[str] | None = None
        self._rest = ""
        self._last = 0.0

    def feed(self, text: str, now: float) -> Iterator[Part]:
        """What this text completes; half a mark at its end is kept for what comes next."""
        text, self._rest, self._last = self._rest + text, "", now
        while text:
            mark = START if self._parts is None else END
            inside, found, after = text.partition(mark)
            if not found:
                kept = _half(inside, mark)
                inside, self._rest = inside[: len(inside) - kept], inside[len(inside) - kept :]
            if self._parts is not None:
                self._parts.append(inside)
            elif inside:
                yield inside
            if found:
                if self._parts is None:
                    self._parts = []
                else:
                    yield self._end()
            text = after

    def tick(self, now: float) -> Iterator[Part]:
        """What has waited for long enough; called several times a second."""
        waited = now - self._last
        if self._parts is None:
            if self._rest and waited >= SPLIT:
                rest, self._rest = self._rest, ""
                yield Key("escape", ESC) if rest == ESC else rest
        elif self._rest == ESC and waited >= ALONE:
            self._rest = ""
            yield self._end()
        elif waited >= PAUSE:
            self._parts.append(self._rest)
            self._rest = ""
            yield self._end()

    def _end(self) -> Paste:
        text = "".join(self._parts or ())
        self._parts = None
        return Paste(text.replace("\x00", ""))


def _half(text: str, mark: str) -> int:
    """How many characters at the end of a text begin a mark."""
    return next((n for n in range(len(mark) - 1, 0, -1) if text.endswith(mark[:n])), 0)
