"""`rights`: the table by type and by role, as JSON, and as a file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.queries import rights_table
from tests.tui.cli.conftest import Shell
from tests.tui.documents.makers import text_of


def test_a_type_and_a_role(shell: Shell) -> None:
    said = shell.ok("rights", "concession").out
    assert said.startswith("concession  让步申请\n") and "须由另一个人" in said
    some = shell.ok("rights", "--role", "总经部", "--json").lines
    assert some and all("general_office" in one["by"] for one in some)
    assert shell.ok("rights", "--role", "general_office", "--json").lines == some
    assert "quality" in shell.refused("rights", "--role", "boss")
    assert "nosuch" in shell.refused("rights", "nosuch")


def test_it_needs_no_book(bare: Shell) -> None:
    assert "工程师" in bare.ok("rights").out


def test_it_is_written_to_a_file_that_names_every_action(shell: Shell, tmp_path: Path) -> None:
    shell.ok("rights", "-o", tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) - 1 == len(list(rights_table.rights()))
    shell.ok("rights", "-o", tmp_path / "a.docx")
    assert "须由另一个人" in text_of(tmp_path / "a.docx")
    assert "整张" in shell.refused("rights", "fix", "-o", tmp_path / "b.xlsx")
    assert "已存在" in shell.refused("rights", "-o", tmp_path / "a.docx")
