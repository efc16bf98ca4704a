"""Requests: only an admitted device that signed exactly this, now and once, is heard."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from sync.hub.routes import WAYS
from sync.transport.http.signed_request import WINDOW, framed
from sync.trust.device_key import DeviceKey
from tests.sync.hub.devices import Asker, Organisation, signer
from tests.sync.hub.running import Running


def counts(hub: Running) -> list[int]:
    """How much there is of everything that a request could change."""
    t = hub.house.base.t
    tables = (t.Segment, t.Member, t.Fork, t.Reader, t.Kept, t.Piece, t.Invite, t.Quarantined)
    return [table.select().count() for table in tables]


def refused(reply: Any, status: int, reason: str) -> None:
    """The hub said no, and why."""
    assert (reply.status_code, reply.json()["reason"]) == (status, reason)


@pytest.mark.parametrize("way", [f"{m} {p}" for (m, p), one in WAYS.items() if one.signed])
def test_nothing_is_done_unsigned(hub: Running, asker: Asker, way: str) -> None:
    before = counts(hub)
    method, path = way.split()
    refused(asker(method, path, b"{}", key=None), 401, "unsigned")
    assert counts(hub) == before


def test_another_key_is_found_out(hub: Running, organisation: Organisation, asker: Asker) -> None:
    one, other = (device.key for device in organisation.devices[:2])
    before = counts(hub)
    refused(_as(asker, one.id, other), 401, "bad-signature")
    refused(_as(asker, "0190a1b2-ffff-7000-8000-000000000000", other), 403, "stranger")
    refused(_as(asker, one.id, signer(99)), 401, "bad-signature")
    assert counts(hub) == before


def _as(asker: Asker, device: str, key: DeviceKey) -> Any:
    return asker("POST", "/v1/meet", b"{}", key=replace(key, id=device))


def test_an_altered_request_is_refused(
    hub: Running, organisation: Organisation, asker: Asker
) -> None:
    device = organisation.devices[0]
    body = framed([device.wrote(1)])
    before = counts(hub)
    query = f"space=p%3A{device.project}"
    refused(asker("POST", "/v1/segments", body, query=query, sent=body + b"\0"), 401,
            "bad-signature")  # fmt: skip
    signed = asker.headers("POST", "/v1/segments", body, query="space=p%3Aelse")
    reply = asker("POST", "/v1/segments", body, query=query, key=None, headers=signed)
    refused(reply, 401, "bad-signature")
    signed = asker.headers("POST", "/v1/fetch", body, query=query)
    reply = asker("POST", "/v1/segments", body, query=query, key=None, headers=signed)
    refused(reply, 401, "bad-signature")
    assert counts(hub) == before


def test_a_request_counts_once(hub: Running, organisation: Organisation, asker: Asker) -> None:
    device = organisation.devices[1]
    blob = device.wrote(2)
    first = asker.bring(device.space, blob, nonce="a" * 32)
    assert first.json()["segments"] == [{"device": device.key.id, "last": 2, "what": "applied"}]
    before = counts(hub)
    refused(asker.bring(device.space, blob, nonce="a" * 32), 409, "replayed")
    hub.house._nonces.clear()  # as in another process of the same hub
    refused(asker.bring(device.space, blob, nonce="a" * 32), 409, "replayed")
    assert asker.bring(device.space, blob).json()["segments"][0]["what"] == "known"
    assert counts(hub) == before


def test_only_requests_of_now(hub: Running, asker: Asker) -> None:
    now = time.time_ns() // 1_000_000
    for wrong in (now - WINDOW - 5_000, now + WINDOW + 5_000, 0, 1 << 40):
        refused(asker("POST", "/v1/meet", b"{}", time=wrong), 401, "clock")
    refused(asker("POST", "/v1/meet", b"{}", epoch="0" * 16), 409, "old-epoch")
    assert asker.meet().status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"x-sitebook-time": "soon"},
        {"x-sitebook-time": "-1"},
        {"x-sitebook-time": "9" * 400},
        {"x-sitebook-signature": "zz"},
        {"x-sitebook-signature": ""},
        {"x-sitebook-nonce": ""},
        {"x-sitebook-device": "x" * 5000},
        {"x-sitebook-device": "\x7f' OR 1=1 --"},
    ],
)
def test_misshapen_signatures(asker: Asker, headers: dict[str, str]) -> None:
    signed = asker.headers("POST", "/v1/meet", b"{}")
    reply = asker("POST", "/v1/meet", b"{}", key=None, headers={**signed, **headers})
    assert reply.status_code in (400, 401, 403), reply.text


def test_a_revoked_device_is_heard_no_more(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Running(tmp_path_factory.mktemp("revoked") / "hub") as hub:
        organisation = hub.staff(Organisation(hub.house.key))
        gone = organisation.devices[2]
        with hub.asker(gone.key) as asker:
            assert asker.bring(gone.space, gone.wrote(1)).status_code == 200
            heads = {gone.key.id: {gone.space: [1, gone.hash.hex()]}}
            organisation.say("revoke", {"device": gone.key.id, "heads": heads})
            hub.staff(organisation)
            refused(asker.bring(gone.space, gone.wrote(1)), 403, "revoked")
            refused(asker.meet(), 403, "revoked")
