"""Concession, milestone and experience on the command line: the gate holds there too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Shell
from tests.tui.spreadsheets.makers import csv_file, jsonl_file

WHY = (
    *("requirement=双路市电接入", "situation=第二路明年三月送电", "cause_kind=environment"),
    *("why_uncontrollable=园区负责供电", "follow_up=送电后切换", "follow_up_by=2027-03-31"),
)
DECIDED = ("decided_by=李主任", "decided_on=2026-11-20", "decision_channel=letter")


@pytest.fixture
def held(shell: Shell) -> Shell:
    """A book in which an undecided concession holds the later one of two milestones."""
    shell.ok("add", "milestone", "name=终验", "due=2027-06-01", "--ref", "M1")
    shell.ok("add", "milestone", "name=初验", "due=2026-12-01", "--ref", "M2")
    shell.ok("add", "concession", *WHY, "milestone=M1", "--ref", "C1")
    return shell


def test_marked_done_by_no_command(held: Shell) -> None:
    before = held.ok("digest").out
    number = held.ok("show", "C1", "--json").json["number"]
    for command in (
        ("move", "M1", "done"),
        ("void", "M1", "--reason", "不要了"),
        ("void", "C1", "--reason", "不要了"),
        ("set", "C1", "milestone=M2"),
        ("set", "M1", "state=done"),
        ("add", "milestone", "name=到货", "state=done"),
        ("move", "C1", "approve", *DECIDED),
    ):
        assert held.refused(*command), command
    assert number in held.refused("move", "M1", "done")
    assert held.ok("digest").out == before


def test_lists_and_json_say_held(held: Shell) -> None:
    number = held.ok("show", "C1", "--json").json["number"]
    (one,) = held.ok("list", "milestone", "--state", "held", "--json").lines
    assert (one["ref"], one["state"]) == ("M1", "held")
    assert (one["held"], one["held_state"]) == (number, "planned")
    (other,) = held.ok("list", "milestone", "--state", "planned", "--json").lines
    assert (other["ref"], other["held"]) == ("M2", None)
    assert "挂起" in held.ok("list", "milestone").out
    shown = held.ok("show", "M1").out
    assert "挂起" in shown and number in shown and "完成" not in shown.split("可用操作")[-1]
    assert "held" in held.ok("types", "milestone", "--json").json["states"]
    assert held.ok("show", "C1", "--json").json["holds"]


@pytest.mark.parametrize("form", [".csv", ".xlsx", ".jsonl"])
def test_a_file_says_held_and_comes_back_unchanged(held: Shell, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"milestones{form}"
    held.ok("export", "milestone", "-o", path)
    if form == ".jsonl":
        states = [json.loads(line)["state"] for line in path.read_text().splitlines()]
        assert sorted(states) == ["held", "planned"]
    if form == ".csv":
        assert path.read_text(encoding="utf-8-sig").count("挂起") == 1
    assert "都已在簿中" in held.ok("import", path, "--as", "milestone").out
    held.ok("export", "milestone", "-o", tmp_path / f"only{form}", "--state", "held")
    assert [one["state"] for one in held.ok("list", "milestone", "--json").lines] == [
        *("planned", "held")
    ]


def test_an_import_finishes_nothing_that_is_held(held: Shell, tmp_path: Path) -> None:
    rows = "ref,name,due,state\nM1,终验,2027-06-01,done\nM0,缺陷期满,2028-11-01,已完成\n"
    path = csv_file(tmp_path / "a.csv", rows + "M9,试运行,2026-12-20,planned\n")
    for options in ((), ("--update",)):
        said = held("import", path, "--as", "milestone", *options)
        assert said.code == 1
        assert "第 2 行" in said.err and "第 3 行" in said.err
        assert "挂起" in said.err and "CN-" in said.err
    states = {one["ref"]: one["state"] for one in held.ok("list", "milestone", "--json").lines}
    assert states == {"M1": "held", "M2": "planned", "M9": "planned"}


def test_an_import_decides_no_concession(held: Shell, tmp_path: Path) -> None:
    rows = [{"ref": "C1", "state": state} for state in ("approved", "withdrawn", "closed")]
    for row in rows:
        path = jsonl_file(tmp_path / f"{row['state']}.jsonl", [row])
        said = held("import", path, "--as", "concession", "--update")
        assert said.code == 1 and "客户的决定请用它的操作登记" in said.err, said
    assert held.ok("show", "C1", "--json").json["state"] == "draft"
    assert held.refused("move", "M1", "done")


def test_old_concessions_come_in_with_their_end(held: Shell, tmp_path: Path) -> None:
    """What was decided elsewhere, before this book knew of it, comes in as it is."""
    path = csv_file(tmp_path / "old.csv", "requirement,state\n旧让步,closed\n")
    assert "新增 1 条让步申请" in held.ok("import", path, "--as", "concession").out
    assert held.ok("list", "concession", "--state", "closed", "--json").lines


def test_a_decision_with_its_evidence_lifts_it(held: Shell, tmp_path: Path) -> None:
    letter = tmp_path / "复函.txt"
    letter.write_text("同意", encoding="utf-8")
    held.ok("move", "C1", "inform")
    assert "有效期至" in held.refused("move", "C1", "send", "addressee=客户", "addressee_name=李")
    told = ("addressee=客户", "addressee_name=李主任", "valid_to=2099-04-30")
    held.ok("move", "C1", "send", *told)
    assert "还没有凭据" in held.refused("move", "C1", "approve", *DECIDED)
    held.ok("attach", "C1", letter)
    made = held.ok("move", "C1", "approve", *DECIDED, "--json").json
    assert made["state"] == "approved" and made["evidence"] and made["holds"] is None
    assert "有效至 2099-04-30" in held.ok("show", "C1").out
    assert held.ok("move", "M1", "done", "--json").json["state"] == "done"


def test_a_report_is_kept_without_names(shell: Shell) -> None:
    shell.ok("add", "site", "name=滨河三号机房")
    texts = ("phenomenon=滨河三号机房 UPS 切旁路", "cause_direct=电池到期", "solution=更换")
    shell.ok("add", "problem_report", *texts, "follow_up=-", "audience=experience", "--ref", "P1")
    for move in ("submit", "review", "approve"):
        shell.ok("move", "P1", move)
    told = shell.refused("move", "P1", "publish")
    assert "sitebook add experience source=PR-" in told
    made = shell.ok("add", "experience", "source=P1", "--json").json
    assert made["symptom"] == "某现场 UPS 切旁路" and made["project"] is None
    assert shell.ok("show", "P1", "--json").json["state"] == "published"
    assert "滨河三号机房" in shell.refused("set", made["id"], "lessons=滨河三号机房还会发生")
    assert made["number"] in shell.ok("find", "切旁路").out
