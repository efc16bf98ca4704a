"""Administration: a new entry of the membership log, made here by an administrator's device."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.schema.natural_keys import veiled
from sync.apply.reevaluation import positions, revocation
from sync.log import membership_store
from sync.organisation import hub_administration
from sync.organisation.hub_administration import Grow
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership, hub_of
from sync.trust.membership_entry import heads_told
from sync.workspace import acknowledgements, hub_address
from sync.workspace.workspace import Workspace


def change(workspace: Workspace, grow: Grow, passphrase: str | None = None) -> Membership:
    """Append what `grow` adds to the log, all of it or nothing; `Refused` as its rules say.

    Where a hub keeps the log this happens there, and `Refused` without it.
    """
    if kept_by_hub(workspace):
        return hub_administration.change(workspace, grow, passphrase)
    signer = device_key.load(workspace.home, passphrase)
    store = workspace.store
    with store.write():
        log = membership_store.load(store.db)
        grown = grow(log, _admitted(log, signer))
        membership_store.keep(store.db, grown)
        membership_store.project(store.db, grown, pinyin=False)
        store.set_meta("members", grown.version)
    workspace.people.refresh()
    return grown


def kept_by_hub(workspace: Workspace) -> bool:
    """Whether a hub keeps the log and this device has joined it."""
    if hub_address.load(workspace.home) is None:
        return False
    return hub_of(membership_store.load(workspace.store.db)) is not None


def _admitted(log: Membership, key: DeviceKey) -> DeviceKey:
    """The key under the id that the log knows: a restored device goes on under a new one."""
    known = [id for id in (key.id, *reversed(key.was)) if id in log.devices]
    return replace(key, id=known[0]) if known else key


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
    change(workspace, lambda log, key: log.append("admin", body, key), passphrase)


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
            heads = acknowledgements.heads(workspace, device).items()
            body = {"device": device, "last": {veiled(space): seq for space, seq in heads}}
            log = log.append("revoke", body, key)
        if person is not None:
            log = log.append("active", {"person": person, "active": False}, key)
        return log

    carry_out(workspace, grow, passphrase)


def carry_out(workspace: Workspace, grow: Grow, passphrase: str | None = None) -> None:
    """Change the log, and quarantine here what no longer counts, all in one transaction."""
    if kept_by_hub(workspace):  # what arrives from there is carried out as it arrives
        change(workspace, grow, passphrase)
        return
    with workspace.store.write():
        before = membership_store.count(workspace.store.db)
        revocation.carry_out(workspace, change(workspace, grow, passphrase), before)
