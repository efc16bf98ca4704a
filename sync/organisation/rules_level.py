"""Rules level: an administrator raises it, once every working device has said that its program
knows it.
"""

from __future__ import annotations

from typing import Any

from models.text.words import Refused, W, listed
from sync.changes import pruned
from sync.changes.change import Change
from sync.log import membership_store
from sync.log.logged_changes import NEWEST
from sync.organisation import administration, hub_administration
from sync.trust import space_access
from sync.trust.membership import Membership
from sync.trust.roster import RosterDevice
from sync.trust.steering import rule_levels
from sync.trust.steering.steering import HUB
from sync.workspace.workspace import Workspace

UNKNOWN = W(
    "本程序只知道第 {known} 级规则，不能升到第 {level} 级。请先升级本机的程序。",
    "This program knows the rules of level {known} only, not of level {level}. Update it first.",
)
NOT_YET = W(
    "这些电脑还没有表明其程序知道第 {level} 级规则：{devices}。"
    "请在其上升级程序、保存任一记录并同步；"
    "不再使用的电脑请停用。",
    "These devices have not shown that their program knows the rules of level {level}: {devices}."
    " Update each, save any record there and sync; revoke devices that are no longer used.",
)
HUB_NOT_YET = W(
    "同步服务器的程序只知道第 {known} 级规则，不能升到第 {level} 级。请先升级服务器。",
    "The hub's program knows the rules of level {known} only, not of level {level}."
    " Update the hub first.",
)
NAMED = 5
"""Devices that the refusal names."""
LAST = f"SELECT d.id, c.body FROM {NEWEST} JOIN device d ON d.idx=h.idx"


def raise_to(workspace: Workspace, level: int, passphrase: str | None = None) -> None:
    """Put the rules of a level in force, from the next membership version on.

    Raises `Refused` while a working device has not said that its program knows them.
    """
    if level > rule_levels.KNOWN:
        raise Refused(UNKNOWN, known=rule_levels.KNOWN, level=level)
    log = membership_store.load(workspace.store.db)
    lacking = without(workspace, log, level)
    if lacking and level > log.level:
        names = [W(name, name) for name in (_name(log, one) for one in lacking[:NAMED])]
        more = len(lacking) - NAMED
        names += [W(f"另有 {more} 台", f"{more} more")] if more > 0 else []
        raise Refused(NOT_YET, level=level, devices=listed(names))
    if administration.kept_by_hub(workspace):
        known = hub_administration.rules_known(workspace, passphrase)
        if known < level:
            raise Refused(HUB_NOT_YET, known=known, level=level)
    administration.change(
        workspace, lambda log, key: log.append("level", {"level": level}, key), passphrase
    )


def without(workspace: Workspace, log: Membership, level: int) -> list[RosterDevice]:
    """The working devices of people that have not said so, this one's own key aside."""
    heard = _heard(workspace)
    mine = workspace.people.me
    return [
        one
        for one in space_access.members(log)
        if heard.get(one.id, 1) < level
        and not one.person.startswith(HUB)
        and not (one.person == mine and one.id == workspace.log.device)
    ]


def _heard(workspace: Workspace) -> dict[str, int]:
    """Device -> the highest level that its newest changes say."""
    db: Any = workspace.store.db.connection()
    found: dict[str, int] = {}
    for device, body in db.execute(LAST):
        if not pruned.is_stub(body):
            level = rule_levels.heard(Change.parse(body).extra)
            found[str(device)] = max(level, found.get(str(device), 1))
    return found


def _name(log: Membership, device: RosterDevice) -> str:
    return f"{log.people[device.person].name} ({device.tag})"
