"""Server: uvicorn with the hub's certificate, on an address that is safe to listen on."""

from __future__ import annotations

import ipaddress
import logging
import socket
from functools import partial
from typing import Any

import uvicorn

from models.text.words import Refused, W
from sync.hub import certificates
from sync.hub.hub import Hub
from sync.hub.serving.asgi import make
from sync.hub.serving.connection import Connection

UNSAFE = W(
    "证书不含 {host}。请先运行 sitebook hub init --host 名称或地址，再对外监听。",
    "The certificate is not for {host}. Run sitebook hub init --host NAME-OR-ADDRESS first,"
    " then listen for others.",
)
PLAIN = W(
    "不加密只允许在本机（127.0.0.1）使用。",
    "Without TLS the hub listens on this computer only (127.0.0.1).",
)

AT_ONCE, WAITING = 32, 1024
"""Connections that are accepted at once, and that the system keeps until then."""


class HubServer(uvicorn.Server):
    """A server that sees every connection from its first moment, before TLS."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        registry = self.config.loaded_app.state.desk.registry
        self.config.ssl, tls = None, self.config.ssl
        made: Any = partial(Connection, registry, tls)
        self.config.http_protocol_class = made
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(WAITING)  # asyncio listens for as many as it accepts in one go

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer members' requests, then end; strangers are not waited for."""
        self.config.loaded_app.state.desk.registry.cut_all()
        await super().shutdown(sockets)


def server(hub: Hub, host: str, port: int, *, plain: bool = False, **limits: Any) -> Any:
    """A `HubServer`, not started yet. Raises `Refused` for an address that is not safe."""
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # faults are told by the app
    if plain and not _loopback(host):
        raise Refused(PLAIN)
    if (
        not plain
        and not _loopback(host)
        and not set(certificates.names(hub.home)) - set(certificates.LOOPBACK)
    ):
        raise Refused(UNSAFE, host=host)
    tls: dict[str, Any] = {}
    if not plain:
        context = certificates.serving(hub.home)
        tls = {"ssl_context_factory": lambda _config, _default: context}
    config = uvicorn.Config(
        make(hub, **limits),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_keep_alive=20,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=32 << 10,
        backlog=AT_ONCE,
        **tls,
    )
    return HubServer(config)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
