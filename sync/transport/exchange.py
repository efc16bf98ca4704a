"""Exchange: what one book gives and takes, over any carrier.

A carrier moves encoded segments and membership entries and knows nothing else: it asks for the
vector of the other side, hands over what `offer` yields, and gives what it received to `take`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sync.apply import space_readers
from sync.apply.reevaluation import named_history
from sync.apply.seal_own import Sealing
from sync.apply.verifier import SegmentVerifier
from sync.log import device_aliases, logged_changes, quarantine, state_digest
from sync.log.pending_segments import PendingSegment
from sync.log.quarantine import QuarantinedChange
from sync.transport.incoming import ExchangeReport, IncomingSegments
from sync.transport.outgoing import OutgoingSegments
from sync.trust import space_access
from sync.trust.device_key import DeviceKey
from sync.trust.membership_entry import Head, Heads, MembershipEntry
from sync.workspace import acknowledgements, differences
from sync.workspace.workspace import Workspace


class Exchange:
    """One book's side of every round."""

    def __init__(self, workspace: Workspace, passphrase: str | None = None) -> None:
        self.workspace = workspace
        self.trust = SegmentVerifier(workspace.store)
        self.sealing = Sealing(workspace, self.trust, passphrase)
        self.outgoing = OutgoingSegments(workspace, self.trust, self.sealing)
        self.incoming = IncomingSegments(workspace, self.trust, self.sealing)

    def spaces(self) -> list[str]:
        """The spaces that this book holds changes of."""
        return logged_changes.spaces(self.workspace.store.db.connection())

    def admitted(self) -> DeviceKey:
        """The device's key under the id that the members know it by."""
        key = self.sealing.key
        return key.but(id=space_access.speaker(self.trust.membership, key.public, key.id))

    def named(self, space: str) -> Collection[str]:
        """The people whom a restricted record names as its readers."""
        return space_readers.named(self.workspace, space)

    def holds(self, person: str, space: str) -> bool:
        """Whether a person may hold a space, by the members and the record that are here."""
        return space_access.entitled(self.trust.membership, person, space, self.named(space))

    def vector(self, space: str) -> dict[str, int]:
        """Device -> last sequence held; all before it are held too."""
        return self.workspace.log.vector(space)

    def heads(self, space: str) -> dict[str, Head]:
        """The same, with the chain hashes: which history of each device is held."""
        return acknowledgements.positions(self.workspace, space)

    def digests(self) -> dict[str, str]:
        """By space, the digest of its records (see `sync.log.state_digest.of_spaces`)."""
        return state_digest.of_spaces(self.workspace.book)

    def compare(self, peer: str, space: str, heads: Heads, digest: str) -> None:
        """Note whether a device that holds the same changes of a space shows the same records."""
        mine, differing = self.heads(space), list[tuple[Head | None, Head | None]]()
        for device in {**mine, **heads}:
            here, there = mine.get(device), heads.get(device)
            if here != there:  # only of those is asked up to where they count
                here, there = (self._counting(space, device, one) for one in (here, there))
            if here != there:
                differing.append((here, there))
        if any(a and b and b.hash and a.seq == b.seq for a, b in differing):
            differences.note(self.workspace, peer, space, same=False)
        elif digest and not differing:
            own = self.digests().get(space, "")
            if own.partition(":")[0] == digest.partition(":")[0]:
                differences.note(self.workspace, peer, space, same=own == digest)

    def _counting(self, space: str, device: str, head: Head | None) -> Head | None:
        """Up to where a device counts of what is held; None for nothing. What a revoked one wrote
        after the position that its revocation names is in quarantine, and may be another history
        elsewhere.
        """
        db = self.workspace.store.db.connection()
        named = named_history.head_of_named(db, self.trust.membership, space, device)
        if head is not None and named is not None:
            head = min(head, named, key=lambda one: one.seq)
        return head if head is not None and head.seq else None

    def ids(self, device: str) -> list[str]:
        """The ids of a device: that by which the members know it, and those it went on under."""
        return [device, *device_aliases.going_on(self.workspace.store.db.connection(), device)]

    def seal_now(self, space: str) -> int:
        """Seal our own changes of a space; returns how many segments that made."""
        return self.sealing.seal(space)

    def quarantined(self, record: str | None = None) -> list[QuarantinedChange]:
        """What is in quarantine, with reasons and authors; of one record, or everything."""
        return quarantine.listed(self.workspace.store.db.connection(), record)

    # -- giving ----------------------------------------------------------------------------------

    def offer(
        self, space: str, vector: Mapping[str, int], *, lean: bool = False
    ) -> Iterator[bytes]:
        """The encoded segments that a holder of `vector` lacks (see `OutgoingSegments.offer`)."""
        return self.outgoing.offer(space, vector, lean=lean)

    def snapshot(self, space: str, vector: Mapping[str, int]) -> Iterator[bytes]:
        """The same without any body that no longer stands."""
        return self.outgoing.snapshot(space, vector)

    def members(self, after: int) -> list[MembershipEntry]:
        """The membership entries after a version."""
        return self.outgoing.members(after)

    # -- taking ----------------------------------------------------------------------------------

    def wanted(self, space: str) -> dict[str, int]:
        """The vector beyond which to ask others for all (see `IncomingSegments.wanted`)."""
        return self.incoming.wanted(space)

    def waiting(self) -> list[PendingSegment]:
        """Segments that came before what they build on."""
        return self.incoming.waiting()

    def take(self, blobs: Iterable[bytes]) -> ExchangeReport:
        """Take encoded segments, each in a transaction of its own (see `IncomingSegments.take`)."""
        return self.incoming.take(blobs)

    def take_members(self, entries: Iterable[MembershipEntry]) -> ExchangeReport:
        """Take membership entries, and then what waited for them. `Refused`: none is taken."""
        return self.incoming.take_members(entries)
