"""Built-in templates: every block has its placeholders, widths fit the page, both languages."""

from __future__ import annotations

from io import BytesIO
from typing import Any, get_args

import pytest
from docx import Document

from models.text.words import Lang, W, language
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import registry
from tui.documents.document import DOCUMENTS
from tui.documents.layout import (
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.word import template_guard
from tui.documents.word.fill import fill
from tui.documents.word.styles import width
from tui.documents.word.template_builder import template

EMU_IN_MM = 36_000
LAYOUT = DocumentLayout(
    W("报告", "Report"),
    (
        Facts(W("情况", "Basics"), tuple((W(x, x), x) for x in ("one", "two", "three"))),
        DocumentProse(W("经过", "Course"), "course"),
        DocumentTable(
            W("明细", "Rows"),
            "rows",
            (DocumentColumn(W("名称", "Name"), "name", 3), DocumentColumn(W("数", "No."), "n", 1)),
        ),
    ),
)


def opened(layout: DocumentLayout, lang: Lang) -> Any:
    """A template as a Word document."""
    return Document(BytesIO(template(layout, lang)))


def cells(made: Any) -> str:
    """All text of the tables."""
    return "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_key_of_a_layout_has_its_placeholder(lang: Lang) -> None:
    made = opened(LAYOUT, lang)
    body, tables = "\n".join(one.text for one in made.paragraphs), cells(made)
    for key in ("one", "two", "three"):
        assert f"{{{{ {key} }}}}" in tables
    assert "{{ course or empty }}" in body and "{{ title }}" in body
    for tag in ("{%tr for row in rows %}", "{{ row.name }}", "{{ row.n }}", "{%tr endfor %}"):
        assert tag in tables
    for key in ("prepared", "reviewed", "approved"):
        assert f"{{{{ {key}.name }}}}" in tables


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        ("zh", ["一、情况", "二、经过", "三、明细", "四、签署", "五、变更履历"]),
        ("en", ["1  Basics", "2  Course", "3  Rows", "4  Sign-off", "5  Change history"]),
    ],
)
def test_headings_are_numbered_in_the_language(lang: Lang, heads: list[str]) -> None:
    made = opened(LAYOUT, lang)
    found = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert found == heads


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([{"text": "一"}], ["一、明细", "二、附件", "三、签署", "四、变更履历"]),
        ([], ["一、附件", "二、签署", "三、变更履历"]),
    ],
)
def test_an_optional_table_is_left_out_and_the_numbers_close_up(
    rows: list[dict[str, str]], heads: list[str]
) -> None:
    columns = (DocumentColumn(W("内容", "Text"), "text", 1),)
    some = DocumentTable(W("明细", "Rows"), "rows", columns, optional=True)
    others = DocumentTable(W("附件", "Files"), "files", columns)
    signed = dict.fromkeys(("name", "date", "remark"), "")
    names = ("organisation", "title", "number", "version", "date", "header", "mark", "empty")
    data = {
        **dict.fromkeys(names, ""),
        **dict.fromkeys(("prepared", "reviewed", "approved"), signed),
        **{"rows": rows, "files": [], "changes": []},
    }
    layout = DocumentLayout(W("报告", "Report"), (some, others))
    made: Any = Document(BytesIO(fill(template(layout, "zh"), data, "t.docx")))
    found = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert found == heads
    assert len(made.tables) == len(heads)


def test_making_a_template_leaves_the_language_of_now() -> None:
    language.now = "zh"
    template(LAYOUT, "en")
    assert language.now == "zh"


def test_columns_share_the_width_and_fill_the_page() -> None:
    made = opened(LAYOUT, "zh")
    rows = next(table for table in made.tables if "in rows" in table.rows[1].cells[0].text)
    wide = [round(cell.width / EMU_IN_MM) for cell in rows.rows[0].cells]
    assert sum(wide) == width(False) and abs(wide[0] - 3 * wide[1]) <= 3


@pytest.mark.parametrize("wide", [False, True])
def test_a_wide_document_lies_on_its_side(wide: bool) -> None:
    made = opened(DocumentLayout(LAYOUT.title, LAYOUT.blocks, wide), "zh")
    section = made.sections[0]
    assert (section.page_width > section.page_height) == wide
    assert width(True) > width(False)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_built_in_template_passes_our_own_guard(name: str, lang: Lang) -> None:
    document = DOCUMENTS[name]
    for edition in document.editions or ("",):
        made = template(registry.layout_of(document, edition), lang)
        template_guard.check(made, f"{name}.docx")


DATES = {"at", "date", "valid_to", "follow_up_by"}
DATE, LETTER, PADDING = 24, 1.6, 3.8
"""Millimetres that a date, a letter of a heading and the room around a cell's text take."""


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_column_breaks_a_date_or_the_word_above_it(name: str) -> None:
    document = DOCUMENTS[name]
    for edition in document.editions or ("",):
        layout = registry.layout_of(document, edition)
        for block in layout.blocks:
            if isinstance(block, DocumentTable):
                shares = sum(column.share for column in block.columns)
                for column in block.columns:
                    wide = width(layout.wide) * column.share / shares
                    longest = max(map(len, column.label.en.split()))
                    assert wide >= LETTER * longest + PADDING, (block.key, column, wide)
                    assert column.key not in DATES or wide >= DATE, (block.key, column, wide)
