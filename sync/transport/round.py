"""Round: one meeting with another side over any carrier, which may end anywhere and go on later.

Membership both ways, vectors, what the other side lacks, what is lacked here, then files. Each
segment that arrives is one transaction with its counters, so nothing is ever half applied, and
what was done before a cut is not done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.book.conflict import conflicts
from models.storage import blobs as kept
from models.text.words import Refused
from sync.apply.reevaluation import incarnation
from sync.log.histories import common_part
from sync.transport import attachments
from sync.transport.carrier import Carrier, Side, Vector
from sync.transport.exchange import Exchange
from sync.transport.incoming import ExchangeReport as Taken
from sync.trust.membership import NEWER
from sync.workspace import acknowledgements
from sync.workspace.acknowledgements import LAST

Tell = Callable[[float], None]
"""Told the share done, 0 to 1."""
Stop = Callable[[], bool]
"""Asked between two segments whether to end here."""


@dataclass
class RoundReport:
    """What a round did."""

    carrier: str
    given: int = 0
    """Changes that were handed over."""
    taken: Taken = field(default_factory=Taken)
    """What came, and by record what is in conflict, quarantined or waiting."""
    files_given: int = 0
    files_taken: int = 0
    files_absent: int = 0
    """Files that records refer to and that are not here yet."""
    files_left: int = 0
    """Files here that were to be handed over and went beyond the bytes allowed."""
    confirmed: list[tuple[str, str]] = field(default_factory=list)
    """(type, record) written here that somebody else said in this round they hold."""
    unconfirmed: int = 0
    """Changes written here that no other device or hub has said it holds."""
    refused: list[Refused] = field(default_factory=list)
    stopped: bool = False

    @property
    def done(self) -> bool:
        """Whether it went to its end and nothing was refused."""
        return not (self.stopped or self.refused or self.taken.refused)


class SyncRound:
    """One round of one book over one carrier, which is open already."""

    def __init__(
        self,
        exchange: Exchange,
        carrier: Carrier,
        *,
        tell: Tell | None = None,
        stop: Stop | None = None,
        budget: int = attachments.BUDGET,
        lean: bool = False,
    ) -> None:
        self.exchange = exchange
        self.workspace = exchange.workspace
        self.carrier = carrier
        self.budget = budget
        self.lean = lean
        """Whether a snapshot is given where that pays."""
        self.report = RoundReport(carrier.name)
        self._tell = tell or (lambda _share: None)
        self._stop = stop or (lambda: False)
        self._done = self._total = 0

    def run(self) -> RoundReport:
        """Go through all of it. Raises `Refused` when the carrier, the disk or the key fails."""
        try:
            return self._run()
        finally:
            self.carrier.close()

    def _run(self) -> RoundReport:
        if (awaited := incarnation.admission_awaited(self.workspace)) is not None:
            raise awaited
        before = acknowledgements.marks(self.workspace)
        for space in self.exchange.spaces():
            self.exchange.seal_now(space)
        mine = side(self.exchange)
        theirs = self.carrier.meet(mine)
        self._members(theirs)
        out = _ahead(mine, theirs) if self.carrier.takes else 0
        self._total = out + _ahead(theirs, mine)
        self._push(theirs)
        self._pull(theirs)
        if not self.report.stopped:
            self.report.taken.add(self.exchange.take(self.carrier.contradicting()))
        self._evidence()
        self._files()
        if not self.report.stopped:
            self.carrier.finish(side(self.exchange))
            self._note(mine, theirs)
        self.report.refused += self.carrier.refused
        self.report.confirmed = sorted(acknowledgements.newly(self.workspace, before))
        self._stamp()
        if theirs.peers and not self.report.stopped:
            with self.workspace.store.write():
                self.workspace.store.set_meta(LAST, self.workspace.log.now())
        self._renewed()
        if incarnation.stopped(self.workspace):
            self.report.refused.insert(0, incarnation.revoked(self.workspace))
        self.report.unconfirmed = acknowledgements.unconfirmed(self.workspace)
        self._settled()
        return self.report

    def _evidence(self) -> None:
        """Give what is here of a chain of ours that has two histories, so that the device
        with the other one hears of it too.
        """
        db, own = self.workspace.store.db.connection(), acknowledgements.own(self.workspace)
        for space in self.exchange.spaces() if self.carrier.takes else ():
            forked = [device for device in common_part.hashes(db, space) if device in own]
            if forked:
                held = {**self.exchange.vector(space), **dict.fromkeys(forked, 0)}
                self.carrier.give(space, self.exchange.offer(space, held))

    def _renewed(self) -> None:
        """A new key, where a copy of this device turned out to be in use."""
        first, opened = incarnation.copied(self.workspace), self.workspace
        if first is None:
            return
        me, name = opened.log.device, opened.people.name(opened.book.me)
        tag = opened.people.tag_of(next(iter(acknowledgements.admitted(opened)), me))
        count = incarnation.renew(opened, self.exchange.trust, self.exchange.sealing)
        said = Refused(incarnation.COPIED, tag=tag, seq=first, count=count, name=name)
        self.report.refused.insert(0, said)

    def _settled(self) -> None:
        """Conflicts that came together with their decision are none by now."""
        told = self.report.taken.outcome.conflicts
        if told:
            standing = set(conflicts.listed(self.workspace.book))
            for record, registers in list(told.items()):
                told[record] = {one for one in registers if (record, one) in standing}
                if not told[record]:
                    del told[record]

    def _members(self, theirs: Side) -> None:
        have = self.exchange.trust.membership
        for entries in self.carrier.members(len(have.entries)):
            try:
                self.report.taken.add(self.exchange.take_members(entries))
            except Refused as why:
                self.report.refused.append(why)
        now = self.exchange.trust.membership
        if now.waits:
            self.report.refused.append(Refused(NEWER, n=now.waits))
        if self.carrier.takes and theirs.members < len(now.entries):
            self.carrier.give_members(self.exchange.members(theirs.members))

    def _push(self, theirs: Side) -> None:
        if not self.carrier.takes:
            return
        for space in self.exchange.spaces():
            known = theirs.vectors.get(space, {})
            held = self._undoubted(space)
            lacks = _beyond(held, known)
            if not lacks or self._ended():
                continue
            doubted = {d: q for d, q in self.exchange.vector(space).items() if d not in held}
            offered = self.exchange.offer(space, {**known, **doubted}, lean=self.lean)
            blobs = self._until(offered, lacks)
            said = self.carrier.give(space, blobs)
            if not self.report.stopped:
                self.report.given += lacks
            if said is not None:
                acknowledgements.note_seen(self.workspace, self.carrier.name, space, said)

    def _undoubted(self, space: str) -> Vector:
        """What is held, without chains of ours with two histories: they are given as evidence."""
        db, own = self.workspace.store.db.connection(), acknowledgements.own(self.workspace)
        forked = [device for device in common_part.hashes(db, space) if device in own]
        return {d: q for d, q in self.exchange.vector(space).items() if d not in forked}

    def _pull(self, theirs: Side) -> None:
        for space, known in sorted(theirs.vectors.items()):
            held = self.exchange.wanted(space)
            lacks = _beyond(known, held)
            if lacks and not self._ended():
                blobs = self._until(self.carrier.fetch(space, held), lacks)
                self.report.taken.add(self.exchange.take(blobs))

    def _files(self) -> None:
        """Files both ways, the newest first; one that fails does not stop the others."""
        there, wanted = self.carrier.files(), attachments.listed(self.workspace)
        here = [one for one in wanted if attachments.here(self.workspace, one.sha256)]
        absent = {one.sha256: one for one in wanted if one not in here}
        if self.carrier.takes:
            self._give_files([one for one in here if one.sha256 not in there])
        for one in attachments.within(
            (one for sum, one in absent.items() if sum in there), self.budget
        ):
            if self._ended():
                return
            self._fetch(one)
        self.report.files_absent = len(absent) - self.report.files_taken

    def _give_files(self, some: Sequence[attachments.WantedFile]) -> None:
        going = list(attachments.within(some, self.budget))
        self.report.files_left = len(some) - len(going)
        for one in going:
            if self._ended():
                return
            path = kept.place(self.workspace.home, one.sha256)
            if kept.whole(self.workspace.home, one.sha256):
                self.carrier.give_file(one.sha256, one.space, path)
                self.report.files_given += 1

    def _fetch(self, one: attachments.WantedFile) -> None:
        start = attachments.begun(self.workspace, one.sha256)
        try:
            pieces = self._cut(self.carrier.fetch_file(one.sha256, start))
            self.report.files_taken += attachments.take(
                self.workspace, one.sha256, one.size, pieces
            )
        except Refused as why:
            self.report.refused.append(why)

    def _note(self, mine: Side, theirs: Side) -> None:
        """What was written, and what others said that they hold; one save for all spaces."""
        opened = self.workspace
        with opened.store.write():
            for space, vector in mine.vectors.items() if self.carrier.takes else ():
                acknowledgements.note(opened, self.carrier.name, space, vector)
            for peer, spaces in theirs.peers.items():
                for space, heads in spaces.items():
                    acknowledgements.heard(opened, peer, space, heads)
                    digest = theirs.digests.get(peer, {}).get(space, "")
                    self.exchange.compare(peer, space, heads, digest)

    def _stamp(self) -> None:
        """The time of confirmation, on records that have none yet."""
        if not self.report.confirmed:
            return
        now, db = self.workspace.log.now(), self.workspace.store.db
        with self.workspace.store.write():
            for type, record in self.report.confirmed:
                sql = f'UPDATE "{type}" SET synced=? WHERE id=? AND synced IS NULL'
                db.execute_sql(sql, (now, record))

    def _ended(self) -> bool:
        self.report.stopped = self.report.stopped or self._stop()
        return self.report.stopped

    def _until(self, blobs: Iterable[bytes], count: int) -> Iterator[bytes]:
        """The segments until told to stop; `count` changes are in all of them."""
        begin = self._done
        for number, blob in enumerate(blobs, 1):
            if self._ended():
                return
            yield blob
            self._done = min(begin + number * 50, begin + count)
            self._tell(self._done / max(self._total, 1))
        self._done = begin + count

    def _cut(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self._ended():
                return
            yield piece


def side(exchange: Exchange) -> Side:
    """What a book holds, in its own words."""
    vectors = {space: exchange.vector(space) for space in exchange.spaces()}
    return Side(len(exchange.trust.membership.entries), vectors)


def _beyond(one: Vector, other: Vector) -> int:
    """How many changes one side has beyond the other."""
    return sum(max(0, seq - other.get(device, 0)) for device, seq in one.items())


def _ahead(one: Side, other: Side) -> int:
    return sum(_beyond(held, other.vectors.get(space, {})) for space, held in one.vectors.items())
