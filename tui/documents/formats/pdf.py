"""PDF: a Word file turned into a PDF by LibreOffice, where that is installed.

It runs on its own, for a bounded time, with a profile of its own in a folder that is removed; a
window of LibreOffice that a person has open is left alone. No process of it outlives the call, and
what it wrote is a PDF with pages before it is called written.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from models.text.words import Refused, W
from tui.documents.formats.page_count import pages

SECONDS = 120.0
"""Longest time that a document may take."""
GONE = 2.0
"""Longest time that a killed process is waited for."""
PROGRAMS = ("soffice", "libreoffice")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
"""Where it lies on macOS and Windows, where no PATH names it."""
HAN = re.compile(r"[\u3400-\u9fff]")
TAIL = 1024
MISSING = W(
    "这台电脑没有安装 LibreOffice，不能写 PDF。请安装它，或导出 .docx，"
    "在 Word 或 WPS 中另存为 PDF。",
    "LibreOffice is not installed here, so no PDF can be written. Install it, or export to .docx"
    " and save that as PDF in Word or WPS.",
)
NO_FONT = W(
    "这台电脑没有中文字体，PDF 中的汉字会是空框。请安装中文字体（如 Noto CJK），或导出 .docx。",
    "No Chinese font is installed here, so Chinese text in the PDF would be empty boxes. Install"
    " one (Noto CJK, for example), or export to .docx.",
)
TOO_LONG = W(
    "LibreOffice 在 {seconds} 秒内没有写完 PDF，已停止。请再试，或导出 .docx。",
    "LibreOffice did not finish the PDF within {seconds} s and was stopped. Try again, or export to"
    " .docx.",
)
FAILED = W(
    "LibreOffice 没有写出完整的 PDF（代码 {code}）。请再试，或导出 .docx。",
    "LibreOffice wrote no whole PDF (code {code}). Try again, or export to .docx.",
)


def program() -> str | None:
    """Where LibreOffice is, or None."""
    found = (shutil.which(name) for name in (*PROGRAMS, *PLACES))
    return next((one for one in found if one), None)


def require(text: str = "") -> str:
    """The program. Raises `Refused` where it is missing, or a font for this text is."""
    found = program()
    if found is None:
        raise Refused(MISSING)
    if HAN.search(text) and _has_chinese_font() is False:
        raise Refused(NO_FONT)
    return found


def converted(content: bytes, seconds: float = SECONDS) -> bytes:
    """A Word file as the bytes of a PDF. Raises `Refused` where no whole one comes of it in time.

    `seconds` bounds the whole call.
    """
    tool = require()
    folder = TemporaryDirectory(prefix="sitebook-", ignore_cleanup_errors=True)
    with folder as name:
        scratch = Path(name)
        source, out = scratch / "document.docx", scratch / "out"
        source.write_bytes(content)
        profile = (scratch / "profile").as_uri()
        code = _run(
            [
                tool,
                f"-env:UserInstallation={profile}",
                *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
                *("--convert-to", "pdf", "--outdir", str(out), str(source)),
            ],
            seconds,
        )
        made = out / "document.pdf"
        found = made.read_bytes() if made.is_file() else b""
    if code or not _is_whole(found):
        raise Refused(FAILED, code=code)
    return found


def _run(command: list[str], seconds: float) -> int:
    """Run it with all processes that it starts; none of them is left."""
    started = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        return started.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Refused(TOO_LONG, seconds=round(seconds)) from None
    finally:
        _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    """End what is left of the process and its children: it leads a group of its own."""
    if sys.platform != "win32":
        _kill_group(started.pid)
    elif started.poll() is None:
        kill = ["taskkill", "/T", "/F", "/PID", str(started.pid)]
        subprocess.run(kill, capture_output=True, check=False, timeout=10)
    with suppress(subprocess.TimeoutExpired):
        started.wait(10)


def _kill_group(leader: int) -> None:
    """Kill what is left of a process group, and wait until it is gone or `GONE` seconds are over.

    Where nothing is left, it returns at once.
    """
    if sys.platform == "win32":
        return
    until = time.monotonic() + GONE
    with suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < until:
            os.killpg(leader, signal.SIGKILL)
            time.sleep(0.01)


def _is_whole(content: bytes) -> bool:
    """Whether it begins and ends as a PDF, and says that it has pages."""
    ends = content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]
    return ends and bool(pages("document.pdf", content))


def _has_chinese_font() -> bool | None:
    """Whether a font with Chinese characters is here; None where the system does not tell."""
    tool = shutil.which("fc-list")
    if tool is None:
        return None
    try:
        said = subprocess.run(
            [tool, ":lang=zh", "family"], capture_output=True, check=False, timeout=10
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return bool(said.stdout.strip()) if said.returncode == 0 else None
