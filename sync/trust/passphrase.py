"""Passphrase: a secret under a passphrase (Argon2id, or scrypt where it is missing;
ChaCha20-Poly1305).

Memory-hard on purpose: about 0.2 s and 64 MiB a try on a laptop.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from typing import Any

from models.text.words import Refused, W

ARGON2: dict[str, int] = {"memory": 64 * 1024, "iterations": 3, "lanes": 1}
"""Memory in KiB."""
SCRYPT: dict[str, int] = {"n": 2**17, "r": 8, "p": 1}
_MOST = {"memory": 2**20, "iterations": 16, "lanes": 16, "n": 2**20, "r": 16, "p": 4}

WRONG = W("口令不对。请再输入一次。", "The passphrase is wrong. Enter it again.")
EMPTY = W(
    "口令不能为空，也不能含无法编码的字符。请换一个口令。",
    "A passphrase cannot be empty or hold characters that have no encoding. Choose another.",
)
UNREADABLE = W(
    "密钥文件已损坏，无法读取。请从备份恢复，或作为新电脑重新加入。",
    "The key file is damaged and cannot be read. Restore it from a backup or join as a new device.",
)


def wrap(secret: bytes, passphrase: str, bound: bytes, kdf: str = "argon2id") -> dict[str, Any]:
    """The secret under the passphrase, as JSON values; `bound` must be given again to open it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = os.urandom(16), os.urandom(12)
    cost = ARGON2 if kdf == "argon2id" else SCRYPT
    try:
        key = _derive(kdf, passphrase, salt, cost)
    except UnsupportedAlgorithm:
        if kdf == "scrypt":
            raise
        return wrap(secret, passphrase, bound, "scrypt")
    data = ChaCha20Poly1305(key).encrypt(nonce, secret, bound)
    return {"kdf": kdf, **cost, "salt": salt.hex(), "nonce": nonce.hex(), "data": data.hex()}


def unwrap(box: Mapping[str, Any], passphrase: str, bound: bytes) -> bytes:
    """The secret again. Raises `Refused`: WRONG passphrase, or an UNREADABLE box."""
    from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        kdf = box["kdf"]
        cost = {name: box[name] for name in (ARGON2 if kdf == "argon2id" else SCRYPT)}
        salt, nonce, data = (bytes.fromhex(box[name]) for name in ("salt", "nonce", "data"))
        if any(type(n) is not int or not 0 < n <= _MOST[name] for name, n in cost.items()):
            raise ValueError("cost out of bounds")
        key = _derive(kdf, passphrase, salt, cost)
        return ChaCha20Poly1305(key).decrypt(nonce, data, bound)
    except InvalidTag:
        raise Refused(WRONG) from None
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm, MemoryError) as error:
        raise Refused(UNREADABLE) from error


def _derive(kdf: str, passphrase: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    """32 bytes from a passphrase, typed in full or half width alike."""
    try:
        typed = unicodedata.normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError:
        typed = b""
    if not typed:
        raise Refused(EMPTY)
    if kdf == "scrypt":
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        return Scrypt(salt=salt, length=32, **cost).derive(typed)
    if kdf != "argon2id":
        raise ValueError(kdf)
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory"],
    ).derive(typed)
