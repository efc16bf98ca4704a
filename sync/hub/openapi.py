"""OpenAPI: the description of what can be asked, made from the declarations. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sync.hub.routes import HubRoute
from sync.transport.http.signed_request import HEADERS, PREFIX

FAULT = {
    "description": "Why not: `reason` is one of a fixed set of words.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"reason": {"type": "string"}},
                "required": ["reason"],
            }
        }
    },
}


def document(ways: Iterable[HubRoute]) -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    paths: dict[str, Any] = {}
    for one in ways:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    schemes = {"type": "apiKey", "in": "header", "name": PREFIX + "signature"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "sitebook hub", "version": "1"},
        "paths": paths,
        "components": {"securitySchemes": {"device": schemes}},
    }


def _operation(one: HubRoute) -> dict[str, Any]:
    parameters = [_parameter(name, "query", kind) for name, kind in one.query.items()]
    if one.signed:
        parameters += [_parameter(PREFIX + name, "header", "string") for name in HEADERS]
    said: dict[str, Any] = {
        "summary": one.words,
        "parameters": parameters,
        "responses": {"200": {"description": "Done."}, "4XX": FAULT, "503": FAULT},
    }
    if one.signed:
        said["security"] = [{"device": []}]
    if one.takes:
        schema = {"type": "object"} if one.takes == "application/json" else {}
        said["requestBody"] = {"required": True, "content": {one.takes: {"schema": schema}}}
    return said


def _parameter(name: str, place: str, kind: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": True, "schema": {"type": kind}}
