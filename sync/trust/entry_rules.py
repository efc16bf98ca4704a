"""Entry rules: what each kind of membership entry must look like, who may make it, what it does.
Pure.

A kind is one `Act`: the shape of its body and a function that checks its rules and changes the
roster. Every entry but the first is an administrator's, and no person gives a role to themself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from models.book.people import EVERY
from models.text.words import Refused, W
from sync.trust.membership_entry import EntryStatement, are_heads, heads_heard
from sync.trust.roster import Roster, RosterDevice, RosterPerson

NOT_ADMIN = W(
    "{who} 不是管理员，不能更改成员。请找管理员来做。",
    "{who} is not an administrator and cannot change the members. Ask an administrator.",
)
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
    "成员日志中没有可用的设备 {device}。请检查设备编号。",
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
LAST = W(
    "这样就没有带设备的管理员了。请先任命另一位管理员并为其接入设备。",
    "No administrator with a device would be left. Appoint another one with a device first.",
)

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_NAME = re.compile(r"[a-z][a-z_]{0,39}")
_TAG = re.compile(r"[A-Z]{1,4}")
_KEY = re.compile(r"[0-9a-f]{64}")


def _found(roster: Roster, said: EntryStatement) -> None:
    body = said.body
    roster.organisation, roster.name = body["organisation"], body["name"]
    _person(roster, EntryStatement(*said[:5], {**body, "name": body["person_name"]}))
    _device(roster, EntryStatement(*said[:5], {**body, "name": body["device_name"]}))
    roster.turn(("admin", body["person"]))
    for one in body["roles"]:
        roster.turn(("role", body["person"], one, EVERY))


def _person(roster: Roster, said: EntryStatement) -> None:
    body = said.body
    _free(roster, body["person"])
    roster.people[body["person"]] = RosterPerson(body["person"], body["name"], body["title"])
    roster.turn(("active", body["person"]))


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
    _switch(roster, ("active", _member(roster, said)), said.body["active"])


def _device(roster: Roster, said: EntryStatement) -> None:
    body, owner, public = said.body, _member(roster, said), bytes.fromhex(said.body["key"])
    _free(roster, body["device"])
    if roster.tagged(body["tag"]):
        raise Refused(TAKEN, value=body["tag"])
    for other in roster.keyed(public):
        if other.person != owner or other.revoked is not None:
            raise Refused(TAKEN, value=body["key"])
    roster.admitted(
        RosterDevice(body["device"], owner, body["tag"], body["name"], public, roster.version)
    )


def _role(roster: Roster, said: EntryStatement) -> None:
    body, person = said.body, _member(roster, said)
    if body["grant"] and person == roster.person_of(said.by):
        raise Refused(SELF)
    fact = "role", person, body["role"], body["project"]
    _switch(roster, fact, body["grant"])
    if not body["grant"]:
        heads = body["heads"].items()
        roster.take(fact, {device: heads_heard(said) for device, said in heads})


def _admin(roster: Roster, said: EntryStatement) -> None:
    _switch(roster, ("admin", _member(roster, said)), said.body["grant"])


def _revoke(roster: Roster, said: EntryStatement) -> None:
    known = roster.devices.get(said.body["device"])
    if known is None or known.revoked is not None:
        raise Refused(NO_DEVICE, device=said.body["device"])
    gone = known._replace(revoked=roster.version, last=dict(said.body["last"]))
    roster.devices[known.id] = gone


def _level(roster: Roster, said: EntryStatement) -> None:
    """The rules have a higher level from here on; it never goes back."""
    level = said.body["level"]
    if level <= roster.level:
        raise Refused(ALREADY, what=f"level {roster.level}")
    roster.raise_level(level)


# -- what a value must look like ----------------------------------------------------------------


def is_id(value: object) -> bool:
    """An id: letters, digits and hyphens."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_text(value: object) -> bool:
    """At most 200 characters without NUL or lone surrogates; may be empty."""
    return (
        isinstance(value, str) and len(value) <= 200 and not re.search("[\0\ud800-\udfff]", value)
    )


def is_name(value: object) -> bool:
    """A text that says something."""
    return is_text(value) and bool(str(value).strip())


def is_role(value: object) -> bool:
    """A role's stable identifier; one this version does not know is kept and means nothing."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def are_roles(value: object) -> bool:
    """Different roles in order."""
    return isinstance(value, list) and all(map(is_role, value)) and sorted(set(value)) == value


def is_place(value: object) -> bool:
    """A project's id, or '*' for every project."""
    return value == EVERY or is_id(value)


