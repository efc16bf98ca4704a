"""Documents on the command line: drafts, issues, checks, templates, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sync.workspace.workspace import open_book
from tests.support.hostile import PAYLOADS, acting
from tests.tui.cli.conftest import Shell
from tests.tui.documents.makers import text_of, word

ODD = "温度<5℃ & 湿度 {{7*7}}"


@pytest.fixture
def fix(shell: Shell) -> str:
    """The number of a fix."""
    shell.ok("add", "fix", f"phenomenon={ODD}", "--ref", "R")
    return str(shell.ok("show", "R", "--json").json["number"])


def weekly(shell: Shell, week: str) -> str:
    """An entry that is handed in; returns its id."""
    workspace = open_book(shell.home)
    book = workspace.book
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    values = {"week": week, "person": book.me, "progress": "巡检"}
    made = book.add("weekly", values, project=project)
    book.move(made.id, "submit")
    workspace.close()
    return made.id


def test_a_draft_as_word_and_for_mail(shell: Shell, fix: str, tmp_path: Path) -> None:
    file, mail = tmp_path / "a.docx", tmp_path / "a.md"
    said = shell.ok("export", "fix", "R", "-o", file).out
    assert "草稿" in said and fix in said
    assert ODD in text_of(file) and "草稿（未签发）" in text_of(file)
    shell.ok("export", "record", fix, "-o", mail)
    assert "温度\\<5℃ \\& 湿度 \\{\\{7\\*7\\}\\}" in mail.read_text(encoding="utf-8")
    assert "已存在" in shell.refused("export", "fix", "R", "-o", file)
    shell.ok("export", "fix", "R", "-o", file, "--force")


def test_issued_checked_and_issued_again(shell: Shell, fix: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.docx", tmp_path / "2.docx"
    assert "V1.0" in shell.ok("export", "fix", "R", "--issue", "-o", first).out
    assert "变更说明" in shell.refused("export", "fix", "R", "--issue", "-o", second)
    assert not second.exists()
    again = shell.ok(
        "export", "fix", "R", "--issue", "--reason", "补充", "--to", "客户 <2 份>", "-o", second
    )
    assert "客户 <2 份>" in text_of(second)
    assert "V2.0" in again.out and "草稿" not in text_of(second)
    numbers = [one["number"] for one in shell.ok("list", "issued", "--json").lines]
    assert len(numbers) == 2
    for number in numbers:
        assert "核对无误" in shell.ok("paper", "check", number).out
    assert "不是已签发文件" in shell.refused("paper", "check", "R")
    assert ".docx" in shell.refused("export", "fix", "R", "--issue", "-o", tmp_path / "a.md")


def test_what_cannot_be_written_is_not_issued(shell: Shell, fix: str, tmp_path: Path) -> None:
    assert "不能" in shell.refused(
        "export", "fix", "R", "--issue", "-o", tmp_path / "no" / "x.docx"
    )
    assert shell.ok("list", "issued", "--json").lines == []


def test_a_record_of_the_company_is_issued(shell: Shell, tmp_path: Path) -> None:
    shell.ok("add", "customer", "name=医院", "--ref", "C")
    shell.ok("export", "customer", "C", "--issue", "-o", tmp_path / "c.docx")
    (issued,) = shell.ok("list", "issued", "--json").lines
    assert (issued["project"], issued["document"], issued["version"]) == (None, "record", 1)
    assert "核对无误" in shell.ok("paper", "check", issued["number"]).out
    assert "记录" in shell.ok("show", issued["number"]).out  # the word of the kind of document


def test_documents_are_listed_with_who_issues_them(shell: Shell) -> None:
    said = shell.ok("paper", "list").out.splitlines()
    week = next(line for line in said if line.startswith("week "))
    assert "项目的一周" in week and "项目经理、部门经理" in week
    problem = next(line for line in said if line.startswith("problem "))
    assert "内部版、客户版" in problem and "“批准”之后" in problem


def test_one_week_and_the_projects_week(shell: Shell, tmp_path: Path) -> None:
    id = weekly(shell, "2026-W47")
    one, all_ = tmp_path / "one.docx", tmp_path / "all.docx"
    shell.ok("export", "weekly", id, "-o", one)
    assert "运维周报" in text_of(one) and "巡检" in text_of(one)
    shell.ok("export", "weekly", "--week", "2026-W47", "--project", "测试项目", "-o", all_)
    assert "项目进展周报" in text_of(all_) and "已提交 1 人" in text_of(all_)
    assert "ISO" in shell.refused("export", "weekly", "--week", "W47", "-o", tmp_path / "x.docx")
    sheet = tmp_path / "list.xlsx"
    shell.ok("export", "weekly", "-o", sheet)
    assert sheet.read_bytes()[:2] == b"PK"


def test_what_is_wrong_is_said(shell: Shell, fix: str, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    for args, what in (
        (("problem",), "哪一条记录"),
        (("problem", "R"), "不能导出为"),
        (("nothing", "R"), "没有“nothing”"),
        (("fix", "NO-1"), "没有找到"),
        (("fix", "R", "--edition", "customer"), "没有版别"),
    ):
        assert what in shell.refused("export", *args, "-o", file)
    assert ".docx" in shell.refused("export", "fix", "R", "-o", tmp_path / "a.odt")
    assert [*tmp_path.glob("a.*")] == []


def test_templates_go_out_are_changed_and_come_back(shell: Shell, fix: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    assert "64 个模板" in shell.ok("paper", "templates", folder).out
    assert "已存在" in shell.refused("paper", "templates", folder)
    own = shell.home / "papers"
    own.mkdir()
    (own / "record.docx").write_bytes((folder / "record.zh.docx").read_bytes())
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    shell.ok("export", "fix", "R", "-o", before)
    (own / "record.docx").unlink()
    shell.ok("export", "fix", "R", "-o", after)
    assert before.read_bytes() == after.read_bytes()  # what we wrote out is what we use
    (own / "record.docx").write_bytes(word("{{ number }} {{ ''.__class__ }}"))
    assert "record.docx" in shell.refused("export", "fix", "R", "-o", tmp_path / "c.docx")
    assert not (tmp_path / "c.docx").exists()


def test_names_for_templates(shell: Shell, fix: str) -> None:
    said = shell.ok("paper", "names", "R").out
    assert "prepared.name" in said and "fields" in said and fix in said
    project = shell.ok("list", "project", "--json").lines[0]["number"]
    week = shell.ok("paper", "names", project, "--week", "2026-W47").out
    assert "figures.solved" in week and "judgement" in week
    assert "没有版别“x”" in shell.refused("paper", "names", "R", "--edition", "x")
    assert "不分周或季度" in shell.refused("paper", "names", "R", "--week", "2026-W47")
    assert "--document" in shell.refused("paper", "names")
    assert "people" in shell.ok("paper", "names", "--document", "week").out


def test_lists_go_out_without_word_and_help_without_anything(shell: Shell, fix: str) -> None:
    code = (
        "import sys; from tui.start import main\ntry: main()\nfinally: print('|'.join(sys.modules))"
    )
    for args in (["export", "fix", "-o", str(shell.home / "a.xlsx")], ["export", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            capture_output=True,
            encoding="utf-8",
            env=shell.env,
            check=False,
        )
        loaded = set(done.stdout.splitlines()[-1].split("|"))
        assert not {"docx", "docxtpl", "jinja2", "textual"} & loaded and "click" in loaded


def test_nothing_that_was_typed_acts_on_the_terminal(shell: Shell) -> None:
    text = "".join(PAYLOADS.values())
    workspace = open_book(shell.home)
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    workspace.book.add("fix", {"phenomenon": text, "place": text[:200]}, project=project, ref="H")
    workspace.close()
    said = shell.ok("paper", "names", "H")
    assert acting(said.out.encode()) == []
    shell.ok("export", "fix", "H", "-o", shell.home / "h.md")
    assert acting((shell.home / "h.md").read_bytes()) == []
    assert shell.ok("export", "fix", "H", "-o", shell.home / "h.docx")
