"""Limits: what is too large, too deep, too long or too slow is refused, and nothing is changed."""

from __future__ import annotations

import json
import socket
import ssl
import time
import zlib
from dataclasses import replace
from typing import Any

import pytest
from msgpack import packb, unpackb  # type: ignore[import-untyped]

from sync.encoding.compression import squeeze
from sync.encoding.segment import decode, encode
from sync.hub import certificates
from sync.hub.serving import asgi
from sync.transport.http.certificates import trusting
from sync.transport.http.signed_request import BODY, JSON_BODY, framed
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import counts, refused


def test_bodies_have_a_most(hub: Running, organisation: Organisation, asker: Asker) -> None:
    before, space = counts(hub), organisation.devices[0].space
    refused(asker.bring(space, bytes(BODY)), 413, "too-large")
    refused(asker("POST", "/v1/held", b" " * (JSON_BODY + 1)), 413, "too-large")

    def endless() -> Any:
        for _ in range(2 * (BODY >> 16)):
            yield bytes(1 << 16)

    query = f"space={space}".replace(":", "%3A")
    reply = asker("POST", "/v1/segments", b"", query=query, sent=endless())
    refused(reply, 413, "too-large")
    assert counts(hub) == before


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"had":' * 12 + b"{}" + b"}" * 12,
        b'{"had":{},"had":{}}',
        b'{"had":1e3}',
        b'{"had":NaN}',
        b'{"had":' + b"9" * 5000 + b"}",
        b'{"had":{"\\u0000":1}}',
        b'{"had":{"\\ud800":1}}',
        b'{"had":{"a":\xff}}',
        b"\xef\xbb\xbf{}",
        b"[]",
        b"",
        b"null",
        json.dumps({"had": {str(n): 1 for n in range(6_000)}}).encode(),
    ],
)  # fmt: skip
def test_json_is_read_strictly(asker: Asker, body: bytes) -> None:
    refused(asker("POST", "/v1/meet", body), 400, "malformed")


@pytest.mark.parametrize("body", [b"", b"\0", b"\0\0\0\0", b"\xff" * 8, framed([b"x"])[:-1]])
def test_frames_are_whole(
    hub: Running, organisation: Organisation, asker: Asker, body: bytes
) -> None:
    query = f"space=p%3A{organisation.devices[0].project}"
    refused(asker("POST", "/v1/segments", body, query=query), 400, "malformed")


def test_what_is_inside_has_limits(hub: Running, organisation: Organisation, asker: Asker) -> None:
    """A bomb, a count that is not as declared, more than is said: each refused by itself."""
    device = organisation.devices[0]
    before = counts(hub)
    seq, hash = device.seq, device.hash
    sound = decode(device.wrote(3))
    device.seq, device.hash = seq, hash
    said = squeeze(bytes(100), zstd=False)[:4]  # a method, and a size that is a lie
    bomb = encode(replace(sound, packed=said + zlib.compress(bytes(64 << 20))))
    fewer = encode(replace(sound, last=sound.last - 1))
    parts = unpackb(encode(sound))
    padded = packb([*parts[:-1], parts[-1] + b"\0"])
    for blob in (bomb, fewer, padded, b"no segment at all", packb([9, *parts[1:]])):
        begun = time.monotonic()
        told = asker.bring(device.space, blob)
        assert told.status_code == 200, told.text
        assert [one["place"] for one in told.json()["refused"]] == [0], told.text
        assert not told.json()["segments"]
        assert time.monotonic() - begun < 2
    assert counts(hub) == before
    whole = asker.bring(device.space, bomb, encode(sound)).json()  # the sound one beside it counts
    assert [one["what"] for one in whole["segments"]] == ["applied"]
    device.seq, device.hash = sound.last, sound.hash


