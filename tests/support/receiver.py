"""A receiver in memory: verifies and judges encoded segments as the hub, a peer and a bundle do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.text.words import Refused
from sync.changes.change import Change, genesis
from sync.changes.compatibility import ADOPT
from sync.changes.merge import missing
from sync.encoding.segment import Segment, decode
from sync.trust.membership import Membership
from sync.trust.membership_entry import Head
from sync.validation.authorize import authorise_all
from sync.validation.history import ChangeHistory, CurrentRow, Writer
from sync.validation.verify import Accept, Refuse, verify

What = Literal["taken", "refused", "waits", "forked"]


PARTS = ("changes", "faults", "people", "hashes", "held", "seals")


class Memory:
    """The past of one space, from every change taken; a `sync.validation.history.ChangeHistory`."""

    def __init__(self, space: str, everywhere: dict[str, list[Change]]) -> None:
        self.space = space
        self.changes: dict[tuple[str, int], Change] = {}
        self.faults: dict[tuple[str, int], Refused] = {}
        self.people: dict[str, str] = {}
        self.hashes: dict[tuple[str, int], bytes] = {}
        self.held: dict[str, int] = {}
        self.seals: dict[tuple[str, int], int] = {}
        """(device, last sequence of a segment) -> the version that its seal names."""
        self._everywhere = everywhere
        """Record -> its creations, in any space."""

    def change(self, device: str, seq: int) -> Change | None:
        return self.changes.get((device, seq))

    def record(self, device: str, seq: int) -> str | None:
        found = self.change(device, seq)
        return found.record if found is not None else None

    def births(self, record: str) -> Sequence[Change]:
        found = self._everywhere.get(record, [])
        return [c for c in found if c.space != self.space or c.dot not in self.faults]

    def quarantined(self, device: str, seq: int) -> bool:
        return (device, seq) in self.faults

    def parked(self, device: str, seq: int) -> bool:
        return False

    def person(self, device: str) -> str | None:
        return self.people.get(device)

    def sealed(self, device: str, seq: int) -> int:
        ends = sorted(last for one, last in self.seals if one == device and last >= seq)
        return self.seals[device, ends[0]] if ends else 0

    def sealed_before(self, device: str, seq: int) -> int:
        found = [v for (one, last), v in self.seals.items() if one == device and last < seq]
        return max(found, default=0)

    def passes(self, device: str, head: Head) -> bool:
        return self.hashes.get((device, head.seq), head.hash) == head.hash

    def of_company(self, device: str, seq: int) -> Change | None:
        found = self.change(device, seq) if self.space == "company" else None
        return None if found is not None and found.dot in self.faults else found

    def current_row(self, type: str, record: str) -> CurrentRow | None:
        return None

    def fork(self, everywhere: dict[str, list[Change]]) -> Memory:
        """The same, to go on from by itself."""
        other = Memory(self.space, everywhere)
        for part in PARTS:
            setattr(other, part, dict(getattr(self, part)))
        return other

    def put(self, changes: Iterable[tuple[Change, bytes]], writer: Writer) -> None:
        """Take changes with their chain hashes in."""
        changes = list(changes)
        if changes:
            last, _ = changes[-1]
            self.seals[last.device, last.seq] = writer.members
        for change, hash in changes:
            self.changes[change.dot] = change
            self.hashes[change.dot] = hash
            self.held[change.device] = change.seq
            self.people[change.device] = writer.person
            if change.header is not None:
                self._everywhere.setdefault(change.record, []).append(change)


@dataclass
class Result:
    """What became of one segment."""

    what: What
    why: Refused | None = None
    faults: dict[int, Refused] = field(default_factory=dict)
    segment: Segment | None = None


class Receiver:
    """All spaces of one organisation."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self.births: dict[str, list[Change]] = {}
        self.spaces: dict[str, Memory] = {}

    def space(self, name: str) -> Memory:
        """What is known of a space."""
        return self.spaces.setdefault(name, Memory(name, self.births))

    def fork(self) -> Receiver:
        """Another receiver that has taken the same."""
        other = Receiver(self.membership)
        other.births = {record: list(found) for record, found in self.births.items()}
        for name, past in self.spaces.items():
            other.spaces[name] = past.fork(other.births)
        return other

    def take(self, blob: bytes) -> Result:
        """Take one encoded segment, whole or not at all."""
        try:
            segment = decode(blob)
        except Refused as why:
            return Result("refused", why)
        past = self.space(segment.space)
        verdict = verify(segment, self.membership, _before(past, segment))
        if isinstance(verdict, Refuse):
            return Result("forked" if verdict.forked else "refused", verdict.why, segment=segment)
        if not isinstance(verdict, Accept):
            return Result("waits", segment=segment)
        return self._enter(segment, verdict, past)

    def _enter(self, segment: Segment, verdict: Accept, past: Memory) -> Result:
        known = [past.hashes.get(c.dot) for c, _, _ in verdict.changes]
        if any(
            k not in (None, hash) for k, (_, _, hash) in zip(known, verdict.changes, strict=True)
        ):
            return Result("forked", segment=segment)
        fresh = [one for one, k in zip(verdict.changes, known, strict=True) if k is None]
        held = {**past.held, segment.device: segment.last}
        if any(missing(change, held) for change, _, _ in fresh):
            return Result("waits", segment=segment)
        changes = [change for change, _, _ in fresh]
        past.put([(change, hash) for change, _, hash in fresh], verdict.writer)
        result = Result("taken", segment=segment)
        if changes:
            result.faults = self.authorise(changes, verdict.writer, past)
            past.faults |= {(segment.device, seq): why for seq, why in result.faults.items()}
        for change in changes:
            if ADOPT in change.fields and change.seq not in result.faults:
                for dot in change.base[ADOPT]:
                    past.faults.pop(dot, None)
        return result

    def authorise(
        self, changes: Sequence[Change], writer: Writer, past: ChangeHistory
    ) -> dict[int, Refused]:
        """The faults of changes, by sequence."""
        found = authorise_all(changes, writer, past, self.membership)
        assert not found.lacking
        return found.faults


def _before(past: Memory, segment: Segment) -> bytes | None:
    if segment.first == 1:
        return genesis(segment.space, segment.device)
    return past.hashes.get((segment.device, segment.first - 1))
