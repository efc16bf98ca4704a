"""Enrol: into a hub by a one-time code, as the founder of its organisation or as a member.

Before anything is said to the hub, its certificate authority is compared with the code: an attacker
in between has another one. Each step may be repeated with the same code on this device.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.text.words import Refused, W, language
from sync.hub.handlers.enrolment import asked
from sync.log import membership_store
from sync.organisation import administration
from sync.organisation.join_files import JoinReply
from sync.transport.http import invite_code
from sync.transport.http.client import OTHER_HUB, Wire
from sync.transport.http.hub_errors import HubError
from sync.transport.http.invite_code import Code
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.signed_request import written
from sync.trust import device_key, space_access
from sync.trust.device_key import DeviceKey
from sync.trust.membership import HUB, Membership, hub_of, replay
from sync.workspace import hub_address
from sync.workspace.acknowledgements import PEER
from sync.workspace.hub_address import Address
from sync.workspace.workspace import Workspace

NAMED = W("同步服务器", "Hub")
ANOTHER = W(
    "这里的组织已有同步服务器。一个组织只有一个同步服务器。",
    "This organisation has a hub already. An organisation has one hub.",
)


def found(workspace: Workspace, code: Code, passphrase: str | None = None) -> Address:
    """Bring this book's organisation to a new hub, which becomes its administrator and keeps
    the membership log from now on.
    """
    authority, _ = _bonded(code)
    with Wire(code.url, authority) as wire:
        known = _address(wire.hello(), code, authority)
        grown = _with_hub(workspace, known, passphrase)
        key = _own(grown, device_key.load(workspace.home, passphrase))
        said = asked(grown.organisation, code.secret, key.id, grown.root, "")
        body = {"code": code.secret.hex(), "device": key.id, "signature": key.sign(said).hex()}
        entries = [entry_told(one) for one in grown.entries]
        wire.call("POST", "/v1/found", written({**body, "entries": entries}))
    settled(workspace, known)
    return known


def come(
    home: Path, code: Code, name: str, passphrase: str | None = None
) -> tuple[JoinReply, Address]:
    """Be admitted by a code; the log comes back, and nothing else is changed here yet."""
    key = (
        device_key.load(home, passphrase)
        if device_key.read(home)
        else device_key.make(home, passphrase)
    )
    authority, root = _bonded(code)
    with Wire(code.url, authority) as wire:
        known = _address(wire.hello(), code, authority)
        said = asked(wire.organisation, code.secret, key.id, key.public, name)
        body = {"device": key.id, "key": key.public.hex(), "name": name}
        body |= {"machine": platform.node()[:60], "code": code.secret.hex()}
        signature = key.sign(said).hex()
        reply = wire.call("POST", "/v1/join", written({**body, "signature": signature})).json()
    log = _log(reply, code, root, known)
    mine = [one.person for one in log.devices.values() if one.key == key.public]
    if not mine:
        raise Refused(OTHER_HUB, url=code.url)
    return JoinReply(log, NAMED.zh if language.now == "zh" else NAMED.en, mine[-1]), known


def settled(workspace: Workspace, known: Address) -> None:
    """Remember the hub as the one to sync with."""
    hub_address.save(workspace.home, known)
    with workspace.store.write():
        workspace.store.set_meta(PEER, known.url)


def _bonded(code: Code) -> tuple[str, bytes]:
    """Authority and root, as the hub shows them and the code bears out; nothing is sent before."""
    with Wire(code.url, "", blind=True) as wire:
        shown = wire.call("GET", "/v1/authority").json()
    try:
        authority, root = str(shown["authority"]), bytes.fromhex(shown["root"])
        root = b"" if code.founding else root
        right = invite_code.bond(authority, root, plain=code.plain) == code.bond
    except (KeyError, TypeError, ValueError):
        right = False
    if not right:
        raise Refused(OTHER_HUB, url=code.url)
    return "" if code.plain else authority, root


def _address(said: Mapping[str, Any], code: Code, authority: str) -> Address:
    try:
        return Address(code.url, authority, str(said["device"]), str(said["key"]))
    except KeyError:
        raise Refused(OTHER_HUB, url=code.url) from None


def _with_hub(workspace: Workspace, known: Address, passphrase: str | None) -> Membership:
    """The log with the hub as an administrator; as it is when it says so already."""

    log = membership_store.load(workspace.store.db)
    if hub_of(log) == known.device:  # a hub that lost its database cannot be asked
        return log

    def grow(log: Membership, key: DeviceKey) -> Membership:
        there = hub_of(log)
        if there is not None:
            if there != known.device:
                raise Refused(ANOTHER)
            return log
        person = HUB + known.device
        name = NAMED.zh if language.now == "zh" else NAMED.en
        log = log.append("person", {"person": person, "name": name, "title": ""}, key)
        log = log.admit(person, known.device, bytes.fromhex(known.key), name, key)
        return log.append("admin", {"person": person, "grant": True}, key)

    return administration.change(workspace, grow, passphrase)


def _own(log: Membership, key: DeviceKey) -> DeviceKey:
    return replace(key, id=space_access.speaker(log, key.public, key.id))


def _log(reply: Any, code: Code, root: bytes, known: Address) -> Membership:
    """The log that the hub sent: it begins with the root of the code, and the hub keeps it."""
    try:
        log = replay(entries_heard(reply["entries"]), root)
    except (KeyError, TypeError, HubError):
        raise Refused(OTHER_HUB, url=code.url) from None
    if hub_of(log) != known.device or log.devices[known.device].key.hex() != known.key:
        raise Refused(OTHER_HUB, url=code.url)
    return log
