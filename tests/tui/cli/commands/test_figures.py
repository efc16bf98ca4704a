"""`figures`: values with their cases; one figure with formula and records; JSON."""

from __future__ import annotations

from pathlib import Path

from tests.tui.cli.conftest import Shell


def test_figures_and_one_of_them(shell: Shell) -> None:
    made = shell.ok("add", "fix", "phenomenon=UPS 告警", "--json").json
    said = shell.ok("figures").out
    assert "week.found" in said and "不可评定" in said and "trends.opened" in said
    one = shell.ok("figures", "week.found").out
    assert made["number"] in one and "公式第 1 版" in one
    by_name = {one["name"]: one for one in shell.ok("figures", "--json").lines}
    assert by_name["week.found"]["records"] == [made["id"]]
    assert by_name["week.hours"]["value"] is None and by_name["week.hours"]["unit"] == "h"


def test_they_go_into_a_file(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    assert "已导出到" in shell.ok("figures", "-o", file).out
    assert "week.people" in file.read_text(encoding="utf-8-sig")


def test_what_there_is_not_is_refused(shell: Shell) -> None:
    assert "plan.…, " in shell.refused("figures", "nosuch")
    assert "week.solved" in shell.refused("figures", "week.nosuch")
    assert "一个项目和一周" in shell.refused(
        "figures", "week.people", "--week", "2026-W40", "--to", "2026-W41"
    )
    assert "之前" in shell.refused("figures", "--week", "2026-W41", "--to", "2026-W40")
    assert "ISO" in shell.refused("figures", "--week", "x")
