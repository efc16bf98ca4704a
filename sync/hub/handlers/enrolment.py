"""Enrolment at the hub: codes are made here, and each admits one device.

The first code founds: the device that has it brings its organisation, in whose log it made the
hub an administrator. Every later code admits a device, which the hub signs for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from models.book.people import EVERY
from models.text.words import Refused, W
from sync.hub.hub import Hub
from sync.hub.recovery import returned_log
from sync.hub.routes import LARGE, HubResponse, said, way
from sync.transport.http import hub_errors, invite_code
from sync.transport.http.hub_errors import HubError, malformed
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.signed_request import Ask, read, written
from sync.trust import device_key
from sync.trust.entry_rules import is_id, is_name, is_text
from sync.trust.membership import Membership, hub_of, replay
from sync.trust.signature import signed

NO_HUB_IN_LOG = W(
    "这份成员日志里，同步服务器不是管理员。请用最新的首个邀请码重新加入。",
    "In this membership log the hub is no administrator. Join again with its newest first code.",
)

DAYS = 7
FIRST_DAYS = 30
DAY = 24 * 3600 * 1000
ASK = "sitebook/join/1"


def asked(organisation: str, code: bytes, device: str, key: bytes, name: str) -> bytes:
    """What a device that joins signs, to show that the key is its own."""
    return written([ASK, organisation, invite_code.hashed(code), device, key.hex(), name])


def new_code(
    hub: Hub,
    *,
    founding: bool = False,
    name: str = "",
    person: str = "",
    roles: Sequence[tuple[str, str]] = (),
    days: int = DAYS,
) -> bytes:
    """Keep a new one-time code; returns its secret."""
    secret = invite_code.new_secret()
    row = {
        "code": invite_code.hashed(secret),
        "founding": int(founding),
        "name": name,
        "person": person,
        "roles": json.dumps(list(roles)),
        "until": hub.now() + days * DAY,
    }
    hub.base.write(lambda: hub.base.t.Invite.insert(**row).execute())
    return secret


def founding_code(hub: Hub) -> bytes:
    """A new first code; an earlier one that was not used is void."""
    table = hub.base.t.Invite
    unused = (table.founding == 1) & (table.device == "")
    hub.base.write(lambda: table.delete().where(unused).execute())
    return new_code(hub, founding=True, days=FIRST_DAYS)


@way("POST", "/v1/join", "Come in with a code: the key and id of a device, the name of its person,"
     " and a signature by the key. The answer is the membership log.", signed=False,
     takes="application/json", heavy=True)  # fmt: skip
def join(hub: Hub, ask: Ask, _caller: None) -> HubResponse:
    """Admit the device; the same device may ask again."""
    data = read(ask.body)
    device, key, name, machine, secret = _asker(data)
    signature = _hex(data, "signature", 64)
    hub.wait.ready()
    _asked_for(hub, secret)

    def work() -> Membership:
        hub.wait.ready()
        code = _code(hub, secret, device)
        log = hub.membership.now()
        if code.founding or not log.entries:
            raise HubError(403, hub_errors.NO_CODE)
        if not signed(key, asked(log.organisation, secret, device, key, name), signature):
            raise HubError(401, hub_errors.BAD_SIGNATURE)
        grown = hub.membership.grow(
            lambda log: _admitted(hub, log, code, device, key, name, machine)
        )
        _used(hub, secret, device)
        return grown

    grown = hub.base.write(work)
    hub.membership.now()  # the mark moves on before the answer
    return said({"entries": [entry_told(one) for one in grown.entries], "hub": hub.key.id})


@way("POST", "/v1/found", "Bring an organisation to a hub that has none, with its founding code:"
     " a membership log in which the hub's device is an administrator's.", signed=False,
     takes="application/json", limit=LARGE, heavy=True)  # fmt: skip
def found(hub: Hub, ask: Ask, _caller: None) -> HubResponse:
    """Once."""
    data = read(ask.body, LARGE)
    secret, device = _hex(data, "code", invite_code.SECRET), str(data.get("device"))
    _asked_for(hub, secret)
    entries = entries_heard(data.get("entries"))
    signature = _hex(data, "signature", 64)
    try:
        log = replay(entries)
    except Refused as why:
        raise HubError(409, hub_errors.REFUSED, why=hub_errors.told(why)) from why
    founder = log.devices.get(device)
    if founder is None or not log.is_admin(founder.person) or founder.revoked is not None:
        raise HubError(403, hub_errors.NOT_ADMIN)
    if not signed(founder.key, asked(log.organisation, secret, device, log.root, ""), signature):
        raise HubError(401, hub_errors.BAD_SIGNATURE)
    if hub_of(log) != hub.key.id or log.devices[hub.key.id].key != hub.key.public:
        raise HubError(409, hub_errors.REFUSED, why=hub_errors.told(Refused(NO_HUB_IN_LOG)))

    def work() -> None:
        if not _code(hub, secret, device).founding:
            raise HubError(403, hub_errors.NO_CODE)
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


def _asker(data: dict[str, Any]) -> tuple[str, bytes, str, str, bytes]:
    device, name, machine = (data.get(part) for part in ("device", "name", "machine"))
    if not is_id(device) or not (name == "" or is_name(name)) or not is_text(machine):
        raise malformed(part="body")
    key, secret = _hex(data, "key", 32), _hex(data, "code", invite_code.SECRET)
    return str(device), key, str(name), str(machine), secret


def _hex(data: dict[str, Any], part: str, size: int) -> bytes:
    text = data.get(part)
    try:
        found = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        found = b""
    if len(found) != size:
        raise malformed(part=part)
    return found


def _asked_for(hub: Hub, secret: bytes) -> None:
    """Raise `HubError` for a code that this hub never made, before any costly work."""
    table = hub.base.t.Invite
    if not table.select().where(table.code == invite_code.hashed(secret)).exists():
        raise HubError(403, hub_errors.NO_CODE)


def _code(hub: Hub, secret: bytes, device: str) -> Any:
    """The code, its row locked; `HubError` when there is none, or another device used it."""
    table = hub.base.t.Invite
    row = hub.base.locked(table.select().where(table.code == invite_code.hashed(secret))).first()
    if row is None or row.device not in ("", device) or row.until < hub.now():
        raise HubError(403, hub_errors.NO_CODE)
    return row


def _used(hub: Hub, secret: bytes, device: str) -> None:
    table = hub.base.t.Invite
    table.update(device=device).where(table.code == invite_code.hashed(secret)).execute()


def _admitted(
    hub: Hub, log: Membership, code: Any, device: str, key: bytes, name: str, machine: str
) -> Membership:
    known = log.devices.get(device)
    if known is not None:
        if known.key != key or known.revoked is not None:
            raise HubError(403, hub_errors.REVOKED)
        return log
    try:
        person = code.person
        if not person:
            if not (code.name or name):
                raise HubError(409, hub_errors.NAMELESS)
            person = device_key.new_id()
            body = {"person": person, "name": code.name or name, "title": ""}
            log = log.append("person", body, hub.key)
            for role, project in json.loads(code.roles):
                given = {"person": person, "role": role, "project": project or EVERY, "grant": True}
                log = log.append("role", given, hub.key)
        return log.admit(person, device, key, machine, hub.key)
    except Refused as why:
        raise HubError(409, hub_errors.REFUSED, why=hub_errors.told(why)) from why
