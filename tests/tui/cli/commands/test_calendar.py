"""`calendar`: known years, a pattern, and the next year put to use."""

from __future__ import annotations

from pathlib import Path

from tests.models.records.registers.test_calendar_years import NEXT
from tests.tui.cli.conftest import Shell


def test_the_next_year_comes_in_as_a_file(shell: Shell, tmp_path: Path) -> None:
    said = shell.ok("calendar").out
    assert "2026  放假" in said and "还没有 2027 年" in said
    pattern = shell.ok("calendar", "--pattern").out
    assert pattern.startswith("date,day,statutory,name_zh,name_en\n2026-01-01,off,yes")
    file = tmp_path / "2027.csv"
    file.write_text(NEXT, encoding="gb18030")
    assert "2027 年的工作日历已启用" in shell.ok("calendar", file).out
    assert "2027  放假 8 天，补班 1 天" in shell.ok("calendar").out


def test_what_is_no_year_file_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert "无法读取" in shell.refused("calendar", tmp_path / "nothing.csv")
    file = tmp_path / "odd.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "缺少这些列" in shell.refused("calendar", file)
