"""A company's own template: its order, logo and table are used instead of ours."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from models.text.words import language
from tests.tui.documents.conftest import ODD, WEEK, Scene
from tests.tui.documents.makers import saved, text_of, word
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.word.reproducible_zip import parts


def logo() -> BytesIO:
    """A picture of one red point."""

    def chunk(name: bytes, content: bytes) -> bytes:
        size, sum_ = struct.pack(">I", len(content)), struct.pack(">I", zlib.crc32(name + content))
        return size + name + content + sum_

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00\xff\x00\x00")
    body = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def own() -> bytes:
    """Problems first, a logo in the page header, three columns."""
    made = Document()
    made.sections[0].header.paragraphs[0].add_run().add_picture(logo(), width=Mm(10))
    made.add_paragraph("本公司格式 {{ number }} / {{ version }}")
    table = made.add_table(0, 3)
    for row in (
        ("现象", "措施", "状态"),
        ("{%tr for p in solved %}", "", ""),
        ("{{ p.phenomenon }}", "{{ p.measure }}", "{{ p.state }}"),
        ("{%tr endfor %}", "", ""),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.add_paragraph("{%p if unsolved %}")
    made.add_paragraph("未解决 {{ unsolved|length }} 项：{{ figures.unsolved }}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("综述：{{ summary }}")
    return saved(made)


def printed(scene: Scene) -> bytes:
    """The project's week as it comes out now."""
    what = registry.subject_of(scene.reading, DOCUMENTS["week"], scene.project, week=WEEK)
    return produce.make(scene.reading, what).content


@pytest.mark.shows(79)
def test_it_is_used_with_its_order_logo_and_table(scene: Scene) -> None:
    folder = scene.workspace.home / "papers"
    folder.mkdir(exist_ok=True)
    (folder / "week.docx").write_bytes(own())
    try:
        document = printed(scene)
    finally:
        (folder / "week.docx").unlink()
    said = text_of(document)
    assert said.startswith("本公司格式 PJ-") and said.index("现象") < said.index("综述")
    assert ODD in said and "未解决 2 项：2" in said and "人员填报情况" not in said
    assert said.count("草稿（未签发）") == 1  # it does not mark drafts itself
    assert any(name.startswith("word/media/") for name in parts(document))
    assert "人员填报情况" in text_of(printed(scene))


def test_one_of_the_language_goes_first_and_one_for_a_type_before_any(scene: Scene) -> None:
    folder = scene.workspace.home / "papers"
    folder.mkdir(exist_ok=True)
    made: list[Path] = []
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], scene.fix)

    def now() -> str:
        return text_of(produce.make(scene.reading, what).content).partition("\n")[0]

    try:
        for name in ("record", "record.zh", "record.fix", "record.fix.zh"):
            made.append(folder / f"{name}.docx")
            made[-1].write_bytes(word(name))
            assert now() == name
        language.now = "en"
        assert now() == "record.fix"
    finally:
        for path in made:
            path.unlink()
