"""Steering text: requests of administrators, and uses of the recovery key, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.book.people import People
from models.text.words import W, say
from sync.trust.steering.steering import PendingRequest, RecoveryUse

MAKE = W("设 {name} 为管理员", "make {name} an administrator")
UNMAKE = W("取消 {name} 的管理员身份", "remove {name} as administrator")
LEAVE = W("登记 {name} 已离开", "mark {name} as having left")
RETURN = W("登记 {name} 已回来", "mark {name} as having returned")
STOP = W("停用 {name} 的电脑 {tag}", "stop the device {tag} of {name}")
FURTHER = W("接入 {name} 的另一台电脑", "admit another device of {name}")
INVITE = W("邀请 {name} 的另一台电脑", "invite another device of {name}")
ONE = W("以后只需一位管理员签名", "require one administrator's signature only")
KEY = W("更换恢复密钥", "replace the recovery key")
HUB = W("更换同步服务器的密钥", "change the hub's key")
OTHER = W("其他", "something else")
ASKED = W("{what}（{who} 提出）", "{what} (asked for by {who})")
USED = W(
    "恢复密钥被使用：{name} 成为管理员。{instead}请核实，并由管理员更换恢复密钥。",
    "The recovery key was used: {name} became an administrator. {instead}Make sure that this is"
    " right; an administrator should replace the recovery key.",
)
INSTEAD = W("{names} 不再是管理员。", "No longer an administrator: {names}. ")


def request_text(people: People, one: PendingRequest) -> str:
    """What is asked for, and by whom."""
    who = people.name(people.person_of(one.by) or "")
    return say(ASKED, what=asked_text(people, one.kind, one.body), who=who)


def use_text(people: People, one: RecoveryUse) -> str:
    """What was done with the recovery key, and what to do now."""
    names = ", ".join(people.name(who) for who in one.instead)
    instead = say(INSTEAD, names=names) if names else ""
    return say(USED, name=people.name(one.person), instead=instead)


def asked_text(people: People, kind: str, body: Mapping[str, Any]) -> str:
    """What is asked for."""
    device = str(body.get("device", ""))
    person = people.person_of(device) if kind == "revoke" else body.get("person")
    word = {
        "admin": MAKE if body.get("grant") else UNMAKE,
        "active": RETURN if body.get("active") else LEAVE,
        "revoke": STOP,
        "device": FURTHER,
        "invite": INVITE,
        "two": ONE,
        "recovery": KEY,
        "hub": HUB,
    }.get(kind, OTHER)
    return say(word, name=people.name(str(person or "")), tag=people.tag_of(device) or "")
