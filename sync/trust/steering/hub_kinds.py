"""Hub kinds: which hub keeps the log, whom it may let in, and that it did. Pure.

An administrator's device signs an invitation; the hub signs that somebody came with its code, and
nothing else. A code is the secret half of a key: who comes proves with it that it was they,
so that not even the hub can use an invitation.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.text.words import Refused, W
from sync.trust.membership_entry import EntryStatement
from sync.trust.roster import Roster
from sync.trust.signature import signed
from sync.trust.steering import code_key
from sync.trust.steering import entry_shapes as is_
from sync.trust.steering.entry_shapes import Act
from sync.trust.steering.member_kinds import (
    ALREADY,
    DEVICE,
    NO_MEMBER,
    NO_PERSON,
    WRONG,
    enter_device,
    enter_person,
)
from sync.trust.steering.steering import HUB, Invitation

NO_HUB = W(
    "没有同步服务器登记成员，不能发邀请码。可以改用加入请求文件。",
    "No hub keeps the members, so there are no codes. Admit by a request file instead.",
)
NO_INVITATION = W(
    "邀请码无效、已用过或已过期；请要一个新的。",
    "The code is void, used or too old; get a new one.",
)
INVITER_GONE = W(
    "发这个邀请码的电脑已停用，或不再是管理员的；请要一个新的邀请码。",
    "The device that made this code was revoked, or is no administrator's any more; get a new"
    " code.",
)
ONE_SIGNED = W(
    "这个邀请码是给管理员的，须有两位管理员签名；请重新邀请。",
    "This code is for an administrator and needs the signatures of two; invite anew.",
)


def _hub(roster: Roster, said: EntryStatement) -> None:
    """A hub keeps the log from now on; the one before it stops."""
    body, person = said.body, said.body["person"]
    if not person.startswith(HUB):
        raise Refused(WRONG, kind=said.kind, field="person")
    if person not in roster.people:
        enter_person(roster, person, body["name"])
    enter_device(roster, person, body, body["name"])
    end_hub(roster)
    roster.steering = roster.steering._replace(hub=body["device"])


def end_hub(roster: Roster) -> None:
    """No hub keeps the log any more."""
    old = roster.devices.get(roster.steering.hub or "")
    if old is not None:
        roster.devices[old.id] = old._replace(revoked=roster.version)
    roster.steering = roster.steering._replace(hub=None)


def _invite(roster: Roster, said: EntryStatement) -> None:
    body, now = said.body, roster.steering
    if now.hub is None:
        raise Refused(NO_HUB)
    if body["person"].startswith(HUB):
        raise Refused(NO_MEMBER)
    if body["person"] and not roster.is_active(body["person"]):
        raise Refused(NO_PERSON, person=body["person"])
    if body["person"] and (body["roles"] or body["name"]):
        raise Refused(WRONG, kind=said.kind, field="roles" if body["roles"] else "name")
    if body["invite"] in now.invitations:
        raise Refused(ALREADY, what="invite")
    roles = tuple((role, place) for role, place in body["roles"])
    one = Invitation(body["invite"], said.by, body["person"], body["name"], roles, body["until"])
    roster.steering = now._replace(invitations={**now.invitations, one.id: one})


def _withdraw(roster: Roster, said: EntryStatement) -> None:
    if said.body["invite"] not in roster.steering.invitations:
        raise Refused(NO_INVITATION)
    roster.steering = roster.steering.without(said.body["invite"])


def _join(roster: Roster, said: EntryStatement) -> None:
    """Somebody came with a code: they get what its invitation says, and the code is used."""
    body = said.body
    one = open_invitation(roster, body["invite"])
    told = code_key.asked(
        roster.organisation, one.id, body["device"], body["key"], body["person_name"]
    )
    if not signed(bytes.fromhex(one.id), told, bytes.fromhex(body["proof"])):
        raise Refused(NO_INVITATION)
    if body["at"] > one.until:
        raise Refused(NO_INVITATION)
    if one.person:
        if body["person"] != one.person:
            raise Refused(WRONG, kind=said.kind, field="person")
        if not roster.is_active(one.person):
            raise Refused(NO_PERSON, person=one.person)
    else:
        if body["person"].startswith(HUB):
            raise Refused(NO_MEMBER)
        name = one.name or body["person_name"]
        if not name.strip():
            raise Refused(WRONG, kind=said.kind, field="person_name")
        enter_person(roster, body["person"], name)
        for role, place in one.roles:
            roster.turn(("role", body["person"], role, place))
    enter_device(roster, body["person"], body, body["name"])
    roster.steering = roster.steering.without(one.id)


def open_invitation(roster: Roster, id: str) -> Invitation:
    """The invitation of a code, if it still counts; its time is looked at by who lets in."""
    one = roster.steering.invitations.get(id)
    if one is None:
        raise Refused(NO_INVITATION)
    by = roster.devices[one.by]
    if by.revoked is not None or not roster.is_admin(by.person):
        raise Refused(INVITER_GONE)
    alone = roster.steering.pair and not one.paired and by.person != one.person
    if one.person and alone and roster.is_admin(one.person):
        raise Refused(ONE_SIGNED)
    return one


HUB_KINDS: Mapping[str, Act] = {
    "hub": Act({**DEVICE, "name": is_.is_name}, _hub),
    "invite": Act(
        {
            "invite": is_.is_key,
            "person": is_.is_someone,
            "name": is_.is_text,
            "roles": is_.are_grants,
            "until": is_.is_moment,
        },
        _invite,
    ),
    "withdraw": Act({"invite": is_.is_key}, _withdraw),
    "join": Act(
        {
            **DEVICE,
            "invite": is_.is_key,
            "name": is_.is_text,
            "person_name": is_.is_text,
            "at": is_.is_moment,
            "proof": is_.is_signature,
        },
        _join,
    ),
}
