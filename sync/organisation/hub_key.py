"""Hub key: an administrator names a hub's new key in the membership log.

The hub makes the key (`sync.hub.recovery.next_key`) and offers it; from the entry on it counts, and
the old one stops. Every device learns it from the log and needs no new code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.text.words import Refused, W
from sync.hub.hub import Hub
from sync.hub.recovery import next_key
from sync.organisation import administration, hub_administration, invitation
from sync.trust import device_key, space_access
from sync.trust.membership import Membership, hub_of
from sync.workspace.workspace import Workspace

NONE_OFFERED = W(
    "同步服务器 {url} 没有要换的新密钥。请先在那里运行 sitebook hub rekey，再重新启动它。",
    "The hub {url} offers no new key. First run sitebook hub rekey there and restart it.",
)


def accept(workspace: Workspace, passphrase: str | None = None) -> bool:
    """Name the key that the hub offers; False where another administrator must confirm it.

    Raises `Refused` where it offers none.
    """
    offered = hub_administration.offered_key(workspace, passphrase)
    if offered is None:
        raise Refused(NONE_OFFERED, url=hub_administration.address(workspace).url)
    device, key = offered

    log = administration.change(
        workspace,
        lambda log, own: administration.asked(log, "hub", _body(log, device, key), own),
        passphrase,
    )
    return hub_of(log) == device


def at_hub(hub: Hub, book: Path, passphrase: str | None = None) -> bool:
    """Name the key made in the hub's own folder, by an administrator's book on this computer; False
    where there is no such book, or another administrator must confirm it.
    """
    made = next_key.read(hub.home)
    if made is None or not invitation.steers(hub.membership.now(), book):
        return False
    if invitation.told(hub, book) > len(hub.membership.now().entries):
        raise Refused(invitation.BEHIND, path=book)
    own = device_key.load(book, passphrase)

    def grow(log: Membership) -> Membership:
        key = own.but(id=space_access.speaker(log, own.public, own.id))
        body = _body(log, made.id, made.public.hex())
        return log.kept(administration.asked(log, "hub", body, key).entries[-1], hub.key_for(log))

    hub.base.write(lambda: hub.membership.grow(grow))
    invitation.told(hub, book)
    next_key.settle(hub.home, hub_of(hub.membership.now()))
    return not next_key.exists(hub.home)


def _body(log: Membership, device: str, key: str) -> Mapping[str, Any]:
    """The hub that there is, on another device."""
    was = log.devices[hub_of(log) or ""]
    body = {"person": was.person, "device": device, "key": key, "name": was.name}
    return {**body, "tag": log.next_tag()}
