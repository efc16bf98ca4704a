"""Receive: a segment of others goes through four steps, `check`, `place`, `authorise` and `apply`.

`check` reads the segment and verifies its seal and chain. `place` finds its place in the chain of
its device, `authorise` checks whether the changes that are new here were allowed, `apply` writes
them. All but the first happen in one transaction, so a segment and its counters are on the disk
together or not at all: after any crash there are whole segments and chains that check. Our own
unsealed changes of the space are sealed in it first, so no segment of ours has two pasts. Records
whose changes count otherwise afterwards are authorised and rebuilt once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from models.book.approval import passage
from models.book.approval.coverage import named
from models.text.words import Refused, W
from sync.apply.apply_changes import Applying, ApplyOutcome
from sync.apply.local_history import LocalHistory
from sync.apply.reevaluation import missing_values, named_history, positions
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.seal_own import Sealing
from sync.apply.transaction import Transaction, begin
from sync.apply.verifier import SegmentVerifier
from sync.changes.change import Dot
from sync.encoding.segment import Segment, decode
from sync.encoding.snapshot import first_missing
from sync.log import (
    device_aliases,
    logged_changes,
    membership_store,
    pending_segments,
    seals,
)
from sync.log.histories import forks
from sync.log.logged_changes import Name
from sync.log.seals import Seal
from sync.trust.membership import Membership
from sync.validation.authorize import authorise_all
from sync.validation.history import Writer
from sync.validation.verify import Accept, Linked, Refuse, Want, forked, sealed, verify
from sync.workspace import acknowledgements
from sync.workspace.workspace import Workspace

TOO_MUCH = W(
    "等待前面改动的内容太多，这一段没有保留。请先同步缺少的部分，再同步一次。",
    "Too much waits for earlier changes; this segment was not kept."
    " Sync what is missing first, then sync again.",
)
OUTDATED = W(
    "其他电脑上有本机写过而这里没有的改动：本机的数据是旧的副本。请关闭再打开现场簿，然后同步。",
    "Other devices have changes that this device wrote and no longer has: its data is an older"
    " copy. Close and open the book again, then sync.",
)

What = Literal["applied", "known", "waiting", "refused", "forked"]


@dataclass
class Arrival:
    """What became of one segment."""

    what: What
    segment: Segment | None = None
    outcome: ApplyOutcome = field(default_factory=ApplyOutcome)
    want: Want | None = None
    why: Refused | None = None


class Rejected(NamedTuple):
    """Not what a member's device sealed, or not to be read at all."""

    why: Refused
    segment: Segment | None = None


class Pending(NamedTuple):
    """Something else has to come first."""

    segment: Segment
    want: Want


class Part(NamedTuple):
    """A part of a snapshot, rightly sealed; its changes are read when the snapshot is whole."""

    segment: Segment


class Checked(NamedTuple):
    """A segment that is what its owner sealed."""

    segment: Segment
    changes: Linked
    writer: Writer


class Fresh(NamedTuple):
    """A segment that continues its chain here, with those of its changes that are new."""

    segment: Segment
    changes: Linked
    writer: Writer


class Known(NamedTuple):
    """A segment that is here already; `changes` may have values that were left out here."""

    segment: Segment
    changes: Linked


class Forked(NamedTuple):
    """A segment of another history than the one here."""

    segment: Segment


class Allowed(NamedTuple):
    """Changes to be applied, with the reasons against some, by sequence."""

    segment: Segment
    changes: Linked
    faults: Mapping[int, Refused]


def check(
    blob: bytes, membership: Membership, *, read_parts: bool = False
) -> Checked | Part | Pending | Rejected:
    """Whether a blob is a segment that a member's device sealed.

    Of a part of a snapshot the seal alone is checked, unless `read_parts`.
    """
    try:
        segment = decode(blob)
    except Refused as why:
        return Rejected(why)
    verdict: Accept | Writer | Want | Refuse
    if segment.thin is None or read_parts:
        verdict = verify(segment, membership, segment.prev)
    else:
        verdict = sealed(segment, membership)
    if isinstance(verdict, Refuse):
        return Rejected(verdict.why, segment)
    if isinstance(verdict, Want):
        return Pending(segment, verdict)
    if isinstance(verdict, Accept):
        return Checked(segment, verdict.changes, verdict.writer)
    return Part(segment)


