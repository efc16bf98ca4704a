"""Upkeep: once a day in one process; what it forgets would be refused anyway."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from sync.hub import maintenance
from sync.hub.maintenance import DAY, Upkeep, due, once
from sync.hub.storage import pruning
from sync.transport.http.signed_request import WINDOW
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running


def test_once_a_day_in_one_process(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Running(tmp_path / "hub", url) as one, Running(tmp_path / "hub", url) as other:
        assert [due(one.house), due(other.house), due(one.house)] == [True, False, False]
        now = one.house.now()
        for later in (now + DAY, now):  # the next day; and after a clock that was ahead is right
            for running in (one, other):
                monkeypatch.setattr(running.house, "now", lambda later=later: later)
            assert [due(other.house), due(one.house)] == [True, False]


def test_spent_numbers_are_forgotten(
    hub: Running, organisation: Organisation, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, nonce = organisation.devices[0], hub.house.base.t.Nonce
    asker.bring(device.space, device.wrote(1))
    once(hub.house)
    assert nonce.select().count() == 1
    now = hub.house.now()
    monkeypatch.setattr(hub.house, "now", lambda: now + 4 * WINDOW)
    once(hub.house)
    assert nonce.select().count() == 0


def test_it_looks_now_and_then_and_outlives_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked = threading.Semaphore(0)

    def fails(_house: object) -> int:
        looked.release()
        raise RuntimeError("客户的秘密")

    monkeypatch.setattr(pruning, "everything", fails)
    monkeypatch.setattr(maintenance, "due", lambda _house: True)
    with Running(tmp_path / "hub") as one, Upkeep(one.house, look=0.01):
        assert looked.acquire(timeout=10) and looked.acquire(timeout=10)
    assert "RuntimeError" in caplog.text and "秘密" not in caplog.text
