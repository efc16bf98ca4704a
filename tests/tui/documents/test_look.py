"""The documents as LibreOffice shows them: they open, every page is numbered, nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from models.text.words import Lang, language
from tests.tui.documents.conftest import Scene
from tests.tui.documents.test_documents import PRINTED, subject
from tui.documents import produce

NEEDED = ("soffice", "pdftotext")


@pytest.mark.long
@pytest.mark.skipif(None in map(shutil.which, NEEDED), reason="LibreOffice is not installed")
def test_every_document_opens_in_libreoffice(scene: Scene, tmp_path: Path) -> None:
    made = []
    for lang in get_args(Lang):
        language.now = lang
        for name in PRINTED:
            made.append(tmp_path / f"{name}.{lang}.docx")
            produce.export(scene.reading, subject(scene, name), made[-1])
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, made)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in made:
        pdf = path.with_suffix(".pdf")
        text = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True
        ).stdout.decode()
        pages = text.count("\f")
        chinese = ".zh." in path.name
        for page in range(1, pages + 1):
            assert (
                f"第 {page} 页，共 {pages} 页" if chinese else f"Page {page} of {pages}"
            ) in text
        assert text.count("草稿（未签发）" if chinese else "DRAFT (not issued)") == pages
        if not path.name.startswith("checklist"):
            assert "温度<5℃ & 湿度>60%" in "".join(text.split("\n")).replace("  ", " ")
            assert "{{7*7}}" in text.replace(" ", "")
