"""Templates: the company's own win, the nearest name and language first; ours otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Lang, Refused, W, language
from tui.documents.layout import DocumentLayout, DocumentProse
from tui.documents.word import template_files
from tui.documents.word.template_files import FOLDER, find

LAYOUT = DocumentLayout(W("报告", "Report"), (DocumentProse(W("经过", "Course"), "course"),))
NAMES = ("record.fix.zh.docx", "record.fix.docx", "record.zh.docx", "record.docx")
"""The files that serve the document 'record.fix' in Chinese, the nearest first."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The company's folder of templates, empty."""
    made = tmp_path / FOLDER
    made.mkdir()
    return made


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_the_nearest_of_the_companys_files_wins(folder: Path, place: int) -> None:
    for name in NAMES[place:]:
        (folder / name).write_bytes(name.encode())
    (folder / "record.fix.en.docx").write_bytes(b"another language")
    (folder / "record.sheet.docx").write_bytes(b"another type")
    found = find(folder.parent, "record.fix", LAYOUT, "zh")
    assert found == (NAMES[place], NAMES[place].encode())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_one_of_its_own_it_is_ours_in_the_language_of_now(folder: Path, lang: Lang) -> None:
    language.now = lang
    found = find(folder.parent, "record.fix", LAYOUT)
    assert found.name == str(template_files.OURS) and found.content.startswith(b"PK")
    assert find(folder.parent / "none", "record.fix", LAYOUT) == found
    other: Lang = "en" if lang == "zh" else "zh"
    assert find(folder.parent, "record.fix", LAYOUT, other).content != found.content


def test_a_folder_of_that_name_is_no_template(folder: Path) -> None:
    (folder / NAMES[0]).mkdir()
    (folder / NAMES[3]).write_bytes(b"mine")
    assert find(folder.parent, "record.fix", LAYOUT, "zh").name == NAMES[3]


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / NAMES[0]).write_bytes(b"x")

    def refuse(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Refused, match=NAMES[0]):
        find(folder.parent, "record.fix", LAYOUT, "zh")
