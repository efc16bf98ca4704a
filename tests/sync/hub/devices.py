"""Devices: an organisation of many, none of which has a book; they make sealed segments at once.

What the hub must bear and refuse is told to it by these, request by request, without the client
that a book has.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import httpx2

from models.schema.roles import ENGINEER
from sync.changes.change import Change, Dot, chain, genesis
from sync.encoding.segment import encode, make
from sync.transport.http.certificates import trusting
from sync.transport.http.signed_request import Ask, framed, signed_headers, unframed, written
from sync.trust import membership_entry
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership, found
from sync.trust.membership_entry import EntryStatement
from sync.trust.steering.steering import HUB

ORGANISATION = "0190a1b2-0000-7000-8000-00000000c0de"
FOUNDER = "0190a1b2-0000-7000-8000-0000000f0000"
AT = 1_795_000_000_000
ONE = "one"


class Organisation:
    """Its log of members: a founder, the hub, and an engineer on each device."""

    def __init__(self, hub: DeviceKey, count: int = 3, projects: Iterable[str] = (ONE,)) -> None:
        places, self.key_of_hub = list(projects), hub
        self.key = signer(0)
        self.person = FOUNDER
        log = found(
            self.key, organisation=ORGANISATION, name="远山", person=FOUNDER, person_name="林工"
        )
        body = {"person": HUB + hub.id, "device": hub.id, "key": hub.public.hex(), "name": "Hub"}
        log = log.append("hub", {**body, "tag": "B"}, self.key)
        self.projects = {n: places[(n - 1) % len(places)] for n in range(1, count + 1)}
        self.log = log.extend(_entries(self, log))
        self.devices = [Device(self, signer(n), _id(n, 1), p) for n, p in self.projects.items()]

    def say(self, kind: str, body: dict[str, Any]) -> Membership:
        """One more entry by the founder."""
        (drafted,) = self.log.append(kind, body, self.key).entries[len(self.log.entries) :]
        self.log = self.log.kept(drafted, self.key_of_hub)
        return self.log


class Device:
    """One device and its chain in its project's space; it only ever writes."""

    def __init__(self, of: Organisation, key: DeviceKey, person: str, project: str) -> None:
        self.of = of
        self.key = key
        self.person = person
        self.project = project
        self.space = f"p:{project}"
        self.seq, self.hash = 0, genesis(self.space, key.id)
        self.at = AT
        self.records: list[tuple[str, int, int]] = []
        """Id, and the sequences of its creation and of its last cause."""

    def wrote(self, count: int, *, edits: bool = False, text: str = "回风温度偏高") -> bytes:
        """So many changes under a seal: new fixes, or edits of its own, one after another."""
        before, bodies = self.hash, list[bytes]()
        for _ in range(count):
            self.seq, self.at = self.seq + 1, self.at + 1
            change = self._edit(text) if edits and self.records else self._new(text)
            bodies.append(change.canonical())
            self.hash = chain(self.hash, bodies[-1])
        return encode(
            make(
                self.key, bodies, organisation=ORGANISATION, prev=before,
                members=self.of.log.version,
            )
        )  # fmt: skip

    def sealed(self, *given: dict[str, Any]) -> bytes:
        """New fixes under a seal, each with these parts in place of the usual ones."""
        before, bodies = self.hash, list[bytes]()
        for parts in given:
            self.seq, self.at = self.seq + 1, self.at + 1
            bodies.append(replace(self._new("x"), **parts).canonical())
            self.hash = chain(self.hash, bodies[-1])
        members = self.of.log.version
        return encode(
            make(self.key, bodies, organisation=ORGANISATION, prev=before, members=members)
        )

    def _new(self, text: str) -> Change:
        record = _id(self.seq, int.from_bytes(hashlib.sha256(self.key.id.encode()).digest()[:5]))
        self.records.append((record, self.seq, 0))
        header = {
            "ref": None, "number": f"FX-2026-A-{self.seq % 10_000:04}", "project": self.project,
            "occurred": self.at, "recorded": self.at, "author": self.person,
        }  # fmt: skip
        fields = {"state": "open", "phenomenon": f"{text} {self.seq}", "place": "3 号机柜"}
        return self._change(record, fields, {}, header)

    def _edit(self, text: str) -> Change:
        place = self.seq % len(self.records)
        record, birth, cause = self.records[place]
        self.records[place] = record, birth, self.seq
        base: dict[str, list[Dot]] = {"state": [(self.key.id, birth)]}
        base["cause"] = [(self.key.id, cause or birth)]
        return self._change(record, {"cause": f"{text} {self.seq}"}, base, None)

    def _change(self, record: str, fields: Any, base: Any, header: Any) -> Change:
        place = self.space, self.key.id, self.seq, self.at << 16
        return Change(*place, "fix", record, self.seq, fields, base, header)


