"""Hub administration: the membership log where a hub keeps it; an administrator's device adds to it
there.

Entries are made on top of what the hub has and taken here only once it has taken them, so that
two administrators never make entries with one number. Without the hub nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from models.text.words import Refused, W
from sync.transport.exchange import Exchange
from sync.transport.http import hub_errors
from sync.transport.http.client import OTHER_HUB, Denied, Wire
from sync.transport.http.hub_errors import HubError
from sync.transport.http.invite_code import SECRET, Code, bond, spelt
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.signed_request import written
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace import hub_address
from sync.workspace.hub_address import Address
from sync.workspace.workspace import Workspace

TRIES = 4
"""How often entries are made anew because somebody else's came first."""

NOT_JOINED = W(
    "本机没有加入同步服务器，不能发邀请码。可以改用加入请求文件。",
    "This device has not joined a hub, so there are no codes. Admit by a request file instead.",
)
SYNC_FIRST = W(
    "同步服务器 {url} 恢复到了较早的状态。请先让本机同步，再重复。",
    "The hub {url} was put back to an older state. Sync this device first, then repeat.",
)


Grow = Callable[[Membership, DeviceKey], Membership]
"""What adds entries to a membership log, signed by a key."""


def change(workspace: Workspace, grow: Grow, passphrase: str | None = None) -> Membership:
    """Have the hub append what `grow` adds, and take it here. `Refused`: nothing was changed."""
    with _Line(workspace, passphrase) as line:
        for _ in range(TRIES):
            line.hear()
            if line.add(grow):
                break
        else:
            raise Refused(OTHER_HUB, url=line.known.url)
        return line.exchange.trust.membership


def rules_known(workspace: Workspace, passphrase: str | None = None) -> int:
    """The highest level of the rules that the hub's program knows."""
    with _Line(workspace, passphrase) as line:
        said = line.wire.hello().get("rules", 1)
        return said if type(said) is int else 1


def invite(
    workspace: Workspace,
    *,
    name: str = "",
    person: str = "",
    roles: Sequence[tuple[str, str]] = (),
    days: int = 7,
    passphrase: str | None = None,
) -> str:
    """A one-time code of the hub, as people type it; only for administrators."""
    with _Line(workspace, passphrase) as line:
        asked = {"name": name, "person": person, "roles": [list(one) for one in roles]}
        data = line.call("POST", "/v1/invite", written({**asked, "days": days})).json()
        try:
            secret = bytes.fromhex(str(data["code"]))
            if len(secret) != SECRET:
                raise ValueError("not a secret")
        except (KeyError, TypeError, ValueError):
            raise Refused(OTHER_HUB, url=line.known.url) from None
        return _spelt(line.known, line.exchange.trust.membership.root, secret)


def _spelt(known: Address, root: bytes, secret: bytes) -> str:
    where, plain = urlsplit(known.url), known.url.startswith("http:")
    tied = bond(known.authority, root, plain=plain)
    host, port = where.hostname or "", where.port or (80 if plain else 443)
    return spelt(Code(host, port, secret, tied, plain=plain))


class _Line:
    """An open line to the hub, under the device's key."""

    def __init__(self, workspace: Workspace, passphrase: str | None) -> None:
        known = hub_address.load(workspace.home)
        if known is None:
            raise Refused(NOT_JOINED)
        self.known: Address = known
        self.exchange = Exchange(workspace, passphrase)
        self.key = self.exchange.admitted()
        self.wire = Wire(known.url, known.authority)

    def __enter__(self) -> _Line:
        said = self.wire.hello()
        mine = self.exchange.trust.membership.organisation
        if said.get("organisation") != mine or said.get("key") != self.known.key:
            self.wire.close()
            raise Refused(OTHER_HUB, url=self.known.url)
        if said.get("awaits"):
            self.wire.close()
            raise Refused(SYNC_FIRST, url=self.known.url)
        return self

    def __exit__(self, *_: object) -> None:
        self.wire.close()

    def call(self, method: str, path: str, body: bytes = b"", **query: str | int) -> Any:
        return self.wire.call(method, path, body, key=self.key, **query)

    def hear(self) -> None:
        """Take what the hub appended since."""
        while True:
            have = len(self.exchange.trust.membership.entries)
            data = self.call("GET", "/v1/members", after=have).json()
            try:
                entries = entries_heard(data["entries"]) if data["entries"] else []
            except (KeyError, TypeError, HubError):
                raise Refused(OTHER_HUB, url=self.known.url) from None
            if not entries:
                return
            self.exchange.take_members(entries)

    def add(self, grow: Grow) -> bool:
        """Offer new entries; False when somebody else's came first."""
        log = self.exchange.trust.membership
        grown = grow(log, self.key)
        fresh = grown.entries[len(log.entries) :]
        if not fresh:
            return True
        try:
            rows = [entry_told(one) for one in fresh]
            self.call("POST", "/v1/members", written({"entries": rows}))
        except Denied as denied:
            if denied.said == hub_errors.BEHIND:
                return False
            raise
        self.exchange.take_members(fresh)
        return True
