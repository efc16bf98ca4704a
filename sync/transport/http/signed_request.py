"""Request: what a device signs of each request, and how both sides read it. Pure.

The signature covers the organisation, the hub's epoch, the time (by the hub's clock, which the
device has asked for), a number used once, and everything that the request says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from models.text.strict_json import signed_reader
from sync.transport.http.hub_errors import malformed
from sync.trust.signature import Signer

DOMAIN = "sitebook/request/1"
HEADERS = ("device", "epoch", "time", "nonce", "signature")
PREFIX = "x-sitebook-"
BODY = 8 << 20
"""Most bytes of a request's body."""
JSON_BODY = 1 << 20
JSON_DEPTH = 8
WINDOW = 300_000
"""Milliseconds by which the time of a request may differ from the hub's clock."""


class RequestSignature(NamedTuple):
    """Who says that they send this, from its headers; nothing of it is checked yet."""

    device: str
    epoch: str
    time: int
    nonce: str
    signature: bytes


class Ask(NamedTuple):
    """One request, read whole."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""


def text(organisation: str, ask: Ask, said: RequestSignature) -> bytes:
    """The bytes signed: a JSON list, so that no two requests have the same bytes."""
    body = hashlib.sha256(ask.body).hexdigest()
    parts = [DOMAIN, organisation, said.device, said.epoch, said.time, said.nonce]
    form = [*parts, ask.method, ask.path, ask.query, body]
    return json.dumps(form, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def signed_headers(
    key: Signer, organisation: str, ask: Ask, epoch: str, time: int, nonce: str
) -> dict[str, str]:
    """The headers of a request that this device makes."""
    said = RequestSignature(key.id, epoch, time, nonce, b"")
    signature = key.sign(text(organisation, ask, said)).hex()
    values = (said.device, said.epoch, str(said.time), said.nonce, signature)
    return {PREFIX + name: value for name, value in zip(HEADERS, values, strict=True)}


def said_by(headers: Mapping[str, str]) -> RequestSignature | None:
    """What the headers say; None when they say nothing or something misshapen."""
    values = [headers.get(PREFIX + name, "") for name in HEADERS]
    device, epoch, time, nonce, signature = values
    plain = all(value.isascii() and 0 < len(value) <= 128 for value in values[:4])
    if not plain or len(nonce) < 16 or not time.isdecimal() or len(signature) != 128:
        return None
    try:
        return RequestSignature(device, epoch, int(time[:15]), nonce, bytes.fromhex(signature))
    except ValueError:
        return None


def read(body: bytes, limit: int = JSON_BODY) -> dict[str, Any]:
    """A JSON object, read by one strict rule: no repeated keys, no floats, no great depth."""
    if len(body) > limit:
        raise malformed(part="body")
    try:
        data = _decode(body.decode())
        _shallow(data, JSON_DEPTH)
    except (ValueError, RecursionError):
        raise malformed(part="json") from None
    if not isinstance(data, dict):
        raise malformed(part="json")
    return data


def written(data: object) -> bytes:
    """A JSON answer."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def framed(blobs: list[bytes]) -> bytes:
    """Several blobs as one body: each behind its length in four bytes."""
    return b"".join(len(blob).to_bytes(4, "big") + blob for blob in blobs)


def unframed(body: bytes, most: int) -> list[bytes]:
    """The blobs again. Raises `Fault` unless they fill the body exactly."""
    found, at = list[bytes](), 0
    while at < len(body):
        size = int.from_bytes(body[at : at + 4], "big")
        end = at + 4 + size
        if at + 4 > len(body) or end > len(body) or not size or len(found) >= most:
            raise malformed(part="frames")
        found.append(body[at + 4 : end])
        at = end
    return found


_decode = signed_reader(digits=19)


def _shallow(value: Any, left: int) -> None:
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("NUL in a text")
    elif isinstance(value, dict | list):
        if not left:
            raise ValueError("nested too deeply")
        for one in (*value, *value.values()) if isinstance(value, dict) else value:
            _shallow(one, left - 1)