class Asker:
    """Speaks to a hub in a device's name, rightly or wrongly."""

    def __init__(self, url: str, authority: str, key: DeviceKey | None = None) -> None:
        self.key = key
        self.http = httpx2.Client(
            base_url=url, verify=trusting(authority), trust_env=False, timeout=30
        )
        self.epoch = str(self.http.get("/v1/hello").json()["epoch"])

    def __call__(
        self, method: str, path: str, body: bytes = b"", *, query: str = "", **said: Any
    ) -> Any:
        """One request; `said` may put in another key, nonce, time, epoch, or `sent` bytes."""
        headers = self.headers(method, path, body, query=query, **said)
        where = f"{path}?{query}" if query else path
        headers |= said.get("headers", {})
        return self.http.request(method, where, content=said.get("sent", body), headers=headers)

    def headers(
        self, method: str, path: str, body: bytes = b"", *, query: str = "", **said: Any
    ) -> dict[str, str]:
        """The signature of a request."""
        key = said.get("key", self.key)
        if key is None:
            return {}
        ask = Ask(method, path, query, {}, body)
        at = said.get("time", time.time_ns() // 1_000_000)
        nonce = said.get("nonce", secrets.token_hex(16))
        return signed_headers(key, ORGANISATION, ask, said.get("epoch", self.epoch), at, nonce)

    def bring(self, space: str, *blobs: bytes, **said: Any) -> Any:
        """Give segments."""
        return self("POST", "/v1/segments", framed(list(blobs)), query=f"space={_plus(space)}",
                    **said)  # fmt: skip

    def fetch(self, space: str, want: dict[str, int]) -> list[bytes]:
        """All that lies there of these devices beyond these sequences."""
        blobs, after = list[bytes](), 0
        while True:
            query = f"space={_plus(space)}&after={after}"
            reply = self("POST", "/v1/fetch", written(want), query=query)
            assert reply.status_code == 200, reply.text
            blobs += unframed(reply.content, 1 << 20)
            if "x-sitebook-next" not in reply.headers:
                return blobs
            after = int(reply.headers["x-sitebook-next"])

    def meet(self, **shown: Any) -> Any:
        """What the hub has."""
        return self("POST", "/v1/meet", json.dumps(shown).encode())

    def close(self) -> None:
        """Hang up."""
        self.http.close()


def signer(number: int) -> DeviceKey:
    """The key of a device by its number, 0 for the founder's."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = hashlib.sha256(f"device {number}".encode()).digest()
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return DeviceKey(_id(number, 0), public, (), secret)


def _entries(of: Organisation, log: Membership) -> Iterator[membership_entry.MembershipEntry]:
    """Person, device and role of everybody, each entry after the one before."""
    number, prev = len(log.entries), log.head
    for n, project in of.projects.items():
        person, key = _id(n, 1), signer(n)
        device = {"person": person, "device": key.id, "key": key.public.hex()}
        for kind, body in (
            ("person", {"person": person, "name": f"工程师 {n}", "title": ""}),
            ("device", {**device, "name": "laptop", "tag": _tag(n)}),
            ("role", {"person": person, "role": ENGINEER, "project": project, "grant": True}),
        ):
            number += 1
            one = membership_entry.write(
                EntryStatement(membership_entry.VERSION, number, prev, kind, of.key.id, body),
                of.key,
            )
            prev = one.hash
            yield membership_entry.numbered(one, of.key_of_hub)


def _tag(number: int) -> str:
    """Tags after those of founder and hub: C … Z, AA, AB …"""
    number, text = number + 2, ""
    while number:
        number, left = divmod(number - 1, 26)
        text = chr(ord("A") + left) + text
    return text


def _id(number: int, kind: int) -> str:
    return f"0190a1b2-{number & 0xFFFF:04x}-7{number >> 16 & 0xFFF:03x}-8000-{kind:012x}"


def _plus(space: str) -> str:
    return space.replace(":", "%3A")