def is_tag(value: object) -> bool:
    """A device's letters in human numbers."""
    return isinstance(value, str) and _TAG.fullmatch(value) is not None


def is_key(value: object) -> bool:
    """A public key in hexadecimal."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def is_flag(value: object) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def is_level(value: object) -> bool:
    """A level of the rules."""
    return type(value) is int and 0 < value < 2**53


def are_ends(value: object) -> bool:
    """Last sequence per space."""
    return isinstance(value, dict) and all(
        is_text(space) and type(seq) is int and 0 <= seq < 2**53 for space, seq in value.items()
    )


def are_positions(value: object) -> bool:
    """Positions per device."""
    return isinstance(value, dict) and all(
        is_id(device) and are_heads(heads) for device, heads in value.items()
    )


# -- the kinds ----------------------------------------------------------------------------------


class Act(NamedTuple):
    """One kind of entry: the fields of its body with what each must be, and what it does."""

    shape: Mapping[str, Callable[[object], bool]]
    do: Callable[[Roster, EntryStatement], None]
    taking: Mapping[str, Callable[[object], bool]] = {}
    """The further fields where `grant` is false."""

    def fields(self, body: Mapping[str, Any]) -> Mapping[str, Callable[[object], bool]]:
        """What this body must have."""
        return {**self.shape, **self.taking} if body.get("grant") is False else self.shape


_DEVICE = {
    "device": is_id,
    "key": is_key,
    "person": is_id,
    "tag": is_tag,
}
ACTS: Mapping[str, Act] = {
    "found": Act(
        {
            **_DEVICE,
            "organisation": is_id,
            "name": is_name,
            "person_name": is_name,
            "title": is_text,
            "device_name": is_text,
            "roles": are_roles,
        },
        _found,
    ),
    "person": Act(
        {"person": is_id, "name": is_name, "title": is_text},
        _person,
    ),
    "rename": Act({"id": is_id, "name": is_name, "title": is_text}, _rename),
    "active": Act({"person": is_id, "active": is_flag}, _active),
    "device": Act({**_DEVICE, "name": is_text}, _device),
    "role": Act(
        {
            "person": is_id,
            "role": is_role,
            "project": is_place,
            "grant": is_flag,
        },
        _role,
        {"heads": are_positions},
    ),
    "admin": Act({"person": is_id, "grant": is_flag}, _admin),
    "revoke": Act({"device": is_id, "last": are_ends}, _revoke),
    "level": Act({"level": is_level}, _level),
}


def public_of(roster: Roster, said: EntryStatement) -> bytes:
    """The key an entry must be signed with: an administrator's working device's.

    The first entry brings its own. Raises `Refused` for everybody else.
    """
    if said.kind == "found":
        shaped(said)
        return bytes.fromhex(said.body["key"])
    known = roster.devices.get(said.by)
    if known is None or known.revoked is not None:
        raise Refused(NO_DEVICE, device=said.by)
    if not roster.is_admin(known.person):
        raise Refused(NOT_ADMIN, who=roster.people[known.person].name)
    return known.key


def shaped(said: EntryStatement) -> None:
    """Raise `Refused` unless the body has exactly the fields of its kind, each in its form."""
    shape = ACTS[said.kind].fields(said.body)
    for field in sorted({*shape, *said.body}):
        if field not in shape or not shape[field](said.body.get(field)):
            raise Refused(WRONG, kind=said.kind, field=field)
    if said.kind == "found" and said.by != said.body["device"]:
        raise Refused(WRONG, kind=said.kind, field="by")


def apply(roster: Roster, said: EntryStatement) -> None:
    """Do what an entry says, its signature checked before; `Refused` when its rules forbid it."""
    shaped(said)
    roster.version = said.n
    ACTS[said.kind].do(roster, said)
    if not roster.steerable():
        raise Refused(LAST)


def _member(roster: Roster, said: EntryStatement) -> str:
    """The person the entry is about, who must be known."""
    person: Any = said.body["person"]
    if person not in roster.people:
        raise Refused(NO_PERSON, person=person)
    return str(person)


def _free(roster: Roster, new: str) -> None:
    if new in roster.people or new in roster.devices:
        raise Refused(TAKEN, value=new)


def _switch(roster: Roster, fact: tuple[str, ...], on: bool) -> None:
    """Begin or end a fact; one that is so already is refused."""
    if roster.holds(fact, roster.version) == on:
        raise Refused(ALREADY, what=" ".join(fact))
    roster.turn(fact)
