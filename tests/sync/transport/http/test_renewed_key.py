"""Whose key a hub answers with: the one known, one that the log names, or a stranger's."""

from __future__ import annotations

from typing import Any, cast

import pytest

from models.text.words import Refused
from sync.transport.http import renewed_key
from sync.transport.http.client import OTHER_HUB, Wire
from sync.workspace import hub_address
from sync.workspace.hub_address import Address
from tests.support.replicas import Team
from tests.sync.hub.conftest import postgres as postgres
from tests.sync.hub.conftest import running as running
from tests.sync.hub.conftest import team as team
from tests.sync.hub.conftest import url as url
from tests.sync.hub.running import Running


def test_it_is_the_one_that_the_log_names(team: Team, running: Running) -> None:
    running.found(team.founder)
    exchange = team.founder.exchange
    known = hub_address.load(team.founder.home)
    assert known is not None
    key = exchange.admitted()

    def followed(address: Address, **other: Any) -> Address:
        with Wire(known.url, known.authority) as wire:
            said = {**wire.hello(), **other}
            return renewed_key.followed(exchange, wire, said, address, key)

    assert followed(known) is known
    forgotten = known._replace(device="old", key="00" * 32)
    assert followed(forgotten) == known == hub_address.load(team.founder.home)
    for other in ({"key": "11" * 32}, {"device": "x"}, {"organisation": "x"}, {"key": None}):
        with pytest.raises(Refused) as caught:
            followed(known, **cast("dict[str, Any]", other))
        assert caught.value.word is OTHER_HUB
    assert hub_address.load(team.founder.home) == known
