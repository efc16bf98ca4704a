"""`hub figures`: from the folder alone, in words and as JSON."""

from __future__ import annotations

import json

from sync.hub import config, figures
from tests.tui.cli.commands.test_hub import home
from tests.tui.cli.conftest import Shell
from tests.tui.cli.test_carried import ran
from tui.cli.commands.hub_figures import CUTS


def test_what_a_hub_holds_and_what_its_processes_noted(bare: Shell) -> None:
    hub = home(bare, "hub")
    ran(hub, "hub", "init")
    said = ran(hub, "hub", "figures").out
    assert "空间" in said and "没有进程" in said
    with_times = config.opened(hub.home)
    with_times.took("/v1/meet", 0.012)
    figures.note(with_times, {"head": 3, "later": 1})
    with_times.close()
    said = ran(hub, "hub", "figures").out
    (row,) = [line.split() for line in said.splitlines() if line.startswith("/v1/meet")]
    assert row[1:] == ["1", "12", "12", "12"]
    assert f"{CUTS['head'].zh}" in said and "later" in said
    told = json.loads(ran(hub, "hub", "figures", "--json").out)
    assert told["segments"] == 0 and told["processes"][0]["cut"] == {"head": 3, "later": 1}


def test_a_folder_without_a_hub(bare: Shell) -> None:
    assert "hub init" in ran(home(bare, "none"), "hub", "figures", code=1).err
