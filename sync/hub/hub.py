"""Hub: one hub as it runs: its folder, key, database, members, and what it lets through."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from sync.hub import certificates
from sync.hub.recovery import log_mark, log_wait, next_key
from sync.hub.recovery.log_mark import LogMark
from sync.hub.recovery.log_wait import LogWait
from sync.hub.storage.access import FileAccess
from sync.hub.storage.database import Base
from sync.hub.storage.membership import MembershipLog
from sync.hub.storage.named_histories import NamedHistories
from sync.hub.storage.segments import SegmentStore
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.transport.http.signed_request import WINDOW, Ask, RequestSignature, said_by, text
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership, hub_of
from sync.trust.roster import RosterDevice
from sync.trust.signature import signed
from sync.trust.steering.steering import HUB

NONCES = 200_000
KEPT = 2_000
"""Answers per path whose times are remembered."""
QUOTA = 4 << 30
"""Most bytes that one device may bring."""


class Caller(NamedTuple):
    """Who asks: an admitted device, its signature checked."""

    device: str
    person: str
    said: RequestSignature
    membership: Membership


class Hub:
    """A hub; any number of them, in as many processes, may share one database."""

    def __init__(self, home: Path, url: str, passphrase: str | None = None) -> None:
        self.home = home
        self.base = Base(url)
        self.keys: tuple[DeviceKey, ...] = (device_key.load(home, passphrase),)
        """The hub's key, and the one that is to take its place, if one was made."""
        if next_key.exists(home):
            self.keys += (next_key.load(home, passphrase),)
        self.membership = MembershipLog(self.base, partial(log_mark.rise, home))
        self.wait = LogWait(self.base, home)
        self.segments = SegmentStore(self.base)
        self.named = NamedHistories(self.base, self.segments)
        self.access = FileAccess(self.base)
        self.quota = QUOTA
        self.process = secrets.token_hex(4)
        """Tells this process from others on the same database."""
        self.times: dict[str, deque[float]] = {}
        self._nonces: OrderedDict[str, int] = OrderedDict()

    @property
    def key(self) -> DeviceKey:
        """The key that the membership log names, as last read."""
        return self.key_for(self.membership.last)

    @property
    def next(self) -> DeviceKey | None:
        """The key that is to take the place of the hub's; None where none was made."""
        return next((one for one in self.keys[1:] if one.id != self.key.id), None)

    def key_for(self, log: Membership) -> DeviceKey:
        """The key by which this hub keeps a log; its own one where it keeps it no more."""
        return next((one for one in self.keys if one.id == hub_of(log)), self.keys[0])

    def keeps(self, log: Membership) -> bool:
        """Whether this hub keeps a log."""
        key = self.key_for(log)
        return hub_of(log) == key.id and log.devices[key.id].key == key.public

    def took(self, path: str, seconds: float) -> None:
        """Remember how long an answer took."""
        self.times.setdefault(path, deque(maxlen=KEPT)).append(seconds)

    @cached_property
    def certificate_ends(self) -> datetime | None:
        """When the certificate that this process serves with ends; None without one."""
        return certificates.ends(self.home)

    def create(self) -> None:
        """Make the tables, and the first epoch; wait if the mark shows that something was lost."""
        self.base.create()
        fact = self.base.t.Fact

        def begin() -> None:
            for name, value in (("epoch", new_epoch()), ("members", "")):
                fact.insert(key=name, value=value).on_conflict_ignore().execute()

        self.base.write(begin)
        lost = self.wait.behind(self.membership.now())
        if lost is not None and self.base.write(partial(self.wait.begin, lost)):
            self.renew_epoch(self.epoch)

    def close(self) -> None:
        """Close this thread's connection to the database."""
        self.base.close()

    @property
    def epoch(self) -> str:
        """Changes when the hub was put back to an older state."""
        return self.base.fact("epoch") or ""

    def renew_epoch(self, old: str) -> str:
        """Begin a new epoch and wait for the membership log, unless somebody else did already."""

        def work() -> str:
            now = self.base.fact("epoch") or ""
            if now == old:
                now = self.begin_epoch()
                self.wait.begin()
            return now

        return self.base.write(work)

    def begin_epoch(self) -> str:
        """Begin a new epoch (inside a transaction): devices send everything again."""
        now = new_epoch()
        self.base.note("epoch", now)
        self.base.t.Reader.delete().execute()
        return now

    def standing(self) -> tuple[str, LogMark | None]:
        """The epoch, and what the membership log must reach while the hub waits for it."""
        fact = self.base.t.Fact
        select = fact.select(fact.key, fact.value)
        names = "epoch", log_wait.FACT
        found = dict(self.base.rows(lambda *names: select.where(fact.key.in_(names)), *names))
        return str(found.get("epoch", "")), log_wait.heard(found.get(log_wait.FACT))

    def now(self) -> int:
        """Milliseconds UTC, by the clock that requests are signed by."""
        return time.time_ns() // 1_000_000

    def expects(self, device: str) -> bool:
        """Whether a device may ask, by the log as last read; asks no database."""
        log = self.membership.last
        found = _of_person(log, device)
        return found is not None and _works(log, found)

    def turn_away(self, device: str) -> None:
        """Raise `HubError` for what is no working device of a member."""
        log = self.membership.now()
        if not _works(log, self._member(log, self.standing()[1], device)):
            raise HubError(403, hub_errors.REVOKED)

    def _member(self, log: Membership, awaited: LogMark | None, name: str) -> RosterDevice:
        device = _of_person(log, name)
        if awaited is not None and (device is None or not awaited.within(log)):
            raise HubError(409, hub_errors.AWAITS)
        if not log.entries:
            raise HubError(409, hub_errors.NOT_FOUNDED)
        if device is None:
            raise HubError(403, hub_errors.STRANGER)
        return device

    def caller(self, ask: Ask) -> Caller:
        """Who signed a request. Raises `HubError` unless an admitted device did, now, once."""
        said = said_by(ask.headers)
        if said is None:
            raise HubError(401, hub_errors.UNSIGNED)
        membership = self.membership.now()
        epoch, awaited = self.standing()
        device = self._member(membership, awaited, said.device)
        if not signed(device.key, text(membership.organisation, ask, said), said.signature):
            raise HubError(401, hub_errors.BAD_SIGNATURE)
        if not _works(membership, device):
            raise HubError(403, hub_errors.REVOKED)
        if abs(self.now() - said.time) > WINDOW:
            raise HubError(401, hub_errors.CLOCK, time=self.now())
        self._once(said)
        if said.epoch != epoch:
            raise HubError(409, hub_errors.OLD_EPOCH, epoch=epoch)
        return Caller(device.id, device.person, said, membership)

    def _once(self, said: RequestSignature) -> None:
        """Refuse a request that this process has answered before."""
        name = f"{said.device}/{said.nonce}"
        if name in self._nonces:
            raise HubError(409, hub_errors.REPLAYED)
        self._nonces[name] = said.time
        while len(self._nonces) > NONCES:
            self._nonces.popitem(last=False)

    def spend(self, caller: Caller) -> None:
        """Refuse a changing request that any process has answered (inside its transaction)."""
        nonce = self.base.t.Nonce
        name = f"{caller.device[-31:]}/{caller.said.nonce[:32]}"
        new = self.base.run(
            lambda name, at: nonce.insert(nonce=name, at=at).on_conflict_ignore(), name, self.now()
        )
        if not new.rowcount:
            raise HubError(409, hub_errors.REPLAYED)

    def sweep(self) -> None:
        """Forget numbers whose requests would be refused by their time."""
        nonce = self.base.t.Nonce
        self.base.write(lambda: nonce.delete().where(nonce.at < self.now() - 3 * WINDOW).execute())

    def use(self, device: str, size: int) -> None:
        """Count what a device brings (inside the transaction); `HubError` beyond its quota."""
        usage = self.base.t.Usage

        def more(device: Any, size: Any, again: Any) -> Any:
            grown = {usage.size: usage.size + again}
            row = usage.insert(device=device, size=size)
            return row.on_conflict(conflict_target=[usage.device], update=grown)

        self.base.run(more, device, size, size)
        select = usage.select(usage.size)
        ((used,),) = self.base.rows(lambda device: select.where(usage.device == device), device)
        if used > self.quota:
            raise HubError(413, hub_errors.OVER_QUOTA, quota=self.quota)


def _of_person(log: Membership, name: str) -> RosterDevice | None:
    """The admitted device of this name; a hub, whose id anybody is told, asks for nothing."""
    device = log.devices.get(name)
    return None if device is None or device.person.startswith(HUB) else device


def _works(log: Membership, device: RosterDevice) -> bool:
    return device.revoked is None and log.is_active(device.person)


def new_epoch() -> str:
    """A name that no epoch had before."""
    return secrets.token_hex(8)
