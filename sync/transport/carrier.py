"""Carrier: what a way between books must be able to do, whatever it is made of.

It moves encoded segments, membership entries and files; it understands none of them, so it can
neither alter nor invent anything that a book would take. Every call may raise `Refused`, and a
round may end after any of them: what was done stays and the next round goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from models.text.words import Refused
from sync.trust.membership_entry import Heads, MembershipEntry

Vector = Mapping[str, int]
"""Device -> last sequence held, in one space."""
Vectors = Mapping[str, Vector]
"""The same by space."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side holds, in its own words."""

    members: int = 0
    """Entries of the membership log."""
    vectors: Vectors = field(default_factory=dict)
    peers: Mapping[str, Mapping[str, Heads]] = field(default_factory=dict)
    """Device (or hub) -> what it said itself that it holds, by space: these are confirmations.

    A position without a hash does not say of which history it is.
    """
    digests: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Device -> the digests of what it holds, by space."""


class Carrier(Protocol):
    """One way to other books, open for one round."""

    name: str
    """What people are told and what is noted as the place written to: 'bundle', 'hub' …"""
    refused: list[Refused]
    """What the other side did not take, with its reasons; told at the end of the round."""
    takes: bool
    """Whether anything can be given to it; a bundle that is being read takes nothing."""

    def meet(self, mine: Side, /) -> Side:
        """Tell what is held here and hear what the other side holds. Called first."""

    def members(self, after: int, /) -> Iterable[Sequence[MembershipEntry]]:
        """Membership entries from the one after `after` on; of several sources, one by one."""

    def give_members(self, entries: Sequence[MembershipEntry], /) -> None:
        """Membership entries that the other side lacks."""

    def give(self, space: str, blobs: Iterable[bytes], /) -> Vector | None:
        """Encoded segments in order.

        Returns what the other side now says it holds, where it can say so (durable there).
        """

    def fetch(self, space: str, vector: Vector, /) -> Iterator[bytes]:
        """The encoded segments that a holder of `vector` lacks, causes before effects."""

    def contradicting(self) -> Iterator[bytes]:
        """The encoded segments there of other histories than those here, which `fetch` does not
        give: evidence of a device that was copied.
        """

    def files(self) -> Mapping[str, int]:
        """Checksum -> size of the files there. The sizes are only said, never trusted."""

    def give_file(self, sha256: str, space: str, path: Path, /) -> None:
        """The bytes of a file that belongs to a record of this space."""

    def fetch_file(self, sha256: str, start: int, /) -> Iterator[bytes]:
        """A file's bytes in pieces, from `start` on."""

    def finish(self, mine: Side, /) -> None:
        """All was given and taken: make it last, and leave word of what is held here now."""

    def close(self) -> None:
        """Let go of what is open. Called last, whatever became of the round."""
