"""`import` and `export` as a person types them."""

from __future__ import annotations

import csv
import json
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.hostile import PAYLOADS, acting
from tests.tui.cli.conftest import Shell, command
from tests.tui.spreadsheets.makers import csv_file, jsonl_file, xlsx_file

RECIPES = Path(__file__).parents[2] / "recipes"
ROWS = "问题现象,发现途径,地点\nUPS 告警,客户报修,主机房\n空调告警,心灵感应,主机房\n漏水,,\n"


def test_rows_come_in_and_refused_ones_are_named(shell: Shell, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    said = shell("import", path, "--as", "fix", "--map", "地点=site", "--make", "site")
    assert said.code == 1
    assert said.out.splitlines() == [
        "读了 3 行。",
        "新增 2 条现场处置。",
        "一并新建 1 条现场。",
        "1 行没有导入；其余各行已保存。",
    ]
    first, last = said.err.splitlines()
    assert first.startswith("第 3 行，“发现途径”列：只能是以下之一")
    assert "改正后再导入一次" in last
    assert len(shell.ok("list", "fix", "--json").lines) == 2


def test_all_of_it_in_is_exit_code_0(shell: Shell, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS.replace("心灵感应", "monitoring"))
    options = ("--as", "fix", "--map", "地点=")
    assert "地点" in shell.ok("import", path, *options).out.splitlines()[-1]
    assert "都已在簿中" in shell.ok("import", path, *options).out


def test_a_dry_run_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    before = shell.ok("digest").out
    path = csv_file(tmp_path / "a.csv", ROWS.replace("心灵感应", ""))
    said = shell.ok(
        "import", path, "--as", "fix", "--map", "地点=site", "--make", "site", "--dry-run"
    )
    assert "什么都没有保存" in said.out
    assert shell.ok("digest").out == before


def test_refused_rows_go_to_a_file_to_be_mended(shell: Shell, tmp_path: Path) -> None:
    path, kept = csv_file(tmp_path / "a.csv", ROWS), tmp_path / "refused.csv"
    said = shell("import", path, "--as", "fix", "--refused", kept)
    assert "refused.csv" in said.err
    with kept.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["行"], row["列"], row["问题现象"]) == ("3", "发现途径", "空调告警")
    text = kept.read_text(encoding="utf-8-sig").replace("心灵感应", "customer")
    said = shell("import", csv_file(tmp_path / "mended.csv", text), "--as", "fix")
    assert (said.code, "新增 1 条" in said.out) == (0, True)
    shell.refused("import", path, "--as", "fix", "--refused", kept)
    assert not (tmp_path / "none.csv").exists()
    shell.ok(
        "import",
        csv_file(tmp_path / "b.csv", "phenomenon\nx\n"),
        "--as",
        "fix",
        "--refused",
        tmp_path / "none.csv",
    )
    assert not (tmp_path / "none.csv").exists()


def test_scripts_read_the_report_as_json(shell: Shell, tmp_path: Path) -> None:
    said = shell("import", csv_file(tmp_path / "a.csv", ROWS), "--as", "fix", "--json")
    assert (said.code, said.err) == (1, "")
    report = json.loads(said.out)
    reason = report["refusals"][0].pop("reason")
    assert "只能是以下之一" in reason
    assert report == {
        "rows": 3,
        "added": {"fix": 2},
        "made": {},
        "updated": {},
        "same": {},
        "refused": 1,
        "refusals": [{"rows": [3], "column": "发现途径"}],
        "left_out": ["地点"],
        "dry": False,
        "stopped": False,
    }


