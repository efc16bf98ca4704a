"""Logs that a hub keeps: everything that an administrator appends is numbered by it."""

from __future__ import annotations

from typing import Any

from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.trust.steering import code_key
from sync.trust.steering.steering import HUB
from tests.support.signers import signer, staffed

HUB_KEY = signer(40)
CODE = b"code secret"
UNTIL = 2_000


def hub_body(key: DeviceKey, tag: str) -> dict[str, Any]:
    """What names a hub; whichever key it has, it is the same one."""
    body = {"person": f"{HUB}1", "device": key.id, "key": key.public.hex(), "name": "Hub"}
    return {**body, "tag": tag}


def hubbed() -> Membership:
    """p0 (founder) and p1 on devices, and a hub."""
    return staffed().append("hub", hub_body(HUB_KEY, "Z"), signer(0))


def add(log: Membership, kind: str, body: dict[str, Any], by: int = 0) -> Membership:
    """An entry by a device, numbered where a hub keeps the log."""
    return log.kept(log.append(kind, body, signer(by)).entries[-1], HUB_KEY)


def three() -> Membership:
    """p0, p1 and p2 are administrators with devices."""
    log = staffed().admit("p2", "d2", signer(2).public, "", signer(0))
    for person in ("p1", "p2"):
        log = log.append("admin", {"person": person, "grant": True}, signer(0))
    return log


def invite(secret: bytes = CODE, **more: Any) -> dict[str, Any]:
    """An invitation of a new engineer."""
    body = {"invite": code_key.of_code(secret).public.hex(), "person": "", "name": "客"}
    return {**body, "roles": [["engineer", "one"]], "until": UNTIL, **more}


def coming(number: int, secret: bytes = CODE, **more: Any) -> dict[str, Any]:
    """Somebody comes with a code on device `d<number>`."""
    key, code = signer(number), code_key.of_code(secret)
    name = str(more.get("person_name", ""))
    told = code_key.asked("o", code.public.hex(), key.id, key.public.hex(), name)
    body = {"invite": code.public.hex(), "device": key.id, "key": key.public.hex(), "name": ""}
    body |= {"person": f"n{number}", "person_name": name, "tag": f"Q{chr(65 + number)}"}
    return {**body, "at": 1, "proof": code.sign(told).hex(), **more}
