"""Entry rules: every kind of membership entry, who may make it, what it does. Pure.

A kind is one `Act`: the shape of its body and a function that checks its rules and changes the
roster. Every entry but the first is an administrator's, and no person gives a role to themself.
Two keys may do one thing each: that of the hub lets in who has an administrator's invitation, that
of the organisation's recovery makes a member an administrator.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.text.words import Refused, W
from sync.trust.membership_entry import EntryStatement
from sync.trust.roster import Roster
from sync.trust.steering import entry_shapes, pair_rules
from sync.trust.steering.entry_shapes import Act
from sync.trust.steering.hub_kinds import HUB_KINDS
from sync.trust.steering.member_kinds import ALREADY, MEMBER_KINDS, NO_DEVICE, WRONG
from sync.trust.steering.recovery_kinds import NO_KEY, RECOVERY_KINDS
from sync.trust.steering.steering import RECOVERY

NOT_ADMIN = W(
    "{who} 不是管理员，不能更改成员。请找管理员来做。",
    "{who} is not an administrator and cannot change the members. Ask an administrator.",
)
LAST = W(
    "这样就没有带电脑的管理员了。请先任命另一位管理员并为其接入电脑。",
    "No administrator with a device would be left. Appoint another one with a device first.",
)
NOT_HUB = W(
    "只有同步服务器能用邀请码接入电脑。",
    "Only the hub lets a device in with a code.",
)
NOT_RECOVERY = W(
    "恢复密钥只能指定管理员，或确认请求。",
    "The recovery key only makes an administrator or confirms a request.",
)


def _two(roster: Roster, said: EntryStatement) -> None:
    if said.body["on"] == roster.steering.pair:
        raise Refused(ALREADY, what=said.kind)
    pair_rules.turn(roster, said)


def _ask(roster: Roster, said: EntryStatement) -> None:
    shaped(_inner(said))
    pair_rules.ask(roster, said)


def _confirm(roster: Roster, said: EntryStatement) -> None:
    inner = pair_rules.confirmed(roster, said)
    ACTS[inner.kind].do(roster, inner)
    if inner.kind == "invite":
        now = roster.steering
        one = now.invitations[inner.body["invite"]]._replace(paired=True)
        roster.steering = now._replace(invitations={**now.invitations, one.id: one})


def _inner(said: EntryStatement) -> EntryStatement:
    """What a request asks for."""
    kind = said.body["kind"]
    if kind not in pair_rules.ALWAYS and kind not in pair_rules.OF_ADMINISTRATORS:
        raise Refused(WRONG, kind=said.kind, field="kind")
    return said._replace(kind=kind, body=said.body["body"])


ACTS: Mapping[str, Act] = {
    **MEMBER_KINDS,
    **HUB_KINDS,
    **RECOVERY_KINDS,
    "two": Act({"on": entry_shapes.is_flag}, _two),
    "ask": Act({"kind": entry_shapes.is_role, "body": entry_shapes.is_body}, _ask),
    "confirm": Act({"n": entry_shapes.is_number}, _confirm),
    "drop": Act({"n": entry_shapes.is_number}, pair_rules.drop),
}
RECOVERING = ("recover", "confirm")
"""The kinds that the recovery key signs."""


def public_of(roster: Roster, said: EntryStatement) -> bytes:
    """The key an entry must be signed with: an administrator's working device's.

    The first entry brings its own. The hub's is right for who comes with a code, and the recovery
    key for its own kinds. Raises `Refused` for everybody else.
    """
    if said.kind == "found":
        shaped(said)
        return bytes.fromhex(said.body["key"])
    if said.by == RECOVERY or said.kind == "recover":
        return _recovery_key(roster, said)
    known = roster.devices.get(said.by)
    if known is None or known.revoked is not None:
        raise Refused(NO_DEVICE, device=said.by)
    if said.kind == "join":
        if said.by != roster.steering.hub:
            raise Refused(NOT_HUB)
        return known.key
    if not roster.is_admin(known.person):
        raise Refused(NOT_ADMIN, who=roster.people[known.person].name)
    return known.key


def _recovery_key(roster: Roster, said: EntryStatement) -> bytes:
    if said.by != RECOVERY or said.kind not in RECOVERING:
        raise Refused(NOT_RECOVERY)
    if roster.steering.recovery is None:
        raise Refused(NO_KEY)
    return roster.steering.recovery


def number_of(roster: Roster, said: EntryStatement) -> bytes | None:
    """The key that must have numbered an entry besides: the hub's, where one keeps the log.

    None where the one who signs numbers it too: without a hub, the hub itself, and the recovery
    key, which must go on without a hub that is lost.
    """
    hub = roster.steering.hub
    if hub is None or said.by in (hub, RECOVERY):
        return None
    return roster.devices[hub].key


def keeps(roster: Roster, said: EntryStatement) -> bool:
    """Whether the log was kept by who signed: of what only a newer program understands, nothing
    else is kept, so that no other device can stop the log. With a hub its number says so.
    """
    if roster.steering.hub is not None:
        return True
    return any(one.id == said.by for one in roster.steering_devices()[:1])


def shaped(said: EntryStatement) -> None:
    """Raise `Refused` unless the body has exactly the fields of its kind, each in its form."""
    field = entry_shapes.has_shape(ACTS[said.kind], said.body)
    if field is not None:
        raise Refused(WRONG, kind=said.kind, field=field)
    if said.kind == "found" and said.by != said.body["device"]:
        raise Refused(WRONG, kind=said.kind, field="by")


def apply(roster: Roster, said: EntryStatement) -> None:
    """Do what an entry says, its signature checked before; `Refused` when its rules forbid it."""
    shaped(said)
    if pair_rules.needs_two(roster, said):
        raise Refused(pair_rules.TWO)
    roster.version = said.n
    ACTS[said.kind].do(roster, said)
    if not roster.steerable():
        raise Refused(LAST)
