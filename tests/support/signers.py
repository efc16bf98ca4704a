"""Keys for tests: the same number is always the same key and device id."""

from __future__ import annotations

import hashlib
from functools import cache

from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership, found


@cache
def signer(number: int) -> DeviceKey:
    """The key of device `d<number>`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = hashlib.sha256(f"test key {number}".encode()).digest()
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return DeviceKey(f"d{number}", public, (), secret)


def company() -> Membership:
    """A log begun by person p0 on device d0."""
    return found(
        signer(0), organisation="o", name="远山通信", person="p0", person_name="林工", title="经理"
    )


def staffed() -> Membership:
    """p0 on d0 (founder), p1 on d1 (engineer on 'one'), p2 without a device."""
    log = company()
    for person, name in (("p1", "仇小河"), ("p2", "Ann Lee")):
        log = log.append("person", {"person": person, "name": name, "title": ""}, signer(0))
    log = log.admit("p1", "d1", signer(1).public, "laptop", signer(0))
    return log.append("role", grant("p1", "engineer", "one"), signer(0))


def grant(person: str, role: str, project: str, on: bool = True) -> dict[str, object]:
    """The body of a role entry."""
    body: dict[str, object] = {"person": person, "role": role, "project": project, "grant": on}
    return body if on else {**body, "heads": {}}
