"""Invitation: a one-time code, as an administrator's device signs it into the membership log.

The code is the secret half of a key whose public half is in the entry: without it no invitation
can be used, by the hub neither, and the hub gives only what the entry says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from models.text.words import Refused, W
from sync.apply.open_book import open_book
from sync.hub.hub import Hub
from sync.log.change_log import wall
from sync.organisation import administration, hub_administration
from sync.transport.exchange import Exchange
from sync.transport.http.invite_code import Code, bond, new_secret, read, spelt
from sync.trust import device_key, space_access
from sync.trust.membership import Membership
from sync.trust.steering import code_key
from sync.workspace.workspace import Workspace, exists

DAY = 24 * 3600 * 1000
DAYS = 7

NO_SIGNER = W(
    "邀请须由管理员的电脑签名，而 {path} 中没有管理员的现场簿。请在管理员的电脑上运行"
    " sitebook hub invite，或用 --book 写明它在这台计算机上的文件夹。",
    "An invitation needs the signature of an administrator's device, and there is no"
    " administrator's book in {path}. Run sitebook hub invite on an administrator's device, or name"
    " the folder of their book on this computer: --book FOLDER.",
)
WAITING = W(
    "同步服务器在等管理员的电脑来同步，此前不能邀请。",
    "The hub waits for an administrator's device to sync, and invites nobody before.",
)
BEHIND = W(
    "{path} 中的现场簿比同步服务器有更多成员日志。请先让它同步，再重复。",
    "The book in {path} has more of the membership log than the hub. Sync it first, then repeat.",
)


class Guest(NamedTuple):
    """Whom a code is for."""

    name: str = ""
    """A new person's name; empty: who comes says it."""
    person: str = ""
    """The id of a member whose further device it is."""
    roles: Sequence[tuple[str, str]] = ()
    """(role, project or '*') of a new person."""
    days: int = DAYS

    def body(self, secret: bytes) -> dict[str, Any]:
        """What the entry says."""
        roles = [] if self.person else [list(one) for one in self.roles]
        return {
            "invite": code_key.of_code(secret).public.hex(),
            "person": self.person,
            "name": "" if self.person else self.name,
            "roles": roles,
            "until": wall() + self.days * DAY,
        }


def make(workspace: Workspace, guest: Guest, passphrase: str | None = None) -> str:
    """A code of the hub that this administrator's device joined, as people type it."""
    known, secret = hub_administration.address(workspace), new_secret()
    body = guest.body(secret)
    log = administration.change(
        workspace, lambda log, key: administration.asked(log, "invite", body, key), passphrase
    )
    where, plain = urlsplit(known.url), known.url.startswith("http:")
    tied = bond(known.authority, log.root, plain=plain)
    host, port = where.hostname or "", where.port or (80 if plain else 443)
    return spelt(Code(host, port, secret, tied, plain=plain))


def at_hub(hub: Hub, book: Path, guest: Guest, passphrase: str | None = None) -> bytes:
    """The secret of a code made in the hub's own folder, signed by an administrator's book there.

    The book takes what the hub's log has. Raises `Refused` without such a book, and while the hub
    waits for its membership log.
    """
    if hub.wait.now() is not None:
        raise Refused(WAITING)
    log, secret = hub.membership.now(), new_secret()
    if not steers(log, book):
        raise Refused(NO_SIGNER, path=book)
    if told(hub, book) > len(log.entries):
        raise Refused(BEHIND, path=book)
    own = device_key.load(book, passphrase)
    key = own.but(id=space_access.speaker(log, own.public, own.id))

    def grow(log: Membership) -> Membership:
        drafted = administration.asked(log, "invite", guest.body(secret), key)
        return log.kept(drafted.entries[-1], hub.key_for(log))

    hub.base.write(lambda: hub.membership.grow(grow))
    told(hub, book)
    return secret


def told(hub: Hub, book: Path) -> int:
    """The book takes what the hub's log has: a hub that is put back finds it there. Returns how
    many entries the book has then.
    """
    workspace = open_book(book)
    try:
        exchange = Exchange(workspace)
        exchange.take_members(hub.membership.now().entries)
        return len(exchange.trust.membership.entries)
    finally:
        workspace.close()


def steers(log: Membership, book: Path) -> bool:
    """Whether there is an administrator's book in a folder, by its key."""
    who = device_key.read(book) if exists(book) else None
    return who is not None and any(one.key == who.public for one in log.steering_devices())


def waits(log: Membership, code: str) -> bool:
    """Whether another administrator must confirm a code before it counts."""
    public = code_key.of_code(read(code).secret).public.hex()
    return public not in log.steering.invitations
