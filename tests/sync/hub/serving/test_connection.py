"""Connections that do not get on are cut, at each step, and hold no place until then."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sync.hub import certificates
from sync.hub.serving import asgi, connection
from sync.hub.serving.connection_limits import Places
from sync.transport.http.certificates import trusting
from tests.sync.hub.devices import Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused

HELLO = b"GET /v1/hello HTTP/1.1\r\nhost: hub\r\n"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A hub with its organisation, on SQLite, that waits shortly for strangers."""
    monkeypatch.setattr(connection, "REST_SECONDS", 0.4)
    with Running(tmp_path / "hub") as one:
        one.organisation = one.staff(Organisation(one.house.key))  # type: ignore[attr-defined]
        yield one


def desk(hub: Running) -> Any:
    """Its desk."""
    return hub.server.config.loaded_app.state.desk


@contextmanager
def line(hub: Running, *, tls: bool = True) -> Iterator[socket.socket]:
    """A connection to it."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as plain:
        if not tls:
            yield plain
            return
        context = trusting(certificates.authority(hub.home))
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as one:
            yield one


def ended(one: socket.socket) -> bytes:
    """What still comes until the other end ends it."""
    said = b""
    try:
        while part := one.recv(1 << 16):
            said += part
    except (ConnectionError, ssl.SSLError):
        pass
    return said


def answered(one: socket.socket) -> bytes:
    """One answer, which is a JSON object without another in it."""
    said = b""
    while not said.endswith(b"}"):
        part = one.recv(1 << 16)
        assert part, said
        said += part
    return said


def until(true: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("why", "tls", "parts"),
    [
        ("handshake", False, []),
        ("handshake", False, [b"\x16\x03\x01\x02\x00\x01"]),
        ("head", True, []),
        ("head", True, [HELLO]),
        ("head", True, [HELLO + b"\r\n", HELLO]),
    ],
    ids=["silent", "shaking", "idle", "half a head", "half a second head"],
)  # fmt: skip
def test_what_is_not_finished_is_cut(
    hub: Running, why: str, tls: bool, parts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HANDSHAKE_SECONDS", "HEAD_SECONDS"):
        monkeypatch.setattr(connection, name, 0.4)
    begun = time.monotonic()
    with line(hub, tls=tls) as one:
        for at, part in enumerate(parts):
            one.sendall(part)
            if at:
                continue
            if part.endswith(b"\r\n\r\n"):
                assert answered(one).startswith(b"HTTP/1.1 200")
        ended(one)
    assert 0.3 < time.monotonic() - begun < 5
    assert desk(hub).registry.cuts == {why: 1}
    until(lambda: desk(hub).registry.strangers == 0)


def test_a_stranger_rests_shortly_and_a_member_longer(hub: Running) -> None:
    device = hub.organisation.devices[0]  # type: ignore[attr-defined]
    with line(hub) as one, hub.asker(device.key) as asker:
        assert asker.meet().status_code == 200
        one.sendall(HELLO + b"\r\n")
        assert b'"organisation"' in ended(one)
        assert desk(hub).registry.members == 1


def test_no_body_is_awaited_where_none_is_taken(hub: Running) -> None:
    for more in (b"content-length: 10", b"transfer-encoding: chunked"):
        with line(hub) as one:
            one.sendall(HELLO + more + b"\r\n\r\n")
            assert ended(one).startswith(b"HTTP/1.1 400")


def test_a_body_that_comes_too_slowly_holds_no_place(
    hub: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asgi, "GRACE", 0.5)
    with line(hub) as one:
        one.sendall(b"POST /v1/join HTTP/1.1\r\nhost: hub\r\ncontent-length: 9000\r\n\r\n")
        one.sendall(b"[" * 9)
        until(lambda: desk(hub).budget.held == 9)
        assert desk(hub).count == 0
        assert ended(one).startswith(b"HTTP/1.1 408")
    until(lambda: desk(hub).budget.held == 0)


@pytest.mark.parametrize("path", ["/v1/found", "/v1/meet", "/v1/segments"])
def test_what_a_founded_hub_does_not_need_is_closed(hub: Running, path: str) -> None:
    """It has its organisation, and itself, whose id anybody is told, asks for nothing: no body of
    these is read.
    """
    names = {"device": hub.house.key.id, "epoch": "e", "time": "1", "nonce": "n" * 32}
    said = {**names, "signature": "00" * 64}
    lines = [f"x-sitebook-{name}: {value}" for name, value in said.items()]
    head = "\r\n".join([f"POST {path} HTTP/1.1", "host: hub", "content-length: 9000", *lines])
    with line(hub) as one:
        one.sendall(head.encode() + b"\r\n\r\n")
        assert ended(one).startswith(b"HTTP/1.1 403")
    assert desk(hub).budget.held == 0


def test_who_does_not_read_is_cut(hub: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is asked for over one connection, what is not read is not made."""
    monkeypatch.setattr(asgi, "GRACE", 0.5)
    monkeypatch.setattr(asgi, "RATE", 1 << 20)
    monkeypatch.setattr(connection, "APART", 0.0)
    with line(hub) as one:
        one.sendall(b"GET /openapi.json HTTP/1.1\r\nhost: hub\r\n\r\n" * 4_000)
        until(lambda: desk(hub).registry.cuts == {"answer": 1})
    until(lambda: desk(hub).budget.held == 0)


