"""Access: which restricted records a person is told of, found without reading any of them.

Each restricted record has a space, and there may be thousands. For each the hub keeps the project
that its name says, the people it names as readers, and those who wrote into it. The people follow
from the signed changes by the rule of every book (`sync.validation.rules.reader_rules`); they are
worked out anew when a change of the record itself comes, is adopted or stops to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.schema.natural_keys import FILE, file_of
from sync.changes.change import Change, Dot
from sync.changes.compatibility import ADOPT
from sync.encoding.segment import decode
from sync.hub.storage.database import Base, parts
from sync.hub.storage.segment_check import Proven
from sync.trust.membership import Membership
from sync.validation.rules.reader_rules import people_named

READS, WROTE, PROJECT = "reads", "wrote", "project"


class FileAccess:
    """The restricted records of one database, by those who may be told of them."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.t: Any = base.t

    # -- asked -----------------------------------------------------------------------------------

    def named(self, space: str) -> set[str]:
        """The people whom a restricted record names as its readers."""
        if file_of(space) is None:
            return set()
        table = self.t.Access
        select = table.select(table.whom)
        rows = self.base.rows(lambda space: select.where(table.space == space), space)
        return {whom.partition(":")[2] for (whom,) in rows if whom.startswith(f"{READS}:")}

    def of_person(self, person: str) -> tuple[set[str], set[str]]:
        """The spaces of the records that name a person, and of those the person wrote into."""
        table = self.t.Access
        select = table.select(table.space, table.whom)
        whoms = f"{READS}:{person}", f"{WROTE}:{person}"
        rows = self.base.rows(lambda *whoms: select.where(table.whom.in_(whoms)), *whoms)
        return tuple(  # type: ignore[return-value]
            {str(space) for space, whom in rows if whom == one} for one in whoms
        )

    def of_projects(self, projects: Sequence[str]) -> set[str]:
        """The spaces of the records of some projects, and of those that belong to none."""
        table, found = self.t.Access, set[str]()
        select = table.select(table.space)
        for some in parts([f"{PROJECT}:{one}" for one in ("", *projects)]):
            rows = self.base.rows(lambda *whoms: select.where(table.whom.in_(whoms)), *some)
            found |= {str(space) for (space,) in rows}
        return found

    # -- noted (inside a write transaction) ----------------------------------------------------

    def add(self, space: str, some: Sequence[Proven], membership: Membership) -> None:
        """Note segments of a restricted record that were stored and authorised."""
        file = file_of(space)
        if file is None or not some:
            return
        writers = {f"{WROTE}:{one.writer.person}" for one in some}
        self._insert(space, {f"{PROJECT}:{file.project or ''}", *writers})
        changes = (change for one in some for change in one.changes)
        if any(c.record == file.record or ADOPT in c.fields for c in changes):
            self.refresh(space, membership)

    def refresh(self, space: str, membership: Membership) -> None:
        """Work out anew whom a restricted record names."""
        found = list(self._changes(space))
        people = people_named(space, found, self._refused(space, found, membership))
        before, now = self.named(space), set(people)
        self._insert(space, {f"{READS}:{one}" for one in now - before})
        table = self.t.Access
        for some in parts([f"{READS}:{one}" for one in sorted(before - now)]):
            table.delete().where(table.space == space, table.whom.in_(some)).execute()

    def revoked(self, devices: set[str], membership: Membership) -> None:
        """Some devices were revoked: what they wrote later names no reader."""
        tip, vouch = self.t.Tip, self.t.Vouch
        if not devices:
            return
        aliases = vouch.select(vouch.device).where(vouch.old.in_(sorted(devices))).tuples()
        every = sorted({*devices, *(str(one) for (one,) in aliases)})
        query = tip.select(tip.space).where(tip.device.in_(every)).distinct()
        for (space,) in query.where(tip.space.startswith(f"{FILE}:")).tuples():
            self.refresh(str(space), membership)

    def _insert(self, space: str, whoms: set[str]) -> None:
        table = self.t.Access
        rows = [{"space": space, "whom": whom} for whom in sorted(whoms)]
        if rows:
            table.insert_many(rows).on_conflict_ignore().execute()

    def _changes(self, space: str) -> Iterator[Change]:
        segment = self.t.Segment
        query = segment.select(segment.blob).where(segment.space == space).order_by(segment.n)
        for (blob,) in query.tuples():
            yield from (change for change, _ in decode(bytes(blob)).changes())

    def _refused(self, space: str, some: Sequence[Change], membership: Membership) -> set[Dot]:
        """The versions that count for nothing: quarantined, or of a device revoked before them."""
        table, vouch = self.t.Quarantined, self.t.Vouch
        query = table.select(table.device, table.seq)
        rows = query.where(table.space == space, table.adopted == 0).tuples()
        found = {(str(device), int(seq)) for device, seq in rows}
        aliases = dict(vouch.select(vouch.device, vouch.old).tuples())
        for c in some:
            admitted = aliases.get(c.device, c.device)
            last = membership.revoked_after(admitted, space, c.device)
            if last is not None and c.seq > last.seq:
                found.add(c.dot)
        return found
