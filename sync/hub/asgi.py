"""ASGI: the hub as an ASGI application; requests are read whole within limits, then answered.

Every answer that is no success has a reason from a fixed set, and none has status 500: an error
that was not foreseen is 503 with the reason 'trouble' and a number that is also in the log, without
content.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
    invitation,
    returned_log,
)
from sync.hub.hub import Hub
from sync.hub.routes import WAYS, HubResponse, HubRoute, answer
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.transport.http.signed_request import PREFIX, Ask, said_by, written

BODY_SECONDS = 60.0
AT_ONCE = 4
"""Requests of one device that are in hand at once."""
LOOPBACK = ("127.0.0.1", "::1", "testclient")

T = TypeVar("T")

log = logging.getLogger("sitebook.hub")


class RequestDesk:
    """Takes requests and gives them to threads, as many as there is room for."""

    def __init__(self, hub: Hub, threads: int, queue: int) -> None:
        self.hub = hub
        self.room = threads + queue
        self.pool = ThreadPoolExecutor(threads, "hub")
        self.in_hand = Counter[str]()
        self.count = 0

    async def answer(self, one: HubRoute, request: Request) -> Response:
        """The answer to one request."""
        begun, who = time.monotonic(), _who(one, request)
        if self.count >= self.room:
            return _refusal(HubError(503, hub_errors.BUSY))
        if who and self.in_hand[who] >= AT_ONCE:
            return _refusal(HubError(429, hub_errors.BUSY))
        self.count += 1
        self.in_hand[who] += 1
        try:
            if one.signed:
                await self._known(request)
            ask = await _read(request, one.limit)
            return _response(await self._work(answer, self.hub, one, ask))
        except HubError as why:
            return _refusal(why)
        except ClientDisconnect:
            return _refusal(HubError(400, hub_errors.MALFORMED))
        except Exception as error:
            return _trouble(one, error)
        finally:
            self.count -= 1
            self.in_hand[who] -= 1
            if not self.in_hand[who]:
                del self.in_hand[who]
            self.hub.took(one.path, time.monotonic() - begun)

    async def _known(self, request: Request) -> None:
        """Raise `HubError` before anything is read for somebody who is no member's device."""
        said = said_by(request.headers)
        if said is None:
            raise HubError(401, hub_errors.UNSIGNED)
        if not self.hub.membership.knows(said.device):
            log = await self._work(self.hub.membership.now)
            if log.entries and said.device not in log.devices:
                await self._work(self.hub.wait.ready)
                raise HubError(403, hub_errors.STRANGER)

    async def _work(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.pool, work, *args)

    def close(self) -> None:
        """Let the threads go, and their connections."""
        threads = self.pool._max_workers
        gate = threading.Barrier(threads)

        def let_go() -> None:
            gate.wait(5)
            self.hub.base.let_go()

        for _ in range(threads):
            self.pool.submit(let_go)
        self.pool.shutdown()


def _who(one: HubRoute, request: Request) -> str:
    """Whose requests are counted together; nothing for those that are not counted."""
    device = request.headers.get(PREFIX + "device", "")
    host = request.client.host if request.client else ""
    return f"{host}/{device}" if device or (one.heavy and not one.signed) else ""


async def _read(request: Request, limit: int) -> Ask:
    """A request, whole; `HubError` when it is too large or takes too long."""
    body, size = [], 0
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:18]) > limit:
        raise HubError(413, hub_errors.TOO_LARGE, most=limit)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body.append(part)
                size += len(part)
                if size > limit:
                    raise HubError(413, hub_errors.TOO_LARGE, most=limit)
    except TimeoutError:
        raise HubError(408, hub_errors.BUSY) from None
    query = request.url.query
    near = request.client is not None and request.client.host in LOOPBACK
    path, headers = request.url.path, dict(request.headers)
    return Ask(request.method, path, query, headers, b"".join(body), near)


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


def make(hub: Hub, *, threads: int | None = None, queue: int = 256) -> Starlette:
    """The application of one hub process."""
    desk = RequestDesk(hub, threads or (4 if hub.base.sqlite else 8), queue)

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
