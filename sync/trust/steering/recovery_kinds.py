"""Recovery kinds: the organisation's recovery key, and its use. Pure.

The secret half is on paper only. It makes a member an administrator, in place of one whose device
is lost or stolen, and it stands for the second administrator where two must sign.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.text.words import Refused, W
from sync.trust.membership_entry import EntryStatement
from sync.trust.roster import Roster
from sync.trust.steering import entry_shapes as is_
from sync.trust.steering.entry_shapes import Act
from sync.trust.steering.hub_kinds import end_hub
from sync.trust.steering.member_kinds import ALREADY, NO_MEMBER, NO_PERSON, WRONG, member
from sync.trust.steering.steering import HUB, RecoveryUse

NO_KEY = W(
    "本组织没有恢复密钥。管理员可以生成一个：sitebook member recovery --make。",
    "The organisation has no recovery key. An administrator can make one: sitebook member recovery"
    " --make.",
)


def _recovery(roster: Roster, said: EntryStatement) -> None:
    """From now on this key recovers; one before it no more."""
    key = bytes.fromhex(said.body["key"])
    if key == roster.steering.recovery:
        raise Refused(ALREADY, what=said.kind)
    roster.steering = roster.steering._replace(recovery=key, since=roster.version)


def _recover(roster: Roster, said: EntryStatement) -> None:
    """A member becomes an administrator, others are none any more; without a hub if it is lost."""
    body, person = said.body, member(roster, said)
    if person.startswith(HUB):
        raise Refused(NO_MEMBER)
    if not roster.is_active(person):
        raise Refused(NO_PERSON, person=person)
    if person in body["instead"]:
        raise Refused(WRONG, kind=said.kind, field="instead")
    for other in body["instead"]:
        if not roster.is_admin(other):
            raise Refused(NO_PERSON, person=other)
        roster.turn(("admin", other))
    if not roster.is_admin(person):
        roster.turn(("admin", person))
    elif not body["instead"] and not body["hub_lost"]:
        raise Refused(ALREADY, what=f"admin {person}")
    if body["hub_lost"]:
        end_hub(roster)
    use = RecoveryUse(said.n, person, tuple(body["instead"]), body["at"])
    roster.steering = roster.steering._replace(used=(*roster.steering.used, use))


RECOVERY_KINDS: Mapping[str, Act] = {
    "recovery": Act({"key": is_.is_key}, _recovery),
    "recover": Act(
        {
            "person": is_.is_id,
            "instead": is_.are_people,
            "hub_lost": is_.is_flag,
            "at": is_.is_moment,
        },
        _recover,
    ),
}
