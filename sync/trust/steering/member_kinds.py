"""Member kinds: the entries about people, devices, roles, administrators and levels. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.book.people import EVERY
from models.text.words import Refused, W
from sync.trust.membership_entry import EntryStatement, heads_heard
from sync.trust.roster import Roster, RosterDevice, RosterPerson
from sync.trust.steering import entry_shapes as is_
from sync.trust.steering.entry_shapes import Act
from sync.trust.steering.steering import HUB, RECOVERY

SELF = W(
    "不能给自己授予角色。请另一位管理员来做。",
    "Nobody can grant themself a role. Ask another administrator.",
)
WRONG = W(
    "成员日志条目“{kind}”的“{field}”缺失或格式不对。请改正后再试。",
    "The membership entry '{kind}' lacks '{field}' or has it in a wrong form. Correct it first.",
)
NO_PERSON = W(
    "成员中没有 {person}。请先添加此人。",
    "There is no member {person}. Add the person first.",
)
NO_DEVICE = W(
    "成员日志中没有可用的电脑 {device}。请检查电脑编号。",
    "The membership log has no working device {device}. Check the device's id.",
)
TAKEN = W(
    "“{value}”已被使用。请换一个。",
    "'{value}' is taken already. Choose another.",
)
ALREADY = W(
    "已经是这样了，无需更改：{what}。",
    "That is so already, nothing to change: {what}.",
)
NO_MEMBER = W(
    "同步服务器不是成员，不能有角色，也不能是管理员。",
    "The hub is no member: it has no roles and cannot be an administrator.",
)


def _found(roster: Roster, said: EntryStatement) -> None:
    body = said.body
    roster.organisation, roster.name = body["organisation"], body["name"]
    enter_person(roster, body["person"], body["person_name"], body["title"])
    enter_device(roster, body["person"], body, body["device_name"])
    roster.turn(("admin", body["person"]))
    for one in body["roles"]:
        roster.turn(("role", body["person"], one, EVERY))


def _person(roster: Roster, said: EntryStatement) -> None:
    body = said.body
    _no_hub(body["person"])
    enter_person(roster, body["person"], body["name"], body["title"])


def enter_person(roster: Roster, id: str, name: str, title: str = "") -> None:
    """Somebody is known from now on."""
    free(roster, id)
    roster.people[id] = RosterPerson(id, name, title)
    roster.turn(("active", id))


def _rename(roster: Roster, said: EntryStatement) -> None:
    body, who = said.body, said.body["id"]
    if who in roster.people:
        roster.people[who] = RosterPerson(who, body["name"], body["title"])
    elif who in roster.devices:
        roster.devices[who] = roster.devices[who]._replace(name=body["name"])
    elif who == roster.organisation:
        roster.name = body["name"]
    else:
        raise Refused(NO_PERSON, person=who)


def _active(roster: Roster, said: EntryStatement) -> None:
    person = member(roster, said)
    _no_hub(person)
    switch(roster, ("active", person), said.body["active"])


def _device(roster: Roster, said: EntryStatement) -> None:
    person = member(roster, said)
    _no_hub(person)
    enter_device(roster, person, said.body, said.body["name"])


def enter_device(roster: Roster, person: str, body: Mapping[str, Any], name: str) -> None:
    """A device of somebody comes in: `device`, `key` and `tag` of the body."""
    public = bytes.fromhex(body["key"])
    free(roster, body["device"])
    if roster.tagged(body["tag"]):
        raise Refused(TAKEN, value=body["tag"])
    for other in roster.keyed(public):
        if other.person != person or other.revoked is not None:
            raise Refused(TAKEN, value=body["key"])
    roster.admitted(RosterDevice(body["device"], person, body["tag"], name, public, roster.version))


def _role(roster: Roster, said: EntryStatement) -> None:
    body, person = said.body, member(roster, said)
    _no_hub(person)
    if body["grant"] and person == roster.person_of(said.by):
        raise Refused(SELF)
    fact = "role", person, body["role"], body["project"]
    switch(roster, fact, body["grant"])
    if not body["grant"]:
        heads = body["heads"].items()
        roster.take(fact, {device: heads_heard(said) for device, said in heads})


def _admin(roster: Roster, said: EntryStatement) -> None:
    person = member(roster, said)
    _no_hub(person)
    switch(roster, ("admin", person), said.body["grant"])


def _revoke(roster: Roster, said: EntryStatement) -> None:
    known = roster.devices.get(said.body["device"])
    if known is None or known.revoked is not None:
        raise Refused(NO_DEVICE, device=said.body["device"])
    heads = {device: heads_heard(one) for device, one in said.body["heads"].items()}
    roster.devices[known.id] = known._replace(revoked=roster.version, last=heads)


def _level(roster: Roster, said: EntryStatement) -> None:
    """The rules have a higher level from here on; it never goes back."""
    level = said.body["level"]
    if level <= roster.level:
        raise Refused(ALREADY, what=f"level {roster.level}")
    roster.raise_level(level)


def member(roster: Roster, said: EntryStatement) -> str:
    """The person the entry is about, who must be known."""
    person: Any = said.body["person"]
    if person not in roster.people:
        raise Refused(NO_PERSON, person=person)
    return str(person)


def free(roster: Roster, new: str) -> None:
    """Raise `Refused` for an id that is in use, or stands for the recovery key."""
    if new in roster.people or new in roster.devices or new == RECOVERY:
        raise Refused(TAKEN, value=new)


def switch(roster: Roster, fact: tuple[str, ...], on: bool) -> None:
    """Begin or end a fact; one that is so already is refused."""
    if roster.holds(fact, roster.version) == on:
        raise Refused(ALREADY, what=" ".join(fact))
    roster.turn(fact)


def _no_hub(person: str) -> None:
    """Only the entry that names a hub makes one, and nothing makes it a member."""
    if person.startswith(HUB):
        raise Refused(NO_MEMBER)


DEVICE = {
    "device": is_.is_id,
    "key": is_.is_key,
    "person": is_.is_id,
    "tag": is_.is_tag,
}
MEMBER_KINDS: Mapping[str, Act] = {
    "found": Act(
        {
            **DEVICE,
            "organisation": is_.is_id,
            "name": is_.is_name,
            "person_name": is_.is_name,
            "title": is_.is_text,
            "device_name": is_.is_text,
            "roles": is_.are_roles,
        },
        _found,
    ),
    "person": Act(
        {"person": is_.is_id, "name": is_.is_name, "title": is_.is_text},
        _person,
    ),
    "rename": Act({"id": is_.is_id, "name": is_.is_name, "title": is_.is_text}, _rename),
    "active": Act({"person": is_.is_id, "active": is_.is_flag}, _active),
    "device": Act({**DEVICE, "name": is_.is_text}, _device),
    "role": Act(
        {
            "person": is_.is_id,
            "role": is_.is_role,
            "project": is_.is_place,
            "grant": is_.is_flag,
        },
        _role,
        {"heads": is_.are_positions},
    ),
    "admin": Act({"person": is_.is_id, "grant": is_.is_flag}, _admin),
    "revoke": Act({"device": is_.is_id, "heads": is_.are_positions}, _revoke),
    "level": Act({"level": is_.is_level}, _level),
}
