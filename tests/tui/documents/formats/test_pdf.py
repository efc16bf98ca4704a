"""PDF: made by LibreOffice where it is, refused clearly where not; bounded, and nothing left."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from models.text.words import Refused
from tests.tui.documents.conftest import Scene
from tests.tui.documents.makers import word
from tui.documents import produce, registry
from tui.documents.document import RECORD
from tui.documents.formats import pdf

POSIX = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH but the system's own tools; nothing of LibreOffice is in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sleep", "printf", "mkdir", "cat"):
        for place in ("/bin", "/usr/bin"):
            if Path(place, name).exists() and not (folder / name).exists():
                (folder / name).symlink_to(Path(place, name))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(pdf, "PLACES", ())
    return folder


def put(folder: Path, name: str, script: str) -> None:
    """A program of this name."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def runs(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            != "Z"
        )
    except OSError:
        return False


@pytest.mark.shows(81)
@pytest.mark.skipif(pdf.program() is None, reason="LibreOffice is not installed")
def test_a_document_becomes_a_pdf_with_pages(scene: Scene, tmp_path: Path) -> None:
    subject = registry.subject_of(scene.reading, RECORD, scene.fix)
    produce.export(scene.reading, subject, tmp_path / "a.pdf")
    content = (tmp_path / "a.pdf").read_bytes()
    assert content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]
    assert [one.name for one in tmp_path.iterdir() if one.suffix != ".pdf" and one.is_file()] == []


@pytest.mark.shows(81)
def test_without_the_program_one_sentence_says_so(
    scene: Scene, tools: Path, tmp_path: Path
) -> None:
    subject = registry.subject_of(scene.reading, RECORD, scene.fix)
    with pytest.raises(Refused, match="没有安装 LibreOffice"):
        produce.export(scene.reading, subject, tmp_path / "a.pdf")
    assert tools.exists() and not (tmp_path / "a.pdf").exists()


@POSIX
def test_chinese_without_a_chinese_font_is_refused(tools: Path) -> None:
    put(tools, "soffice", "exit 0")
    put(tools, "fc-list", "exit 0")
    with pytest.raises(Refused, match="没有中文字体"):
        pdf.require("电源")
    assert pdf.require("power")


@POSIX
@pytest.mark.parametrize(
    "script",
    [
        "exit 3",
        "exit 0",
        'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cat "$3" > "$2/document.pdf"',
    ],
)
def test_what_is_no_whole_pdf_is_not_written(tools: Path, script: str) -> None:
    put(tools, "soffice", script)
    with pytest.raises(Refused, match="没有写出完整的 PDF"):
        pdf.converted(word("x"))


@POSIX
def test_one_that_hangs_is_stopped_with_its_children(tools: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    put(tools, "soffice", f'sleep 300 & printf %s "$!" > "{pid}"; wait')
    with pytest.raises(Refused, match="已停止"):
        pdf.converted(word("x"), seconds=2)
    assert not runs(int(pid.read_text(encoding="utf-8")))


@POSIX
def test_a_child_that_outlives_it_is_ended(tools: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    put(tools, "soffice", f'sleep 300 & printf %s "$!" > "{pid}"; exit 1')
    with pytest.raises(Refused, match="没有写出完整的 PDF"):
        pdf.converted(word("x"))
    assert not runs(int(pid.read_text(encoding="utf-8")))
