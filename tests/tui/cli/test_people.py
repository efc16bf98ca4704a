"""`member`, `config`, `completion`, `init`, `demo`: the rest of what is not a record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sync.trust import device_key, passphrase_file
from tests.tui.cli.conftest import ROOT, Shell
from tui.cli.commands import set_setting
from tui.widgets import themes


def test_init_begins_once(bare: Shell) -> None:
    out = bare.ok("init", "--name", "测试员", "--lang", "zh", "--project", "北站").out
    assert "测试员" in out and str(bare.home) in out
    assert bare.ok("list", "project", "--json").json["name"] == "北站"
    assert "已有现场簿" in bare.refused("init", "--name", "另一个")
    assert bare.ok("status", "--json").json["name"] == "测试员"


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\nb", "a\x1b[31m"])
def test_a_name_that_is_none_begins_nothing(bare: Shell, name: str) -> None:
    assert "姓名应为" in bare.refused("init", "--name", name)
    assert not bare.home.exists()


def test_the_language_given_is_spoken_from_then_on(bare: Shell) -> None:
    assert "has every role" in bare.ok("init", "--name", "Tester", "--lang", "en").out
    assert bare.ok("list", "project", "--json").json["name"] == "My project"
    assert "There are no conflicts" in bare.ok("conflicts").out


def test_the_founder_is_listed_with_every_role(shell: Shell) -> None:
    found = shell.ok("member", "list", "--json").json
    assert found["name"] == "测试员" and found["administrator"] and found["active"]
    assert len(found["roles"]) == 6 and {one["project"] for one in found["roles"]} == {"*"}
    (device,) = found["devices"]
    assert device["tag"] == "A" and device["revoked"] is False
    told = shell.ok("member", "list").out
    assert "测试员" in told and "管理员" in told and "所有项目" in told


def test_people_are_added_and_given_roles(shell: Shell) -> None:
    shell.ok("member", "add", "李测试", "--title", "工程师")
    assert "运维工程师" in shell.ok("member", "role", "李测试", "engineer").out
    shell.ok("member", "role", "lcs", "项目经理", "--project", "测试项目")
    found = {one["name"]: one for one in shell.ok("member", "list", "--json").lines}["李测试"]
    project = shell.ok("list", "project", "--json").json["id"]
    assert {(one["role"], one["project"]) for one in found["roles"]} == {
        ("engineer", "*"),
        ("project_manager", project),
    }
    assert found["title"] == "工程师" and not found["administrator"] and found["devices"] == []
    assert "不再是" in shell.ok("member", "role", "李测试", "Engineer", "--remove").out
    assert "测试项目" in shell.ok("member", "list").out
    assert "完好" in shell.ok("check").out


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["role", "测试员", "engineer"], "不能给自己授予"),
        (["role", "nobody", "engineer"], "没有找到成员"),
        (["role", "测试员", "king"], "没有角色“king”"),
        (["role", "测试员", "quality", "--project", "nope"], "没有找到名为“nope”的项目"),
        (["add", "a\x00b"], "姓名应为"),
    ],
)
def test_what_the_membership_refuses(shell: Shell, args: list[str], word: str) -> None:
    before = shell.ok("digest").out
    assert word in shell.refused("member", *args)
    assert shell.ok("digest").out == before


def _protect(shell: Shell, tmp_path: Path) -> Path:
    device_key.set_passphrase(shell.home, None, "geheim 口令")
    path = tmp_path / "phrase"
    path.write_text("geheim 口令\n", encoding="utf-8")
    return path


def test_a_protected_key_asks_for_its_passphrase(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _protect(shell, tmp_path)
    assert passphrase_file.VARIABLE in shell.refused("member", "add", "李测试")
    monkeypatch.setenv(passphrase_file.VARIABLE, str(tmp_path / "absent"))
    assert "不能读取口令文件" in shell.refused("member", "add", "李测试")
    monkeypatch.setenv(passphrase_file.VARIABLE, str(path))
    shell.ok("member", "add", "李测试")
    path.write_text("wrong", encoding="utf-8")
    assert "口令" in shell.refused("member", "add", "另一个")


def test_a_decision_of_two_asks_for_the_passphrase_and_other_moves_do_not(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _protect(shell, tmp_path)
    args = ["add", "weekly", "week=2026-W47", "person=me", "progress=x", "--ref", "W"]
    shell.ok(*args)
    shell.ok("move", "W", "submit")
    assert "口令" in shell.refused("move", "W", "accept")
    monkeypatch.setenv(passphrase_file.VARIABLE, str(path))
    assert shell.ok("move", "W", "accept", "--json").json["state"] == "accepted"


def test_settings_are_shown_and_changed(shell: Shell) -> None:
    assert shell.ok("config", "path").out.strip() == str(shell.home / "settings.toml")
    assert shell.ok("config", "show", "--json").json["lang"] == "zh"
    shell.ok("config", "set", "letters", "no")
    shell.ok("config", "set", "zone", "Europe/London")
    found = shell.ok("config", "show", "--json").json
    assert found["letters"] is False and found["zone"] == "Europe/London"
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R", "--occurred", "2026-07-01 08:30")
    assert shell.ok("show", "R", "--json").json["occurred_at"] == "2026-07-01T08:30:00.000+01:00"
    for args, word in (
        (["nonsense", "x"], "没有设置"),
        (["lang", "fr"], "不能是“fr”"),
        (["letters", "perhaps"], "不能是"),
        (["zone", "Nowhere/Else"], "时区"),
        (["project", "nope"], "没有找到"),
    ):
        assert word in shell.refused("config", "set", *args)


def test_a_strange_settings_file_is_told_and_stops_nothing(shell: Shell) -> None:
    (shell.home / "settings.toml").write_text('lang = "zh"\nlanguage = 5\n', encoding="utf-8")
    said = shell("list")
    assert said.code == 0 and "“language”" in said.err and "测试项目" in said.out
    (shell.home / "settings.toml").write_text("lang = [", encoding="utf-8")
    said = shell("list")
    assert said.code == 0 and "settings.toml" in said.err


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_scripts_ask_this_program(bare: Shell, name: str) -> None:
    out = bare.ok("completion", name).out
    assert "_SITEBOOK_COMPLETE" in out and "sitebook" in out


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("sitebook di", {"digest"}),
        ("sitebook member ", {"list", "role", "add"}),
        ("sitebook list fi", {"fix"}),
        ("sitebook add fix cause", {"cause=", "cause_class="}),
        ("sitebook list --st", {"--state"}),
    ],
)
def test_the_shell_is_offered_what_fits(shell: Shell, words: str, offered: set[str]) -> None:
    count = len(words.split()) - (0 if words.endswith(" ") else 1)
    env = {"_SITEBOOK_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    said = shell.outside(env=env)
    assert said.code == 0 and said.err == ""
    found = {line.partition(",")[2] for line in said.out.splitlines()}
    assert offered <= found and len(found) <= 15  # which `member` has
    assert all(one.startswith(words.rpartition(" ")[2]) for one in found)


def test_the_demonstration_is_built_where_told_and_is_sound(bare: Shell, tmp_path: Path) -> None:
    kept = tmp_path / "demo"
    said = bare.outside("--home", kept, "demo", "--lang", "en", "--build-only")
    assert said.code == 0 and str(kept) in said.out, said
    other = Shell(kept, bare.capture, bare.patch)
    assert len(other.ok("list", "fix", "--json").lines) > 10
    assert other.ok("check", "--json").json["faults"] == []
    digest = other.ok("digest").out
    bare.ok("demo", "--build-only", "--home", kept)  # there already: nothing is built
    assert other.ok("digest").out == digest and not bare.home.exists()


def test_the_demonstration_never_touches_one_s_own_book(shell: Shell, tmp_path: Path) -> None:
    before = shell.ok("digest").out
    said = shell.outside("demo", "--build-only", env={"TMPDIR": str(tmp_path)})
    assert said.code == 0 and str(tmp_path) in said.out
    assert list(tmp_path.glob("sitebook-demo-*")) == [] and shell.ok("digest").out == before


def test_the_console_script_is_this_program(bare: Shell) -> None:
    script = shutil.which("sitebook", path=os.fspath(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the project is not installed here")
    done = subprocess.run([script, "--version"], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout == bare.ok("--version").out.encode()


def test_a_wrong_setting_names_what_is_possible(shell: Shell) -> None:
    assert tuple(themes.NAMES) == set_setting.THEMES
    for name, value, known in (
        ("lang", "fr", "zh, en"),
        ("theme", "pink", "sitebook-dark, sitebook-light, sitebook-contrast"),
        ("letters", "maybe", "true, false"),
        ("weekly_due", "noon", "时刻，如 12:00"),
        ("weekly_due", "24:00", "时刻，如 12:00"),
    ):
        said = shell.refused("config", "set", name, value)
        assert f"“{value}”" in said and known in said
    shell.ok("config", "set", "weekly_due", "9:30")
    assert shell.ok("config", "show", "--json").json["weekly_due"] == "9:30"


def test_the_system_s_reasons_are_said_in_the_person_s_language(shell: Shell) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    assert "没有这个文件或文件夹" in shell.refused("attach", "R", "/no/such")
    assert "有一段不是文件夹" in shell.refused("attach", "R", "/dev/null/x")
    shell.ok("config", "set", "lang", "en")
    assert "there is no such file" in shell.refused("attach", "R", "/no/such")
