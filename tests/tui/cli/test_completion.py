"""Completing: what fits by how it begins, from declarations and the book, in every shell."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest

from models.book.projects import all_projects
from models.records.problems.fix import Fix
from models.schema.record import kinds
from sync.workspace.setup import begin
from tui.cli.completion import FILES, PAIRS, TYPES

PARAM = click.Argument(["type"])


def context(**given: Any) -> click.Context:
    """What was typed before."""
    ctx = click.Context(click.Command("add"))
    ctx.params = given
    return ctx


@pytest.mark.parametrize(
    ("begun", "found"),
    [("fi", ["fix"]), ("weekly", ["weekly", "weekly_problem", "weekly_report"]), ("zzz", [])],
)
def test_types_by_how_they_begin(begun: str, found: list[str]) -> None:
    offered = TYPES(context(), PARAM, begun)
    assert [name for name in offered if name in found] == found
    assert all(name.startswith(begun) and name in kinds for name in offered)


def test_nothing_typed_offers_every_type_once() -> None:
    assert TYPES(context(), PARAM, "") == list(kinds)


def test_fields_of_the_type_named_before() -> None:
    assert PAIRS(context(type="fix"), PARAM, "pheno") == ["phenomenon="]
    assert PAIRS(context(type="fix"), PARAM, "") == [f"{name}=" for name in Fix.specs()]


@pytest.mark.parametrize("type_", [None, "", "nonsense"])
def test_without_a_known_type_no_field_is_offered(type_: str | None) -> None:
    assert PAIRS(context(type=type_), PARAM, "") == []
    assert PAIRS(context(), PARAM, "") == []


def completed(home: Path, shell: str, line: str, begun: str) -> list[str]:
    """What the program answers to a shell: the words of the line so far, and the one begun."""
    env = {**os.environ, "_SITEBOOK_COMPLETE": f"{shell}_complete", "SITEBOOK_HOME": str(home)}
    words = f"sitebook {line} {begun}"
    at = str(len(words.split())) if not begun else str(len(words.split()) - 1)
    env |= {"COMP_WORDS": words, "COMP_CWORD": begun if shell == "fish" else at}
    program = [sys.executable, "-c", "from tui.start import main; main()"]
    run = subprocess.run(program, env=env, capture_output=True, encoding="utf-8", check=False)
    assert run.stderr == ""
    lines = [one for one in run.stdout.splitlines() if one]
    if shell == "zsh":
        return lines[1::3]
    return [one.replace("\t", ",").split(",")[1] for one in lines]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a fix, its folder left as it is."""
    folder = tmp_path_factory.mktemp("completion") / "book"
    with closing(begin(folder, name="甲", lang="zh", project="P")) as space:
        project = all_projects(space.store)[0].id
        space.book.add("fix", {"phenomenon": "风扇\x1b[31m异响"}, project=project)
    return folder


@pytest.mark.parametrize(
    ("line", "begun", "found"),
    [
        ("show", "", ["PJ-", "FX-"]),
        ("show", "fx-", ["FX-2026-A-0001"]),
        ("history", "FX-2026", ["FX-2026-A-0001"]),
        ("void", "AN-", []),
        ("move FX-2026-A-0001", "es", ["escalate"]),
        ("move FX-2026-A-0001", "升", ["升级"]),
        ("set FX-2026-A-0001", "cause_c", ["cause_class="]),
        ("list fix --state", "esc", ["escalated"]),
        ("list fix --state", "已", ["已关闭", "已升级", "已验证"]),
        ("list --project", "P", ["PJ-2026-A-0001"]),
        ("config set", "the", ["theme"]),
        ("config set theme", "sitebook-l", ["sitebook-light"]),
        ("config set ascii", "", ["true", "false"]),
        ("import", "a", ["a"]),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_what_is_in_the_book_is_offered(
    home: Path, shell: str, line: str, begun: str, found: list[str]
) -> None:
    before = sorted((one.name, one.stat().st_mtime_ns) for one in home.iterdir())
    offered = completed(home, shell, line, begun)
    assert offered == found or (not begun and {*found} <= {*offered})
    assert sorted((one.name, one.stat().st_mtime_ns) for one in home.iterdir()) == before


def test_bash_hands_a_value_over_apart_from_its_field() -> None:
    """Its words break at the sign; what it replaces is the part behind it."""
    typed = context(type="fix", pairs=("cause_class", "="))
    assert PAIRS(typed, PARAM, "dam") == ["damage"] == PAIRS(typed, PARAM, "damage")
    behind = context(type="fix", pairs=("cause_class",))
    assert "damage" in PAIRS(behind, PARAM, "=")
    assert PAIRS(context(type="fix"), PARAM, "cause_class=dam") == ["cause_class=damage"]
    assert PAIRS(context(type="fix"), PARAM, "typical=y") == ["typical=yes"]
    assert PAIRS(context(type="fix", pairs=("=",)), PARAM, "x") == []


def test_no_book_offers_nothing_and_makes_none(tmp_path: Path) -> None:
    for home in (tmp_path / "none", tmp_path):
        assert completed(home, "bash", "show", "FX-") == []
        assert completed(home, "bash", "list --project", "P") == []
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "book.sqlite3").write_bytes(b"no database" * 100)
    assert completed(tmp_path, "bash", "show", "FX-") == []


def test_files_are_the_shells_to_find() -> None:
    (item,) = FILES(context(), PARAM, "/tmp/目录")
    assert (item.type, item.value) == ("file", "/tmp/目录")