def test_a_body_that_is_not_wanted_is_not_heard_to_its_end(hub: Running) -> None:
    with line(hub) as one:
        one.sendall(HELLO + b"content-length: 1000000\r\n\r\n")
        assert answered(one).startswith(b"HTTP/1.1 400")
        with pytest.raises((ConnectionError, ssl.SSLError)):
            for _ in range(500):
                one.sendall(b"x")
                time.sleep(0.01)
    assert desk(hub).registry.cuts == {"body": 1}
    with line(hub) as one:  # one that comes soon does no harm
        for _ in range(2):
            one.sendall(HELLO + b"content-length: 2\r\n\r\n")
            assert answered(one).startswith(b"HTTP/1.1 400")
            one.sendall(b"xx")
        one.sendall(HELLO + b"\r\n")
        assert answered(one).startswith(b"HTTP/1.1 200")


def test_a_stranger_that_asks_and_asks_waits(hub: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "APART", 0.2)
    device = hub.organisation.devices[0]  # type: ignore[attr-defined]

    def seconds(asker: Any) -> float:
        begun = time.monotonic()
        for _ in range(4):
            assert asker("GET", "/health", key=None).status_code == 200
        return time.monotonic() - begun

    with hub.asker() as stranger, hub.asker(device.key) as member:
        assert member.meet().status_code == 200
        for _ in range(connection.FREE - 1):  # and one when it came
            stranger("GET", "/health")
            member("GET", "/health", key=None)
        assert seconds(stranger) > 0.55
        monkeypatch.setattr(connection, "APART", 60.0)
        seconds(member)


def test_strangers_take_no_place_of_a_member(tmp_path: Path) -> None:
    with Running(tmp_path / "hub", seats=Places(4, 4)) as hub:
        device = hub.staff(Organisation(hub.house.key)).devices[0]
        with hub.asker(device.key) as asker:
            assert asker.meet().status_code == 200
            opened = [socket.create_connection(("127.0.0.1", hub.port)) for _ in range(20)]
            until(lambda: desk(hub).registry.cuts["crowded"] == 16)
            assert desk(hub).registry.strangers == 4
            assert asker.meet().status_code == 200
            with hub.asker(device.key) as other:  # another one comes in among them
                assert other.meet().status_code == 200
            for one in opened:
                one.close()


def test_a_device_has_few_connections(tmp_path: Path) -> None:
    with Running(tmp_path / "hub", seats=Places(8, 8, 2)) as hub:
        device = hub.staff(Organisation(hub.house.key)).devices[0]
        with hub.asker(device.key) as one, hub.asker(device.key) as two:
            for asker in (one, two):
                assert asker.meet().status_code == 200
            with hub.asker(device.key) as three:
                assert three.meet().status_code == 200
                assert desk(hub).registry.members == 2


def test_without_tls_on_this_computer(tmp_path: Path) -> None:
    with Running(tmp_path / "hub", plain=True) as hub, line(hub, tls=False) as one:
        one.sendall(HELLO + b"connection: close\r\n\r\n")
        assert b'"epoch"' in ended(one)


def test_a_wrong_signature_stays_a_stranger_s(hub: Running) -> None:
    device = hub.organisation.devices[0]  # type: ignore[attr-defined]
    with hub.asker(device.key) as asker:
        refused(asker("POST", "/v1/meet", b"{}", sent=b"{ }"), 401, "bad-signature")
        assert (desk(hub).registry.members, desk(hub).registry.strangers) == (0, 1)
        assert asker.meet().status_code == 200
        assert (desk(hub).registry.members, desk(hub).registry.strangers) == (1, 0)
