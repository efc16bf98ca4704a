"""Hub administration: the membership log where a hub keeps it; an administrator's device adds to it
there.

Entries are made on top of what the hub has and taken here only once it has taken them, so that
two administrators never make entries with one number. Without the hub nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.text.words import Refused, W
from sync.transport.exchange import Exchange
from sync.transport.http import hub_errors, renewed_key
from sync.transport.http.client import OTHER_HUB, Denied, Wire
from sync.transport.http.payloads import entry_told
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


def offered_key(workspace: Workspace, passphrase: str | None = None) -> tuple[str, str] | None:
    """(device, key) that the hub wants to go on with; None where it offers none."""
    with _Line(workspace, passphrase) as line:
        found = line.wire.hello().get("next")
        if not isinstance(found, list) or [type(one) for one in found] != [str, str]:
            return None
        return found[0], found[1]


def address(workspace: Workspace) -> Address:
    """The hub of this book. Raises `Refused` where none was joined."""
    known = hub_address.load(workspace.home)
    if known is None:
        raise Refused(NOT_JOINED)
    return known


class _Line:
    """An open line to the hub, under the device's key."""

    def __init__(self, workspace: Workspace, passphrase: str | None) -> None:
        self.known = address(workspace)
        self.exchange = Exchange(workspace, passphrase)
        self.key = self.exchange.admitted()
        self.wire = Wire(self.known.url, self.known.authority)

    def __enter__(self) -> _Line:
        said = self.wire.hello()
        try:
            self.known = renewed_key.followed(self.exchange, self.wire, said, self.known, self.key)
        except BaseException:
            self.wire.close()
            raise
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
        renewed_key.hear(self.exchange, self.wire, self.key)

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
        self.hear()  # as the hub numbered them
        return True
