"""Text that would act on a terminal reaches no output of any command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from models.book.writing.batch import batch
from models.text.words import Refused, language
from sync.organisation import administration
from sync.workspace.workspace import Workspace, open_book
from tests.support.hostile import PAYLOADS, REFUSED, acting
from tests.tui.cli.conftest import Shell
from tui.cli.root import root

READS = (
    ["list"],
    ["list", "fix"],
    ["list", "--void"],
    ["list", "--json"],
    ["show", "R0", "--json"],
    ["history", "R0", "--json"],
    ["conflicts"],
    ["conflicts", "--json"],
    ["status"],
    ["status", "--json"],
    ["member", "list"],
    ["member", "list", "--json"],
    ["find", "针"],
    ["find", "针", "--json"],
    ["config", "show"],
    ["check"],
    ["check", "--json"],
)


def _clean(said: tuple[int, str, str]) -> None:
    code, out, err = said
    assert acting(out.encode()) == [] and acting(err.encode()) == []
    assert code in (0, 1, 2) and "Traceback" not in err


ALL = " ".join(text for name, text in PAYLOADS.items() if not name.startswith("long"))
ARGUMENTS = {
    "all at once": ALL,
    **{name: text for name, text in PAYLOADS.items() if name.startswith("long")},
    **REFUSED,
}


def _fill(workspace: Workspace, text: str, ref: str) -> None:
    """The text in everything that takes text, written as another device might have."""
    book, line = workspace.book, text.replace("\n", " ").replace("\r", " ")[:150]
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    book.edit(project, {"name": line, "sla": text})
    site = book.add("site", {"name": line, "address": line})
    values = {"phenomenon": f"针{text}", "place": line, "site": site.id, "correction": text}
    made = book.add("fix", values, project=project, ref=ref)
    for cause in (text, f"{text}!"):
        book.edit(made.id, {"cause": cause}, seen=made.dots)
    book.move(made.id, "fix", comment=text)
    book.add("note", {"about": made.id, "text": text})
    attached = {"about": made.id, "name": line, "sha256": "0" * 64, "size": 1}
    book.add("attachment", attached)
    try:
        other = administration.add_person(workspace, line, "")
        book.edit(made.id, {"fixed_by": other})
        book.void(site.id, text)
    except Refused:
        pass


def test_no_command_lets_stored_text_act(shell: Shell) -> None:
    workspace = open_book(shell.home)
    with batch(workspace.book):
        for number, text in enumerate(PAYLOADS.values()):
            _fill(workspace, text, f"R{number}")
    workspace.close()
    each = [[*args, f"R{n}"] for args in (["show"], ["history"]) for n in range(len(PAYLOADS))]
    for args in (*READS, *each):
        said = shell.ok(*args)
        assert acting(said.out.encode()) == []
        if "--json" in args:
            assert said.out.isascii()
            assert all(json.loads(line) for line in said.out.splitlines())


@pytest.mark.parametrize("name", ARGUMENTS)
def test_no_command_lets_an_argument_act(shell: Shell, name: str, tmp_path: Path) -> None:
    text = ARGUMENTS[name]
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    for args in (
        ["show", "--", text],
        ["add", "--", text],
        ["add", "fix", f"cause={text}"],
        ["add", "fix", f"site={text}"],
        ["add", "fix", f"fixed_by={text}"],
        ["add", "fix", f"fixed_at={text}"],
        ["add", "fix", f"cause_class={text}"],
        ["add", "fix", f"{text}=x"],
        ["add", "fix", "cause=x", f"--ref={text}"],
        ["add", "fix", "cause=x", f"--project={text}"],
        ["add", "--jsonl", "--", text],
        ["move", "R", "--", text],
        ["move", "R", "escalate", f"--comment={text}"],
        ["void", "R", f"--reason={text}"],
        ["unvoid", "R"],
        ["note", "R", "--", text],
        ["attach", "R", "--", text],
        ["list", f"--state={text}"],
        ["list", f"--project={text}"],
        ["find", "--", text],
        ["digest", f"--space={text}"],
        ["types", "--", text],
        ["config", "set", "--", text, "x"],
        ["config", "set", "project", "--", text],
        ["config", "set", "zone", "--", text],
        ["member", "add", "--", text],
        ["member", "role", "--", text, "engineer"],
        ["restore", "--", text],
        ["backup", f"--to={tmp_path}/{text[:50]}"],
        ["--", text],
        [f"--{text}"],
    ):
        said = shell(*args)
        _clean((said.code, said.out, said.err))
        assert "程序出错" not in said.err, (args, said)


def test_a_stream_says_nothing_that_acts(shell: Shell) -> None:
    asked: list[dict[str, str]] = []
    for text in (PAYLOADS | REFUSED).values():
        asked += [{"type": text}, {"type": "fix", "ref": text}, {"type": "fix", text: "x"}]
        asked += [{"type": "fix", "site": text}, {"type": "fix", "project": text}]
        asked += [{"id": text, "cause": text}]
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    for args in (["add", "--jsonl", "-"], ["set", "--jsonl", "-"]):
        said = shell(*args, stdin=lines)
        _clean((said.code, said.out, said.err))
        assert said.out.count("\n") + said.err.count("\n") == len(asked) + 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_stored_is_refused_everywhere(shell: Shell, name: str) -> None:
    text = REFUSED[name]
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    before = shell.ok("digest").out
    for args in (
        ["add", "fix", f"cause={text}"],
        ["set", "R", f"cause={text}"],
        ["move", "R", "escalate", f"--comment={text}"],
        ["void", "R", f"--reason={text}"],
        ["note", "R", text],
        ["member", "add", text],
    ):
        shell.refused(*args)
    assert shell.ok("digest").out == before


STAYS = {("hub", "serve")}
"""Commands that do not end by themselves."""


def _every(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, those of groups by both names."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from _every(found, (*path, name))
        else:
            yield (*path, name)


def _params(path: tuple[str, ...]) -> tuple[int, list[str]]:
    """How many arguments a command takes, and the options that take a value."""
    found: click.Command | None = root()
    for name in path:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name)
    assert found is not None
    options = [p for p in found.params if isinstance(p, click.Option) and not p.is_flag]
    arguments = [p for p in found.params if isinstance(p, click.Argument)]
    return len(arguments), [option.opts[0] for option in options]


EVERY = sorted(set(_every(root())))


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_no_argument_and_no_option_of_any_command_acts(
    shell: Shell, path: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a path that is made of it stays here
    if path in STAYS:
        return
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    count, options = _params(path)
    calls = [["--", *[ALL] * count], ["--", *["R"] * count], []]
    for option in options:
        calls += [[f"{option}={ALL}", "--", *["R"] * count], [f"{option}={ALL}"]]
    for given in calls:
        said = shell(*path, *given)
        _clean((said.code, said.out, said.err))
        assert "程序出错" not in said.err, (path, given, said.err)


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_helps_in_both_languages(bare: Shell, path: tuple[str, ...]) -> None:
    helps = []
    for lang in ("zh", "en"):
        language.now = lang
        bare.patch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8")
        said = bare(*path, "--help")
        assert said.code == 0 and not said.err
        # What is to be copied stays on one line, however long it is.
        lines = [line for line in said.out.splitlines() if not line.startswith("  sitebook ")]
        assert all(cell_len(line) <= 80 for line in lines), (
            lines
        )  # what is to be copied stays whole
        helps.append(said.out)
    zh, en = helps
    assert "用法" in zh and "Usage" in en
    assert not any("\u4e00" <= char <= "\u9fff" for char in en)
