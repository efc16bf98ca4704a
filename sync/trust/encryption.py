"""Encryption: what only certain devices can open (age, https://age-encryption.org/v1).

The recipient is the device's own Ed25519 key, by age's mapping of such keys to X25519 (its
`ssh-ed25519` recipients; using one key for both was proven safe by Thormarker, 2021). So every
admitted device can be written to from the day of its admission, and the passphrase that wraps
`device.key` guards what was written to it as well: there is no second key to lose.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable
from typing import Any

from models.text.words import Refused, W
from sync.trust.device_key import DeviceKey

WRONG = W(
    "口令不对，没有读入任何内容。请再试一次。",
    "The passphrase is wrong; nothing was read. Try again.",
)
NOBODY = W(
    "没有可以写给的电脑。请先接入一台电脑，或设一个口令。",
    "There is no device to write to. Admit a device first, or set a passphrase.",
)
_KIND = b"ssh-ed25519"
AGE = b"age-encryption.org/"
"""How a box begins."""


def lock(data: bytes, devices: Iterable[bytes]) -> bytes:
    """The data for the owners of these public keys. A key that is no key opens nothing."""
    owners = [one for one in map(_recipient, sorted(set(devices))) if one is not None]
    if not owners:
        raise Refused(NOBODY)
    return bytes(_age().encrypt(data, owners))


def unlock(box: bytes, key: DeviceKey) -> bytes | None:
    """What is in a box; None when it was not written to this key, or is damaged."""
    return _opened(box, _age().ssh.Identity.from_buffer(_openssh(key)))


class PassphraseLock:
    """A key made for one file, itself under a passphrase: that costs its second only once."""

    def __init__(self, identity: Any) -> None:
        self._identity = identity

    @classmethod
    def fresh(cls) -> PassphraseLock:
        """A new one."""
        return cls(_age().x25519.Identity.generate())

    def wrapped(self, passphrase: str) -> bytes:
        """This key under a passphrase, as age derives it (scrypt)."""
        secret = str(self._identity).encode()
        return bytes(_age().passphrase.encrypt(secret, _typed(passphrase)))

    @classmethod
    def unwrapped(cls, data: bytes, passphrase: str) -> PassphraseLock:
        """It again; `Refused` for a wrong passphrase."""
        try:
            found = _age().passphrase.decrypt(data, _typed(passphrase)).decode()
            return cls(_age().x25519.Identity.from_str(found))
        except (_age().DecryptError, _age().IdentityError, UnicodeDecodeError):
            raise Refused(WRONG) from None

    def lock(self, data: bytes) -> bytes:
        """The data, opened with this key."""
        return bytes(_age().encrypt(data, [self._identity.to_public()]))

    def unlock(self, box: bytes) -> bytes | None:
        """What is in a box of this key."""
        return _opened(box, self._identity)


def _age() -> Any:
    """The library, imported when a box is first needed; it comes without types."""
    import pyrage  # type: ignore[import-untyped]

    return pyrage


def _opened(box: bytes, identity: Any) -> bytes | None:
    try:
        return bytes(_age().decrypt(box, [identity]))
    except _age().DecryptError:
        return None


def _recipient(public: bytes) -> Any:
    line = base64.b64encode(_sized(_KIND) + _sized(public)).decode()
    try:
        return _age().ssh.Recipient.from_str(f"ssh-ed25519 {line}")
    except _age().RecipientError:
        return None


def _openssh(key: DeviceKey) -> bytes:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key.secret).private_bytes(
        form.Encoding.PEM, form.PrivateFormat.OpenSSH, form.NoEncryption()
    )


def _sized(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _typed(passphrase: str) -> str:
    """The passphrase, typed in full or half width alike."""
    import unicodedata

    found = unicodedata.normalize("NFKC", passphrase)
    if not found.strip() or not found.isprintable():
        raise Refused(WRONG)
    return found
