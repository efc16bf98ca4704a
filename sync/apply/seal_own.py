"""Seal own: our own changes are signed, and authorised by the rules that every other device
applies.

So a change that others will quarantine is quarantined here too, and its author sees why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.text.words import Refused, W
from sync.apply.local_history import LocalHistory
from sync.apply.reevaluation.adoption import adopting
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.transaction import Transaction, begin
from sync.apply.verifier import SegmentVerifier
from sync.changes.change import Change
from sync.encoding.segment import DeviceAlias
from sync.log import device_aliases, quarantine, seals
from sync.log.histories import set_aside
from sync.log.seals import Bounds, Seal
from sync.log.version_lookup import VersionLookup
from sync.trust import seal
from sync.trust.device_key import DeviceKey, Identity, load, read
from sync.trust.seal import SealedHead
from sync.validation.authorize import authorise_all
from sync.validation.change_context import version_named
from sync.workspace.workspace import Workspace

NOT_ADMITTED = W(
    "本机还没有加入组织，写下的内容先留在本机。请管理员接入这台电脑，再同步一次。",
    "This device is not admitted yet; what was written stays here for now."
    " Ask an administrator to admit the device, then sync again.",
)


class Sealing:
    """Seals what this device wrote; the key is read, and its passphrase used, at the first seal."""

    def __init__(
        self, workspace: Workspace, trust: SegmentVerifier, passphrase: str | None = None
    ) -> None:
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

    def forget(self) -> None:
        """The device has another key by now."""
        self._key = None

    def seal(self, space: str) -> int:
        """Seal all of a space that is not sealed yet; returns how many segments that made.

        Joins the running transaction or makes one.
        """
        db = self.workspace.store.db.connection()
        if not self._open(db, space):
            return 0
        key, made = self.key, 0
        with begin(self.workspace, self.trust, space) as tx:
            for device in self._open(db, space):
                self._vouch(db, device, key)
                parts = list(seals.unsealed(db, space, tx.names.idx(device)))
                for part, members in zip(
                    parts, self._versions(parts, self._since(db, device)), strict=True
                ):
                    self._seal(tx, device, part, key, members)
                    made += 1
        return made

    def _open(self, db: Any, space: str) -> list[str]:
        """Our device ids, earlier ones of the same key included, that have something unsealed."""
        who: Identity | DeviceKey | None = self._key or read(self.workspace.home)
        own = (*(who.was if who else ()), self.workspace.log.device)
        return seals.devices_unsealed(db, space, own)

    def _vouch(self, db: Any, device: str, key: DeviceKey) -> None:
        """Have our key's word for a device id that the members do not know; else `Refused`."""
        known = self.trust.membership
        if self.trust.writer(db, device, known.version) is not None:
            return
        old = next((was for was in reversed(key.was) if known.person_of(was)), None)
        if old is None:
            raise Refused(NOT_ADMITTED)
        word = seal.vouch(key, known.organisation, old, device)
        device_aliases.keep(db, device, DeviceAlias(old, word))

    def _versions(self, parts: Sequence[Bounds], since: int) -> list[int]:
        """The membership version that each seal names: the one of now for the last.

        A move names the version at which it was made, which no seal before it may exceed
        (`sync.validation.rules.floor_rules`): what is sealed at once may have been written
        before the newest entries came here.
        """
        upto = self.trust.membership.version
        found = [upto]
        for part in reversed(parts[1:]):
            said = (version_named(Change.parse(body)) for body in part.bodies)
            upto = min([upto, *filter(None, said)])
            found.append(max(upto, since))
        return found[::-1]

    def _since(self, db: Any, device: str) -> int:
        """The membership version that admitted a device of ours."""
        known = self.trust.membership
        writer = self.trust.writer(db, device, known.version)
        return known.devices[writer.device].since if writer is not None else known.version

    def _seal(
        self, tx: Transaction, device: str, part: Bounds, key: DeviceKey, members: int
    ) -> None:
        known = self.trust.membership
        head = SealedHead(known.organisation, tx.space, device, part.last, part.hash, members)
        idx, sig = tx.names.idx(device), seal.seal(key, head)
        row = Seal(idx, part.first, part.last, part.hash, members, sig)
        seals.put(tx.db, tx.space, row)
        self._judge(tx, device, part, members)

    def _judge(self, tx: Transaction, device: str, part: Bounds, members: int) -> None:
        known, names = tx.membership, tx.names
        writer = self.trust.writer(tx.db, device, members, part.first)
        assert writer is not None
        changes = [Change.parse(body) for body in part.bodies]
        own = names.idx(device), part.first
        past = LocalHistory(tx, (c.record for c in changes), own)
        faults = authorise_all(changes, writer, past, known).faults
        quarantine.put(names, [(c, faults[c.seq]) for c in changes if c.seq in faults])
        set_aside.repeated(tx.db, tx.space, (c for c in changes if c.seq not in faults))
        wrong = {(c.type, c.record) for c in changes if c.seq in faults}
        wrong |= _built_on_inert(names, changes)
        rebuild(tx, sorted(wrong))
        if adopted := adopting(changes, faults):
            reevaluate(tx, sorted(adopted))


def _built_on_inert(names: VersionLookup, changes: Sequence[Change]) -> set[tuple[str, str]]:
    """Records saved from a form that was opened before what it shows was quarantined."""
    if not (names.refused or names.parked):
        return set()
    return {
        (c.type, c.record)
        for c in changes
        for register, dots in c.base.items()
        if any(names.inert(dot, register) for dot in names.local(dots))
    }
