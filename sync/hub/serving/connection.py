"""Connection: one TCP connection to the hub, with the TLS and the HTTP on it.

TLS begins with the first byte, so a silent connection costs little. What does not get on is cut: a
handshake or the head of a request that is not finished in time, and a connection over which nothing
is asked.
"""

from __future__ import annotations

import asyncio
import ssl
from asyncio.sslproto import SSLProtocol
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.hub.serving.connection_limits import ConnectionRegistry, network

HANDSHAKE_SECONDS = 10.0
"""From the connection to the end of its TLS handshake."""
HEAD_SECONDS = 10.0
"""From the handshake, or from the first byte of a later request, to the end of its head."""
REST_SECONDS = 5.0
"""Between two requests of a stranger's connection."""
MEMBER_REST_SECONDS = 20.0
FREE, APART = 8, 1.0
"""Requests over a stranger's connection that are answered at once, and seconds between others."""
CLOSE_SECONDS = 10.0
PART = 64 << 10


class TlsLayer(SSLProtocol):
    """TLS with a read buffer of a quarter of the usual size: it is most of what a connection
    takes.
    """

    max_size = PART


class Connection(asyncio.Protocol):
    """A connection from its first moment."""

    def __init__(
        self, registry: ConnectionRegistry, tls: ssl.SSLContext | None, **uvicorn: Any
    ) -> None:
        self.registry = registry
        self.address = ""
        self.device = ""
        self.working = False
        self._asked = 0
        self._turn = 0.0
        self._context = tls
        self._uvicorn = uvicorn
        self._inner: Any = None
        self._transport: asyncio.Transport | None = None
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has come."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self.address = network(str(peer[0])) if peer else ""
        self.registry.came(self)
        if self.ended:
            return  # there was no place
        if self._context is None:
            self._inner = HttpLayer(self, **self._uvicorn)
            self._inner.connection_made(transport)
        else:
            self.wait("handshake", HANDSHAKE_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        if self.ended:
            return
        if self._inner is None:
            made: Any = TlsLayer
            http = HttpLayer(self, **self._uvicorn)
            self._inner = made(
                asyncio.get_running_loop(), http, self._context, None, server_side=True,
                ssl_shutdown_timeout=CLOSE_SECONDS,
            )  # fmt: skip
            self._inner.connection_made(self._transport)
        if self._context is None:
            self._inner.data_received(data)
            return
        for at in range(0, len(data), PART):
            part = data[at : at + PART]
            if self._inner is not None:
                self._inner.get_buffer(len(part))[: len(part)] = part
                self._inner.buffer_updated(len(part))

    def eof_received(self) -> bool | None:
        """Nothing more will come."""
        return bool(self._inner.eof_received()) if self._inner is not None else None

    def pause_writing(self) -> None:
        """What is sent is not read fast enough."""
        if self._inner is not None:
            self._inner.pause_writing()

    def resume_writing(self) -> None:
        """It is read again."""
        if self._inner is not None:
            self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended."""
        self.in_time()
        self.registry.gone(self)
        inner, self._inner, self._transport = self._inner, None, None
        if inner is not None:
            inner.connection_lost(exc)

    async def pace(self) -> None:
        """Wait with one more request of a stranger: who comes to sign asks once or twice before."""
        now = asyncio.get_running_loop().time()
        self._asked += 1
        if not self.device and self._asked > FREE:
            self._turn = max(now, self._turn + APART)
            await asyncio.sleep(self._turn - now)

    def wait(self, what: str, seconds: float) -> None:
        """Cut it unless `in_time` is said before so many seconds have gone."""
        self.in_time()
        loop = asyncio.get_running_loop()
        self._late = loop.call_later(seconds, self.registry.cut, self, what)

    def in_time(self) -> None:
        """What was waited for has come."""
        if self._late is not None:
            self._late.cancel()
            self._late = None

    @property
    def ended(self) -> bool:
        """Whether it was cut, or has ended by itself."""
        return self._transport is None

    @property
    def waits(self) -> bool:
        """Whether it is cut when something does not come soon."""
        return self._late is not None

    def cut(self, _why: str) -> None:
        """End it at once; the registry says so."""
        self.in_time()
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()


class HttpLayer(H11Protocol):
    """HTTP/1.1 whose heads are finished in time."""

    def __init__(
        self,
        line: Connection,
        config: Any,
        server_state: Any,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, "line": line}, _loop)
        self.line = line
        self._lingers = False
        """Whether a request was answered before its body was there."""
        self.timeout_keep_alive = REST_SECONDS  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The handshake is done."""
        super().connection_made(transport)
        self.line.registry.stepped(self.line)
        self.line.wait("head", HEAD_SECONDS)

    def handle_events(self) -> None:
        """What came is understood as far as it goes."""
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            if not self._lingers:
                self.line.in_time()
        elif self.timeout_keep_alive_task is None and (self._lingers or not self.line.waits):
            self._lingers = False
            self.line.wait("head", HEAD_SECONDS)

    def on_response_complete(self) -> None:
        """A request was answered."""
        self.line.registry.stepped(self.line)
        if self.line.device:
            self.timeout_keep_alive = MEMBER_REST_SECONDS  # type: ignore[assignment]
        self._lingers = self.conn.their_state is h11.SEND_BODY
        super().on_response_complete()
        if self._lingers and not self.line.ended:  # so that the answer is read before the end
            self.line.wait("body", REST_SECONDS)
