"""Plans on the command line: generated, approved, compared, mailed; refused where the app does."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Shell
from tests.tui.spreadsheets.makers import jsonl_file

YEAR = (
    *("name=年度计划", "period_from=2026-01-01", "period_to=2026-12-31"),
    *("scope=合同约定范围", "basis=维保合同"),
)


@pytest.fixture
def plan(shell: Shell) -> Shell:
    """A plan with twelve tasks."""
    shell.ok("add", "service_plan", *YEAR, "--ref", "P")
    shell.ok("add", "service_term", "plan=P", "what=机房月检", "frequency=monthly", "doer=测试员")
    shell.ok("move", "P", "generate")
    return shell


def test_from_the_terms_to_the_customer(plan: Shell, tmp_path: Path) -> None:
    assert len(plan.ok("list", "service_task", "--json").lines) == 12
    plan.ok("move", "P", "submit")
    assert "状态下进行" in plan.refused("move", "P", "send")
    plan.ok("move", "P", "approve")  # nobody else could: it is marked
    number = plan.ok("show", "P", "--json").json["number"]
    plan.ok("export", "service_plan", "P", "-o", tmp_path / "plan.docx", "--issue")
    plan.ok("export", "service_plan", "P", "-o", tmp_path / "plan.eml")
    mail: Any = email.message_from_bytes(
        (tmp_path / "plan.eml").read_bytes(), policy=email.policy.default
    )
    (file,) = mail.iter_attachments()
    assert number in mail["Subject"] and file.get_content() == (tmp_path / "plan.docx").read_bytes()
    plan.ok("export", "service_plan", "P", "-o", tmp_path / "plan.xlsx")
    assert (tmp_path / "plan.xlsx").read_bytes().startswith(b"PK")
    sent = ("sent_to=李主任", "sent_on=2026-01-08", "sent_channel=mail")
    assert "凭据" in plan.refused("move", "P", "send", *sent)
    plan.ok("attach", "P", tmp_path / "plan.eml")
    assert plan.ok("move", "P", "send", *sent).code == 0


def test_a_change_is_compared(plan: Shell) -> None:
    plan.ok("move", "P", "submit")
    plan.ok("move", "P", "approve")
    plan.ok("revise", "P")
    plans = plan.ok("list", "service_plan", "--json").lines
    (new,) = (one for one in plans if one["state"] == "draft")
    assert "变更原因" in plan.refused("move", new["number"], "submit")
    rows = plan.ok("list", "service_task", "--json").lines
    row = next(one for one in rows if one["plan"] == new["id"] and one["due"] == "2026-05-29")
    plan.ok("set", row["number"], "due=2026-05-28")
    said = plan.ok("show", new["number"], "--against", "P").out
    assert "2026-05-29" in said and "2026-05-28" in said
    whole = plan.ok("show", new["number"], "--against", "P", "--json").json
    assert whole["concerns"] == [] and len(whole["rows"]) == 1


def test_no_file_and_no_command_writes_around_the_rules(plan: Shell, tmp_path: Path) -> None:
    plan.ok("move", "P", "submit")
    before = plan.ok("digest").out
    here = {"type": "service_plan", "ref": "P", "name": "年度计划", "state": "approved"}
    file = jsonl_file(tmp_path / "plan.jsonl", [here])
    plan("import", file, "--as", "service_plan")
    assert plan.ok("show", "P", "--json").json["state"] == "submitted"
    for command in (
        ("set", "P", "state=approved"),
        ("set", "P", "sent_to=李主任"),
        ("move", "P", "confirm"),
        ("add", "task_execution", "plan=P", "task=X"),
        ("add", "plan_milestone", "plan=P", "name=x"),
        ("export", "service_plan", "P", "-o", tmp_path / "x.docx", "--issue"),
    ):
        assert plan.refused(*command), command
    assert plan.ok("digest").out == before
