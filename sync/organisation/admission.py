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

from models.book.people import EVERY, is_proper, same_name
from models.text.words import Lang, Refused, W, language
from sync.apply.open_book import open_book
from sync.apply.reevaluation import incarnation
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
    "成员由 {who} 的电脑 {tag} 统一登记。请把加入请求拿到那台电脑上办理。",
    "Members are admitted on the device {tag} of {who}. Take the request there.",
)
SAME_NAME = W(
    "已有成员叫“{name}”。如果是同一个人的又一台电脑，请加 --person {name}；否则请用不同的姓名。",
    "A member is called “{name}” already. For another device of theirs add --person {name};"
    " otherwise use a different name.",
)
NO_NAME = W(
    "请求中的姓名无效：应为 1 到 200 个字，不含控制字符。请在那台电脑上重新写一份请求。",
    "The name in the request is not valid: it must have 1 to 200 characters, without control"
    " characters. Write the request again on that device.",
)
GONE = W(
    "这台电脑已停用，不能以原来的密钥再次加入。请在那台电脑上用新的密钥请求：sitebook join request"
    " 文件 --name 姓名 --new-key。",
    "This device was revoked and cannot be admitted again with its key. On that device, ask with a"
    " new one: sitebook join request FILE --name NAME --new-key.",
)
WAITS = W(
    "接入管理员的电脑须有两位管理员签名：请求已提出。确认后再运行一次。",
    "A device of an administrator needs two signatures: it was asked for. Once another"
    " administrator has confirmed it, repeat this.",
)
OTHER_BOOK = W(
    "{path} 中是另一个组织的现场簿，而且不是单人建立的，不能并入。请换一个文件夹（--home）。",
    "{path} holds a book of another organisation that was not started alone; it cannot be brought."
    " Choose another folder (--home).",
)


def request(
    home: Path, path: Path, name: str, passphrase: str | None = None, *, new_key: bool = False
) -> Request:
    """Write the request of this device, making its key if it has none.

    A new one where this device was revoked, or with `new_key`: what was not sent goes along.
    """
    if exists(home):
        _renewed(home, passphrase, anyhow=new_key)
    key = (
        device_key.load(home, passphrase)
        if device_key.read(home)
        else device_key.make(home, passphrase)
    )
    return join_files.write_request(path, key, name, platform.node()[:60])


def _renewed(home: Path, passphrase: str | None, *, anyhow: bool) -> None:
    """A device that was revoked asks under a new key."""
    workspace = open_book(home)
    try:
        if anyhow or incarnation.stopped(workspace):
            exchange = Exchange(workspace, passphrase)
            incarnation.renew(workspace, exchange.trust, exchange.sealing)
    finally:
        workspace.close()


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
    if asked.device not in grown.devices:
        raise Refused(WAITS)
    join_files.write_reply(reply, device_key.load(workspace.home, passphrase), asked, grown)
    return asked


def sequencer(log: Membership) -> str:
    """The device that keeps the log: the founder's, or an administrator's oldest still working."""
    return log.steering_devices()[0].id


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
    if any(one.revoked is not None for one in log.keyed(asked.key)):
        raise Refused(GONE)  # a copy of it may have a new id, and ask with the key of both
    if known is not None and known.key == asked.key:
        return log
    if person is None:
        if not is_proper(asked.name):
            raise Refused(NO_NAME)
        if any(same_name(one.name, asked.name) for one in log.people.values()):
            raise Refused(SAME_NAME, name=asked.name)
        person = device_key.new_id()
        log = log.append("person", {"person": person, "name": asked.name, "title": ""}, signer)
    for role, project in roles:
        body = {"person": person, "role": role, "project": project or EVERY, "grant": True}
        log = log.append("role", body, signer)
    body = {"person": person, "device": asked.device, "key": asked.key.hex(), "name": asked.machine}
    return administration.asked(log, "device", {**body, "tag": log.next_tag()}, signer)
