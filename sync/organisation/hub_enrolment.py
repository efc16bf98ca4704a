"""Enrol: into a hub by a one-time code, as the founder of its organisation or as a member.

Before anything is said to the hub, its certificate authority is compared with the code: an attacker
in between has another one. Each step may be repeated with the same code on this device.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.text.words import Refused, W, language
from sync.hub.handlers.enrolment import asked
from sync.log import membership_store
from sync.organisation import administration
from sync.organisation.join_files import JoinReply
from sync.transport.http import invite_code
from sync.transport.http.client import OTHER_HUB, Denied, Wire
from sync.transport.http.hub_errors import HubError
from sync.transport.http.invite_code import Code
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.signed_request import written
from sync.trust import device_key, space_access
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership, hub_of, replay
from sync.trust.steering import code_key, pair_rules
from sync.trust.steering.steering import HUB
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
    """Bring this book's organisation to a new hub, which keeps the membership log from now on: it
    numbers its entries, and lets in who has an invitation. It is no administrator.
    """
    authority, _ = _bonded(code)
    with Wire(code.url, authority) as wire:
        said = wire.hello()
        known = _address(said, code, authority)
        grown = _with_hub(workspace, known, passphrase)
        if _founded(said, grown):  # the answer was lost
            settled(workspace, known)
            return known
        key = _own(grown, device_key.load(workspace.home, passphrase))
        words = asked(grown.organisation, code.secret, key.id, grown.root)
        body = {"code": code.secret.hex(), "device": key.id, "signature": key.sign(words).hex()}
        entries = [entry_told(one) for one in grown.entries]
        try:
            wire.call("POST", "/v1/found", written({**body, "entries": entries}))
        except Denied:
            if not _founded(wire.hello(), grown):
                raise
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
        proof = code_key.of_code(code.secret)
        invite = proof.public.hex()
        said = code_key.asked(wire.organisation, invite, key.id, key.public.hex(), name)
        body = {"device": key.id, "key": key.public.hex(), "name": name}
        body |= {"machine": platform.node()[:60], "invite": invite}
        body |= {"signature": key.sign(said).hex(), "proof": proof.sign(said).hex()}
        reply = wire.call("POST", "/v1/join", written(body)).json()
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


def _founded(said: Mapping[str, Any], log: Membership) -> bool:
    """Whether the hub has this organisation already, and waits for nothing."""
    return said.get("organisation") == log.organisation and not said.get("awaits")


def _address(said: Mapping[str, Any], code: Code, authority: str) -> Address:
    try:
        return Address(code.url, authority, str(said["device"]), str(said["key"]))
    except KeyError:
        raise Refused(OTHER_HUB, url=code.url) from None


def _with_hub(workspace: Workspace, known: Address, passphrase: str | None) -> Membership:
    """The log with the hub as its keeper; as it is when it says so already."""
    log = membership_store.load(workspace.store.db)
    if hub_of(log) == known.device:  # a hub that lost its database cannot be asked
        return log

    def grow(log: Membership, key: DeviceKey) -> Membership:
        there = hub_of(log)
        if there is not None:
            if there != known.device:
                raise Refused(ANOTHER)
            return log
        name = NAMED.zh if language.now == "zh" else NAMED.en
        body = {"person": HUB + known.device, "device": known.device, "key": known.key}
        return administration.asked(log, "hub", {**body, "name": name, "tag": log.next_tag()}, key)

    grown = administration.change(workspace, grow, passphrase)
    if hub_of(grown) != known.device:
        raise Refused(pair_rules.TWO)
    return grown


def _own(log: Membership, key: DeviceKey) -> DeviceKey:
    return key.but(id=space_access.speaker(log, key.public, key.id))


def _log(reply: Any, code: Code, root: bytes, known: Address) -> Membership:
    """The log that the hub sent: it begins with the root of the code, and the hub keeps it."""
    try:
        log = replay(entries_heard(reply["entries"]), root)
    except (KeyError, TypeError, HubError):
        raise Refused(OTHER_HUB, url=code.url) from None
    if hub_of(log) != known.device or log.devices[known.device].key.hex() != known.key:
        raise Refused(OTHER_HUB, url=code.url)
    return log
