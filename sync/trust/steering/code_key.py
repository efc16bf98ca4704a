"""Code key: a key whose secret half people type: an invitation code, or the recovery key. Pure.

Only the public half is ever told or kept.
"""

from __future__ import annotations

import hashlib
import json

from sync.trust.device_key import DeviceKey, public_of
from sync.trust.steering.steering import RECOVERY

_INVITE = b"sitebook/invite/key/1\0"
_RECOVERY = b"sitebook/recovery/key/1\0"
_ASKED = b"sitebook/join/2\0"


def of_code(secret: bytes) -> DeviceKey:
    """The key of an invitation code."""
    return _key("invite", _INVITE, secret)


def of_recovery(secret: bytes) -> DeviceKey:
    """The recovery key of an organisation."""
    return _key(RECOVERY, _RECOVERY, secret)


def asked(organisation: str, invite: str, device: str, key: str, name: str) -> bytes:
    """What who comes signs with a code, and with the key of their device."""
    parts = [organisation, invite, device, key, name]
    return _ASKED + json.dumps(parts, ensure_ascii=True).encode()


def _key(id: str, domain: bytes, secret: bytes) -> DeviceKey:
    seed = hashlib.sha256(domain + secret).digest()
    return DeviceKey(id, public_of(seed), (), seed)
