"""Device key: the device's Ed25519 key, in a file outside the database.

`device.key` is JSON, readable by its owner only (on systems that know file modes). Reading who
the device is costs no cryptography; only `load` and signing do.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from models.frozen import Frozen
from models.storage.atomic_file import held, write_whole
from models.text.words import Refused, W
from sync.trust.passphrase import UNREADABLE, unwrap, wrap

FILE = "device.key"
NEXT = "device.key.next"
"""A key that takes the place of the one in use as soon as the book is its device's."""

MISSING = W(
    "文件夹 {path} 中没有本机密钥。请恢复 device.key，或作为新电脑重新加入。",
    "There is no device key in the folder {path}. Restore device.key or join as a new device.",
)
EXISTS = W(
    "文件夹 {path} 中已有本机密钥，不会覆盖。请换一个文件夹（--home）。",
    "The folder {path} has a device key already; it is not overwritten. Choose another (--home).",
)
NEEDED = W(
    "本机密钥有口令保护。请输入口令。",
    "The device key is protected by a passphrase. Enter it.",
)

SET_ALREADY = W(
    "本机密钥已有口令。要更换，请用 sitebook passphrase change。",
    "The device key has a passphrase already. To change it: sitebook passphrase change.",
)
NOT_SET = W(
    "本机密钥没有口令。要设一个，请用 sitebook passphrase set。",
    "The device key has no passphrase. To set one: sitebook passphrase set.",
)


class Identity(Frozen):
    """Who this device is, without its secret."""

    id: str
    public: bytes
    was: tuple[str, ...] = ()
    """Earlier ids of the same key, oldest first."""
    wrapped: bool = False
    """Whether a passphrase is needed to sign."""


class DeviceKey(Frozen):
    """A device's key, ready to sign; a `sync.trust.signature.Signer`."""

    id: str
    public: bytes
    was: tuple[str, ...]
    secret: bytes = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature, 64 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(data)


def make(home: Path, passphrase: str | None = None) -> DeviceKey:
    """A new key with a new device id, written once; `Refused` when there is one already."""
    with held(home):
        if (home / FILE).exists():
            raise Refused(EXISTS, path=home.name)
        key = _fresh()
        _save(home, key, _hidden(key, passphrase))
    return key


def read(home: Path) -> Identity | None:
    """Who this device is; None without a key file, `Refused` when it is damaged."""
    data = _file(home)
    return _identity(data) if data is not None else None


def load(home: Path, passphrase: str | None = None) -> DeviceKey:
    """The key to sign with. Raises `Refused`: no file, damaged, passphrase needed or wrong."""
    key = _load(home, passphrase)
    half = home / (FILE + ".tmp")
    if half.exists():  # a removal that was killed left the bare secret beside the wrapped one
        with held(home):
            half.unlink(missing_ok=True)
    return key


def _load(home: Path, passphrase: str | None) -> DeviceKey:
    data = _file(home)
    if data is None:
        raise Refused(MISSING, path=home.name)
    who = _identity(data)
    if who.wrapped and passphrase is None:
        raise Refused(NEEDED)
    try:
        secret = (
            unwrap(data["wrapped"], passphrase or "", who.public)
            if who.wrapped
            else bytes.fromhex(data["secret"])
        )
        if public_of(secret) != who.public:
            raise ValueError("the secret belongs to another public key")
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(UNREADABLE) from error
    return DeviceKey(who.id, who.public, who.was, secret)


def expect(home: Path, *, wrapped: bool) -> None:
    """Raise `Refused` unless there is a key that has a passphrase, or has none."""
    who = read(home)
    if who is None:
        raise Refused(MISSING, path=home.name)
    if who.wrapped != wrapped:
        raise Refused(NOT_SET if wrapped else SET_ALREADY)


def set_passphrase(home: Path, old: str | None, new: str | None) -> None:
    """Protect the key by a passphrase, change it, or (with None) take it away.

    The key file is replaced whole: after a kill or a power cut the old or the new passphrase opens
    it. Raises `Refused` as `load`, the key as it was.
    """
    with held(home):
        key = _load(home, old)
        _save(home, key, _hidden(key, new))


def renew(home: Path) -> Identity:
    """A new device id for a copied or restored database; asks for no passphrase.

    The key stays and remembers its earlier ids (it can vouch for the new one); without a key
    file a new key is made, whose device waits for admission. Write the new id to the database
    after this: a crash in between costs one unused id.
    """
    with held(home):
        data = _file(home)
        if data is None:
            key = _fresh()
            _save(home, key, _hidden(key, None))
        else:
            was = _identity(data)
            renewed = {**data, "id": new_id(), "was": [*was.was, was.id]}
            write_whole(home / FILE, json.dumps(renewed).encode())
    found = read(home)
    assert found is not None
    return found


def prepare(home: Path, passphrase: str | None = None) -> Identity:
    """A new key with a new id beside the one in use, which two devices have: its device waits for
    admission. `settle` puts it in place. A key with a passphrase needs it, for the new one too.
    """
    with held(home):
        _load(home, passphrase)
        who, key = read(home), _fresh()
        wrapped = who is not None and who.wrapped
        data = {"v": 1, "id": key.id, "was": [], "public": key.public.hex()}
        data |= _hidden(key, passphrase if wrapped else None)
        write_whole(home / NEXT, json.dumps(data).encode())
    return Identity(key.id, key.public, (), wrapped)


def settle(home: Path, device: str) -> None:
    """Put a prepared key in place if the book is that device's by now; else throw it away."""
    following = home / NEXT
    if not following.exists():
        return
    with held(home), suppress(FileNotFoundError):
        try:
            found = _identity(json.loads(following.read_bytes()))
        except (OSError, ValueError, TypeError, RecursionError, Refused):
            found = None
        if found is not None and found.id == device:
            write_whole(home / FILE, following.read_bytes())
        following.unlink()


def exposed(home: Path) -> bool:
    """Whether other users of this computer may read the key (never known on Windows)."""
    path = home / FILE
    return os.name != "nt" and path.exists() and bool(path.stat().st_mode & 0o077)


def _fresh() -> DeviceKey:
    secret = os.urandom(32)
    return DeviceKey(new_id(), public_of(secret), (), secret)


def new_id() -> str:
    """A new id, ordered by the time it was made (UUIDv7)."""
    from uuid_utils import uuid7

    return str(uuid7())


def public_of(secret: bytes) -> bytes:
    """The public half of an Ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def _hidden(key: DeviceKey, passphrase: str | None) -> dict[str, Any]:
    """The part of the file that holds the secret."""
    if passphrase is None:
        return {"secret": key.secret.hex()}
    return {"wrapped": wrap(key.secret, passphrase, key.public)}


def _save(home: Path, key: DeviceKey, hidden: Mapping[str, Any]) -> None:
    data = {"v": 1, "id": key.id, "was": list(key.was), "public": key.public.hex(), **hidden}
    write_whole(home / FILE, json.dumps(data).encode())


def _file(home: Path) -> dict[str, Any] | None:
    try:
        data = json.loads((home / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(UNREADABLE) from error
    if not isinstance(data, dict):
        raise Refused(UNREADABLE)
    return data


def _identity(data: Mapping[str, Any]) -> Identity:
    try:
        was = tuple(str(one) for one in data["was"])
        who = Identity(str(data["id"]), bytes.fromhex(data["public"]), was, "wrapped" in data)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(UNREADABLE) from error
    if data.get("v") != 1 or not who.id or len(who.public) != 32:
        raise Refused(UNREADABLE)
    return who
