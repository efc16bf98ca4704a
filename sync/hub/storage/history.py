"""History: what the rules ask of one space's past at the hub, read for a request at once.

A request brings many changes, and each one asks the same few things; a query for each would cost
far more than the answers.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from peewee import fn

from models.schema.natural_keys import COMPANY
from sync.changes.change import Change
from sync.changes.compatibility import unknown, whole
from sync.encoding.segment import decode
from sync.hub.storage.database import Base, parts
from sync.hub.storage.segment_check import Proven
from sync.hub.storage.segments import SegmentStore
from sync.log import quarantine
from sync.trust.membership import Membership
from sync.trust.membership_entry import Head

SEGMENTS = 512
"""Most segments that stay decoded."""

Place = tuple[str, str, int]
"""Space, device and sequence of a change."""


@lru_cache(SEGMENTS)
def _opened(blob: bytes) -> Mapping[int, Change]:
    return {change.seq: change for change, _ in decode(blob).changes()}


class Holding(NamedTuple):
    """A stored segment."""

    members: int
    """The membership version that its seal names; 0 where there is none."""
    blob: bytes


class History:
    """The past of one space (`ChangeHistory`), and what a request adds to it."""

    def __init__(
        self, base: Base, space: str, membership: Membership, some: Sequence[Proven]
    ) -> None:
        self.base = base
        self.t: Any = base.t
        self.space = space
        self.membership = membership
        self._some = some
        self._vouches: dict[str, str] = {}
        every = [change for one in some for change in one.changes]
        self._changes: dict[Place, Change | None] = {(space, *c.dot): c for c in every}
        self._births = self._read_births({change.record for change in every})
        places = {(space, *dot) for change in every for dot in change.named()}
        places |= {place for born in self._births.values() for place in born}
        self._known = places
        self._bad = self._read_bad(places - self._changes.keys())
        self._left = self._read_left() - self._changes.keys()

    # -- what the rules ask ----------------------------------------------------------------------

    def change(self, device: str, seq: int) -> Change | None:
        """The change that wrote a version."""
        return self._change((self.space, device, seq))

    def record(self, device: str, seq: int) -> str | None:
        """The record that a version is of."""
        found = self.change(device, seq)
        return found.record if found is not None else None

    def births(self, record: str) -> Sequence[Change]:
        """The creations of a record that count."""
        good = [place for place in self._births.get(record, ()) if place not in self._bad]
        return [change for change in map(self._change, good) if change is not None]

    def quarantined(self, device: str, seq: int) -> bool:
        """Whether a change counts for nothing."""
        place = self.space, device, seq
        if place not in self._known:
            self._known.add(place)
            self._bad |= self._read_bad({place})
        return place in self._bad

    def parked(self, device: str, seq: int) -> bool:
        """Whether only a newer version of the program understands the change as a whole."""
        if (self.space, device, seq) in self._left:
            return True
        change = self.change(device, seq)
        return change is not None and any(whole(what) for what in unknown(change))

    def person(self, device: str) -> str | None:
        """Whose device it is."""
        found = self.membership.person_of(device)
        if found is not None:
            return found
        if device not in self._vouches:
            vouch = self.t.Vouch
            old = vouch.select(vouch.old).where(vouch.device == device).scalar()
            self._vouches[device] = str(old or "")
        return self.membership.person_of(self._vouches[device])

    def sealed(self, device: str, seq: int) -> int:
        """The membership version that the seal over a change names; 0 where none is here."""
        for one in self._some:
            if one.segment.device == device and one.segment.first <= seq <= one.segment.last:
                return one.segment.members
        return self._holding(self.space, device, seq).members

    def sealed_before(self, device: str, seq: int) -> int:
        """The highest version that the seals name which end before a change of a device; or 0."""
        segment = self.t.Segment
        query = segment.select(fn.MAX(segment.members))

        def before(space: Any, device: Any, seq: Any) -> Any:
            here = (segment.space == space) & (segment.device == device)
            return query.where(here & (segment.last < seq))

        ((top,),) = self.base.rows(before, self.space, device, seq)
        return int(top or 0)

    def passes(self, device: str, head: Head) -> bool:
        """Whether the history of a device that is here passes a position."""
        here = SegmentStore(self.base).hash_at(self.space, device, head.seq)
        if here is not None:
            return here == head.hash
        fork = self.t.Fork
        query = fork.select(fork.last).where(fork.space == self.space, fork.device == device)
        return not query.exists()

    def of_company(self, device: str, seq: int) -> Change | None:
        """A change of the company's space that counts, for a decision by a table."""
        place = COMPANY, device, seq
        change = self._change(place)
        if change is None or place in self._read_bad({place}) | self._bad:
            return None
        return None if any(whole(what) for what in unknown(change)) else change

    def current_row(self, _type: str, _record: str) -> None:
        """None: the hub has no rows of records."""

    # -- what came -------------------------------------------------------------------------------

    def vouched(self, one: Proven) -> None:
        """Take from a segment whose device its writer is."""
        if one.segment.vouch is not None:
            self._vouches[one.segment.device] = one.segment.vouch.old

    def add(self, one: Proven, faults: Container[int], left: Container[int]) -> None:
        """Add a segment that was authorised, with its refused and its parked changes."""
        for change in one.changes:
            place = self.space, *change.dot
            self._known.add(place)
            if change.header is not None:
                self._births.setdefault(change.record, []).append(place)
            if change.seq in left:
                self._left.add(place)
            if change.seq in faults:
                self._bad.add(place)
            else:
                self._bad -= {(self.space, *dot) for dot in quarantine.adopted(change)}

    # -- reading ---------------------------------------------------------------------------------

    def _change(self, place: Place) -> Change | None:
        if place not in self._changes:
            space, device, seq = place
            self._changes.setdefault(place, None)
            for other, change in self._segment(space, device, seq).items():
                self._changes[space, device, other] = change
        return self._changes[place]

    def _segment(self, space: str, device: str, seq: int) -> Mapping[int, Change]:
        found = self._holding(space, device, seq)
        return _opened(found.blob) if found.members else {}

    def _holding(self, space: str, device: str, seq: int) -> Holding:
        """The segment with a change; an empty one where it is not here."""
        segment = self.t.Segment

        def holding(space: Any, device: Any, seq: Any) -> Any:
            query = segment.select(segment.first, segment.members, segment.blob).where(
                segment.space == space, segment.device == device, segment.last >= seq
            )
            return query.order_by(segment.last).limit(1)

        rows = self.base.rows(holding, space, device, seq)
        if not rows or rows[0][0] > seq:
            return Holding(0, b"")
        return Holding(int(rows[0][1]), bytes(rows[0][2]))

    def _read_births(self, records: Iterable[str]) -> dict[str, list[Place]]:
        birth, found = self.t.Birth, dict[str, list[Place]]()
        select = birth.select(birth.record, birth.space, birth.device, birth.seq)
        for some in parts(sorted(records)):
            rows = self.base.rows(lambda *records: select.where(birth.record.in_(records)), *some)
            for record, *place in rows:
                found.setdefault(record, []).append((place[0], place[1], int(place[2])))
        return found

    def _read_left(self) -> set[Place]:
        """The parked changes of this space: there are none unless this program is an older one."""
        table = self.t.Parked
        query = table.select(table.device, table.seq)
        rows = self.base.rows(lambda space: query.where(table.space == space), self.space)
        return {(self.space, str(device), int(seq)) for device, seq in rows}

    def _read_bad(self, places: Iterable[Place]) -> set[Place]:
        """The changes of these that are in quarantine."""
        table, of = self.t.Quarantined, dict[tuple[str, str], list[int]]()
        for space, device, seq in places:
            of.setdefault((space, device), []).append(seq)
        found = set[Place]()

        def bad(space: Any, device: Any, *seqs: Any) -> Any:
            mine = (table.space == space) & (table.device == device) & (table.adopted == 0)
            return table.select(table.seq).where(mine & table.seq.in_(seqs))

        for (space, device), seqs in of.items():
            for some in parts(sorted(seqs)):
                rows = self.base.rows(bad, space, device, *some)
                found |= {(space, device, int(seq)) for (seq,) in rows}
        return found
