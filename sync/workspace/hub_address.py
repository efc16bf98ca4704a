"""Hub address: the hub of a workspace, in a small file in its folder; it holds no secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from models.storage.atomic_file import held, write_whole

FILE = "hub.json"


class Address(NamedTuple):
    """A hub that was joined."""

    url: str
    authority: str
    """Its certificate authority, PEM; empty only without TLS, over the loopback."""
    device: str
    """The id of its device in the membership log."""
    key: str
    """The public key of that device, in hexadecimal."""


def load(home: Path) -> Address | None:
    """The hub of this workspace; None where none was joined or the file is damaged."""
    try:
        data = json.loads((home / FILE).read_bytes())
        return Address(*(str(data[name]) for name in Address._fields))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def spelt(known: Address, url: str) -> str:
    """An address as it is remembered: without a port it has that of the hub as known."""
    url = url.rstrip("/")
    try:
        named, had = urlsplit(url), urlsplit(known.url)
        port = named.port or had.port
    except ValueError:
        return url
    if not named.hostname or named.port or not port or named.scheme != had.scheme:
        return url
    return f"{url}:{port}"


def save(home: Path, address: Address) -> None:
    """Remember the hub."""
    with held(home):
        write_whole(home / FILE, json.dumps(address._asdict(), indent=1).encode())
