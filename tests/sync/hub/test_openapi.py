"""The description of the hub is made from the declarations, whatever they are."""

from __future__ import annotations

from typing import Any

import sync.hub.serving.asgi  # noqa: F401  (declares every route)
from sync.hub.openapi import document
from sync.hub.routes import WAYS, HubResponse, HubRoute
from sync.transport.http.signed_request import HEADERS, PREFIX


def nothing(_house: Any, _ask: Any, _caller: Any) -> HubResponse:
    """Answers nothing."""
    return HubResponse(b"")


OPEN = HubRoute("GET", "/a", "An open one.", nothing, signed=False, query={"n": "integer"})
SIGNED = HubRoute("POST", "/a", "A signed one.", nothing, takes="application/json")
BYTES = HubRoute("PUT", "/b", "Takes bytes.", nothing, takes="application/octet-stream")


def test_methods_of_one_path_stand_together() -> None:
    paths = document([OPEN, SIGNED, BYTES])["paths"]
    assert set(paths) == {"/a", "/b"}
    assert set(paths["/a"]) == {"get", "post"} and set(paths["/b"]) == {"put"}
    assert paths["/a"]["get"]["summary"] == "An open one."


def test_what_is_signed_says_by_which_headers() -> None:
    paths = document([OPEN, SIGNED])["paths"]["/a"]
    assert "security" not in paths["get"] and paths["post"]["security"] == [{"device": []}]
    names = {one["name"] for one in paths["post"]["parameters"]}
    assert names == {PREFIX + name for name in HEADERS}
    assert paths["get"]["parameters"] == [
        {"name": "n", "in": "query", "required": True, "schema": {"type": "integer"}}
    ]


def test_what_a_body_is() -> None:
    paths = document([OPEN, SIGNED, BYTES])["paths"]
    assert "requestBody" not in paths["/a"]["get"]
    assert set(paths["/a"]["post"]["requestBody"]["content"]) == {"application/json"}
    assert set(paths["/b"]["put"]["requestBody"]["content"]) == {"application/octet-stream"}


def test_everything_that_the_hub_declares_is_in_it() -> None:
    paths = document(WAYS.values())["paths"]
    found = {(method.upper(), path) for path, some in paths.items() for method in some}
    assert found == set(WAYS) and len(found) > 12