def place(tx: Transaction, checked: Checked | Part) -> Fresh | Known | Forked | Pending | Rejected:
    """Where a segment belongs in the chain of its device.

    Raises `Refused` when it is our own and no longer here: this book is an older copy.
    """
    segment = checked.segment
    held, top = tx.log.tip(segment.space, segment.device)
    if isinstance(checked, Part):
        return _place_part(tx, segment, held)
    if segment.first > held + 1:
        return Pending(segment, Want("change", segment.device, segment.first - 1))
    known = held - segment.first + 1
    if not _follows(tx, checked, known, top):
        return Forked(segment)
    if segment.last <= held:
        return Known(segment, checked.changes)
    _not_ours(tx, segment)
    fresh = checked.changes[known:]
    want = _missing(tx, fresh, {**tx.log.vector(segment.space), segment.device: segment.last})
    return Pending(segment, want) if want else Fresh(segment, fresh, checked.writer)


def authorise(tx: Transaction, fresh: Fresh, applying: Applying) -> Allowed | Pending:
    """What is against the new changes of a segment; their rows are loaded into `applying`."""
    segment, changes = fresh.segment, [change for change, _, _ in fresh.changes]
    if segment.vouch is not None:
        device_aliases.keep(tx.db, segment.device, segment.vouch)
        membership_store.assign(tx.db, tx.names.idx(segment.device), fresh.writer.person)
    applying.load(changes)
    coming = {change.dot: hash for change, _, hash in fresh.changes}
    past = LocalHistory(tx, (c.record for c in changes), None, applying.rows, coming)
    result = authorise_all(changes, fresh.writer, past, tx.membership)
    if result.lacking:
        return Pending(segment, Want("body", *next(iter(result.lacking.values()))))
    return Allowed(segment, fresh.changes, result.faults)


def apply(tx: Transaction, allowed: Allowed, applying: Applying) -> ApplyOutcome:
    """Write the log and the seal, and change the rows in `applying`.

    The rows are written when `applying` is finished.
    """
    segment, changes = allowed.segment, [change for change, _, _ in allowed.changes]
    tx.log.extend_linked(segment.space, segment.device, allowed.changes)
    row = (segment.first, segment.last, segment.hash, segment.members, segment.signature)
    seals.put(tx.db, segment.space, Seal(tx.names.idx(segment.device), *row))
    outcome = applying.take(changes, allowed.faults)
    outcome.stale |= positions.in_doubt(tx, segment.device, segment.first)
    return outcome


def note_fork(tx: Transaction, segment: Segment, blob: bytes) -> Arrival:
    """Keep a second history of a device as evidence."""
    forks.note(tx.db, segment, blob, tx.now)
    doubtful = positions.in_doubt(tx, segment.device, segment.first)
    outcome = ApplyOutcome(touched=reevaluate(tx, sorted(doubtful)) if doubtful else set())
    decided = named_history.head_of_named(tx.db, tx.membership, tx.space, segment.device)
    if decided is not None or segment.device in acknowledgements.own(tx.workspace):
        return Arrival("forked", segment, outcome)  # which one counts, or ours: it takes a new id
    first, word = forks.differing(tx.db, segment), device_aliases.of(tx.db, segment.device)
    device = word.old if word is not None else segment.device
    why = forked(tx.membership, device, first, segment.first)
    return Arrival("forked", segment, outcome, why=why)


def fill(tx: Transaction, known: Known) -> Arrival:
    """Keep values of a segment that were left out here."""
    stale = set[Name]()
    if known.segment.thin is None:
        stale = missing_values.fill(tx, known.segment.device, known.changes)
    return Arrival("applied" if stale else "known", known.segment, ApplyOutcome(stale=stale))


def reevaluate_stale(tx: Transaction, outcome: ApplyOutcome) -> None:
    """Authorise and rebuild the records of which an applied segment adopted something."""
    if outcome.stale:
        outcome.touched |= reevaluate(tx, sorted(outcome.stale), anew=outcome.stale)


