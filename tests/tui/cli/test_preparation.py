"""Preparation on the command line: no command or file carries anything past its confirmation."""

from __future__ import annotations

from pathlib import Path

from tests.tui.cli.conftest import Shell
from tests.tui.spreadsheets.makers import jsonl_file

PROPOSAL = ("name=机房运维方案", "scope=三个机房", "sla=30 分钟响应", "methods=按巡检程序")


def test_a_service_is_started_by_no_command(shell: Shell, tmp_path: Path) -> None:
    shell.ok("add", "service_start", "planned_on=2026-12-01", "--ref", "S1")
    before = shell.ok("digest").out
    for command in (
        ("move", "S1", "start"),
        ("set", "S1", "state=started"),
        ("set", "S1", "team=x"),
        ("void", "S1", "--reason", "不要了"),
        ("add", "service_start", "state=started"),
    ):
        assert shell.refused(*command), command
    assert "研究讨论" in shell.refused("move", "S1", "start")
    assert shell.ok("digest").out == before
    (one,) = shell.ok("list", "service_start", "--state", "held", "--json").lines
    assert (one["ref"], one["held_state"]) == ("S1", "prepared")


def test_a_file_brings_no_start_and_no_exception_of_ones_own(shell: Shell, tmp_path: Path) -> None:
    file = jsonl_file(tmp_path / "a.jsonl", [{"type": "service_start", "state": "started"}])
    said = shell("import", file, "--as", "service_start")
    assert said.code == 1 and "挂起" in said.err
    assert shell.ok("list", "service_start", "--json").lines == []
    values = {"lacking": ["study"], "reason": "赶工", "measures": "补办", "valid_to": "2099-01-01"}
    file = jsonl_file(tmp_path / "b.jsonl", [{**values, "state": "signed"}])
    said = shell("import", file, "--as", "start_exception")
    assert said.code == 1 and "导入不能签署" in said.err


def test_an_open_point_and_a_missing_file_are_named(shell: Shell) -> None:
    shell.ok("add", "service_proposal", *PROPOSAL, "--ref", "P1")
    shell.ok("move", "P1", "discuss")
    shell.ok(
        "add", "discussion_point", "proposal=P1", "section=scope", "finding=范围不清", "--ref", "D1"
    )
    given = ("feasibility=feasible", "participants=测试员", "discussed_on=2026-11-12")
    assert "范围不清" in shell.refused("move", "P1", "submit", *given)
    assert "服务范围" in shell.refused("move", "D1", "change", "answer=改了")
    shell.ok("set", "P1", "scope=四个机房")
    shell.ok("move", "D1", "change", "answer=补了一个机房")
    shell.ok("move", "P1", "submit", *given)
    shell.ok("add", "competence_confirmation", "member=测试员", "--ref", "C1")
    able = ("service_kinds=routine", "basis=resume")
    assert "档案" in shell.refused("move", "C1", "confirm", *able)
