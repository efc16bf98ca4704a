"""Sealing: our own changes get our signature, and are judged as everybody else will judge them.

So a change that others will quarantine is quarantined here too, and its author sees why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sync import quarantine, seal, seals
from sync.change import Change
from sync.keys import DeviceKey, Identity, load, read
from sync.names import Names
from sync.rebuild import rebuild
from sync.seal import Head
from sync.seals import Bounds, Seal
from sync.trust import Trust
from sync.workspace import Workspace


class Sealing:
    """Seals what this device wrote; the key is read, and its passphrase used, at the first seal."""

    def __init__(self, workspace: Workspace, trust: Trust, passphrase: str | None = None) -> None:
        self.workspace = workspace
        self.trust = trust
        self.passphrase = passphrase
        self._key: DeviceKey | None = None

    @property
    def key(self) -> DeviceKey:
        """The device's key. Raises `Refused` when a passphrase is needed or wrong."""
        if self._key is None:
            self._key = load(self.workspace.home, self.passphrase)
        return self._key

    def seal(self, space: str) -> int:
        """Seal all of a space that is not sealed yet; returns how many segments that made.

        Joins the running transaction or makes one.
        """
        db = self.workspace.store.db.connection()
        if not self._open(db, space):
            return 0
        key, made = self.key, 0
        with self.workspace.store.write():
            names = Names(db, self.workspace.people, space, self.workspace.log.now())
            for device in self._open(db, space):
                made += self._device(names, device, key)
        return made

    def _open(self, db: Any, space: str) -> list[str]:
        """Our device ids, earlier ones of the same key included, that have something unsealed."""
        found = []
        for device in self._own():
            sql = (
                "SELECT 1 FROM head h JOIN device d ON d.idx=h.idx WHERE h.space=?1 AND d.id=?2"
                " AND h.seq>(SELECT COALESCE(MAX(last), 0) FROM seal s"
                " WHERE s.space=?1 AND s.idx=h.idx)"
            )
            if db.execute(sql, (space, device)).fetchone():
                found.append(device)
        return found

    def _own(self) -> tuple[str, ...]:
        who: Identity | None = self._key_known()
        return (*(who.was if who else ()), self.workspace.log.device)

    def _key_known(self) -> Any:
        return self._key or read(self.workspace.home)

    def _device(self, names: Names, device: str, key: DeviceKey) -> int:
        idx, made = names.idx(device), 0
        members = self.trust.membership.version
        for part in list(seals.unsealed(names.db, names.space, idx)):
            head = Head(
                self.trust.membership.organisation,
                names.space,
                device,
                part.last,
                part.hash,
                members,
            )
            kept = Seal(idx, part.first, part.last, part.hash, members, seal.seal(key, head))
            seals.put(names.db, names.space, kept)
            self._judge(names, head, part)
            made += 1
        return made

    def _judge(self, names: Names, head: Head, part: Bounds) -> None:
        changes = [Change.parse(body) for body in part.bodies]
        faults = self.trust.judge(names, head, changes)
        refused = [quarantine.row(names, c, faults[c.seq]) for c in changes if c.seq in faults]
        quarantine.put(names, refused)
        wrong = {(c.type, c.record) for c in changes if c.seq in faults}
        wrong |= _built_on_inert(names, changes)
        if wrong:
            rebuild(self.workspace.store, names, sorted(wrong))


def _built_on_inert(names: Names, changes: Sequence[Change]) -> set[tuple[str, str]]:
    """Records with a form that was opened on a version which was quarantined before the save."""
    if not names.inert:
        return set()
    return {
        (c.type, c.record)
        for c in changes
        if any(dot in names.inert for dots in c.base.values() for dot in names.local(dots))
    }
