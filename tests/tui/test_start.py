"""The start: a broken installation is one sentence, and the screen is given back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.terminal import Terminal
from tui.first_paint import ENTER, LEAVE
from tui.start import broken, opens_app

ROOT = Path(__file__).parents[2]
PROGRAM = "from tui.start import main; main()"


def environment(over: Path, home: Path) -> dict[str, str]:
    """The program's own code with a folder laid over it."""
    path = os.pathsep.join([str(over), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "SITEBOOK_HOME": str(home), "TERM": "xterm-256color"}


def module(folder: Path, name: str, text: str) -> Path:
    """A package in a folder."""
    made = folder / name / "__init__.py"
    made.parent.mkdir(parents=True)
    made.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(
    params=[("peewee", "import rocket_engine", "rocket_engine"), ("models", "", "models")],
    ids=["a package is missing", "a folder lies over it"],
)
def over(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A folder that breaks the program, and the word that must be said."""
    name, text, said = request.param
    return module(tmp_path / "over", name, text), said


@pytest.mark.parametrize("args", [["list"], ["check"], ["list", "--help"]])
def test_a_command_says_what_is_missing(
    over: tuple[Path, str], tmp_path: Path, args: list[str]
) -> None:
    folder, word = over
    if word == "rocket_engine" and "--help" in args:
        pytest.skip("help needs no database")
    run = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, *args],
        env=environment(folder, tmp_path / "home"),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 1 and run.stdout == ""
    chinese, english = run.stderr.splitlines()
    assert word in chinese and word in english
    assert "重新安装" in chinese and "nstall sitebook again" in english
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_the_app_gives_the_screen_back(over: tuple[Path, str], tmp_path: Path) -> None:
    folder, word = over
    env = environment(folder, tmp_path / "home")
    terminal = Terminal((sys.executable, "-P", "-c", PROGRAM), (80, 24), env)
    try:
        terminal.wait(lambda one: "nstall sitebook again" in " ".join(one.text.split()))
    finally:
        terminal.close()
    assert word in terminal.text
    said = bytes(terminal.raw).decode()
    assert said.index(ENTER) < said.index(LEAVE) < said.index("sitebook: ")


def test_what_lies_over_the_program_is_named() -> None:
    assert "PYTHONPATH" not in broken(ImportError("no", name="click"))
    assert "models.text" in broken(ModuleNotFoundError("no", name="models.text"))
    assert "\x1b" not in broken(ImportError("no", name="\x1b[2J"))
    assert broken(ImportError("no")).count("?") >= 1


def test_only_the_folder_opens_the_app() -> None:
    assert opens_app([]) and opens_app(["--home", "x"]) and opens_app(["--home=x"])
    assert not opens_app(["list"]) and not opens_app(["--home", "x", "list"])
