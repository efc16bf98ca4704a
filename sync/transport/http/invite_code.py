"""Invite: the one-time code that brings a device to a hub, as people print, read out and type it.

It holds the hub's address, a secret, and one hash over the hub's authority and the organisation's
root: so a device with the code needs to trust nothing else. Base 32 without letters that look like
digits; a last check finds a mistyped one before anything is asked of the network.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from typing import NamedTuple

from models.text import code_letters
from models.text.words import Refused, W
from sync.transport.http.certificates import fingerprint

SECRET, BOND, CHECK = 10, 16, 3
FOUNDING = 1
ADDRESS = 2
PLAIN = 4

WRONG = W(
    "邀请码不对：少了、多了或打错了字。请对照原文重新输入。",
    "The code is not right: something in it is missing, too much or mistyped. Compare and retype.",
)


class Code(NamedTuple):
    """What a code says."""

    host: str
    port: int
    secret: bytes
    bond: bytes
    """Over the hub's authority and the organisation's root."""
    founding: bool = False
    """Whether it waits for the first device, which brings its organisation."""
    plain: bool = False
    """Without TLS: only ever over the loopback."""

    @property
    def url(self) -> str:
        """Where the hub is."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.plain else 'https'}://{host}:{self.port}"


def bond(authority: str, root: bytes, *, plain: bool = False) -> bytes:
    """What ties a code to a hub; `root` is empty for a hub that has no organisation yet."""
    known = b"" if plain else fingerprint(authority)
    return hashlib.sha256(b"sitebook/invite/1\0" + known + root).digest()[:BOND]


def new_secret() -> bytes:
    """A secret that cannot be guessed."""
    return secrets.token_bytes(SECRET)


def hashed(secret: bytes) -> str:
    """What the hub keeps of a secret."""
    return hashlib.sha256(b"sitebook/invite/secret/1\0" + secret).hexdigest()


def spelt(code: Code) -> str:
    """The code in groups of five."""
    where, flags = _address(code.host)
    flags |= FOUNDING * code.founding | PLAIN * code.plain
    data = bytes([flags]) + code.port.to_bytes(2, "big") + code.secret + code.bond + where
    data += hashlib.sha256(data).digest()[:CHECK]
    number, size = int.from_bytes(b"\1" + data, "big"), (len(data) * 8 + 1 + 4) // 5
    return code_letters.spelt(number, size)


def read(text: str) -> Code:
    """The code again. Raises `Refused` for a mistyped one."""
    try:
        number = code_letters.number(text)
        data = number.to_bytes((number.bit_length() + 7) // 8, "big")
        if data[:1] != b"\1":
            raise ValueError("mistyped at its beginning")
        return _read(data[1:])
    except (ValueError, IndexError, UnicodeDecodeError):
        raise Refused(WRONG) from None


def _read(data: bytes) -> Code:
    body, check = data[:-CHECK], data[-CHECK:]
    least = 3 + SECRET + BOND
    if len(body) <= least or hashlib.sha256(body).digest()[:CHECK] != check or body[0] > 7:
        raise ValueError("mistyped")
    secret, tied = body[3 : 3 + SECRET], body[3 + SECRET : least]
    packed = bool(body[0] & ADDRESS)
    host = str(ipaddress.ip_address(body[least:])) if packed else body[least:].decode("ascii")
    port = int.from_bytes(body[1:3], "big")
    return Code(host, port, secret, tied, bool(body[0] & FOUNDING), bool(body[0] & PLAIN))


def _address(host: str) -> tuple[bytes, int]:
    try:
        return ipaddress.ip_address(host).packed, ADDRESS
    except ValueError:
        return host.encode("ascii"), 0
