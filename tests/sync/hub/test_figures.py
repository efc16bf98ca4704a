"""Figures: what the database holds, and what each process noted of its day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.hub import figures
from sync.hub.figures import DAY
from sync.hub.maintenance import Upkeep, once
from tests.sync.hub.devices import Organisation
from tests.sync.hub.running import Running


def test_counts_and_times(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Running(tmp_path / "hub", url) as one, Running(tmp_path / "hub", url) as other:
        organisation = one.staff(Organisation(one.house.key))
        device = organisation.devices[0]
        with one.asker(device.key) as asker:
            assert asker.bring(device.space, device.wrote(3)).status_code == 200
        told = figures.figures(other.house)
        assert (told["spaces"], told["segments"], told["forks"]) == (1, 1, 0)
        assert told["devices"] == 5 and told["bytes"] > 100
        assert (told["quarantined"], told["parked"], told["processes"]) == (0, 0, [])
        with Upkeep(one.house, {"crowded": 2}), Upkeep(other.house):
            pass  # each notes its figures at the end at the latest
        noted = {json.dumps(one["cut"]): one["ms"] for one in
                 figures.figures(other.house)["processes"]}  # fmt: skip
        took = noted['{"crowded": 2}']["/v1/segments"]
        assert took["count"] == 1 and 0 <= took["p50"] <= took["p95"] <= took["max"]
        assert noted["{}"] == {}
        now = one.house.now()
        monkeypatch.setattr(one.house, "now", lambda: now + DAY + 1)
        assert figures.figures(one.house)["processes"] == []
        once(one.house)
        assert len(figures.figures(other.house)["processes"]) == 0
