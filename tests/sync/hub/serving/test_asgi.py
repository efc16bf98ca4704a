"""Busy: a hub that has too much to do says so at once, and devices ask again later."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.hub import certificates
from sync.hub.routes import WAYS, HubResponse, HubRoute, said
from sync.transport.http.client import TRIES, Wire
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused


class Held:
    """A way that answers only when it is let."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)

    def do(self, _house: Any, _ask: Any, _caller: Any) -> HubResponse:
        """Wait."""
        self.begun.release()
        self.go.wait(20)
        return said({"done": True})


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    one = Held()
    for path, signed in (("/health", False), ("/v1/files", True)):
        way = HubRoute("GET", path, "wait", one.do, signed=signed)
        monkeypatch.setitem(WAYS, ("GET", path), way)
    return one


def asking(running: Running, count: int, found: list[Any], **said: Any) -> list[threading.Thread]:
    """So many at once, each over a line of its own."""

    def one() -> None:
        with running.asker(**said) as asker:
            found.append(asker("GET", "/v1/files" if said else "/health"))

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_no_more_than_there_is_room_for(tmp_path: Path, held: Held) -> None:
    with Running(tmp_path / "hub", threads=1, queue=1) as running, running.asker() as late:
        found = list[Any]()
        threads = asking(running, 1, found)
        assert held.begun.acquire(timeout=10)
        threads += asking(running, 1, found)
        desk = running.server.config.loaded_app.state.desk
        while desk.count < 2:
            threading.Event().wait(0.01)
        reply = late("GET", "/v1/authority")
        refused(reply, 503, "busy")
        assert int(reply.headers["retry-after"]) >= 1
        pauses = list[float]()

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            held.go.set()
            for thread in threads:
                thread.join(10)

        with Wire(running.url, certificates.authority(running.home), pause=pause) as wire:
            assert wire.call("GET", "/v1/authority").json()["authority"]
        (pause_of,) = pauses
        assert 0.75 <= pause_of <= 1.5  # about the second that the hub asks for
        assert [one.status_code for one in found] == [200, 200]


def test_one_device_takes_no_more_than_its_share(tmp_path: Path, held: Held) -> None:
    with Running(tmp_path / "hub", threads=8) as running:
        organisation = running.staff(Organisation(running.house.key))
        one, other = (device.key for device in organisation.devices[:2])
        found = list[Any]()
        threads = asking(running, 4, found, key=one)
        for _ in range(4):
            assert held.begun.acquire(timeout=10)
        with running.asker(one) as greedy, running.asker(other) as modest:
            reply = greedy.meet()
            refused(reply, 429, "busy")
            assert int(reply.headers["retry-after"]) >= 1
            assert modest.meet().status_code == 200
        held.go.set()
        for thread in threads:
            thread.join(10)


def test_who_is_always_refused_gives_up_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Running(tmp_path / "hub", threads=1) as running:
        pauses = list[float]()
        with Wire(running.url, certificates.authority(running.home), pause=pauses.append) as wire:
            wire.hello()
            desk = running.server.config.loaded_app.state.desk
            monkeypatch.setattr(desk, "room", 0)
            with pytest.raises(Refused, match="很忙") as why:
                wire.call("GET", "/v1/authority")
        assert len(pauses) == TRIES and all(0 < pause <= 6 for pause in pauses)
        assert "\n" not in str(why.value)


def test_what_nobody_foresaw_is_503_without_content(
    hub: Running, organisation: Organisation, asker: Asker, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fails(*_args: Any) -> Any:
        raise RuntimeError("客户的秘密")

    monkeypatch.setattr(hub.house.segments, "put", fails)
    device = organisation.devices[0]
    reply = asker.bring(device.space, device.wrote(1))
    refused(reply, 503, "trouble")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "sitebook.hub"]
    assert reply.json()["number"] in line and "秘密" not in line + reply.text
    assert "RuntimeError" in line and "/v1/segments" in line
