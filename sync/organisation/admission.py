"""Admission: a device becomes a member's, by a request file and a reply file.

Where there is no hub, the founder's device keeps the membership log; it alone admits. With a hub
any administrator's device does, while it is connected. The device that asks may have a book
already: of the same organisation (it waited for admission), or begun alone, whose records are
then re-issued (`sync.organisation.reissue`).
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from pathlib import Path

from models.book.people import EVERY
from models.text.words import Lang, Refused, W, language
from sync.apply.open_book import open_book
from sync.log import membership_store
from sync.organisation import administration, join_files
from sync.organisation.join_files import JoinReply, Request, read_reply, read_request
from sync.transport.exchange import Exchange
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace.setup import enter
from sync.workspace.workspace import Workspace, exists

ELSEWHERE = W(
    "成员由 {who} 的设备 {tag} 统一登记。请把加入请求拿到那台设备上办理。",
    "Members are admitted on the device {tag} of {who}. Take the request there.",
)
SAME_NAME = W(
    "已有成员叫“{name}”。如果是同一个人的又一台设备，请加 --person {name}；否则请用不同的姓名。",
    "A member is called “{name}” already. For another device of theirs add --person {name};"
    " otherwise use a different name.",
)
GONE = W(
    "这台设备已停用，不能再次加入。请在新设备上用新的密钥请求加入。",
    "This device was revoked and cannot be admitted again. Ask to join with a new key.",
)
OTHER_BOOK = W(
    "{path} 中是另一个组织的现场簿，而且不是单人建立的，不能并入。请换一个文件夹（--home）。",
    "{path} holds a book of another organisation that was not started alone; it cannot be brought."
    " Choose another folder (--home).",
)


def request(home: Path, path: Path, name: str, passphrase: str | None = None) -> Request:
    """Write the request of this device, making its key if it has none."""
    key = (
        device_key.load(home, passphrase)
        if device_key.read(home)
        else device_key.make(home, passphrase)
    )
    return join_files.write_request(path, key, name, platform.node()[:60])


def admit(
    workspace: Workspace,
    path: Path,
    reply: Path,
    *,
    roles: Sequence[tuple[str, str]] = (),
    person: str | None = None,
    passphrase: str | None = None,
) -> Request:
    """Admit the device of a request and write the reply.

    `roles` are (role, project or '*') for a person who is new; `person` is the id of the member
    whose further device it is. Admitting the same device again only writes the reply again.
    """
    asked, hubbed = read_request(path), administration.kept_by_hub(workspace)

    def grow(log: Membership, signer: DeviceKey) -> Membership:
        keeper = sequencer(log)
        if log.devices[keeper].key != signer.public and not hubbed:
            who = log.people[log.devices[keeper].person].name
            raise Refused(ELSEWHERE, who=who, tag=log.devices[keeper].tag)
        return _admitted(log, signer, asked, roles, person)

    grown = administration.change(workspace, grow, passphrase)
    join_files.write_reply(reply, device_key.load(workspace.home, passphrase), asked, grown)
    return asked


def sequencer(log: Membership) -> str:
    """The device that keeps the log: the founder's, or an administrator's oldest still working."""
    steering = [
        one.id
        for one in sorted(log.devices.values(), key=lambda one: one.since)
        if one.revoked is None and log.is_admin(one.person)
    ]
    return steering[0]


def fingerprint(log: Membership) -> str:
    """A few characters of the organisation's root, to be compared by eye on both devices."""
    text = hashlib.sha256(log.root).hexdigest()[:16].upper()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def opened(home: Path, path: Path, passphrase: str | None = None) -> JoinReply:
    """A reply to this device, checked; nothing is changed yet."""
    return read_reply(path, device_key.load(home, passphrase))


def alone(home: Path, reply: JoinReply) -> bool:
    """Whether the home has a book begun alone, of another organisation than the reply's.

    Raises `Refused` for a book of another organisation that others belong to as well.
    """
    if not exists(home):
        return False
    workspace = open_book(home)
    try:
        log = membership_store.load(workspace.store.db)
    finally:
        workspace.close()
    if log.root == reply.membership.root:
        return False
    if len({one.key for one in log.devices.values()}) > 1:
        raise Refused(OTHER_BOOK, path=home)
    return True


def accept(home: Path, reply: JoinReply, lang: Lang | None = None) -> Workspace:
    """Join with a fresh home, or with a book of this organisation that waited for admission."""
    if not exists(home):
        return enter(home, reply.membership, lang or language.now)
    workspace = open_book(home)
    try:
        Exchange(workspace).take_members(reply.membership.entries)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _admitted(
    log: Membership,
    signer: DeviceKey,
    asked: Request,
    roles: Sequence[tuple[str, str]],
    person: str | None,
) -> Membership:
    known = log.devices.get(asked.device)
    if known is not None and known.key == asked.key:
        if known.revoked is not None:
            raise Refused(GONE)
        return log
    if person is None:
        if any(one.name == asked.name for one in log.people.values()):
            raise Refused(SAME_NAME, name=asked.name)
        person = device_key.new_id()
        log = log.append("person", {"person": person, "name": asked.name, "title": ""}, signer)
    for role, project in roles:
        body = {"person": person, "role": role, "project": project or EVERY, "grant": True}
        log = log.append("role", body, signer)
    return log.admit(person, asked.device, asked.key, asked.machine, signer)
