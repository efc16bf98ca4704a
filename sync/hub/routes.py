"""Routes: everything that can be asked of the hub, by method and path; the description follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl

import peewee

from sync.hub.hub import Caller, Hub
from sync.transport.http.hub_errors import malformed
from sync.transport.http.signed_request import BODY, JSON_BODY, Ask, written


class HubResponse(NamedTuple):
    """The answer to a request."""

    body: bytes
    kind: str = "application/json"
    headers: Mapping[str, str] = {}
    status: int = 200


class HubRoute(NamedTuple):
    """One kind of request, with the function that answers it."""

    method: str
    path: str
    words: str
    do: Callable[[Hub, Ask, Any], HubResponse]
    signed: bool = True
    query: Mapping[str, str] = {}
    """Its parameters, and of what type: 'string' or 'integer'."""
    takes: str = ""
    """What its body is, as a media type; nothing for none."""
    limit: int = JSON_BODY
    heavy: bool = False
    """Whether it writes."""
    open: Callable[[Hub], None] | None = None
    """Called before the body is read; raises `HubError` while the route is closed."""


LARGE = BODY

T = TypeVar("T")

WAYS: dict[tuple[str, str], HubRoute] = {}


def way(method: str, path: str, words: str, **attrs: Any) -> Callable[[Any], Any]:
    """Declare a route."""

    def declare(do: Any) -> Any:
        WAYS[method, path] = HubRoute(method, path, words, do, **attrs)
        return do

    return declare


def said(data: object, **headers: str) -> HubResponse:
    """A JSON answer."""
    return HubResponse(written(data), headers=headers)


def params(ask: Ask, shape: Mapping[str, str]) -> dict[str, Any]:
    """The query's parameters, exactly those of the shape."""
    try:
        pairs = parse_qsl(ask.query, keep_blank_values=True, strict_parsing=bool(ask.query))
    except ValueError:
        raise malformed(part="query") from None
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found or name not in shape or not 0 < len(value) <= 200 or "\0" in value:
            raise malformed(part="query")
        found[name] = _typed(value, shape[name])
    if set(found) != set(shape):
        raise malformed(part="query", needs=sorted(shape))
    return found


def _typed(value: str, kind: str) -> Any:
    if kind != "integer":
        return value
    if not (value.isascii() and value.isdecimal() and len(value) <= 18):
        raise malformed(part="query")
    return int(value)


def checked(hub: Hub, ask: Ask) -> Caller:
    """Who signed a request. Raises `HubError`."""
    return _asked(hub, lambda: hub.caller(ask))


def answer(hub: Hub, one: HubRoute, ask: Ask, caller: Caller | None = None) -> HubResponse:
    """Do what is asked, by the caller or, without one, by the signer. Raises `HubError`."""

    def work() -> HubResponse:
        who = hub.caller(ask) if one.signed and caller is None else caller
        return one.do(hub, ask, who)

    return _asked(hub, work)


def _asked(hub: Hub, work: Callable[[], T]) -> T:
    try:
        return work()
    except peewee.PeeweeException:
        hub.base.let_go()  # a server that was started again is found again
        raise
