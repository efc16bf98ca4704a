"""Strangers: a process of its own that holds many connections to a hub and asks for nothing proper.

`python -m tests.support.strangers PORT PEM COUNT SECONDS NETWORK`: some are silent, some begin TLS
and stop, some write a head or a body byte by byte, some announce a body that never comes, some say
to be the hub itself or never read. Who is cut comes again. It stops by itself after so many
seconds, when its standard input ends, or when it is ended. NETWORK is how many addresses of the
loopback they come from, beginning with 127.0.0.2; 0 for 127.0.0.1, the members' own.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync.transport.http.certificates import trusting
from tests.sync.hub.devices import signer

PAUSE = 0.5
"""Seconds until somebody who was cut comes again."""
ROOT = Path(__file__).parents[2]


@contextmanager
def crowd(
    port: int, authority: Path, count: int, seconds: float, network: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """So many strangers, who are all there; at most for so many seconds."""
    words = [sys.executable, "-m", "tests.support.strangers"]
    words += [str(one) for one in (port, authority, count, seconds, network)]
    with subprocess.Popen(
        words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as one:
        try:
            assert one.stdout is not None
            assert one.stdout.readline() == "READY\n"
            yield one
        finally:
            one.terminate()


def _head(method: str, path: str, *lines: str) -> bytes:
    text = "\r\n".join([f"{method} {path} HTTP/1.1", "host: hub", *lines])
    return text.encode() + b"\r\n\r\n"


def _said(device: str) -> list[str]:
    """The headers of a signature that is none."""
    told = {"device": device, "epoch": "0" * 16, "time": "1795000000000", "nonce": "n" * 32,
            "signature": "00" * 64}  # fmt: skip
    return [f"x-sitebook-{name}: {value}" for name, value in told.items()]


class Crowd:
    """Everybody, in one event loop."""

    def __init__(self, port: int, authority: Path, network: int) -> None:
        self.port = port
        self.network = network
        self.context: ssl.SSLContext = trusting(authority.read_text(encoding="ascii"))
        self.cuts = 0

    async def one(self, number: int) -> None:
        """Somebody who comes again and again."""
        kinds = [self.silent, self.shaking, self.idle, self.slow_head, self.no_body, self.no_body,
                 self.slow_body, self.hub_itself, self.deaf]  # fmt: skip
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                await kinds[number % len(kinds)](number)
            self.cuts += 1
            await asyncio.sleep(PAUSE)

    async def _open(self, number: int, *, tls: bool = True) -> Any:
        where = f"127.0.0.{2 + number % self.network}" if self.network else "127.0.0.1"
        more: Any = {"ssl": self.context, "server_hostname": "127.0.0.1"} if tls else {}
        async with asyncio.timeout(60):
            return await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(where, 0), **more
            )

    async def silent(self, number: int) -> None:
        """Says nothing."""
        reader, _writer = await self._open(number, tls=False)
        await reader.read()

    async def shaking(self, number: int) -> None:
        """Begins TLS and stops."""
        reader, writer = await self._open(number, tls=False)
        writer.write(b"\x16\x03\x01\x02\x00\x01")
        await reader.read()

    async def idle(self, number: int) -> None:
        """Speaks TLS and asks for nothing."""
        reader, _writer = await self._open(number)
        await reader.read()

    async def slow_head(self, number: int) -> None:
        """Never comes to the end of a head."""
        reader, writer = await self._open(number)
        await self._drip(reader, writer, b"GET /v1/hello HTTP/1.1\r\nx: " + b"y" * 30_000)

    async def no_body(self, number: int) -> None:
        """Announces a body that does not come."""
        reader, writer = await self._open(number)
        way = ("GET", "/v1/hello") if number % 2 else ("POST", "/v1/join")
        writer.write(_head(*way, "content-length: 10"))
        await reader.read()

    async def slow_body(self, number: int) -> None:
        """Brings a log that is no log."""
        reader, writer = await self._open(number)
        writer.write(_head("POST", "/v1/log", "content-length: 16000000"))
        writer.write(b"[" * 2_000_000)
        await self._drip(reader, writer, b"[" * 14_000_000)

    async def hub_itself(self, number: int) -> None:
        """Says to be the hub, whose id anybody is told, or a member."""
        reader, writer = await self._open(number)
        writer.write(_head("GET", "/v1/hello"))
        found = await reader.readuntil(b"}")
        device = found.partition(b'"device":"')[2].partition(b'"')[0].decode()
        device = device if number % 2 else signer(1).id
        writer.write(_head("POST", "/v1/meet", *_said(device), "content-length: 900000"))
        await self._drip(reader, writer, b"[" * 900_000)

    async def deaf(self, number: int) -> None:
        """Asks and does not read."""
        _reader, writer = await self._open(number)
        for _ in range(1_000):
            writer.write(_head("GET", "/openapi.json"))
            await writer.drain()
            await asyncio.sleep(0.2)

    async def _drip(self, reader: Any, writer: Any, data: bytes) -> None:
        """A few bytes a second, until the other end has enough."""
        ends = asyncio.ensure_future(reader.read())
        try:
            for at in range(0, len(data), 40):
                writer.write(data[at : at + 40])
                await writer.drain()
                done, _ = await asyncio.wait([ends], timeout=1)
                if done:
                    return
        finally:
            ends.cancel()
            writer.close()


async def _run(port: int, authority: Path, count: int, seconds: float, network: int) -> None:
    some, over = Crowd(port, authority, network), asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, over.set)  # its end: nothing is written there
    tasks = [asyncio.create_task(some.one(number)) for number in range(count)]
    await asyncio.sleep(1.5)
    print("READY", flush=True)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(f"CUTS {some.cuts}", flush=True)


if __name__ == "__main__":
    place, pem, many, long, addresses = sys.argv[1:]
    asyncio.run(_run(int(place), Path(pem), int(many), float(long), int(addresses)))
