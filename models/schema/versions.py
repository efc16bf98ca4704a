"""The versions a record's row holds, written compactly in its `dots` column.

`"3.17"` says: every register with a value has the version (device 3, sequence 17).
`"3.17;cause=3.18"` says: except `cause`. A register cleared on purpose is always listed.
`"cause=3.18+4.2"`: two devices set the same value; the first version is shown.
The text a form was opened with is its **base**: the versions that its change replaces. Siblings
are rows of the table `sibling`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import contains

LocalDot = tuple[int, int]
"""(local device number, sequence)."""


class FieldVersions:
    """The parsed form: a default version and the exceptions."""

    __slots__ = ("default", "listed")

    def __init__(self, text: str) -> None:
        first, _, rest = text.partition(";")
        self.default: LocalDot = _read(first)
        self.listed: dict[str, tuple[LocalDot, ...]] = {}
        for part in rest.split(";") if rest else ():
            register, _, dots = part.rpartition("=")
            some = dots.split("+") if "+" in dots else (dots,)
            self.listed[register] = tuple(map(_read, some))

    def of(self, register: str) -> tuple[LocalDot, ...]:
        """The versions of the current value (of a register never set: that of the creation)."""
        return self.listed.get(register, (self.default,))

    def standing(self, register: str, present: bool) -> tuple[LocalDot, ...]:
        """The versions of a register; none when it was never set."""
        found = self.listed.get(register)
        return found if found is not None else ((self.default,) if present else ())

    def every(self) -> set[LocalDot]:
        """Every version named."""
        return {self.default, *(dot for dots in self.listed.values() for dot in dots)}

    def has(self, dot: LocalDot) -> bool:
        """Whether a version is named."""
        return dot == self.default or any(map(contains, self.listed.values(), repeat(dot)))

    def put(self, register: str, dots: Sequence[LocalDot]) -> None:
        """Set the versions of a register, that of the current value first."""
        self.listed[register] = tuple(dots)

    def text(self) -> str:
        """The compact form, the same for the same versions."""
        parts = [_write(self.default)]
        for register, dots in sorted(self.listed.items()):
            parts.append(f"{register}={'+'.join(map(_write, dots))}")
        return ";".join(parts)


def _read(text: str) -> LocalDot:
    device, _, seq = text.partition(".")
    return int(device), int(seq)


def _write(dot: LocalDot) -> str:
    return f"{dot[0]}.{dot[1]}"
