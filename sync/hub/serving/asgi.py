"""ASGI: the hub as an ASGI application; requests are read whole within limits, then answered.

Until its signature is checked a request counts for the address that it comes from, and waits its
turn among strangers' (`fair_queue`); from then on it counts for its device. A place is taken when
the body is there. Every answer that is no success has a reason from a fixed set, and none has
status 500: an error that was not foreseen is 503 with the reason 'trouble' and a number that is
also in the log, without content.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sync.hub.handlers import (  # noqa: F401  (each declares its routes)
    attachments,
    enrolment,
    exchange,
    info,
    returned_log,
)
from sync.hub.hub import Caller, Hub
from sync.hub.routes import WAYS, HubResponse, HubRoute, answer, checked
from sync.hub.serving.byte_budget import ByteBudget, ByteShares, HeldBytes
from sync.hub.serving.connection import Connection
from sync.hub.serving.connection_limits import ConnectionRegistry, Places, places
from sync.hub.serving.fair_queue import FairQueue
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError, malformed
from sync.transport.http.signed_request import Ask, said_by, written

BODY_SECONDS = 60.0
"""Until the whole body of a stranger's request is there."""
GRACE, RATE = 10.0, 4 << 10
"""Seconds that any body may take, and bytes a second that come at least after them."""
PART = 64 << 10
"""Bytes of an answer that are sent at once."""
AT_ONCE = 4
"""Requests of one device that are in hand at once."""
STRANGERS = 256
"""Requests of strangers that wait or are in hand."""
STRANGER_THREADS = 2
HEAVY = 32
"""Of these, requests that write."""

T = TypeVar("T")

log = logging.getLogger("sitebook.hub")


class RequestDesk:
    """Takes requests and gives them to threads, as many as there is room for."""

    def __init__(
        self, hub: Hub, threads: int, queue: int, seats: Places, shares: ByteShares
    ) -> None:
        few = min(STRANGER_THREADS, threads)
        self.hub = hub
        self.room = threads + queue
        self.pools = {"hub": threads, "gate": few}
        self.pool, self.gate = (ThreadPoolExecutor(n, name) for name, n in self.pools.items())
        self.registry = ConnectionRegistry(seats)
        self.budget = ByteBudget(shares, self.registry)
        self.strangers = FairQueue(few, min(STRANGERS, self.room))
        self.heavy = FairQueue(1, HEAVY)
        self.in_hand = Counter[str]()
        """Requests by device."""
        self.members = 0

    @property
    def count(self) -> int:
        """How many requests have a place."""
        return self.members + self.strangers.count

    async def answer(self, one: HubRoute, request: Request) -> Response:
        """The answer to one request."""
        line: Connection = request.scope["state"]["line"]
        held = HeldBytes(self.budget, line)
        try:
            said = await self._answer(one, request, line, held)
            held.add(len(said.body))
            return PacedResponse(_response(said), line, held)
        except HubError as why:
            refusal = _refusal(why)
        except ClientDisconnect:
            refusal = _refusal(HubError(400, hub_errors.MALFORMED))
        except Exception as error:
            refusal = _trouble(one, error)
        held.end()
        return PacedResponse(refusal, line, held)

    async def _answer(
        self, one: HubRoute, request: Request, line: Connection, held: HeldBytes
    ) -> HubResponse:
        await line.pace()
        if (self.members if line.device else self.strangers.count) >= self.room:
            raise HubError(503, hub_errors.BUSY)
        with self._counted(line.device):
            if one.signed:
                await self._known(request, line)
            held.free(_announced(one, request))
            if one.open is not None:
                await self._at_gate(line, one.open, self.hub)
            ask = await _read(one, request, line, held)
            begun, line.working = time.monotonic(), True
            try:
                return await self._done(one, ask, line, held)
            finally:
                line.working = False
                self.hub.took(one.path, time.monotonic() - begun)

    async def _done(
        self, one: HubRoute, ask: Ask, line: Connection, held: HeldBytes
    ) -> HubResponse:
        """The answer to a request that is read whole."""
        if not one.signed:
            if not one.heavy:
                return await self._at_gate(line, answer, self.hub, one, ask)
            async with self.heavy.turn(line.address):
                return await self._at_gate(line, answer, self.hub, one, ask)
        said = said_by(ask.headers)
        if said is not None and said.device == line.device:
            return await self._placed(one, ask)
        caller = await self._at_gate(line, checked, self.hub, ask)
        self.registry.signed(line, caller.device)
        held.signed()
        with self._counted(caller.device):
            return await self._placed(one, ask, caller)

    async def _known(self, request: Request, line: Connection) -> None:
        """Raise `HubError` before anything is read for somebody who is no member's device."""
        said = said_by(request.headers)
        if said is None:
            raise HubError(401, hub_errors.UNSIGNED)
        if not self.hub.expects(said.device):
            await self._at_gate(line, self.hub.turn_away, said.device)

    async def _at_gate(self, line: Connection, work: Callable[..., T], *args: Any) -> T:
        """Done in a stranger's turn."""
        async with self.strangers.turn(line.address):
            return await self._work(self.gate, work, *args)

    async def _placed(self, one: HubRoute, ask: Ask, caller: Caller | None = None) -> HubResponse:
        """The answer to a device, which takes a member's place."""
        if self.members >= self.room:
            raise HubError(503, hub_errors.BUSY)
        self.members += 1
        try:
            return await self._work(self.pool, answer, self.hub, one, ask, caller)
        finally:
            self.members -= 1

    async def _work(self, pool: ThreadPoolExecutor, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, work, *args)

    @contextmanager
    def _counted(self, device: str) -> Iterator[None]:
        """A request of this device, in hand; not counted where it is empty."""
        if self.in_hand[device] >= AT_ONCE:
            raise HubError(429, hub_errors.BUSY)
        if device:
            self.in_hand[device] += 1
        try:
            yield
        finally:
            self.in_hand[device] -= bool(device)
            if not self.in_hand[device]:
                del self.in_hand[device]

    def close(self) -> None:
        """Let the threads go, and their connections."""
        for pool, threads in ((self.pool, self.pools["hub"]), (self.gate, self.pools["gate"])):
            gate = threading.Barrier(threads)

            def let_go(gate: threading.Barrier = gate) -> None:
                gate.wait(5)
                self.hub.base.let_go()

            for _ in range(threads):
                pool.submit(let_go)
            pool.shutdown()


