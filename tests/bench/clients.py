"""Clients: devices that make rounds with a hub over raw TLS connections, at little cost."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sync.encoding.segment import decode
from sync.transport.http.certificates import trusting
from sync.transport.http.signed_request import Ask, framed, signed_headers, unframed, written
from sync.trust.device_key import DeviceKey
from tests.sync.hub.devices import ORGANISATION, Organisation

TRIES = 60


@dataclass
class Tally:
    """What happened."""

    times: dict[str, list[float]] = field(default_factory=dict)
    rounds: list[float] = field(default_factory=list)
    busy: int = 0
    errors: list[str] = field(default_factory=list)

    @classmethod
    def sum(cls, some: Iterable[Tally]) -> Tally:
        """All of them together."""
        whole = cls()
        for one in some:
            for path, times in one.times.items():
                whole.times.setdefault(path, []).extend(times)
            whole.rounds += one.rounds
            whole.busy += one.busy
            whole.errors += one.errors
        return whole


@dataclass
class Client:
    """One device between its rounds."""

    key: DeviceKey
    space: str
    blobs: list[bytes]
    had: dict[str, Any] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)

    def warm(self) -> Client:
        """The same device with its first round only."""
        first, self.blobs = self.blobs[:1], self.blobs[1:]
        return Client(self.key, self.space, first, self.had, self.held)


class Line:
    """A connection, with the epoch that the hub told on it."""

    def __init__(self, reader: Any, writer: Any, key: DeviceKey, tally: Tally) -> None:
        self.reader, self.writer = reader, writer
        self.key, self.tally, self.epoch = key, tally, ""

    async def call(self, method: str, path: str, body: bytes = b"", query: str = "") -> Any:
        """(headers, body) of an answer; a busy hub is asked again."""
        for _ in range(TRIES):
            begun = time.perf_counter()
            status, headers, said = await self._once(method, path, query, body)
            if status == 200:
                self.tally.times.setdefault(path, []).append(time.perf_counter() - begun)
                return headers, said
            if status not in (429, 503) or b"trouble" in said:
                raise RuntimeError(f"{path} {status} {said[:200]!r}")
            self.tally.busy += 1
            await asyncio.sleep(float(headers.get("retry-after", "1")) * random.uniform(0.5, 1.5))
        raise RuntimeError(f"{path} busy for ever")

    async def _once(self, method: str, path: str, query: str, body: bytes) -> Any:
        ask, now = Ask(method, path, query, {}, body), time.time_ns() // 1_000_000
        lines = [f"{method} {path}{'?' if query else ''}{query} HTTP/1.1", "host: hub"]
        if self.epoch:
            signed = signed_headers(
                self.key, ORGANISATION, ask, self.epoch, now, secrets.token_hex(16)
            )
            lines += [f"{name}: {value}" for name, value in signed.items()]
        lines.append(f"content-length: {len(body)}")
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in head)
        }
        said = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return int(head[0].split(" ")[1]), headers, said


async def one_round(
    context: ssl.SSLContext, port: int, one: Client, blob: bytes, tally: Tally
) -> None:
    """Hello, meet, bring, fetch, files and held, over a new connection."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname="127.0.0.1", limit=1 << 24
    )
    line = Line(reader, writer, one.key, tally)
    try:
        line.epoch = json.loads((await line.call("GET", "/v1/hello"))[1])["epoch"]
        space = f"space={one.space.replace(':', '%3A')}"
        shown = {"had": one.had, "latest": one.had, "own": {}}
        told = json.loads((await line.call("POST", "/v1/meet", written(shown)))[1])
        met = told["spaces"].get(one.space)
        reply = json.loads((await line.call("POST", "/v1/segments", framed([blob]), space))[1])
        (taken,) = reply["segments"]
        if taken["what"] not in ("applied", "known") or reply["quarantined"]:
            raise RuntimeError(f"{taken} {reply['quarantined']}")
        tips = met["receipt"]["tips"] if met else {}
        await _fetched(line, one, space, {d: q for d, q in tips.items() if d != one.key.id})
        await line.call("GET", "/v1/files", b"", space)
        if met:
            one.had = {one.space: met["proof"]}
            await line.call("POST", "/v1/held", written({one.space: [met["proof"]["n"], ""]}))
    except Exception as error:
        tally.errors.append(f"{type(error).__name__} {error}"[:300])
    finally:
        writer.close()
    tally.rounds.append(time.perf_counter() - begun)


async def _fetched(line: Line, one: Client, space: str, tips: dict[str, int]) -> None:
    """What others brought since the last round; each segment follows the one before."""
    want = {d: one.held.get(d, 0) for d, q in tips.items() if q > one.held.get(d, 0)}
    after = 0
    while want:
        headers, body = await line.call(
            "POST", "/v1/fetch", written(want), f"{space}&after={after}"
        )
        for blob in unframed(body, 1 << 20):
            part = decode(blob)
            if part.device not in want:
                continue  # a copy that the growth series put there
            if part.first != one.held.get(part.device, 0) + 1:
                raise RuntimeError(f"{part.device} skipped from {one.held.get(part.device)}")
            one.held[part.device] = part.last
        one.held |= {device: tips[device] for device in want if device not in one.held}
        if "x-sitebook-next" not in headers:
            return
        after = int(headers["x-sitebook-next"])


def one_after_another(pem: str, ports: list[int], some: list[Client]) -> Tally:
    """Rounds of each device in turn, none beside another."""
    tally = Tally()

    async def work() -> None:
        context = trusting(pem)
        for number in range(max(len(one.blobs) for one in some)):
            for one in some:
                await one_round(context, ports[0], one, one.blobs[number], tally)

    asyncio.run(work())
    return tally


def drive(
    pem: str, ports: list[int], hub: DeviceKey, devices: int, part: int, parts: int, rounds: int,
    changes: int, ready: Any, go: Any,
) -> Tally:  # fmt: skip
    """A share of the devices, all at once; in a process of its own, which seals beforehand."""
    from tests.bench.load import CREW

    places = [f"project-{n}" for n in range(max(1, devices // CREW))]
    crew = Organisation(hub, devices, places)
    mine = [
        Client(
            one.key,
            one.space,
            [one.wrote(changes, edits=bool(number % 5)) for number in range(rounds)],
        )
        for one in crew.devices[part::parts]
    ]
    tally, context = Tally(), trusting(pem)

    async def rounds_of(one: Client, port: int) -> None:
        for blob in one.blobs:
            await one_round(context, port, one, blob, tally)

    async def work() -> None:
        await asyncio.gather(
            *(rounds_of(one, ports[(part + n) % len(ports)]) for n, one in enumerate(mine))
        )

    ready.release()
    go.wait()
    asyncio.run(work())
    return tally