def test_many_changes_at_once(organisation: Organisation, asker: Asker) -> None:
    device = organisation.devices[0]
    seq, hash = device.seq, device.hash
    blobs = [device.wrote(500) for _ in range(5)]
    refused(asker.bring(device.space, *blobs), 413, "too-many")
    refused(asker.bring(device.space, *[b"x"] * 600), 400, "malformed")
    device.seq, device.hash = seq, hash


def test_a_quota(hub: Running, organisation: Organisation) -> None:
    device = organisation.devices[2]
    blob = device.wrote(50)
    with hub.asker(device.key) as asker:
        was, hub.house.quota = hub.house.quota, 100
        try:
            refused(asker.bring(device.space, blob), 413, "over-quota")
            assert device.key.id not in asker.meet().json()["spaces"].get(device.space, {})
            assert not asker.fetch(device.space, {device.key.id: 0})
        finally:
            hub.house.quota = was
        assert asker.bring(device.space, blob).json()["segments"][0]["what"] == "applied"


@pytest.mark.parametrize(
    "query",
    ["", "space=", "space=company&space=company", "space=company&more=1", "space=%00", "after=1",
     "space=" + "x" * 300, "space=%ff", "&&&", "space"],
)  # fmt: skip
def test_queries_are_exact(asker: Asker, query: str) -> None:
    assert asker("GET", "/v1/files", query=query).status_code in (400, 403)


# -- over a raw connection -------------------------------------------------------------------------


def raw(hub: Running, *parts: bytes, wait: float = 5) -> bytes:
    """What the hub says to bytes as they are, until it closes or has said something."""
    context = trusting(certificates.authority(hub.home))
    with (
        socket.create_connection(("127.0.0.1", hub.port), timeout=wait) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        try:
            for part in parts:
                line.sendall(part)
            return line.recv(65536)
        except (TimeoutError, ssl.SSLError, ConnectionError):
            return b""


def head(asker: Asker) -> bytes:
    """The first lines of a signed request."""
    lines = ["POST /v1/meet HTTP/1.1", "host: hub"]
    lines += [f"{name}: {value}" for name, value in asker.headers("POST", "/v1/meet").items()]
    return "\r\n".join(lines).encode() + b"\r\n"


@pytest.mark.parametrize(
    "rest",
    [
        b"content-length: 99999999999999999999\r\n\r\n{}",
        b"content-length: -5\r\n\r\n{}",
        b"content-length: two\r\n\r\n{}",
        b"content-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        b"transfer-encoding: chunked\r\n\r\nZZZ\r\n{}",
        b"transfer-encoding: gzip\r\n\r\n{}",
        b"x: " + b"y" * (1 << 22) + b"\r\n\r\n",
    ],
)
def test_lying_heads(hub: Running, asker: Asker, rest: bytes) -> None:
    said = raw(hub, head(asker) + rest).split(b"\r\n")[0]
    assert said.split(b" ")[1:2] in ([b"400"], [b"413"], [b"431"], [b"501"], []), said
    with hub.asker() as anybody:
        assert anybody("GET", "/health").json()["ok"] is True


def test_a_body_that_does_not_come_ends(
    hub: Running, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asgi, "BODY_SECONDS", 0.3)
    begun = time.monotonic()
    said = raw(hub, head(asker) + b"content-length: 1000\r\n\r\n", b"{")
    assert said.startswith(b"HTTP/1.1 408"), said
    assert time.monotonic() - begun < 4


def test_nothing_is_read_from_strangers(hub: Running, asker: Asker) -> None:
    """No signature, or a device that nobody knows: the answer comes before the body."""
    size = b"content-length: 8000000\r\n\r\n"
    unsigned = b"POST /v1/segments?space=company HTTP/1.1\r\nhost: hub\r\n"
    assert raw(hub, unsigned + size).startswith(b"HTTP/1.1 401")
    device = asker.headers("POST", "/v1/meet")["x-sitebook-device"].encode()
    other = head(asker).replace(device, b"0190a1b2-ffff-7000-8000-000000000000")
    assert raw(hub, other + size).startswith(b"HTTP/1.1 403")
