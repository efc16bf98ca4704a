"""Elements: what a Word file needs and python-docx has no word for: borders, fields, tall rows."""

from __future__ import annotations

from typing import Any

from tui.documents.word import styles


def element(name: str, **attributes: str) -> Any:
    """An element of Word's own, with its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def bordered(table: Any) -> None:
    """Thin lines around every cell, fixed widths, some room next to the text."""
    properties = table._tbl.tblPr
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=styles.RULE))
    margins = element("w:tblCellMar")
    for side, room in (("top", "30"), ("left", "85"), ("bottom", "30"), ("right", "85")):
        margins.append(element(f"w:{side}", w=room, type="dxa"))
    table.autofit = False
    layout = properties.find(properties.tag.replace("tblPr", "tblLayout"))
    for made in (borders, margins):
        if layout is not None and made is borders:
            layout.addprevious(made)
        else:
            properties.append(made)
    look = properties.find(properties.tag.replace("tblPr", "tblLook"))
    if look is not None:
        properties.remove(look)
        properties.append(look)


def shaded(cell: Any) -> None:
    """A light ground for a word that names a value."""
    shade = element("w:shd", val="clear", color="auto", fill=styles.SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def repeated(row: Any) -> None:
    """The row is repeated on every page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def whole(row: Any) -> None:
    """The row is not broken between pages, unless it is longer than one."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def tall(row: Any, height: str) -> None:
    """Room to sign by hand, in twentieths of a point."""
    for before in row._tr.findall(".//{*}trHeight"):
        before.getparent().remove(before)
    row._tr.get_or_add_trPr().append(element("w:trHeight", val=height, hRule="atLeast"))


def together(table: Any) -> None:
    """A short table is not divided between pages."""
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def ruled(paragraph: Any) -> None:
    """A thin line beneath."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="4", space="1", color=styles.RULE))
    properties = paragraph._p.get_or_add_pPr()
    tabs = properties.find(borders.tag.replace("pBdr", "tabs"))
    if tabs is not None:
        tabs.addprevious(borders)
    else:
        properties.append(borders)


def tabs(paragraph: Any, mm: int) -> None:
    """One stop, at the right edge."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.style.paragraph_format.tab_stops.clear_all()
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(mm), WD_TAB_ALIGNMENT.RIGHT)


def field(paragraph: Any, name: str) -> None:
    """A field that Word fills in: the page's number, or how many there are."""
    field = element("w:fldSimple", instr=f" {name} ")
    run = element("w:r")
    run.append(element("w:rPr"))
    run[0].append(element("w:sz", val="18"))
    text = element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
