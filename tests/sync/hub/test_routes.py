"""Routes: parameters exactly as declared, and an answer for whoever may ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import peewee
import pytest

import sync.hub.serving.asgi  # noqa: F401  (declares every route)
from sync.hub.hub import Hub
from sync.hub.routes import WAYS, HubResponse, HubRoute, answer, params, said, way
from sync.transport.http.hub_errors import HubError
from sync.transport.http.signed_request import Ask
from sync.trust import device_key

SHAPE = {"space": "string", "n": "integer"}


def ask(query: str = "", **headers: str) -> Ask:
    """A request."""
    return Ask("GET", "/x", query, headers, b"")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("space=a&n=0", {"space": "a", "n": 0}),
        ("n=999999999999999999&space=p%3Ax", {"space": "p:x", "n": 999_999_999_999_999_999}),
        ("space=%E5%8C%97&n=7", {"space": "北", "n": 7}),
    ],
)
def test_parameters_have_their_types(query: str, found: dict[str, Any]) -> None:
    assert params(ask(query), SHAPE) == found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "space=a",
        "space=a&n=",
        "space=a&n=x",
        "space=a&n=-1",
        "space=a&n=1.0",
        "space=a&n=٣",
        "space=a&n=1234567890123456789",
        "space=a&n=1&n=1",
        "space=a&n=1&more=1",
        "space=%00&n=1",
        f"space={'x' * 201}&n=1",
        "space=a&n=1&",
        "space",
    ],
)
def test_other_parameters_are_malformed(query: str) -> None:
    with pytest.raises(HubError) as found:
        params(ask(query), SHAPE)
    assert found.value.status == 400


def test_no_parameters_are_no_query() -> None:
    assert params(ask(), {}) == {}
    with pytest.raises(HubError):
        params(ask("x=1"), {})


def test_an_answer_is_json_with_its_headers() -> None:
    assert said({"a": 1}, name="x") == HubResponse(b'{"a":1}', headers={"name": "x"})


def test_declaring_a_way_puts_it_among_the_others() -> None:
    place = "GET", "/declared-in-a-test"

    @way(*place, "For a test.", signed=False)
    def answers(_house: Hub, _ask: Ask, _caller: None) -> HubResponse:
        return HubResponse(b"x")

    try:
        assert WAYS[place] == HubRoute(*place, "For a test.", answers, signed=False)
    finally:
        del WAYS[place]


def test_what_writes_is_signed_or_proves_itself() -> None:
    codes = {"/v1/join", "/v1/found"}
    proven = {"/v1/log"}  # each entry of it is signed by an administrator
    heavy = [one for one in WAYS.values() if one.heavy]
    assert all(one.signed or one.path in codes | proven for one in heavy)
    assert all(one.words.endswith(".") for one in WAYS.values())


def test_a_database_that_fails_is_opened_anew_for_the_next_request(tmp_path: Path) -> None:
    device_key.make(tmp_path)
    house = Hub(tmp_path, f"sqlite:///{tmp_path}/hub.sqlite3")
    house.create()

    def fails(_house: Hub, _ask: Ask, _caller: None) -> HubResponse:
        raise peewee.OperationalError("the connection is gone")

    one = HubRoute("GET", "/x", "", fails, signed=False)
    assert not house.base.db.is_closed()
    with pytest.raises(peewee.OperationalError):
        answer(house, one, ask())
    assert house.base.db.is_closed()
    assert house.epoch
    house.close()


def test_what_is_signed_is_not_answered_to_anybody(tmp_path: Path) -> None:
    device_key.make(tmp_path)
    house = Hub(tmp_path, f"sqlite:///{tmp_path}/hub.sqlite3")
    house.create()
    asked = list[Ask]()

    def answers(_house: Hub, one: Ask, _caller: Any) -> HubResponse:
        asked.append(one)
        return HubResponse(b"")

    with pytest.raises(HubError) as found:
        answer(house, HubRoute("GET", "/x", "", answers), ask())
    assert found.value.status == 401 and asked == []
    answer(house, HubRoute("GET", "/x", "", answers, signed=False), ask())
    assert len(asked) == 1
    house.close()
