"""Client: whatever answers, the person reads one sentence, and a busy hub is asked again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from models.text.words import Refused
from sync.transport.http import client, hub_errors
from sync.transport.http.client import (
    AWAY,
    BUSY,
    OTHER_HUB,
    REASONS,
    SAID_NO,
    TRIES,
    Denied,
    NewEpoch,
    Wire,
)
from sync.transport.http.signed_request import Ask, said_by, text
from sync.trust.signature import signed
from tests.support.signers import signer

Answer = tuple[int, dict[str, Any] | bytes, dict[str, str]]
HELLO = {"organisation": "o", "epoch": "e" * 16, "time": 1_700_000_000_000}


class Spoken:
    """What was asked of a small server, and what it answers, one after another."""

    def __init__(self, *answers: Answer | dict[str, Any] | int) -> None:
        self.answers = list(answers)
        self.asked = list[tuple[str, str, dict[str, str], bytes]]()

    def next(self) -> Answer:
        one = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(one, int):
            return one, {}, {}
        return one if isinstance(one, tuple) else (200, one, {})


@contextmanager
def spoken(*answers: Answer | dict[str, Any] | int) -> Iterator[tuple[Wire, Spoken, list[float]]]:
    """A line to a server that gives these answers, without TLS on the loopback."""
    script, pauses = Spoken(*answers), list[float]()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = {name.lower(): value for name, value in self.headers.items()}
            script.asked.append((self.command, self.path, asked, body))
            status, said, headers = script.next()
            data = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        with Wire(url, "", pause=pauses.append) as wire:
            yield wire, script, pauses
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_a_call_is_signed_with_the_hubs_epoch_and_clock() -> None:
    with spoken(HELLO, {"ok": 1}) as (wire, script, _):
        wire.hello()
        reply = wire.call("POST", "/v1/meet", b"{}", key=signer(1), space="p:one", after=3)
        assert reply.json() == {"ok": 1}
    method, path, headers, body = script.asked[-1]
    assert (method, path, body) == ("POST", "/v1/meet?space=p%3Aone&after=3", b"{}")
    said = said_by(headers)
    assert said is not None and said.epoch == "e" * 16 and said.device == "d1"
    assert abs(said.time - HELLO["time"]) < 60_000  # type: ignore[operator]
    ask = Ask("POST", "/v1/meet", "space=p%3Aone&after=3", {}, b"{}")
    assert signed(signer(1).public, text("o", ask, said), said.signature)


@pytest.mark.parametrize("said", [b"", b"[]", b"<html>", b'{"organisation": "o"}', b"\xff"])
def test_what_is_no_hub_is_one_sentence(said: bytes) -> None:
    with spoken((200, said, {})) as (wire, _, _), pytest.raises(Refused) as caught:
        wire.hello()
    assert caught.value.word is OTHER_HUB


@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_is_said_in_words(reason: str) -> None:
    with spoken((403, {"reason": reason}, {})) as (wire, _, _), pytest.raises(Denied) as caught:
        wire.call("GET", "/v1/members")
    assert caught.value.said == reason and caught.value.word is SAID_NO
    assert REASONS[reason].zh in str(caught.value)


@pytest.mark.parametrize("said", [{}, {"reason": "unheard"}, {"reason": "x" * 999}, b"\xff"])
def test_a_refusal_of_another_kind_is_short(said: Any) -> None:
    with spoken((418, said, {})) as (wire, _, _), pytest.raises(Denied) as caught:
        wire.call("GET", "/v1/members")
    assert len(str(caught.value)) < 300 and "{" not in str(caught.value)


def test_a_busy_hub_is_asked_again_later_and_later() -> None:
    with spoken((503, {}, {"retry-after": "2"}), 429, {"ok": 1}) as (wire, script, pauses):
        assert wire.call("GET", "/v1/members").json() == {"ok": 1}
    assert len(script.asked) == 3 and len(pauses) == 2 and 1.5 <= pauses[0] <= 3


def test_a_hub_that_stays_busy_is_given_up() -> None:
    with spoken(503) as (wire, script, pauses), pytest.raises(Refused) as caught:
        wire.call("GET", "/v1/members")
    assert caught.value.word is BUSY and len(script.asked) == len(pauses) == TRIES
    assert all(0 < pause <= 6 for pause in pauses)


def test_a_clock_that_is_wrong_is_set_and_the_call_made_again() -> None:
    wrong: Answer = (401, {"reason": hub_errors.CLOCK, "time": 1_800_000_000_000}, {})
    with spoken(HELLO, wrong, {"ok": 1}) as (wire, script, _):
        wire.hello()
        assert wire.call("GET", "/v1/members", key=signer(1)).json() == {"ok": 1}
    said = said_by(script.asked[-1][2])
    assert said is not None and abs(said.time - 1_800_000_000_000) < 60_000


def test_a_number_used_twice_is_chosen_anew() -> None:
    with spoken(HELLO, (401, {"reason": hub_errors.REPLAYED}, {}), {"ok": 1}) as (wire, script, _):
        wire.hello()
        wire.call("GET", "/v1/members", key=signer(1))
    nonces = [headers["x-sitebook-nonce"] for _, _, headers, _ in script.asked[1:]]
    assert len(set(nonces)) == 2


def test_a_new_epoch_is_told_apart() -> None:
    old: Answer = (409, {"reason": hub_errors.OLD_EPOCH}, {})
    with spoken(old) as (wire, _, _), pytest.raises(NewEpoch):
        wire.call("GET", "/v1/members")


def test_nobody_there_is_one_sentence() -> None:
    with Wire("http://127.0.0.1:9", "") as wire, pytest.raises(Refused) as caught:
        wire.call("GET", "/v1/hello")
    assert caught.value.word is AWAY and str(client.NO_HUB_THERE) in str(caught.value)
