"""Receipts: the hub's signed word after a durable commit; until then a device keeps everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.transport.http import receipt
from sync.transport.http.carrier import reach
from sync.transport.http.client import HttpReply
from sync.transport.http.receipt import Receipt
from sync.transport.round import SyncRound
from sync.workspace import acknowledgements
from tests.support.replicas import Replica, Team
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_hub import counts


def test_a_receipt_says_what_is_held(
    hub: Running, organisation: Organisation, asker: Asker
) -> None:
    device = organisation.devices[0]
    told = asker.bring(device.space, device.wrote(4), device.wrote(2)).json()
    one = receipt.heard(told["receipt"])
    assert one is not None and one.tips == {device.key.id: 6} and one.n == 2
    public, name = hub.house.key.public, organisation.log.organisation
    assert receipt.check(public, name, one)
    for other in (
        one._replace(n=3),
        one._replace(tips={device.key.id: 7}),
        one._replace(epoch="0" * 16),
        one._replace(space="company"),
        one._replace(mark=bytes(32)),
        one._replace(signature=bytes(64)),
    ):
        assert not receipt.check(public, name, other)
    assert not receipt.check(public, "another organisation", one)
    assert not receipt.check(device.key.public, name, one)


def test_no_receipt_for_what_is_not_durable(
    hub: Running, organisation: Organisation, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database fails at the end of the transaction: nothing was put, nothing is signed."""
    device = organisation.devices[1]
    blob, before = device.wrote(3), counts(hub)
    signed = list[Receipt]()

    def sign(*args: Any) -> Receipt:
        signed.append(args[2])
        return args[2]  # type: ignore[no-any-return]

    with hub.asker(device.key) as second, monkeypatch.context() as patch:
        patch.setattr(receipt, "sign", sign)
        patch.setattr(hub.house, "use", _full)
        assert second.bring(device.space, blob).status_code == 503
        assert not signed and counts(hub) == before
    with hub.asker(device.key) as second:
        assert second.bring(device.space, blob).json()["segments"][0]["what"] == "applied"


def _full(*_args: Any) -> None:
    raise OSError(28, "No space left on device")


class Altering:
    """A hub's carrier whose answers are altered on the way, before the device reads them."""

    def __init__(self, one: Replica, alter: Any) -> None:
        self.hub = reach(one.exchange)
        call = self.hub.wire.call

        def altered(method: str, path: str, *args: Any, **more: Any) -> HttpReply:
            reply = call(method, path, *args, **more)
            if path != "/v1/segments":
                return reply
            data = json.loads(reply.body)
            alter(data)
            return HttpReply(json.dumps(data).encode(), reply.headers)

        self.hub.wire.call = altered  # type: ignore[method-assign]


@pytest.mark.parametrize("part", ["signature", "n", "epoch", "space", "tips"])
def test_an_outbox_is_kept_until_the_receipt_is_right(
    team: Team, tmp_path: Path, part: str
) -> None:
    with Running(tmp_path / "hub") as running:
        running.found(team.founder)
        founder = team.founder
        meet(founder)
        fix = team.fix(founder)
        assert acknowledgements.unconfirmed(founder.workspace) == 1

        def alter(data: Any) -> None:
            one = data["receipt"]
            one[part] = {"signature": "00" * 64, "n": 999, "epoch": "0" * 16, "space": "company",
                         "tips": {founder.device: 999}}[part]  # fmt: skip

        altering = Altering(founder, alter)
        with pytest.raises(Refused):
            SyncRound(founder.exchange, altering.hub).run()
        assert acknowledgements.unconfirmed(founder.workspace) == 1
        assert founder.get(fix).synced is None
        told = meet(founder)
        assert told.done and acknowledgements.unconfirmed(founder.workspace) == 0
        assert ("fix", fix) in told.confirmed and founder.get(fix).synced is not None
