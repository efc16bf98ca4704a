"""`evidence`: the pack of a project from the command line."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.tui.cli.conftest import Shell


def test_a_pack_is_written_once(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    said = shell.ok("evidence", "-o", file).out
    assert "确认记录已写入" in said and "项已确认" in said
    with zipfile.ZipFile(file) as archive:
        assert "目录.csv" in archive.namelist() and archive.testzip() is None
    assert "--force" in shell.refused("evidence", "-o", file)
    shell.ok("evidence", "-o", file, "--force")


def test_what_there_is_not_is_refused(shell: Shell, tmp_path: Path) -> None:
    shell.refused("evidence", "--project", "nosuch", "-o", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_an_attachment_that_is_not_here_is_named(shell: Shell, tmp_path: Path) -> None:
    made = shell.ok("add", "service_proposal", "name=方案", "--json").json
    values = (f"about={made['id']}", "name=批复.pdf", f"sha256={'0' * 64}")
    shell.ok("add", "attachment", *values)
    said = shell.ok("evidence", "-o", tmp_path / "a.zip").out
    assert "批复.pdf" in said and "未收入" in said and made["number"] in said
