"""Every command where the machine is odd: a closed stream, a full disk, a clock years away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from models.book.projects import all_projects
from models.text.words import language
from sync.workspace.setup import begin
from tests.tui.cli.conftest import Shell, command
from tests.tui.cli.test_root import leaves
from tui import entry
from tui.cli.root import root

GIVEN: dict[tuple[str, ...], list[str]] = {
    ("init",): ["--name", "x"],
    ("add",): ["fix", "phenomenon=x"],
    ("set",): ["R", "cause=c"],
    ("note",): ["R", "words"],
    ("void",): ["R", "--reason", "r"],
    ("unvoid",): ["V"],
    ("show",): ["R"],
    ("history",): ["R"],
    ("find",): ["x"],
    ("completion",): ["bash"],
}
"""What a command needs to say something."""
SERVES = {("hub", "serve")}
"""Commands that do not end."""
COMMANDS = sorted({path for path, _ in leaves(root())} - SERVES)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a record."""
    home = tmp_path_factory.mktemp("streams") / "book"
    with closing(begin(home, name="测试员", lang="zh", project="测试项目")) as workspace:
        project = all_projects(workspace.book.store)[0].id
        workspace.book.add("fix", {"phenomenon": "掉电"}, project=project, ref="R")
        void = workspace.book.add("fix", {"phenomenon": "误记"}, project=project, ref="V")
        workspace.book.void(void.id, "误记")
    return home


@pytest.fixture
def home(made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of that book, in a folder where commands may write."""
    monkeypatch.chdir(tmp_path)
    before = language.now
    yield Path(shutil.copytree(made, tmp_path / "book"))
    language.now = before


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_command_needs_its_output(
    home: Path, path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, None)
    said = Path("said.txt")
    with said.open("w", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stderr", file)
        code = entry.run(["--home", str(home), *path, *GIVEN.get(path, ())])
        for stream in (sys.stdin, sys.stdout):  # the null device, which a process keeps to its end
            stream.close()
    assert "程序出错" not in said.read_text(encoding="utf-8")
    assert code in ((0,) if path in GIVEN and path != ("init",) else (0, 1, 2))


@pytest.mark.skipif(sys.platform != "linux", reason="uses /dev/full")
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_says_that_the_disk_is_full(
    home: Path, path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    said, full = Path("said.txt"), Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115
    with said.open("w", encoding="utf-8") as file, suppress(OSError), full:
        monkeypatch.setattr(sys, "stdout", full)
        monkeypatch.setattr(sys, "stderr", file)
        code = entry.run(["--home", str(home), *path, *GIVEN.get(path, ())])
    told = said.read_text(encoding="utf-8")
    assert "程序出错" not in told and "Traceback" not in told
    if "不能写出结果" in told:
        assert code == 1 and told.count("\n") == 1
    elif path in GIVEN:
        assert path == ("init",), told


@pytest.mark.parametrize("closed", [(1,), (0,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_a_closed_stream_is_no_fault_and_takes_nothing(
    shell: Shell, closed: tuple[int, ...]
) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    for args in (["status"], ["add", "fix", "phenomenon=x"], ["check"]):
        done = subprocess.run(
            command(*args), env=shell.env, capture_output=True, check=False, preexec_fn=close
        )
        assert (done.returncode, done.stderr) == (0, b""), done
    assert "完好" in shell.ok("check").out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_stands_a_clock_two_years_ahead_and_back(
    home: Path, path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ["--home", str(home), *path, *GIVEN.get(path, ())]
    for days in (2 * 365, 0, -2 * 365, 0):
        with (
            time_machine.travel(datetime.now(UTC) + timedelta(days=days)),
            Path("out.txt").open("w", encoding="utf-8") as out,
            Path("said.txt").open("w", encoding="utf-8") as said,
            monkeypatch.context() as patch,
        ):
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", said)
            code = entry.run(args)
        told = Path("said.txt").read_text(encoding="utf-8")
        assert "程序出错" not in told and code in (0, 1, 2), told