def test_a_recipe_says_it_all(shell: Shell, tmp_path: Path) -> None:
    head = "number,incident_state,sys_mod_count,reassignment_count,opened_at,location,category"
    more = "subcategory,u_symptom,priority,cmdb_ci,closed_code,problem_id,caused_by,resolved_by"
    last = "assignment_group,rfc,resolved_at,impact"
    row = "I1,{state},{n},{n},2025-03-01T08:00,Room A,Power,,,,,,,,,Group {n},,,1 - High"
    lines = [row.format(state="New", n=1), row.format(state="Closed", n=3)]
    path = csv_file(tmp_path / "a.csv", "\n".join([",".join([head, more, last]), *lines, ""]))
    said = shell.ok("import", path, "--recipe", RECIPES / "incidents.toml")
    assert "新增 1 条问题升级" in said.out
    assert {one["state"] for one in shell.ok("list", "--json").lines if one["ref"] == "I1"} == {
        "closed"
    }
    assert "handled by Group 1 → Group 3" in shell.ok("list", "fix", "--json").json["correction"]


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["a.csv"], 2, "--recipe"),
        (["a.csv", "--as", "fix", "--recipe", "r.toml"], 2, "--recipe"),
        (["a.csv", "--recipe", "r.toml", "--map", "a=b"], 2, "--map"),
        (["a.csv", "--as", "fix", "--map", "cause"], 2, "COLUMN=FIELD"),
        (["a.csv", "--as", "fix", "--set", "=x"], 2, "FIELD=VALUE"),
        ([], 2, "FILE"),
        (["a.csv", "--as", "nonsense"], 1, "“nonsense”"),
        (["none.csv", "--as", "fix"], 1, "none.csv"),
        (["a.csv", "--as", "site"], 1, "不是现场的字段"),
        (["a.csv", "--as", "fix", "--project", "none"], 1, "“none”"),
        (["a.csv", "--as", "fix", "--encoding", "klingon"], 1, "klingon"),
        (["a.csv", "--as", "fix", "--set", "found_during=magic"], 1, "只能是以下之一"),
        (["a.csv", "--recipe", "none.toml"], 1, "none.toml"),
    ],
)
def test_wrong_usage_and_refusals_are_one_sentence(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    csv_file(tmp_path / "a.csv", ROWS)
    assert says in shell.refused("import", *args, code=code)


def test_several_projects_need_a_choice(shell: Shell, tmp_path: Path) -> None:
    shell.ok("add", "project", "name=二期")
    path = csv_file(tmp_path / "a.csv", "phenomenon\nx\n")
    assert "有几个项目" in shell.refused("import", path, "--as", "fix")
    shell.ok("import", path, "--as", "fix", "--project", "二期")
    named = csv_file(tmp_path / "b.csv", "phenomenon,project\ny,二期\n")
    shell.ok("import", named, "--as", "fix")
    site = csv_file(tmp_path / "c.csv", "name\n机房\n")
    shell.ok("import", site, "--as", "site")


@pytest.mark.parametrize("form", ["xlsx", "csv", "jsonl"])
def test_a_list_goes_out_and_comes_in(shell: Shell, tmp_path: Path, form: str) -> None:
    shell.ok("add", "fix", "phenomenon=告警")
    path = tmp_path / f"a.{form}"
    assert "已导出 1 条现场处置" in shell.ok("export", "fix", "-o", path).out
    assert "--force" in shell.refused("export", "fix", "-o", path)
    shell.ok("export", "fix", "-o", path, "--force", "--state", "open")
    assert "都已在簿中" in shell.ok("import", path, "--as", "fix").out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nonsense", "-o", "a.xlsx"], "“nonsense”"),
        (["fix", "-o", "a.pdf"], "a.pdf"),
        (["fix", "-o", "no/where/a.xlsx"], "a.xlsx"),
        (["fix", "-o", "a.xlsx", "--state", "gone"], "“gone”"),
        (["fix", "-o", "a.xlsx", "--project", "none"], "“none”"),
    ],
)
def test_what_cannot_go_out_is_one_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in shell.refused("export", *args)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []


def test_a_text_that_was_cut_is_said(shell: Shell, tmp_path: Path) -> None:
    line = json.dumps({"type": "fix", "phenomenon": "长" * 40_000})
    shell("add", "--jsonl", "-", stdin=line)
    said = shell("export", "fix", "-o", tmp_path / "a.xlsx")
    assert said.code == 0
    assert "FX-" in said.err and ".jsonl" in said.err


def test_hostile_names_and_cells_never_act_on_the_terminal(shell: Shell, tmp_path: Path) -> None:
    texts = [text for text in PAYLOADS.values() if len(text) < 500]
    items = [{"phenomenon": text, "site": text, "found_during": text} for text in texts]
    wide = [{f"x{n} {text}": text, "phenomenon": text} for n, text in enumerate(texts)]
    for rows in (items, wide):
        path = jsonl_file(tmp_path / "a.jsonl", rows)
        for more in ([], ["--json"], ["--dry-run"]):
            said = shell("import", path, "--as", "fix", *more)
            assert acting(said.out.encode()) == [] and acting(said.err.encode()) == []
    odd = csv_file(tmp_path / "a.csv", "a\x1b[2Jb,c\n1,2\n")
    said = shell("import", odd, "--as", "fix")
    assert said.code == 1 and acting(said.err.encode()) == []


def test_workbooks_of_others_come_in_with_their_sheet(shell: Shell, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [["名称", "地址"], ["主机房", "一号楼"]], "现场")
    shell.ok("import", path, "--as", "site", "--sheet", "现场")
    assert "没有工作表" in shell.refused("import", path, "--as", "site", "--sheet", "x")
    assert shell.ok("list", "site", "--json").json["address"] == "一号楼"


def test_an_import_that_is_interrupted_keeps_whole_chunks(shell: Shell, tmp_path: Path) -> None:
    """A real Ctrl+C on a real process, then the same command again."""
    lines = "".join(f"问题 {n}\n" for n in range(3_000))
    path = csv_file(tmp_path / "a.csv", "phenomenon\n" + lines)
    args = command("--home", shell.home, "import", path, "--as", "fix")
    pipe = subprocess.PIPE
    with (
        closing(sqlite3.connect(shell.home / "book.sqlite3")) as db,
        subprocess.Popen(args, env=shell.env, stdout=pipe, stderr=pipe) as run,
    ):
        while run.poll() is None and not db.execute("SELECT 1 FROM fix LIMIT 1").fetchone():
            pass
        run.send_signal(signal.SIGINT)
        out, err = run.communicate()
    kept = len(shell.ok("list", "fix", "--json").lines)
    assert run.returncode == 130, (out, err)
    assert b"Traceback" not in err
    assert kept % 500 == 0 and 0 < kept < 3_000
    assert "再导入一次即可继续" in out.decode()
    said = shell.ok("import", path, "--as", "fix")
    assert f"新增 {3_000 - kept} 条" in said.out
    assert shell.ok("check").code == 0
