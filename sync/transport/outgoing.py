"""Outgoing: the encoded segments and membership entries that one book gives to others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sync.apply.seal_own import Sealing
from sync.apply.verifier import SegmentVerifier
from sync.changes import pruned
from sync.changes.change import Dot
from sync.changes.compatibility import unknown
from sync.log import logged_changes, membership_store, seals
from sync.log.histories.stored_segments import encoded, head_of
from sync.log.seals import Seal
from sync.log.version_lookup import VersionLookup
from sync.trust.membership_entry import MembershipEntry
from sync.validation.pruning import RemainingValues, pays
from sync.workspace.workspace import Workspace


class OutgoingSegments:
    """What one book gives in every round."""

    def __init__(self, workspace: Workspace, trust: SegmentVerifier, sealing: Sealing) -> None:
        self.workspace = workspace
        self.trust = trust
        self.sealing = sealing

    @property
    def _db(self) -> Any:
        return self.workspace.store.db.connection()

    def offer(
        self, space: str, vector: Mapping[str, int], *, lean: bool = False
    ) -> Iterator[bytes]:
        """The encoded segments that a holder of `vector` lacks, in the order applied here.

        Bodies that are not kept here are left out; with `lean` all that are no current values,
        where that pays: the receiver has current values and no older ones.
        """
        return self._offered(space, vector, self._needed(space, if_it_pays=True) if lean else None)

    def snapshot(self, space: str, vector: Mapping[str, int]) -> Iterator[bytes]:
        """The same without any body that no longer stands."""
        return self._offered(space, vector, self._needed(space))

    def _offered(
        self, space: str, vector: Mapping[str, int], needed: set[Dot] | None
    ) -> Iterator[bytes]:
        self.sealing.seal(space)
        held = self.workspace.log.vector(space)
        self.workspace.mark.flush({space: held.get(self.workspace.log.device, 0)})
        for one in seals.of_space(self._db, space):
            device = self.workspace.people.device_of(one.idx)
            after = max(one.first - 1, vector.get(device, 0))
            if after < one.last:
                yield self._encoded(space, device, one, after, held, needed)

    def _encoded(
        self,
        space: str,
        device: str,
        one: Seal,
        after: int,
        held: Mapping[str, int],
        needed: set[Dot] | None,
    ) -> bytes:
        head = head_of(self.trust.membership.organisation, space, device, one)
        return encoded(self._db, head, one, after, held, needed)

    def _needed(self, space: str, *, if_it_pays: bool = False) -> set[Dot] | None:
        """The changes whose bodies go into a snapshot; None where it would not pay."""
        self.sealing.seal(space)
        people, standing = self.workspace.people, RemainingValues()
        names = VersionLookup(self._db, people, space, self.workspace.log.now())
        sizes = dict[Dot, int]()
        for idx, *rest in logged_changes.of_space(self._db, space):
            change = pruned.change(space, names.device(idx), *rest)
            dot = idx, change.seq
            inert = dot in names.refused or names.parked.get(dot) is not None
            standing.add(change, inert=inert, kept=bool(unknown(change)))
            sizes[change.dot] = len(rest[-1])
        needed = standing.needed()
        before, after = sum(sizes.values()), sum(sizes[dot] for dot in needed if dot in sizes)
        return needed if pays(before, after) or not if_it_pays else None

    def members(self, after: int) -> list[MembershipEntry]:
        """The membership entries after a version."""
        return membership_store.stored(self.workspace.store.db, after)