class SegmentReceiver:
    """Receives single segments into one book."""

    def __init__(self, workspace: Workspace, verifier: SegmentVerifier, sealing: Sealing) -> None:
        self.workspace = workspace
        self.verifier = verifier
        self.sealing = sealing

    def receive(self, blob: bytes) -> Arrival:
        """Take an encoded segment as far as it goes.

        Raises `Refused` when the disk, the key or this book is at fault, not the segment.
        """
        checked = check(blob, self.verifier.membership)
        if isinstance(checked, Rejected):
            return Arrival("refused", checked.segment, why=checked.why)
        with begin(self.workspace, self.verifier, checked.segment.space) as tx:
            placed = checked if isinstance(checked, Pending) else place(tx, checked)
            if isinstance(placed, Rejected):
                return Arrival("refused", placed.segment, why=placed.why)
            if isinstance(placed, Forked):
                return note_fork(tx, placed.segment, blob)
            if isinstance(placed, Pending):
                return self._keep(tx, placed, blob)
            if isinstance(placed, Known):
                arrival = fill(tx, placed)
            else:
                self.sealing.seal(tx.space)
                applying = Applying(tx)
                allowed = authorise(tx, placed, applying)
                if isinstance(allowed, Pending):
                    return self._keep(tx, allowed, blob)
                arrival = Arrival("applied", placed.segment, apply(tx, allowed, applying))
                arrival.outcome.add(applying.finish())
            reevaluate_stale(tx, arrival.outcome)
            return arrival

    def _keep(self, tx: Transaction, pending: Pending, blob: bytes) -> Arrival:
        segment, want = pending
        if pending_segments.keep(tx.db, segment, blob, want, tx.now):
            return Arrival("waiting", segment, want=want)
        return Arrival("refused", segment, why=Refused(TOO_MUCH))


def _place_part(
    tx: Transaction, segment: Segment, held: int
) -> Known | Forked | Pending | Rejected:
    """Where an unread part belongs, by the two ends of it as far as they are here.

    One of them is not under the seal: before it accuses anybody, the part is read.
    """
    ends = ((segment.first - 1, segment.prev), (segment.last, segment.hash))
    if any(seq <= held and _hash_at(tx, segment, seq) != hash for seq, hash in ends):
        verdict = verify(segment, tx.membership, segment.prev)
        return Rejected(verdict.why, segment) if isinstance(verdict, Refuse) else Forked(segment)
    if segment.last <= held:
        return Known(segment, [])
    _not_ours(tx, segment)
    until = dict(segment.thin.until) if segment.thin is not None else {}
    gap = first_missing(until, tx.log.vector(tx.space)) or (segment.device, segment.last)
    return Pending(segment, Want("snapshot", *gap))


def _not_ours(tx: Transaction, segment: Segment) -> None:
    """Raise `Refused` when others have more of us than we do; the next opening takes a new id."""
    if segment.device == tx.log.device:
        tx.workspace.mark.flush({segment.space: segment.last})
        raise Refused(OUTDATED)


def _follows(tx: Transaction, checked: Checked, known: int, top: bytes) -> bool:
    """Whether the first `known` changes, which are here already, are the same here."""
    segment, changes = checked.segment, checked.changes
    if known == 0:
        return segment.prev == top
    if known <= len(changes):
        return changes[known - 1][2] == top
    return _hash_at(tx, segment, segment.last) == segment.hash


def _hash_at(tx: Transaction, segment: Segment, seq: int) -> bytes:
    return logged_changes.hash_at(
        tx.db, tx.space, segment.device, tx.names.idx(segment.device), seq
    )


def _missing(tx: Transaction, fresh: Linked, held: Mapping[str, int]) -> Want | None:
    """The first version that the changes build on and that is not here.

    What comes after the position that a revocation names may never come: nothing waits for it.
    """
    for change, _, _ in fresh:
        seen: list[Iterable[Dot]] = [*change.base.values(), named(change.move)]
        seen.append(passage.named(change.move, change.fields))
        for dots in seen:
            for device, seq in dots:
                if seq > held.get(device, 0):
                    head = named_history.head_of_named(tx.db, tx.membership, tx.space, device)
                    if head is None or seq <= head.seq:
                        return Want("change", device, seq)
    return None
