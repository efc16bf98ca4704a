"""The entry: what it decides, says and loads before anything happens."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from tests.tui.cli.conftest import Shell
from tui.cli import home
from tui.cli.exit_codes import COMPLETE
from tui.cli.options import Spoken
from tui.cli.root import COMMANDS, root

HEAVY = {
    *("textual", "pydantic", "openpyxl", "xlsxwriter", "pypinyin", "cryptography", "tomlkit"),
    *("rapidfuzz", "msgpack", "asyncio", "ssl"),
}
READS = (
    ["--help"],
    ["types"],
    ["types", "fix", "--json"],
    ["list"],
    ["list", "fix", "--json"],
    ["show", "R"],
    ["show", "R", "--json"],
    ["history", "R"],
    ["find", "空调"],
    ["conflicts"],
    ["status"],
    ["digest"],
    ["member", "list"],
    ["config", "path"],
    ["config", "show"],
    ["completion", "fish"],
)
WRITES = (
    ["add", "fix", "phenomenon=x", "--ref", "W"],
    ["set", "W", "cause=c"],
    ["move", "W", "fix", "correction=c"],
    ["note", "W", "text"],
    ["void", "W", "--reason", "r"],
    ["unvoid", "W"],
    ["backup"],
)


def test_the_version(bare: Shell) -> None:
    said = bare.outside("--version")
    assert said.code == 0 and said.out.startswith("sitebook ") and said.err == ""
    assert bare.ok("--version").out == said.out
    assert not bare.home.exists()


@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8", "C", "zh_CN.GBK"])
def test_help_in_the_language_of_the_system(
    bare: Shell, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    out = bare.ok("--help").out
    assert ("命令：" in out) == lang.startswith("zh") and ("Commands:" in out) != ("命令：" in out)
    assert all(name in out for name in COMMANDS)


def test_the_language_of_the_book_comes_first(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "命令：" in shell.ok("--help").out
    shell.ok("config", "set", "lang", "en")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "Commands:" in shell.ok("--help").out


def _commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        made = root().get_command(click.Context(root()), name)
        found += [(name, sub) for sub in made.commands] if isinstance(made, click.Group) else []
        found += [(name, sub) for sub in getattr(made, "entries", {})]
        found.append((name,))
    return found


@pytest.mark.parametrize("path", _commands(), ids=" ".join)
@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en"])
def test_every_command_explains_itself(
    bare: Shell, monkeypatch: pytest.MonkeyPatch, path: tuple[str, ...], lang: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    out = bare.ok(*path, "--help").out
    assert out == bare.ok(*path, "-h").out
    chinese = any("一" <= char <= "鿿" for char in out)
    assert out.startswith("用法：" if lang.startswith("zh") else "Usage: ")
    assert chinese == lang.startswith("zh")
    assert " ".join(path) in out.splitlines()[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_entry_leads_to_a_command_of_that_name(name: str) -> None:
    module, _, attribute = COMMANDS[name].where.partition(":")
    found = getattr(import_module(module), attribute)
    made = found if isinstance(found, click.Command) else found()
    words = getattr(made, "words", None)
    assert made.name == name and words is not None and words.zh and words.en


def test_every_word_of_every_option_is_a_pair() -> None:
    for path in _commands():
        group: click.Command = root()
        for name in path:
            assert isinstance(group, click.Group)
            found = group.get_command(click.Context(group), name)
            assert found is not None
            group = found
        if isinstance(group, Spoken):
            for param in group.params:
                words = getattr(param, "words", None)
                assert words is not None and words.zh and words.en, (path, param.name)


@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        (["nonsense"], "没有命令“nonsense”", "no command “nonsense”"),
        (["lst"], "。是不是 list", ". Did you mean list"),
        (["list", "--nope"], "没有选项 --nope", "no option --nope"),
        (["list", "--jsn"], "--json", "--json"),
        (["show"], "缺少 ID", "ID is missing"),
        (["void", "X"], "缺少 --reason", "--reason is missing"),
        (["void", "X", "--reason"], "--reason 需要一个值", "--reason needs a value"),
        (["list", "--json=1"], "--json 不带值", "--json takes no value"),
        (["show", "a", "b", "c"], "多了“b c”", "“b c” is not expected"),
        (["completion", "tcsh"], "bash, zsh, fish", "bash, zsh, fish"),
        (["init", "--name", "x", "--lang", "fr"], "--lang 只能是：zh, en", "--lang must be one of"),
        (["add", "fix", "phenomenon"], "应写成 字段=值", "must be FIELD=VALUE"),
        (["add", "fix", "cause=a", "cause=b"], "写了两次", "given twice"),
        (["add"], "请写明记录类型", "Give a record type"),
        (["add", "fix", "a=b", "--jsonl", "-"], "不能同用", "cannot be used with"),
        (["set"], "请写明记录", "Give a record"),
        (["set", "R"], "请写明要改的字段", "Give the fields to change"),
        (["set", "R", "a=b", "--jsonl", "-"], "不能与", "cannot be used with a record"),
        (["--home"], "--home 需要一个值", "--home needs a value"),
        (["--nope", "list"], "没有选项 --nope", "no option --nope"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, args: list[str], zh: str, en: str
) -> None:
    err = shell.refused(*args, code=2)
    assert zh in err and "--help" in err
    shell.ok("config", "set", "lang", "en")
    err = shell.refused(*args, code=2)
    assert en in err and "--help" in err


@pytest.mark.parametrize("group", ["member", "config"])
def test_a_group_alone_shows_its_commands_and_exits_2(bare: Shell, group: str) -> None:
    said = bare(group)
    assert said.code == 2 and said.out == "" and ("list" in said.err or "path" in said.err)


@pytest.mark.parametrize("args", [[], ["demo"]])
def test_without_a_terminal_the_app_refuses(shell: Shell, args: list[str]) -> None:
    said = shell.outside(*args)
    assert said.code == 2 and said.out == "" and "终端" in said.err
    said = shell.outside(*args, env={home.VARIABLE: "/nowhere", "LANG": "en"})
    assert said.code == 2 and "terminal" in said.err and said.err.count("\n") == 1


def test_home_is_the_option_then_the_variable_then_the_system(
    bare: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home.split(["--home", "a", "list"]) == ("a", ["list"])
    assert home.split(["--home=a b", "list", "--home", "c"]) == ("a b", ["list", "--home", "c"])
    assert home.split(["list"]) == (None, ["list"])
    assert home.folder(None, {home.VARIABLE: "/x"}) == Path("/x")
    assert home.folder("/y", {home.VARIABLE: "/x"}) == Path("/y")
    assert home.folder(None, {home.VARIABLE: ""}).name == "sitebook"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home.folder("~/b", {}) == tmp_path / "b"
    there = bare.outside("config", "path", env={home.VARIABLE: str(tmp_path / "v")}).out
    assert there == f"{tmp_path}/v/settings.toml\n"
    there = bare.outside("--home", tmp_path / "o", "config", "path").out
    assert there == f"{tmp_path}/o/settings.toml\n"


@pytest.mark.parametrize("args", [["list"], ["status"], ["add", "fix", "cause=x"], ["check"]])
def test_where_no_book_is_the_way_to_one_is_said(bare: Shell, args: list[str]) -> None:
    assert "sitebook init" in bare.refused(*args)
    assert not bare.home.exists()


def _loaded(shell: Shell, *runs: list[str]) -> set[str]:
    """Top-level modules that a process has loaded after these commands."""
    code = (
        "import sys, json, os\nfrom tui.entry import run\n"
        "out = os.dup(1); os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\n"
        "codes = [run(args) for args in json.loads(sys.argv[1])]\n"
        "names = sorted({m.split('.')[0] for m in sys.modules})\n"
        "os.write(out, json.dumps([codes, names]).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(runs)],
        env=shell.env, capture_output=True, check=True,
    )  # fmt: skip
    codes, modules = json.loads(done.stdout)
    assert codes == [0] * len(runs), done.stderr
    return set(modules)


def test_what_reads_loads_nothing_heavy(shell: Shell) -> None:
    shell.ok("add", "fix", "phenomenon=空调", "--ref", "R")
    assert not _loaded(shell, *READS) & HEAVY


def test_what_writes_loads_the_validation_and_no_more(shell: Shell) -> None:
    assert _loaded(shell, *WRITES) & HEAVY == {"pydantic"}


def test_the_version_loads_next_to_nothing(shell: Shell) -> None:
    assert not _loaded(shell, ["--version"]) & (HEAVY | {"click", "peewee", "rich", "sqlite3"})


def test_no_command_loads_textual(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    rest = (
        ["attach", "R", str(tmp_path / "f")],
        ["check"],
        ["member", "add", "新成员"],
        ["member", "role", "新成员", "engineer"],
        ["config", "set", "lang", "en"],
    )
    assert "textual" not in _loaded(shell, *READS, *WRITES, *rest)


def _modules(shell: Shell, *args: str, env: dict[str, str] | None = None) -> set[str]:
    """Every module that a process has loaded after one command, by its whole name."""
    code = (
        "import sys, json, os\nfrom tui.entry import run\n"
        "out = os.dup(1); os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\n"
        "code = run(sys.argv[1:])\n"
        "names = sorted(name for name, module in sys.modules.items() if module is not None)\n"
        "os.write(out, json.dumps([code, names]).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        env=shell.env | (env or {}), capture_output=True, check=True,
    )  # fmt: skip
    code_of_exit, modules = json.loads(done.stdout)
    assert code_of_exit in (0, 1), done.stderr
    return set(modules)


OPENS_NO_BOOK = {"peewee", "sync.workspace.workspace", "sync.apply.open_book"}


def _commands_in(modules: set[str]) -> set[str]:
    return {name for name in modules if name.startswith("tui.cli.commands.")}


def test_the_help_of_all_loads_no_command(bare: Shell) -> None:
    there = _modules(bare, "--help")
    assert "tui.cli.root" in there and not _commands_in(there) and not there & OPENS_NO_BOOK


@pytest.mark.parametrize(
    ("words", "offered"),
    [("sitebook ", "status"), ("sitebook mem", "member"), ("sitebook config ", "show")],
)
def test_completing_a_command_loads_no_command(bare: Shell, words: str, offered: str) -> None:
    count = len(words.split()) - (not words.endswith(" "))
    env = {COMPLETE: "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    assert f"plain,{offered}" in bare.outside(env=env).out.split()
    there = _modules(bare, env=env)
    assert not _commands_in(there) and not there & OPENS_NO_BOOK


def test_completing_a_type_opens_no_book(bare: Shell) -> None:
    env = {COMPLETE: "bash_complete", "COMP_WORDS": "sitebook add fi", "COMP_CWORD": "2"}
    assert "plain,fix" in bare.outside(env=env).out.split()
    assert not _modules(bare, env=env) & (OPENS_NO_BOOK - {"peewee"} | HEAVY)


ADDS = ("rules", "agenda", "facts", "reminders")


@pytest.mark.parametrize("args", [["types"], ["types", "fix", "--json"], ["list", "fix"]])
def test_a_list_loads_no_rule_and_no_agenda(shell: Shell, args: list[str]) -> None:
    """They are loaded when they are asked for: 70 ms of every start else."""
    there = {name for name in _modules(shell, *args) if name.startswith("models.records.")}
    assert "models.records.problems.fix" in there
    assert not {name for name in there if name.rpartition(".")[2] in ADDS}
    assert not there & {"models.records.weekly.prefill", "models.records.statistics.trends"}


@pytest.mark.parametrize("name", ["add", "list", "show", "move", "set"])
def test_the_help_of_a_command_declares_no_type_and_opens_no_book(bare: Shell, name: str) -> None:
    there = _modules(bare, name, "--help")
    assert not {one for one in there if one.startswith("models.records.")}
    assert not there & (OPENS_NO_BOOK - {"peewee"})


def test_what_one_command_needs_no_other_loads(shell: Shell, tmp_path: Path) -> None:
    there = _modules(shell, "export", "fix", "-o", str(tmp_path / "f.csv"))
    assert "tui.spreadsheets.exporting.exporter" in there
    assert not {name for name in there if name.startswith(("tui.documents", "docx"))}
    there = _modules(shell, "status")
    assert not {name for name in there if name.startswith(("tui.spreadsheets", "tui.pages"))}
    assert "sync.transport.exchange" not in there and "sync.organisation.admission" not in there
    assert "tui.demo.player" not in _modules(shell, "config", "show")
    assert not _modules(shell, "config", "show") & OPENS_NO_BOOK


def test_drivers_of_database_servers_are_loaded_for_the_hub_alone(shell: Shell) -> None:
    assert not {"psycopg", "psycopg2"} & _modules(shell, "list")
    assert "psycopg" in _modules(shell, "hub", "invite")
