"""Signed request: what is signed, and JSON and frames read by one strict rule."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.transport.http.hub_errors import HubError
from sync.transport.http.signed_request import (
    JSON_DEPTH,
    PREFIX,
    Ask,
    framed,
    read,
    said_by,
    signed_headers,
    text,
    unframed,
    written,
)
from sync.trust.signature import signed
from tests.support.signers import signer

ASK = Ask("POST", "/v1/segments", "space=p%3Aone", {}, b"body")
HEADERS = signed_headers(signer(1), "o", ASK, "e" * 16, 1_700_000_000_000, "n" * 32)


def test_the_headers_carry_what_was_signed() -> None:
    said = said_by(HEADERS)
    assert said is not None and said.device == "d1" and said.time == 1_700_000_000_000
    assert signed(signer(1).public, text("o", ASK, said), said.signature)


@pytest.mark.parametrize(
    "other",
    [
        ASK._replace(method="PUT"),
        ASK._replace(path="/v1/members"),
        ASK._replace(query="space=p%3Atwo"),
        ASK._replace(body=b"bodY"),
    ],
    ids=["method", "path", "query", "body"],
)
def test_another_request_is_not_signed(other: Ask) -> None:
    said = said_by(HEADERS)
    assert said is not None
    assert not signed(signer(1).public, text("o", other, said), said.signature)
    assert not signed(signer(1).public, text("p", ASK, said), said.signature)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("device", ""),
        ("device", "d" * 129),
        ("device", "设备"),
        ("epoch", ""),
        ("time", "-1"),
        ("time", "1.5"),
        ("nonce", "n" * 15),
        ("signature", "0" * 126),
        ("signature", "z" * 128),
    ],
)
def test_misshapen_headers_say_nothing(name: str, value: str) -> None:
    assert said_by(HEADERS | {PREFIX + name: value}) is None
    assert said_by({key: one for key, one in HEADERS.items() if key != PREFIX + name}) is None


objects = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    st.integers(-(10**17), 10**17) | st.booleans() | st.none() | st.lists(st.just("x")),
    max_size=4,
)


@given(objects)
def test_an_object_is_read_as_it_was_written(data: dict[str, Any]) -> None:
    assert read(written(data)) == data


HOSTILE = {
    "nothing": b"",
    "no object": b"[1]",
    "a key twice": b'{"a":1,"a":2}',
    "a float": b'{"a":1.0}',
    "not a number": b'{"a":NaN}',
    "a long number": b'{"a":' + b"9" * 20 + b"}",
    "no UTF-8": b'{"a":"\xff"}',
    "half a character": b'{"a":"\\ud800"}',
    "a NUL": b'{"a":"\\u0000"}',
    "too deep": json.dumps({"a": [[[[[[[[[1]]]]]]]]]}).encode(),
    "a bomb": b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "something after": b"{} {}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_malformed(name: str) -> None:
    with pytest.raises(HubError) as caught:
        read(HOSTILE[name])
    assert (caught.value.status, caught.value.facts) == (400, {"part": "json"})


def test_a_body_may_be_as_long_and_as_deep_as_its_bounds() -> None:
    deep: Any = 1
    for _ in range(JSON_DEPTH - 1):
        deep = [deep]
    assert read(written({"a": deep})) == {"a": deep}
    with pytest.raises(HubError) as caught:
        read(b'{"a":1}', limit=6)
    assert caught.value.facts == {"part": "body"}


@given(st.lists(st.binary(min_size=1, max_size=9), max_size=6))
def test_frames_come_out_as_they_went_in(blobs: list[bytes]) -> None:
    assert unframed(framed(blobs), 6) == blobs
    if blobs:
        with pytest.raises(HubError):
            unframed(framed(blobs), len(blobs) - 1)


@given(st.binary(max_size=30))
def test_noise_is_exact_frames_or_malformed(body: bytes) -> None:
    try:
        found = unframed(body, 9)
    except HubError:
        return
    assert framed(found) == body
