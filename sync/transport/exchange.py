"""Exchange: what one book gives and takes, whoever carries it.

A carrier moves encoded segments and membership entries and knows nothing else: it asks for the
vector of the other side, hands over what `offer` yields, and gives what it received to `take`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from models.text.words import Refused
from sync.apply.apply_changes import ApplyOutcome
from sync.apply.receive import Arrival, Arriving
from sync.apply.reevaluation import missing_values, revocation
from sync.apply.seal_own import Sealing
from sync.apply.snapshot_assembly import FRESH, reached
from sync.apply.verifier import SegmentVerifier
from sync.changes import pruned
from sync.changes.change import Dot
from sync.changes.compatibility import unknown
from sync.encoding.segment import encode, sealed, thinned
from sync.encoding.snapshot import LoggedRow
from sync.log import device_aliases, membership_store, pending_segments, quarantine, seals
from sync.log.forks import Fork
from sync.log.pending_segments import PendingSegment
from sync.log.quarantine import QuarantinedChange
from sync.log.seals import Seal
from sync.log.version_lookup import VersionLookup
from sync.trust import space_access
from sync.trust.device_key import DeviceKey
from sync.trust.membership_entry import MembershipEntry
from sync.trust.seal import SealedHead
from sync.validation.pruning import RemainingValues, dropped, pays
from sync.workspace.workspace import Workspace

ROWS = (
    "SELECT seq, at, type, record, body FROM change"
    " WHERE space=? AND idx=? AND seq>? AND seq<=? ORDER BY seq"
)
LOG = "SELECT idx, seq, at, type, record, body FROM change WHERE space=? ORDER BY n"


@dataclass
class ExchangeReport:
    """What was taken, for people: counts of changes, and by record what needs a look."""

    outcome: ApplyOutcome = field(default_factory=ApplyOutcome)
    known: int = 0
    """Segments that were here already."""
    waiting: list[PendingSegment] = field(default_factory=list)
    forks: list[Fork] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    members: int = 0
    """New entries of the membership log."""

    def note(self, one: Arrival, now: int) -> None:
        """Count one segment."""
        self.outcome.add(one.outcome)
        self.known += one.what == "known"
        if one.why is not None:
            self.refused.append(one.why)
        if one.segment is not None and one.want is not None:
            part = one.segment
            self.waiting.append(
                PendingSegment(part.space, part.device, part.first, part.last, one.want, now)
            )
        if one.segment is not None and one.what == "forked":
            self.forks.append(Fork(one.segment.space, one.segment.device, one.segment.last, now))

    def add(self, other: ExchangeReport) -> None:
        """Sum up."""
        self.outcome.add(other.outcome)
        self.known += other.known
        self.waiting += other.waiting
        self.forks += other.forks
        self.refused += other.refused
        self.members += other.members


class Exchange:
    """One book's side of every round."""

    def __init__(self, workspace: Workspace, passphrase: str | None = None) -> None:
        self.workspace = workspace
        self.trust = SegmentVerifier(workspace.store)
        self.sealing = Sealing(workspace, self.trust, passphrase)
        self.arriving = Arriving(workspace, self.trust, self.sealing)

    @property
    def _db(self) -> Any:
        return self.workspace.store.db.connection()

    # -- giving ----------------------------------------------------------------------------------

    def spaces(self) -> list[str]:
        """The spaces that this book holds changes of."""
        sql = "SELECT DISTINCT space FROM head ORDER BY space"
        return [str(row[0]) for row in self.workspace.store.rows(sql)]

    def admitted(self) -> DeviceKey:
        """The device's key under the id that the members know it by."""
        key = self.sealing.key
        return replace(key, id=space_access.speaker(self.trust.membership, key.public, key.id))

    def vector(self, space: str) -> dict[str, int]:
        """Device -> last sequence held; all before it are held too."""
        return self.workspace.log.vector(space)

    def wanted(self, space: str) -> dict[str, int]:
        """What to ask others for is all beyond this: less than the vector where values that were
        left out are needed again, more where a part of a snapshot waits for the rest.
        """
        held = self.vector(space)
        if pending_segments.of_snapshot(self._db, space):
            held = reached(self._db, space, held, self.workspace.log.now() - FRESH)
        for device, seq in missing_values.lacking(self._db, space).items():
            held[device] = min(seq - 1, held.get(device, 0))
        return held

    def seal_now(self, space: str) -> int:
        """Seal our own changes of a space; returns how many segments that made."""
        return self.sealing.seal(space)

    def offer(
        self, space: str, vector: Mapping[str, int], *, lean: bool = False
    ) -> Iterator[bytes]:
        """The encoded segments that a holder of `vector` lacks, in the order applied here.

        Bodies that are not kept here are left out; with `lean` all that no longer stand, where
        that pays: the receiver has what stands and no older values.
        """
        return self._offered(space, vector, self._needed(space, if_it_pays=True) if lean else None)

    def snapshot(self, space: str, vector: Mapping[str, int]) -> Iterator[bytes]:
        """The same without any body that no longer stands."""
        return self._offered(space, vector, self._needed(space))

    def _offered(
        self, space: str, vector: Mapping[str, int], needed: set[Dot] | None
    ) -> Iterator[bytes]:
        self.seal_now(space)
        held = self.vector(space)
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
        rows = [
            LoggedRow(*row) for row in self._db.execute(ROWS, (space, one.idx, after, one.last))
        ]
        if needed is not None:
            rows = list(dropped(device, rows, needed))
        organisation = self.trust.membership.organisation
        head = SealedHead(organisation, space, device, one.last, one.hash, one.members)
        prev = seals.hash_at(self._db, space, device, one.idx, after)
        vouch = device_aliases.of(self._db, device)
        if needed is not None or any(pruned.is_stub(row.body) for row in rows):
            return encode(thinned(head, one.sig, rows, held, prev=prev, vouch=vouch))
        return encode(sealed(head, one.sig, [row.body for row in rows], prev=prev, vouch=vouch))

    def _needed(self, space: str, *, if_it_pays: bool = False) -> set[Dot] | None:
        """The changes whose bodies go into a snapshot; None where it would not pay."""
        self.seal_now(space)
        people, standing = self.workspace.people, RemainingValues()
        names = VersionLookup(self._db, people, space, self.workspace.log.now())
        sizes = dict[Dot, int]()
        for idx, *rest in self._db.execute(LOG, (space,)):
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

    def waiting(self) -> list[PendingSegment]:
        """Segments that came before what they build on."""
        return pending_segments.listed(self._db)

    def quarantined(self, record: str | None = None) -> list[QuarantinedChange]:
        """What is in quarantine, with reasons and authors; of one record, or everything."""
        return quarantine.listed(self._db, record)

    # -- taking ----------------------------------------------------------------------------------

    def take(self, blobs: Iterable[bytes]) -> ExchangeReport:
        """Take encoded segments, each in a transaction of its own.

        Raises `Refused` when the disk, the key or this book is at fault; what was taken before
        stays. What is wrong with a segment stands in the report.
        """
        report = ExchangeReport()
        for blob in blobs:
            for one in self.arriving.take(blob):
                report.note(one, self.workspace.log.now())
        if report.waiting:
            still = {row[:4] for row in self.waiting()}
            report.waiting = [row for row in report.waiting if row[:4] in still]
        return report

    def take_members(self, entries: Iterable[MembershipEntry]) -> ExchangeReport:
        """Take membership entries, and then what waited for them. `Refused`: none is taken."""
        report, store = ExchangeReport(), self.workspace.store
        with store.write():
            grown = self.trust.membership.extend(entries)
            report.members = membership_store.keep(store.db, grown)
            if report.members:
                membership_store.project(store.db, grown, pinyin=False)
                store.set_meta("members", grown.version)
                report.outcome.touched |= revocation.carry_out(self.workspace, grown)
        if report.members:
            self.workspace.people.refresh()
            self.workspace.book.me = self.workspace.people.me or self.workspace.log.device
            for one in self.arriving.retry():
                report.note(one, self.workspace.log.now())
        return report
