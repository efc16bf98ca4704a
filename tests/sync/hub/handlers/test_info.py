"""General: health, the description, and nothing that anybody sends is status 500."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.hub import certificates
from sync.hub.routes import WAYS
from tests.sync.hub.devices import Asker
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import counts, refused

QUICK = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_health_asks_the_database(hub: Running, asker: Asker) -> None:
    end = certificates.ends(hub.home)
    assert end is not None
    assert asker("GET", "/health", key=None).json() == {
        "ok": True, "founded": True, "awaits": False, "certificate": end.date().isoformat(),
        "renew": False,
    }  # fmt: skip


def test_the_description_is_of_what_there_is(hub: Running, asker: Asker) -> None:
    told = asker("GET", "/openapi.json", key=None).json()
    described = {(method.upper(), path) for path, some in told["paths"].items() for method in some}
    routes = {
        (method, route.path)
        for route in hub.server.config.loaded_app.routes
        for method in route.methods - {"HEAD"}
    }
    assert described == routes == set(WAYS)
    for method, path in described:
        one, operation = WAYS[method, path], told["paths"][path][method.lower()]
        assert operation["summary"] == one.words
        named = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
        assert named == set(one.query)
        assert ("security" in operation) == one.signed
        assert ("requestBody" in operation) == bool(one.takes)


def test_what_is_not_there(asker: Asker) -> None:
    refused(asker("GET", "/"), 404, "nowhere")
    refused(asker("GET", "/v1/hello/../secrets"), 404, "nowhere")
    refused(asker("DELETE", "/v1/hello"), 405, "nowhere")
    refused(asker("GET", "/figures", key=None), 404, "nowhere")  # a balancer is on this computer
    refused(asker("GET", "/v1/segments"), 405, "nowhere")


_plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_json = st.recursive(
    _plain,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=8,
)
_parts = ["had", "latest", "entries", "code", "device", "key", "name", "machine", "signature",
          "days", "roles", "person", "company", "p:one"]  # fmt: skip
_shaped = st.dictionaries(st.sampled_from(_parts), _json | st.text("0123456789abcdef"), max_size=6)
_bodies = st.binary(max_size=200) | _json.map(lambda data: json.dumps(data).encode())
_bodies |= _shaped.map(lambda data: json.dumps(data).encode())
_queries = st.dictionaries(
    st.sampled_from(["space", "after", "sha256", "start", "size", "x"]),
    st.sampled_from(["company", "p:one", "0", "1", "9" * 18, "9" * 19, "-1", "ab" * 32, "é", "\0"])
    | st.text(max_size=9),
    max_size=4,
)


@QUICK
@given(way=st.sampled_from(sorted(WAYS)), body=_bodies, query=_queries, signed=st.booleans())
def test_no_request_is_status_500(
    asker: Asker,
    hub: Running,
    way: tuple[str, str],
    body: bytes,
    query: dict[str, str],
    signed: bool,
) -> None:
    """Also of an admitted device: nothing is trouble, and nothing unsigned changes anything."""
    from urllib.parse import urlencode

    before = counts(hub)
    more: dict[str, Any] = {} if signed else {"key": None}
    text = urlencode({k: v.encode("utf-8", "surrogatepass") for k, v in query.items()})
    reply = asker(*way, body, query=text, **more)
    assert reply.status_code < 500, (way, reply.text)
    if reply.status_code != 200:
        assert set(reply.json()) >= {"reason"}
    if not signed:
        assert counts(hub) == before
