"""Administration: a new entry of the membership log, made here by an administrator's device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.text.words import Refused, W
from sync.apply.reevaluation import positions, revocation
from sync.apply.seal_own import Sealing
from sync.apply.verifier import SegmentVerifier
from sync.log import logged_changes, membership_store
from sync.organisation import hub_administration
from sync.organisation.hub_administration import Grow
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership, hub_of
from sync.trust.membership_entry import UNNUMBERED, VERSION, EntryStatement, heads_told
from sync.trust.signature import Signer
from sync.trust.steering import pair_rules
from sync.workspace import hub_address
from sync.workspace.workspace import Workspace

HUB_KEEPS = W(
    "成员由同步服务器统一登记，而本机没有加入它。请先用邀请码加入。",
    "The hub keeps the members, and this device has not joined it. Join it by a code first.",
)


def change(
    workspace: Workspace, grow: Grow, passphrase: str | None = None, *, alone: bool = False
) -> Membership:
    """Append what `grow` adds to the log, all of it or nothing; `Refused` as its rules say.

    Where a hub keeps the log this happens there, and `Refused` without it; `alone` for entries that
    end a hub which is lost.
    """
    if kept_by_hub(workspace) and not alone:
        return hub_administration.change(workspace, grow, passphrase)
    signer = device_key.load(workspace.home, passphrase)
    store = workspace.store
    with store.write():
        log = membership_store.load(store.db)
        grown = _kept(log, grow(log, _admitted(log, signer)))
        membership_store.keep(store.db, grown)
        membership_store.project(store.db, grown, pinyin=False)
        store.set_meta("members", grown.version)
    workspace.people.refresh()
    return grown


def _kept(log: Membership, drafted: Membership) -> Membership:
    """What was drafted, held to the rules of what is stored: nothing that a hub must number."""
    try:
        return log.extend(drafted.entries[len(log.entries) :])
    except Refused as why:
        if why.word is UNNUMBERED:
            raise Refused(HUB_KEEPS) from why
        raise


def asked(log: Membership, kind: str, body: Mapping[str, Any], key: Signer) -> Membership:
    """The log with an entry, or where two administrators must sign, with a request for it."""
    said = EntryStatement(VERSION, log.version + 1, log.head, kind, key.id, dict(body))
    if pair_rules.needs_two(log, said):
        return log.append("ask", {"kind": kind, "body": body}, key)
    return log.append(kind, body, key)


def kept_by_hub(workspace: Workspace) -> bool:
    """Whether a hub keeps the log and this device has joined it."""
    if hub_address.load(workspace.home) is None:
        return False
    return hub_of(membership_store.load(workspace.store.db)) is not None


def _admitted(log: Membership, key: DeviceKey) -> DeviceKey:
    """The key under the id that the log knows: a restored device goes on under a new one."""
    known = [id for id in (key.id, *reversed(key.was)) if id in log.devices]
    return key.but(id=known[0]) if known else key


def add_person(workspace: Workspace, name: str, title: str, passphrase: str | None = None) -> str:
    """Make somebody known; returns the new person's id. They need a device to write anything."""
    person = device_key.new_id()
    body = {"person": person, "name": name, "title": title}
    change(workspace, lambda log, key: log.append("person", body, key), passphrase)
    return person


def set_role(
    workspace: Workspace,
    person: str,
    role: str,
    project: str,
    *,
    grant: bool,
    passphrase: str | None = None,
) -> None:
    """Give a role on a project ('*': every one) or take it away; never to oneself.

    Taking it away names up to where this person's work is known here: what needed the role and
    comes later is quarantined, wherever it turns up.
    """
    body: dict[str, Any] = {"person": person, "role": role, "project": project, "grant": grant}
    if grant:
        change(workspace, lambda log, key: log.append("role", body, key), passphrase)
        return

    def take(log: Membership, key: DeviceKey) -> Membership:
        heads = positions.of_person(workspace.store.db.connection(), person, project)
        told = {device: heads_told(one) for device, one in heads.items()}
        return log.append("role", {**body, "heads": told}, key)

    carry_out(workspace, take, passphrase)


def set_administrator(
    workspace: Workspace, person: str, *, grant: bool, passphrase: str | None = None
) -> None:
    """Let somebody change the membership, or no longer; somebody always must be able to."""
    body = {"person": person, "grant": grant}
    change(workspace, lambda log, key: asked(log, "admin", body, key), passphrase)


def set_pair(workspace: Workspace, *, on: bool, passphrase: str | None = None) -> None:
    """Ask for two administrators' signatures for what concerns administrators, or for one again."""
    change(workspace, lambda log, key: asked(log, "two", {"on": on}, key), passphrase)


def confirm(
    workspace: Workspace, number: int, key: DeviceKey | None = None, passphrase: str | None = None
) -> None:
    """Confirm what another administrator asked for; with the recovery key as `key`."""

    def grow(log: Membership, own: DeviceKey) -> Membership:
        return log.append("confirm", {"n": number}, key or own)

    carry_out(workspace, grow, passphrase)


def drop(workspace: Workspace, number: int, passphrase: str | None = None) -> None:
    """Take back what one asked for."""
    change(workspace, lambda log, key: log.append("drop", {"n": number}, key), passphrase)


def revoke(workspace: Workspace, device: str, passphrase: str | None = None) -> None:
    """Stop a device: what it wrote and is not here by now is quarantined, wherever it turns up."""
    _stop(workspace, [device], None, passphrase)


def leave(workspace: Workspace, person: str, passphrase: str | None = None) -> None:
    """Somebody has left: no roles any more, and each of their devices is stopped."""
    log = membership_store.load(workspace.store.db)
    own = (one for one in log.devices.values() if one.person == person)
    devices = [one.id for one in own if one.revoked is None]
    _stop(workspace, devices, person, passphrase)


def _stop(
    workspace: Workspace, devices: list[str], person: str | None, passphrase: str | None
) -> None:
    """All of it in one transaction, what must be quarantined here included."""

    def grow(log: Membership, key: DeviceKey) -> Membership:
        for device in devices:
            heads = positions.of_device(workspace.store.db.connection(), device)
            told = {id: heads_told(one) for id, one in heads.items()}
            log = asked(log, "revoke", {"device": device, "heads": told}, key)
        if person is not None:
            log = asked(log, "active", {"person": person, "active": False}, key)
        return log

    carry_out(workspace, grow, passphrase)


def carry_out(
    workspace: Workspace, grow: Grow, passphrase: str | None = None, *, alone: bool = False
) -> None:
    """Change the log, and quarantine here what no longer counts, all in one transaction.

    What was written here before is sealed first: it was written by the roles of then, which may be
    the ones that are given up now.
    """
    _seal(workspace, passphrase)
    if kept_by_hub(workspace) and not alone:  # what arrives from there is carried out as it arrives
        change(workspace, grow, passphrase)
        return
    with workspace.store.write():
        before = membership_store.count(workspace.store.db)
        grown = change(workspace, grow, passphrase, alone=alone)
        revocation.carry_out(workspace, grown, before)


def _seal(workspace: Workspace, passphrase: str | None) -> None:
    """Seal all that this device wrote, by the members as they are."""
    own = Sealing(workspace, SegmentVerifier(workspace.store), passphrase)
    for space in logged_changes.spaces(workspace.store.db.connection()):
        own.seal(space)