class PacedResponse(Response):
    """An answer that is sent part by part, and whose reader keeps up."""

    def __init__(self, response: Response, line: Connection, held: HeldBytes) -> None:
        self.response = response
        self.line = line
        self.held = held

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        """Send it."""
        of, body = self.response, bytes(self.response.body)
        told = {"type": "http.response.start", "status": of.status_code, "headers": of.raw_headers}
        try:
            async with asyncio.timeout(GRACE + PART / RATE):
                await send(told)
            for at in range(0, len(body) or 1, PART):
                part = {"body": body[at : at + PART], "more_body": at + PART < len(body)}
                async with asyncio.timeout(GRACE + PART / RATE):
                    await send({"type": "http.response.body", **part})
        except TimeoutError:
            self.line.registry.cut(self.line, "answer")
        finally:
            self.held.end()


def _announced(one: HubRoute, request: Request) -> int:
    """How many bytes of a body are to come, as it says; `HubError` for more than is taken."""
    declared = request.headers.get("content-length", "0")
    size = int(declared[:18]) if declared.isdecimal() else 0
    if not one.takes and (size or "transfer-encoding" in request.headers):
        raise malformed(part="body")
    if size > one.limit:
        raise HubError(413, hub_errors.TOO_LARGE, most=one.limit)
    return size


async def _read(one: HubRoute, request: Request, line: Connection, held: HeldBytes) -> Ask:
    """A request, whole; `HubError` when it is too large or comes too slowly."""
    url, headers = request.url, dict(request.headers)
    body = await _body(one.limit, request, line, held) if one.takes else b""
    return Ask(request.method, url.path, url.query, headers, body)


async def _body(limit: int, request: Request, line: Connection, held: HeldBytes) -> bytes:
    body, size = list[bytes](), 0
    begun = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout_at(_until(line, begun, 0)) as until:
            async for part in request.stream():
                held.take(len(part))
                body.append(part)
                size += len(part)
                if size > limit:
                    raise HubError(413, hub_errors.TOO_LARGE, most=limit)
                until.reschedule(_until(line, begun, size))
    except TimeoutError:
        raise HubError(408, hub_errors.BUSY) from None
    return b"".join(body)


def _until(line: Connection, begun: float, size: int) -> float:
    """When more than this must have come."""
    seconds = GRACE + size / RATE
    return begun + (seconds if line.device else min(seconds, BODY_SECONDS))


def _response(said: HubResponse) -> Response:
    return Response(said.body, said.status, dict(said.headers), said.kind)


def _refusal(why: HubError) -> Response:
    headers = {"retry-after": "1"} if why.status in (429, 503) else {}
    data = {"reason": why.reason, **why.facts}
    return Response(written(data), why.status, headers, "application/json")


def _trouble(one: HubRoute, error: Exception) -> Response:
    """The answer to an error that was not foreseen, or a database that does not answer."""
    number = secrets.token_hex(4)
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    line = {
        "trouble": number,
        "path": one.path,
        "kind": type(error).__name__,
        "at": f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else "",
    }
    log.error(json.dumps(line))
    return _refusal(HubError(503, hub_errors.TROUBLE, number=number))


async def _nowhere(_request: Request, _error: Any) -> Response:
    return _refusal(HubError(404, hub_errors.NOWHERE))


async def _no_method(_request: Request, _error: Any) -> Response:
    return _refusal(HubError(405, hub_errors.NOWHERE))


async def _foreign(_request: Request, error: Exception) -> Response:
    return _trouble(HubRoute("", "", "", lambda *_: HubResponse(b"")), error)


def make(
    hub: Hub,
    *,
    threads: int | None = None,
    queue: int = 256,
    seats: Places | None = None,
    shares: ByteShares | None = None,
) -> Starlette:
    """The application of one hub process."""
    many = threads or (4 if hub.base.sqlite else 8)
    desk = RequestDesk(hub, many, queue, seats or places(), shares or ByteShares())

    handlers: Any = {404: _nowhere, 405: _no_method, Exception: _foreign}
    by_path: dict[str, list[HubRoute]] = {}
    for one in WAYS.values():
        by_path.setdefault(one.path, []).append(one)
    routes = [_route(desk, some) for some in by_path.values()]
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.desk = desk
    return app


def _route(desk: RequestDesk, some: list[HubRoute]) -> Route:
    """One path; its methods."""
    ways = {one.method: one for one in some}

    async def endpoint(request: Request) -> Response:
        one = ways.get(request.method)
        return await desk.answer(one, request) if one else await _no_method(request, None)

    return Route(some[0].path, endpoint, methods=list(ways))
