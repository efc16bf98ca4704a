"""Templates: ours, or the company's own in the folder `papers` of its home, which win."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.text.os_errors import why
from models.text.words import Lang, Refused, W, language
from tui.documents.layout import DocumentLayout
from tui.documents.word import template_builder

FOLDER = "papers"
OURS = W("内置模板", "built-in template")
CANNOT_READ = W(
    "不能读取模板 {file}：{reason}。请检查文件权限。",
    "Cannot read the template {file}: {reason}. Check the file's permissions.",
)


class DocumentTemplate(NamedTuple):
    """A template's bytes and what it is called."""

    name: str
    content: bytes


def find(
    home: Path, name: str, layout: DocumentLayout, lang: Lang | None = None
) -> DocumentTemplate:
    """The template of a document: the company's where it has one, else ours."""
    lang = lang or language.now
    for path in _own(home, name, lang):
        if path.is_file():
            try:
                return DocumentTemplate(path.name, path.read_bytes())
            except OSError as error:
                raise Refused(CANNOT_READ, file=path.name, reason=why(error)) from error
    return DocumentTemplate(str(OURS), template_builder.template(layout, lang))


def _own(home: Path, name: str, lang: Lang) -> Iterator[Path]:
    """The company's file for 'record.fix', else for 'record'; its language before any."""
    for one in dict.fromkeys((name, name.partition(".")[0])):
        yield home / FOLDER / f"{one}.{lang}.docx"
        yield home / FOLDER / f"{one}.docx"
