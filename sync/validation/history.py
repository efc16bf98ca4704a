"""History: what authorisation may ask of the history that a change was written over. Pure.

A past is that of one space. Nothing in it depends on when things arrived: a change is authorised
after all that it names, and by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from models.book.permissions import PermissionSubject
from sync.changes.change import Base, Change, Dot
from sync.trust.membership_entry import Head


class Writer(NamedTuple):
    """Who sealed a change, as `sync.validation.verify` found."""

    person: str
    members: int
    """The membership version that the seal names."""
    device: str
    """The admitted device whose key sealed; another one than the change's when it vouches."""
    first: int = 1
    """The first sequence under this seal."""


class CurrentRow(PermissionSubject, Protocol):
    """A record's row as it is now, for changes that name the versions it shows."""

    def of_state(self, dots: Iterable[Dot]) -> bool:
        """Whether these are versions of the state shown."""

    def has(self, dot: Dot) -> bool:
        """Whether this is a version of the record; False also for one that is not at hand."""

    def without(self, base: Base) -> Sequence[Dot]:
        """Those of the versions in a base that it does not have."""


class ChangeHistory(Protocol):
    """What is known of one space."""

    def change(self, device: str, seq: int) -> Change | None:
        """The change that wrote a version: a `stub.Bare` where its values are not kept here."""

    def record(self, device: str, seq: int) -> str | None:
        """The record that a version is of; None when it is not here."""

    def births(self, record: str) -> Sequence[Change]:
        """The creations of a record that are not quarantined, whatever their space and type."""

    def quarantined(self, device: str, seq: int) -> bool:
        """Whether a change counts for nothing: it was refused, and not adopted."""

    def parked(self, device: str, seq: int) -> bool:
        """Whether only a newer version of the program understands the change as a whole."""

    def person(self, device: str) -> str | None:
        """Whose device it is: admitted, or vouched for by an admitted one's key."""

    def sealed(self, device: str, seq: int) -> int:
        """The membership version that the seal over a change names; 0 where none is here."""

    def sealed_before(self, device: str, seq: int) -> int:
        """The highest version that the seals name which end before a change of a device; or 0."""

    def passes(self, device: str, head: Head) -> bool:
        """Whether the history of a device that is here passes a position.

        Where less of it is here: unless a second history of the device is known, since it cannot
        be told then which of them this is.
        """

    def of_company(self, device: str, seq: int) -> Change | None:
        """A change of the company's space that counts; None where none is here, or it counts not.

        It is asked for the version of a table that a decision names, whatever space that is in.
        """

    def current_row(self, type: str, record: str) -> CurrentRow | None:
        """The row of a record of this space; None is always right, and slower."""


class Lacking(Exception):
    """A change cannot be authorised here: the values of a version that it names are not kept."""

    def __init__(self, dot: Dot) -> None:
        super().__init__(f"{dot[0]}:{dot[1]}")
        self.dot = dot
