"""Markdown: the same document as text for a mail; what people typed is never markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tui.documents import layout as blocks
from tui.documents.layout import DocumentLayout, DocumentProse, DocumentTable, Facts, PrintedBlock

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|[-=])", re.M)


def text(layout: DocumentLayout, data: Mapping[str, Any]) -> str:
    """The whole document."""
    return "\n".join(_lines(layout, data)) + "\n"


def escape(typed: str) -> str:
    """Text as Markdown shows it, character for character."""
    marked = _MARKUP.sub(r"\\\1", typed)
    return _START.sub(lambda found: f"{found[1]}{_escaped(found[2])}", marked)


def _escaped(sign: str) -> str:
    return f"{sign[:-1]}\\{sign[-1]}"


def _lines(layout: DocumentLayout, data: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {escape(data['title'])}"
    yield ""
    parts = [(blocks.NUMBER, "number"), (blocks.VERSION, "version"), (blocks.DATE, "date")]
    yield "  ".join(f"{word}: {escape(data[key])}" for word, key in parts)
    if data["mark"]:
        yield f"\n**{escape(data['mark'])}**"
    for block in layout.printed:
        yield from _block(block, data)
    yield from _signatures(layout, data)
    yield from _block(blocks.CHANGES, data)


def _block(block: PrintedBlock, data: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(block, DocumentTable) and block.optional and not data[block.key]:
        return
    yield f"\n## {block.title}\n"
    if isinstance(block, Facts):
        for word, key in block.rows:
            yield f"- **{word}**: {_flat(data[key])}"
    elif isinstance(block, DocumentProse):
        yield _broken(escape(data[block.key] or data["empty"]))
    else:
        yield from _table(block, data[block.key], data["empty"])


def _table(block: DocumentTable, found: list[Mapping[str, Any]], empty: str) -> Iterator[str]:
    if not found:
        yield escape(empty)
        return
    yield f"| {' | '.join(str(column.label) for column in block.columns)} |"
    yield f"|{' --- |' * len(block.columns)}"
    for row in found:
        yield f"| {' | '.join(_flat(row[column.key]) for column in block.columns)} |"


def _signatures(layout: DocumentLayout, data: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n## {blocks.SIGN_OFF}\n"
    for key, word in layout.signatures:
        one = data[key]
        said = [part for part in (one["name"], one["date"], one["remark"]) if part]
        yield f"- **{word}**: {' '.join(map(_flat, said))}"


def _broken(marked: str) -> str:
    """Line breaks that stay."""
    return marked.replace("\n", "\\\n")


def _flat(typed: str) -> str:
    """On one line, as a cell or an item of a list must be."""
    return "<br>".join(escape(line) for line in str(typed).split("\n"))
