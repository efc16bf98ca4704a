"""Declarations: help and mistakes need no more of a command than its words and options."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from models.text.words import Lang, language
from tests.tui.cli.conftest import Shell
from tui.cli import declaration
from tui.cli.declaration import Needed
from tui.cli.root import root

HEAVY = {"peewee", "textual", "httpx2", "docx", "openpyxl", "cryptography", "starlette"}


def helps(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What every command says of itself."""
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        assert found is not None
        yield (*path, name), found.get_help(click.Context(found, info_name=name))
        if isinstance(found, click.Group):
            yield from helps(found, *path, name)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_declaration_says_what_the_command_says(
    lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    language.now = lang
    whole = [name for name in sys.modules if name.startswith(f"{declaration.COMMANDS}.")]
    for name in whole:
        monkeypatch.delitem(sys.modules, name)
    read = dict(helps(root()))
    monkeypatch.setattr(declaration, "declared", declaration.real)
    assert read == dict(helps(root()))
    assert len(read) > 60


def test_the_help_of_no_command_loads_more_than_its_words(bare: Shell) -> None:
    """A declaration that needs more is read as a whole: right, and 100 ms slower."""
    code = (
        "import sys, json, os\nfrom tui.entry import run\n"
        "out = os.dup(1); os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\n"
        "codes = [run([*path, '--help']) for path in json.loads(sys.argv[1])]\n"
        "os.write(out, json.dumps([codes, sorted(sys.modules)]).encode())"
    )
    paths = [path for path, _ in helps(root()) if path[:1] != ("join",) or path == ("join",)]
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(paths)],
        env=bare.env, capture_output=True, check=True,
    )  # fmt: skip
    codes, modules = json.loads(done.stdout)
    assert codes == [0] * len(paths)
    assert not {name.partition(".")[0] for name in modules} & HEAVY
    assert [name for name in modules if name.startswith(f"{declaration.COMMANDS}.")] == []


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a module of a command can be written."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path / "greet.py"
    sys.modules.pop("greet", None)
    declaration._read.cache_clear()


GREET = """
from models.book import permissions
from models.schema.record import Record
from models.text.words import W
from tui.cli import passphrase
from tui.cli.streams import output
from tui.cli.options import command

{more}

@command("greet", W("问候", "Greet"))
def greet():
    output.put(permissions.__name__)
"""


def test_a_name_that_is_left_out_may_be_named(written: Path) -> None:
    written.write_text(GREET.format(more="PAIR = (Record, permissions.NO_WRITE)"), encoding="utf-8")
    made = declaration.declared("greet", "greet")
    assert made.words.en == "Greet"
    assert "greet" not in sys.modules
    assert declaration.real("greet", "greet").name == "greet"
    assert "greet" in sys.modules


@pytest.mark.parametrize(
    "use",
    [
        "class Mine(Record): pass",
        "A = list(permissions.__dict__)",
        "A = str(permissions.NO_WRITE)",
        "A = f'{permissions.NO_WRITE}'",
        "A = permissions.listed([])",
        "A = permissions.NO_WRITE[0]",
        "A = [one for one in permissions.NO_WRITE]",
        "A = {permissions.NO_WRITE: 1}",
        "A = permissions.NO_WRITE == 1",
        "A = 1 if permissions.NO_WRITE else 2",
        "A = 'a' in permissions.NO_WRITE",
    ],
)
def test_a_name_that_is_used_has_the_module_read_as_a_whole(written: Path, use: str) -> None:
    written.write_text(GREET.format(more=use), encoding="utf-8")
    with pytest.raises(Needed):
        declaration._read("greet")
    made = declaration.declared("greet", "greet")
    assert made.words.zh == "问候"


def test_a_module_that_is_loaded_is_not_read_again(written: Path) -> None:
    written.write_text(GREET.format(more=""), encoding="utf-8")
    whole = declaration.real("greet", "greet")
    assert declaration.declared("greet", "greet") is whole


def test_an_import_that_is_missing_is_told(written: Path) -> None:
    written.write_text("import no_such_module_at_all\n", encoding="utf-8")
    with pytest.raises(ModuleNotFoundError):
        declaration.declared("greet", "greet")
    with pytest.raises(ModuleNotFoundError):
        declaration.declared("greetings", "greet")
