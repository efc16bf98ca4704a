"""The person's own editor: one that is not there, fails, comes back at once, or saves odd bytes."""

from __future__ import annotations

import locale
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, SuspendNotSupported

from models.schema.record import kinds
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, opened, press
from tui.forms.editors import external_editor
from tui.forms.value_input import huge
from tui.pages.forms.form_page import FormPage


class Standing(App[None]):
    """An app that notes whether it stands aside, and that it came back."""

    can = True
    aside = returned = 0

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """As Textual's: what is raised inside is not returned from."""
        if not self.can:
            raise SuspendNotSupported
        self.aside += 1
        yield
        self.returned += 1


def writes(patch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    """The editor is a Python program, with the file in `path`."""
    script = tmp_path / "editor.py"
    head = "import os, pathlib, signal, sys\npath = pathlib.Path(sys.argv[1])\n"
    script.write_text(head + program, encoding="utf-8")
    patch.delenv("VISUAL", raising=False)
    patch.setenv("EDITOR", f"{sys.executable} {script}")
    patch.setattr(tempfile, "tempdir", str(tmp_path))


def edit(text: str = "before") -> tuple[Standing, Any]:
    """What comes of the text: the text after, or the refusal; the app always has its screen."""
    app = Standing()
    try:
        found: Any = external_editor.edit(app, text)
    except Refused as refused:
        found = str(refused)
    assert app.aside == app.returned
    return app, found


def left(tmp_path: Path) -> list[Path]:
    """Files that were kept."""
    return list(tmp_path.glob("sitebook-*/*"))


TEXT = "风扇 fan\n① 🌡"
SAVED = {
    "utf-8": TEXT.encode(),
    "a line end more": f"{TEXT}\n".encode(),
    "a Windows line end more": f"{TEXT}\r\n".encode(),
    "mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16": TEXT.encode("utf-16"),
}


@pytest.mark.parametrize("name", SAVED)
def test_what_was_written(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, f"path.write_bytes({SAVED[name]!r})")
    assert edit()[1] == TEXT
    assert left(tmp_path) == []


def test_the_system_s_own_encoding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, f"path.write_bytes({'风扇'.encode('gbk')!r})")
    monkeypatch.setattr(locale, "getencoding", lambda: "cp936")
    assert edit()[1] == "风扇"


def test_bytes_that_are_no_text_are_refused_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    writes(monkeypatch, tmp_path, f"path.write_bytes({'风扇'.encode('gbk')!r})")
    monkeypatch.setattr(locale, "getencoding", lambda: "utf-8")
    said = edit()[1]
    (file,) = left(tmp_path)
    assert "UTF-8" in said and str(file) in said
    assert file.read_bytes() == "风扇".encode("gbk")
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("command", ["/nonexistent", "nosucheditor -x", 'vim "-n', '"'])
def test_an_editor_that_is_not_there_is_named(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    app, said = edit()
    assert "没有找到编辑器" in said and app.aside == 0


def test_no_editor_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "没有找到编辑器“vi”" in edit()[1]


def test_an_editor_that_cannot_be_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.write_bytes(b"\x7fELF nonsense")
    odd.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(odd))
    app, said = edit()
    assert "没有找到编辑器" in said and app.returned == 1


def test_a_failure_keeps_what_was_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, "path.write_text('after'); sys.exit(3)")
    said = edit()[1]
    (file,) = left(tmp_path)
    assert "3" in said and str(file) in said and file.read_text(encoding="utf-8") == "after"


def test_a_failure_without_a_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, "sys.exit(1)")
    assert "没有正常结束" in edit()[1] and left(tmp_path) == []


def test_a_text_that_is_not_taken_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, "path.write_text('x' * 300_000)")
    spec = kinds["fix"].specs()["phenomenon"]
    with pytest.raises(Refused, match="256 KiB"):
        external_editor.edit(Standing(), "", lambda new: huge(spec, new))
    (file,) = left(tmp_path)
    assert file.stat().st_size == 300_000


def test_an_editor_that_comes_back_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, "")
    monkeypatch.setattr(external_editor, "AT_ONCE", 60.0)
    assert "--wait" in edit()[1] and left(tmp_path) == []
    monkeypatch.setattr(external_editor, "AT_ONCE", 0.0)
    assert edit()[1] == "before"


def test_an_editor_that_removes_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, "path.unlink()")
    assert "删掉了文件" in edit()[1]


def test_ctrl_c_is_the_editor_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    heard = "signal.getsignal(signal.SIGINT) is signal.default_int_handler"
    program = f"os.kill(os.getppid(), signal.SIGINT)\npath.write_text(str({heard}))"
    writes(monkeypatch, tmp_path, program)
    before = signal.getsignal(signal.SIGINT)
    assert edit()[1] == "True"
    assert signal.getsignal(signal.SIGINT) is before
    assert threading.current_thread() is threading.main_thread()


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    writes(monkeypatch, tmp_path, "")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    assert "临时文件" in edit()[1]


def test_a_terminal_that_cannot_stand_aside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    writes(monkeypatch, tmp_path, "")
    monkeypatch.setattr(Standing, "can", False)
    assert "不能让出屏幕" in edit()[1] and left(tmp_path) == []


async def test_the_form_is_as_it_was(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", os.fspath(Path("/nonexistent")))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "n", *"fan", "f4")
        assert "没有找到编辑器" in app.notices[-1].text
        await press(pilot, *"s")
        assert at(app, FormPage).fields.editing.editor.value == "fans"
