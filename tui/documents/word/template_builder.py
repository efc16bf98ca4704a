"""Build: our own templates, made from the declared layouts as Word files that anybody can edit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

from models.text.words import Lang, W, language
from tui.documents import layout as blocks
from tui.documents.layout import DocumentLayout, DocumentProse, DocumentTable, Facts, PrintedBlock
from tui.documents.word import elements, styles
from tui.documents.word.reproducible_zip import settled

LABEL = 31
"""Millimetres of the words in a table of short values."""
NUMERALS = W("一二三四五六七八九十", "")


@lru_cache(32)
def template(layout: DocumentLayout, lang: Lang) -> bytes:
    """The Word file of a layout in one language, with placeholders for everything that varies."""
    before, language.now = language.now, lang
    try:
        made = BytesIO()
        _Builder(layout, lang).document().save(made)
        return settled(made.getvalue())
    finally:
        language.now = before


class _Builder:
    """Writes one document, block after block."""

    def __init__(self, layout: DocumentLayout, lang: Lang) -> None:
        self.layout = layout
        self.lang: Lang = lang
        self.made = styles.blank(lang, wide=layout.wide)
        self.wide = styles.width(layout.wide)
        self.count = 0
        self.optional: list[str] = []
        """The lists whose headings may be left out, so far."""

    def document(self) -> Any:
        """All of it."""
        self._edges()
        self._paragraph("{{ organisation }}", font=styles.HEI, size=12, centred=True)
        self.made.add_paragraph("{{ title }}", style="Title")
        line = f"{blocks.NUMBER}: {{{{ number }}}}    {blocks.VERSION}: {{{{ version }}}}"
        self._paragraph(f"{line}    {blocks.DATE}: {{{{ date }}}}", size=9.5, centred=True)
        for block in self.layout.printed:
            self._block(block)
        self._signatures()
        self._table(blocks.CHANGES)
        return self.made

    def _block(self, block: PrintedBlock) -> None:
        if isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, DocumentProse):
            self._head(block.title)
            self._text(self.made.add_paragraph(), f"{{{{ {block.key} or empty }}}}")
        elif block.optional:
            self.made.add_paragraph(f"{{%p if {block.key} %}}")
            self._table(block)
            self.made.add_paragraph("{%p endif %}")
            self.optional.append(block.key)
        else:
            self._table(block)

    def _edges(self) -> None:
        """Page header with number and mark, page footer with the page's number."""
        section = self.made.sections[0]
        head = section.header.paragraphs[0]
        elements.tabs(head, self.wide)
        self._text(head, "{{ header }}\t", size=9, color=styles.GREY)
        self._text(head, "{{ mark }}", size=10.5, color=styles.RED, font=styles.HEI)
        elements.ruled(head)
        foot = section.footer.paragraphs[0]
        elements.tabs(foot, self.wide)
        self._text(foot, "{{ number }}  {{ version }}\t", size=9, color=styles.GREY)
        page, of, pages = blocks.PAGE, blocks.OF, blocks.PAGES
        for text, field in ((f"{page} ", "PAGE"), (f" {of} ", "NUMPAGES")):
            self._text(foot, text, size=9, color=styles.GREY)
            elements.field(foot, field)
        self._text(foot, f" {pages}", size=9, color=styles.GREY)

    # -- parts -----------------------------------------------------------------------------

    def _head(self, title: W) -> None:
        self.count += 1
        after = "、" if self.lang == "zh" else "  "
        number = self._number(self.count, self.optional)
        self.made.add_paragraph(f"{number}{after}{title}", style="Heading 1")

    def _number(self, count: int, optional: Sequence[str]) -> str:
        """The number of a heading, one less for each optional list before it that is empty."""
        if not optional:
            return _numeral(count) if self.lang == "zh" else str(count)
        there, gone = (self._number(number, optional[1:]) for number in (count, count - 1))
        return f"{{% if {optional[0]} %}}{there}{{% else %}}{gone}{{% endif %}}"

    def _facts(self, block: Facts) -> None:
        self._head(block.title)
        label = LABEL
        table = self._grid((len(block.rows) + 1) // 2, (label, self.wide // 2 - label) * 2)
        for at, (word, key) in enumerate(block.rows):
            cells = table.rows[at // 2].cells
            self._cell(cells[at % 2 * 2], str(word), shaded=True, centred=True)
            self._cell(cells[at % 2 * 2 + 1], f"{{{{ {key} }}}}", centred=True)
            if key in block.tall:
                elements.tall(table.rows[at // 2], "1100")
        elements.together(table)
        if len(block.rows) % 2:
            last = table.rows[-1].cells
            last[1].merge(last[3])

    def _table(self, block: DocumentTable) -> None:
        self._head(block.title)
        shares = sum(column.share for column in block.columns)
        widths = [self.wide * column.share // shares for column in block.columns]
        widths[-1] += self.wide - sum(widths)
        table = self._grid(6, widths)
        rows = table.rows
        for cell, column in zip(rows[0].cells, block.columns, strict=True):
            self._cell(cell, str(column.label), shaded=True)
        elements.repeated(rows[0])
        self._line(rows[1], f"{{%tr for row in {block.key} %}}")
        for cell, column in zip(rows[2].cells, block.columns, strict=True):
            self._cell(cell, f"{{{{ row.{column.key} }}}}")
        elements.whole(rows[2])
        self._line(rows[3], "{%tr else %}")
        empty = rows[4].cells
        self._cell(empty[0].merge(empty[-1]), "{{ empty }}")
        self._line(rows[5], "{%tr endfor %}")

    def _line(self, row: Any, tag: str) -> None:
        row.cells[0].paragraphs[0].add_run(tag)

    def _signatures(self) -> None:
        self._head(blocks.SIGN_OFF)
        columns = (blocks.ROLE, blocks.NAME, blocks.DATE, blocks.REMARK)
        lines = self.layout.signatures
        table = self._grid(len(lines) + 1, [self.wide * share // 17 for share in (3, 4, 4, 6)])
        for cell, word in zip(table.rows[0].cells, columns, strict=True):
            self._cell(cell, str(word), shaded=True)
        for row, (key, word) in zip(list(table.rows)[1:], lines, strict=True):
            self._cell(row.cells[0], str(word), shaded=True, centred=True)
            for cell, part in zip(row.cells[1:], ("name", "date", "remark"), strict=True):
                self._cell(cell, f"{{{{ {key}.{part} }}}}", centred=True)
            elements.tall(row, "480")
        elements.together(table)

    # -- pieces ----------------------------------------------------------------------------

    def _grid(self, rows: int, widths: Sequence[int]) -> Any:
        from docx.shared import Mm

        table = self.made.add_table(rows, len(widths))
        elements.bordered(table)
        for column, mm in zip(table.columns, widths, strict=True):
            column.width = Mm(mm)
        for row in table.rows:
            for cell, mm in zip(row.cells, widths, strict=True):
                cell.width = Mm(mm)
        return table

    def _cell(self, cell: Any, text: str, *, shaded: bool = False, centred: bool = False) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL

        font = styles.HEI if shaded else styles.SONG
        size = styles.SIZES["cell"]
        self._text(cell.paragraphs[0], text, size=size, font=font, bold=shaded)
        if shaded:
            elements.shaded(cell)
        if centred:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER

    def _paragraph(self, text: str, *, font: W = styles.SONG, size: float, centred: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        made = self.made.add_paragraph()
        self._text(made, text, size=size, font=font)
        if centred:
            made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _text(
        self,
        paragraph: Any,
        text: str,
        *,
        size: float = styles.SIZES["body"],
        font: W = styles.SONG,
        color: str = styles.INK,
        bold: bool = False,
    ) -> None:
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.font.bold = True if bold and self.lang == "en" else None
        run.font.color.rgb = RGBColor.from_string(color)
        styles.named(run._element.get_or_add_rPr(), self.lang, font)


def _numeral(count: int) -> str:
    """A Chinese numeral up to 99."""
    digits = NUMERALS.zh
    tens, ones = divmod(count, 10)
    head = f"{digits[tens - 1] if tens > 1 else ''}{digits[9]}" if tens else ""
    return f"{head}{digits[ones - 1] if ones else ''}"
