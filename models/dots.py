"""The versions a record's row holds, written compactly in its `dots` column.

`"3.17"` says: every register with a value has the version (device 3, sequence 17).
`"3.17;cause=3.18"` says: except `cause`. A register cleared on purpose is always listed.
The text a form was opened with is its **base**: what the person had seen.
"""

from __future__ import annotations

LocalDot = tuple[int, int]
"""(local device number, sequence)."""


class Dots:
    """The parsed form: a default version and the exceptions."""

    __slots__ = ("default", "listed")

    def __init__(self, text: str) -> None:
        first, *rest = text.split(";")
        self.default: LocalDot = _read(first)
        self.listed: dict[str, LocalDot] = {}
        for part in rest:
            register, dot = part.rsplit("=", 1)
            self.listed[register] = _read(dot)

    def of(self, register: str) -> LocalDot:
        """The version shown for a register (for one never set: that of the creation)."""
        return self.listed.get(register, self.default)

    def standing(self, register: str, present: bool) -> LocalDot | None:
        """The version a register has, or None when nobody ever set it."""
        found = self.listed.get(register)
        return found if found is not None else (self.default if present else None)

    def put(self, register: str, dot: LocalDot) -> None:
        """Note a newer version of one register."""
        self.listed[register] = dot

    def text(self) -> str:
        """The compact form, the same for the same versions."""
        parts = [f"{self.default[0]}.{self.default[1]}"]
        parts += [f"{r}={d[0]}.{d[1]}" for r, d in sorted(self.listed.items())]
        return ";".join(parts)


def _read(text: str) -> LocalDot:
    device, _, seq = text.partition(".")
    return int(device), int(seq)
