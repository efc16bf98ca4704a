"""Enrolment at the hub: each code admits one device.

The first code founds, and is the hub's own: the device that has it brings its organisation, in
whose log it named the hub. Every later one is an invitation that an administrator's device signed;
the hub adds that somebody came with it.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from models.book.people import is_proper, same_name
from models.text.words import Refused, W
from sync.hub.hub import Hub
from sync.hub.recovery import returned_log
from sync.hub.routes import LARGE, HubResponse, said, way
from sync.transport.http import hub_errors, invite_code
from sync.transport.http.hub_errors import HubError, malformed
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.signed_request import Ask, read, written
from sync.trust import device_key
from sync.trust.membership import Membership, replay
from sync.trust.signature import signed
from sync.trust.steering import code_key, hub_kinds
from sync.trust.steering.entry_shapes import is_id, is_name, is_text

NO_HUB_IN_LOG = W(
    "这份成员日志不由本同步服务器登记。请用最新的首个邀请码重新加入。",
    "This membership log does not name this hub. Join again with its newest first code.",
)

NAME = W(
    "姓名应为 1 到 200 个字，不含控制字符。请换一个姓名。",
    "A name must have 1 to 200 characters, without control characters. Give another name.",
)
SAME_NAME = W(
    "已有成员叫“{name}”。如果是同一个人的又一台电脑，请管理员另发邀请码"
    "（hub invite --person {name}）；否则请用不同的姓名。",
    "A member is called “{name}” already. For another device of theirs ask an administrator for a"
    " code (hub invite --person {name}); otherwise use a different name.",
)

FIRST_DAYS = 30
DAY = 24 * 3600 * 1000
ASK = "sitebook/join/1"
JOIN = 16 << 10
"""Most bytes of a request to join."""


def asked(organisation: str, code: bytes, device: str, key: bytes) -> bytes:
    """What the device that founds signs, to show that the key is its own."""
    return written([ASK, organisation, invite_code.hashed(code), device, key.hex()])


def founding_code(hub: Hub, days: int = FIRST_DAYS) -> bytes:
    """A new first code, whose secret is returned; an earlier one that was not used is void."""
    table, secret = hub.base.t.Invite, invite_code.new_secret()
    row = {"code": invite_code.hashed(secret), "until": hub.now() + days * DAY}

    def work() -> None:
        table.delete().where(table.device == "").execute()
        table.insert(**row).execute()

    hub.base.write(work)
    return secret


def _unfounded(hub: Hub) -> None:
    """Raise `HubError` once there is an organisation: no code founds another."""
    if hub.membership.now().entries:
        raise HubError(403, hub_errors.NO_CODE)


@way("POST", "/v1/join", "Come in with a code: the key and id of a device, the name of its person,"
     " and signatures by that key and by the code's. The answer is the membership log.",
     signed=False, takes="application/json", limit=JOIN, heavy=True)  # fmt: skip
def join(hub: Hub, ask: Ask, _caller: None) -> HubResponse:
    """Admit the device; the same device may ask again."""
    data = read(ask.body, JOIN)
    one = _asker(data)
    hub.wait.ready()
    known = hub.membership.now()
    _invited(hub, known, one)
    told = code_key.asked(known.organisation, one.invite, one.device, one.key.hex(), one.name)
    for key, part in ((one.key, "signature"), (bytes.fromhex(one.invite), "proof")):
        if not signed(key, told, _hex(data, part, 64)):
            raise HubError(401, hub_errors.BAD_SIGNATURE)

    def work() -> Membership:
        hub.wait.ready()
        return hub.membership.grow(partial(_admitted, hub, one, _hex(data, "proof", 64).hex()))

    grown = hub.base.write(work)
    hub.membership.now()  # the mark moves on before the answer
    return said({"entries": [entry_told(one) for one in grown.entries], "hub": hub.key.id})


@way("POST", "/v1/found", "Bring an organisation to a hub that has none, with its founding code:"
     " a membership log that names this hub as its keeper.", signed=False,
     takes="application/json", limit=LARGE, heavy=True, open=_unfounded)  # fmt: skip
def found(hub: Hub, ask: Ask, _caller: None) -> HubResponse:
    """Once."""
    data = read(ask.body, LARGE)
    secret, device = _hex(data, "code", invite_code.SECRET), str(data.get("device"))
    _first(hub, secret, device)
    entries = entries_heard(data.get("entries"))
    signature = _hex(data, "signature", 64)
    try:
        log = replay(entries)
    except Refused as why:
        raise HubError(409, hub_errors.REFUSED, why=hub_errors.told(why)) from why
    founder = log.devices.get(device)
    if founder is None or not log.is_admin(founder.person) or founder.revoked is not None:
        raise HubError(403, hub_errors.NOT_ADMIN)
    if not signed(founder.key, asked(log.organisation, secret, device, log.root), signature):
        raise HubError(401, hub_errors.BAD_SIGNATURE)
    if not hub.keeps(log):
        raise HubError(409, hub_errors.REFUSED, why=hub_errors.told(Refused(NO_HUB_IN_LOG)))

    def work() -> None:
        _first(hub, secret, device)
        here, awaited = hub.membership.now(), hub.wait.now()
        root = here.root.hex() if here.entries else awaited.root if awaited else ""
        if root not in ("", log.root.hex()):
            raise HubError(409, hub_errors.FOUNDED)
        if not here.entries:
            grown = hub.membership.grow(lambda none: none.extend(entries))
            returned_log.told(hub, grown, len(grown.entries), grown.head.hex())
        _used(hub, secret, device)

    hub.base.write(work)
    hub.membership.now()  # the mark moves on before the answer
    return said({"hub": hub.key.id})


class Joiner(NamedTuple):
    """Who asks to come in."""

    invite: str
    """The public key of the code, in hexadecimal."""
    device: str
    key: bytes
    name: str
    machine: str


def _asker(data: dict[str, Any]) -> Joiner:
    device, name, machine = (data.get(part) for part in ("device", "name", "machine"))
    if not is_id(device) or not (name == "" or is_name(name)) or not is_text(machine):
        raise malformed(part="body")
    invite, key = _hex(data, "invite", 32), _hex(data, "key", 32)
    return Joiner(invite.hex(), str(device), key, str(name), str(machine))


def _hex(data: dict[str, Any], part: str, size: int) -> bytes:
    text = data.get(part)
    try:
        found = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        found = b""
    if len(found) != size:
        raise malformed(part=part)
    return found


def _first(hub: Hub, secret: bytes, device: str) -> None:
    """Raise `HubError` unless this is the first code, not used by another device; cheap."""
    table = hub.base.t.Invite
    row = table.get_or_none(table.code == invite_code.hashed(secret))
    if row is None or row.device not in ("", device) or row.until < hub.now():
        raise HubError(403, hub_errors.NO_CODE)


def _used(hub: Hub, secret: bytes, device: str) -> None:
    table = hub.base.t.Invite
    table.update(device=device).where(table.code == invite_code.hashed(secret)).execute()


def _invited(hub: Hub, log: Membership, one: Joiner) -> None:
    """Raise `HubError` for a code that no administrator signed, or that is used or too old."""
    if one.device in log.devices:
        return  # the answer was lost; what it signs is looked at next
    try:
        late = hub_kinds.open_invitation(log, one.invite).until < hub.now()
    except Refused as why:
        raise _refused(why) from why
    if late:
        raise HubError(403, hub_errors.NO_CODE)


def _refused(why: Refused) -> HubError:
    if why.word is hub_kinds.NO_INVITATION:
        return HubError(403, hub_errors.NO_CODE)
    return HubError(409, hub_errors.REFUSED, why=hub_errors.told(why))


def _admitted(hub: Hub, one: Joiner, proof: str, log: Membership) -> Membership:
    known = log.devices.get(one.device)
    if known is not None:
        if known.key != one.key or known.revoked is not None:
            raise HubError(403, hub_errors.REVOKED)
        return log
    _invited(hub, log, one)
    invitation = log.steering.invitations[one.invite]
    if not (invitation.person or invitation.name or one.name):
        raise HubError(409, hub_errors.NAMELESS)
    if not invitation.person:
        _free(log, invitation.name or one.name)
    body = {"invite": one.invite, "device": one.device, "key": one.key.hex(), "name": one.machine}
    body |= {"person": invitation.person or device_key.new_id(), "person_name": one.name}
    body |= {"tag": log.next_tag(), "proof": proof}
    try:
        return log.append("join", {**body, "at": hub.now()}, hub.key_for(log))
    except Refused as why:
        raise _refused(why) from why


def _free(log: Membership, name: str) -> None:
    """Raise `HubError` for a new person's name that is refused where there is no hub, too."""
    if not is_proper(name):
        raise _refused(Refused(NAME))
    if any(same_name(one.name, name) for one in log.people.values()):
        raise _refused(Refused(SAME_NAME, name=name))
