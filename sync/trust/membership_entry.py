"""Entry: one line of the membership log, in its one canonical byte form. Pure.

Bytes: UTF-8 JSON, keys sorted, no spaces, no floats, of `{"v", "n", "p", "k", "by", "body"}`.
What is hashed and signed are the bytes received, and bytes that are not in canonical form are
refused, so that no two parsers can read an entry differently.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from models.frozen import NamedTuple
from models.text.strict_json import signed_reader
from models.text.words import Refused, W
from sync.trust.signature import Signer, signed

VERSION = 1
LIMIT = 1 << 20
"""Most bytes of an entry: the positions of one person's devices in some 8,000 records."""
START = bytes(32)
"""The hash that the first entry names as the one before it."""
_KEYS = {"v", "n", "p", "k", "by", "body"}
_DOMAIN = b"sitebook/membership/1\0"
_NUMBER = b"sitebook/membership/number/1\0"
SIGNATURE = 64
"""Bytes of one signature."""
_HASH = re.compile(r"[0-9a-f]{64}")
_SPACE = 200
"""Most characters of a space's name."""

DAMAGED = W(
    "成员日志第 {n} 条已损坏或被改动，未采用。请向管理员要一份新的。",
    "Entry {n} of the membership log is damaged or altered and was not taken."
    " Ask an administrator for a fresh copy.",
)
UNNUMBERED = W(
    "成员日志第 {n} 条没有同步服务器的编号，未采用。请让写它的电脑与同步服务器同步。",
    "Entry {n} of the membership log was not numbered by the hub and was not taken. It must go"
    " through the hub.",
)
FORGED = W(
    "成员日志第 {n} 条的签名不对，未采用。请向管理员核实来源。",
    "Entry {n} of the membership log has a wrong signature and was not taken."
    " Ask an administrator where it comes from.",
)
TOO_LONG = W(
    "成员日志的一条内容超过 {limit} KiB。请分开来做。",
    "An entry of the membership log is longer than {limit} KiB. Do it in parts.",
)


class MembershipEntry(NamedTuple):
    """An entry as it is stored and travels."""

    n: int
    """Its place, from 1: the membership version it makes."""
    hash: bytes
    body: bytes
    sig: bytes
    """The author's signature; behind it, where a hub keeps the log, the hub's over the number."""


class EntryStatement(NamedTuple):
    """What an entry says."""

    v: int
    n: int
    prev: bytes
    kind: str
    by: str
    """The device that signs."""
    body: dict[str, Any]


class Head(NamedTuple):
    """A position in the chain of one device in one space, and which history is meant."""

    seq: int
    hash: bytes
    """Chain hash of change `seq`; nothing for sequence 0."""


NOTHING = Head(0, b"")
Heads = Mapping[str, Head]
"""Space (as `models.schema.natural_keys.veiled` names it) -> the position of one device there.

In an entry: `{space: [sequence, hash in hexadecimal]}`; `[0, ""]` where nothing was there. Of a
space that is not named, whose entry it is knew nothing.
"""


def heads_told(heads: Heads) -> dict[str, list[Any]]:
    """Positions as an entry says them."""
    return {space: [one.seq, one.hash.hex()] for space, one in heads.items()}


def heads_heard(said: Mapping[str, Any]) -> dict[str, Head]:
    """Positions that an entry says, their form checked before (`are_heads`)."""
    return {space: Head(seq, bytes.fromhex(hash)) for space, (seq, hash) in said.items()}


def are_heads(value: object) -> bool:
    """Whether a value says positions."""
    return isinstance(value, dict) and all(
        isinstance(space, str) and 0 < len(space) <= _SPACE and _is_head(head)
        for space, head in value.items()
    )


def _is_head(value: object) -> bool:
    if not isinstance(value, list) or [part.__class__ for part in value] != [int, str]:
        return False
    seq, hash = value
    if seq == 0:
        return bool(hash == "")
    return 0 < seq < 2**53 and _HASH.fullmatch(hash) is not None


def write(said: EntryStatement, signer: Signer) -> MembershipEntry:
    """The signed entry. Raises `Refused` for text that has no encoding, or too much of it."""
    data = {"v": said.v, "n": said.n, "p": said.prev.hex(), "k": said.kind}
    try:
        raw = _canonical({**data, "by": said.by, "body": said.body})
    except ValueError as error:
        raise Refused(DAMAGED, n=said.n) from error
    if len(raw) > LIMIT:
        raise Refused(TOO_LONG, limit=LIMIT // 1024)
    return MembershipEntry(said.n, hashlib.sha256(raw).digest(), raw, signer.sign(_DOMAIN + raw))


def read(entry: MembershipEntry) -> EntryStatement:
    """What an entry says, its form and hash checked but not its signature; `Refused` otherwise.

    An entry of a later form may have more keys; those of this form must have exactly its own.
    """
    raw = entry.body
    if len(raw) > LIMIT or hashlib.sha256(raw).digest() != entry.hash:
        raise Refused(DAMAGED, n=entry.n)
    try:
        data = _decode(raw.decode())
        if not isinstance(data, dict) or _canonical(data) != raw or not _well_formed(data):
            raise ValueError("not an entry in canonical form")
        prev = bytes.fromhex(data["p"])
    except (ValueError, RecursionError) as error:
        raise Refused(DAMAGED, n=entry.n) from error
    if data["n"] != entry.n:
        raise Refused(DAMAGED, n=entry.n)
    return EntryStatement(data["v"], data["n"], prev, data["k"], data["by"], data["body"])


def check(entry: MembershipEntry, public: bytes) -> None:
    """Raise `Refused` unless the owner of this key signed the entry."""
    if not signed(public, _DOMAIN + entry.body, entry.sig[:SIGNATURE]):
        raise Refused(FORGED, n=entry.n)


def numbered(entry: MembershipEntry, hub: Signer) -> MembershipEntry:
    """The entry with the hub's signature that it has this place in the log."""
    number = hub.sign(_NUMBER + entry.hash)
    return entry._replace(sig=entry.sig[:SIGNATURE] + number)


def check_number(entry: MembershipEntry, hub: bytes | None) -> None:
    """Raise `Refused` unless the hub of this key numbered the entry; None: there is no number."""
    number = entry.sig[SIGNATURE:]
    if hub is None:
        if number:
            raise Refused(FORGED, n=entry.n)
    elif not signed(hub, _NUMBER + entry.hash, number):
        raise Refused(UNNUMBERED, n=entry.n)


def _well_formed(data: dict[str, Any]) -> bool:
    texts = all(type(data.get(key)) is str for key in ("p", "k", "by"))
    numbers = all(type(data.get(key)) is int and data[key] > 0 for key in ("v", "n"))
    exact = set(data) == _KEYS or (numbers and data["v"] > VERSION)
    return texts and numbers and exact and isinstance(data.get("body"), dict)


def _canonical(data: object) -> bytes:
    text = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


_decode = signed_reader(unique=False)
