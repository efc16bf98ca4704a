"""Styles: the pages, fonts and styles of our own templates, right in Word and in WPS.

Chinese fonts are named, never embedded: every Chinese Windows, and WPS, has them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.text.words import Lang, W

SONG, HEI = W("宋体", "SimSun"), W("黑体", "SimHei")
LATIN = {"zh": "Times New Roman", "en": "Arial"}
SIZES = {"title": 20, "heading": 12, "body": 10.5, "cell": 9.5, "small": 9}
INK, GREY, RED, SHADE, RULE = "000000", "595959", "C00000", "EAF0F6", "7F7F7F"
MARGINS = (20, 20, 22, 20)
"""Left, right, top and bottom, in millimetres."""
A4 = (210, 297)
MADE = datetime(2026, 1, 1)
"""The date of creation in every built-in template, fixed so that its bytes do not change."""


def blank(lang: Lang, *, wide: bool = False) -> Any:
    """An empty document with our page and styles."""
    from docx import Document

    made = Document()
    _page(made.sections[0], wide)
    _unthemed(made)
    _style(made.styles["Normal"], lang, SONG, SIZES["body"])
    spacing = made.styles["Normal"].paragraph_format
    spacing.space_after = spacing.space_before = _points(0)
    spacing.line_spacing, spacing.widow_control = 1.2, True
    _style(made.styles["Title"], lang, HEI, SIZES["title"], bold=lang == "en")
    _style(made.styles["Heading 1"], lang, HEI, SIZES["heading"], bold=lang == "en")
    _style(made.styles["Header"], lang, SONG, SIZES["small"], color=GREY)
    _style(made.styles["Footer"], lang, SONG, SIZES["small"], color=GREY)
    _heading(made)
    about = made.core_properties
    about.title, about.subject = "{{ title }}", "{{ number }} {{ version }}"
    about.author, about.last_modified_by, about.comments = "{{ organisation }}", "sitebook", ""
    about.created = about.modified = MADE
    return made


def width(wide: bool) -> int:
    """Millimetres between the margins."""
    return A4[1 if wide else 0] - MARGINS[0] - MARGINS[1]


def _page(section: Any, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    short, long = A4
    section.page_width, section.page_height = (
        Mm(long if wide else short),
        Mm(short if wide else long),
    )
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Mm(MARGINS[0]), Mm(MARGINS[1])
    section.top_margin, section.bottom_margin = Mm(MARGINS[2]), Mm(MARGINS[3])
    section.header_distance = section.footer_distance = Mm(10)


def _unthemed(made: Any) -> None:
    """Fonts of the theme would go before the named ones."""
    from docx.oxml.ns import qn

    for fonts in made.styles.element.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if "heme" in name]:
            del fonts.attrib[name]
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")


def _style(
    style: Any, lang: Lang, font: W, size: float, *, bold: bool = False, color: str = INK
) -> None:
    from docx.shared import RGBColor

    style.font.size, style.font.bold = _points(size), bold
    style.font.color.rgb = RGBColor.from_string(color)
    named(style.element.get_or_add_rPr(), lang, font)


def named(properties: Any, lang: Lang, font: W) -> None:
    """Name the fonts of a run or style: one for Chinese, one for Latin letters and digits."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), LATIN[lang])
    fonts.set(qn("w:eastAsia"), font.zh)
    if lang == "zh":  # quotes and dots that both scripts have are Chinese ones here
        fonts.set(qn("w:hint"), "eastAsia")


def _heading(made: Any) -> None:
    """The spacing of title and headings; the title has no line beneath it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    title = made.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = _points(4)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    head = made.styles["Heading 1"].paragraph_format
    head.space_before, head.space_after, head.keep_with_next = _points(10), _points(4), True


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)
