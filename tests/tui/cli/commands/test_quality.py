"""`quality`: the same figures as the page, in text, JSON and a workbook."""

from __future__ import annotations

from pathlib import Path

from tests.tui.cli.conftest import Shell


def test_what_is_open_in_words_and_in_json(shell: Shell) -> None:
    shell.ok("add", "fix", "phenomenon=UPS 告警", "--json")
    said = shell.ok("quality").out
    assert "现场处置" in said and "不可评定" in said and "期末未结" in said
    lines = shell.ok("quality", "--json").lines
    kinds = {one["kind"]: one for one in lines if "kind" in one}
    assert kinds["fixes"]["open"] == 1 and kinds["fixes"]["ages"] == [1, 0, 0, 0]
    assert kinds["fixes"]["late"] is None and kinds["all"]["open"] == 1
    weeks = [one for one in lines if "week" in one]
    assert len(weeks) == 12 and weeks[-1]["open"] == 1 and weeks[-1]["in_time"] is None
    (project,) = [one for one in lines if "project" in one]
    assert project["open"] == 1 and project["open_by_week"][-1] == 1
    (rounds,) = [one for one in lines if "rounds" in one]
    assert rounds["rounds"]["due"] is None


def test_one_project_and_a_file(shell: Shell, tmp_path: Path) -> None:
    shell.ok("add", "project", "name=另一个项目", "--json")
    shell.ok("add", "fix", "phenomenon=x", "--project", "另一个项目")
    one = shell.ok("quality", "--project", "另一个项目", "--json").lines
    assert one[0]["open"] == 1
    file = tmp_path / "a.xlsx"
    assert "已写入" in shell.ok("quality", "-o", file).out and file.exists()
    assert "a.xlsx" in shell.refused("quality", "-o", file)
    assert ".xlsx" in shell.refused("quality", "-o", tmp_path / "a.csv")
