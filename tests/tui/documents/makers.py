"""Templates for tests: Word files with any words in them, whole or broken, harmless or not."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from tui.documents.word.reproducible_zip import parts


def word(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word file of these paragraphs, and perhaps a table after them."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if rows:
        table = made.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(made)


def saved(made: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def packed(found: dict[str, bytes]) -> bytes:
    """Parts as a zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(document: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A document with something replaced in one part."""
    found = parts(document)
    assert old in found[name]
    found[name] = found[name].replace(old, new, 1)
    return packed(found)


def added(document: bytes, name: str, content: bytes) -> bytes:
    """A document with one more part."""
    return packed({**parts(document), name: content})


def text_of(document: bytes | Path) -> str:
    """All text of a document, body, tables, headers and footers, line breaks as newlines."""
    made = Document(str(document) if isinstance(document, Path) else BytesIO(document))
    found = [_paragraphs(made.element.body)]
    for section in made.sections:
        found += [_paragraphs(section.header._element), _paragraphs(section.footer._element)]
    return "\n".join(found)


def _paragraphs(element: Any) -> str:
    lines = []
    for paragraph in element.iter("{*}p"):
        said = []
        for node in paragraph.iter("{*}t", "{*}br", "{*}tab"):
            tag = re.sub(r"{.*}", "", str(node.tag))
            if tag == "tab" and node.getparent().tag.endswith("}tabs"):
                continue
            said.append({"br": "\n", "tab": "\t"}.get(tag) or node.text or "")
        lines.append("".join(said))
    return "\n".join(lines)
