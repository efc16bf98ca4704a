"""What the book needs of the change log; `sync.log.change_log` implements it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from models.frozen import Frozen

Dot = tuple[str, int]
"""A version: (device id, sequence) within the record's space."""
Version = tuple[str, int, int, Any]
"""(device id, sequence, hybrid time, value)."""


class LoggedChange(Frozen):
    """One logged change of a record, as history shows it."""

    seq: int
    device: str
    at: int
    fields: Mapping[str, Any]
    base: Mapping[str, Sequence[Dot]]
    move: Mapping[str, Any] | None
    header: Mapping[str, Any] | None
    tx: int
    """Sequence of the first change of its transaction in this space."""


class ChangeLog(Protocol):
    """The append-only log of this device, and the merge rule for one register."""

    device: str
    idx: int

    def now(self) -> int:
        """The wall clock, milliseconds UTC."""

    def follow(self) -> bool:
        """Go on under the id that this device has by now; whether it is another one."""

    def append(
        self,
        *,
        space: str,
        type: str,
        record: str,
        fields: Mapping[str, object],
        base: Mapping[str, list[Dot]],
        tx: int | None = None,
        header: Mapping[str, object] | None = None,
        move: Mapping[str, object] | None = None,
    ) -> tuple[int, int]:
        """Log one change inside the running transaction; returns (sequence, hybrid time).

        `tx` is the sequence of the transaction's first change in this space, None for the first.
        """

    def settle(
        self,
        standing: Sequence[Version],
        base: Sequence[Dot],
        new: Version,
        rank: Mapping[object, int] | None,
    ) -> tuple[Version, list[Version]]:
        """Merge one register: the current value, and its siblings."""

    def history(self, record: str) -> Iterator[LoggedChange]:
        """Every change of a record, in the order they were applied here."""

    def space_of(self, record: str, device: str, seq: int) -> str | None:
        """The space in which a version of a record was logged; None where it is not here."""

    def at_of(self, space: str, device: str, seq: int) -> int:
        """The hybrid time of a logged change."""
