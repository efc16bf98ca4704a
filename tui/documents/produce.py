"""Produce: a document is gathered, filled in and put in its place, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from models.storage import blobs
from models.storage.atomic_file import whole
from models.text.words import Refused, W
from tui.documents import registry
from tui.documents.formats import mail, markdown, pdf, workbook
from tui.documents.formats.mail import MailDocument
from tui.documents.frame import DocumentSubject, Issue, earlier, version_text
from tui.documents.record_text import RecordText
from tui.documents.word import template_files
from tui.documents.word.fill import fill
from tui.documents.word.template_files import DocumentTemplate

FORM = W(
    "不认识文件 {file} 的格式。文件可导出为 .docx、.pdf、.md、.xlsx 或 .eml"
    "（附 Word 文件的邮件）。",
    "The format of the file {file} is not known. Documents are exported to .docx, .pdf, .md, .xlsx"
    " or .eml (a mail with the Word file).",
)
DRAFT = W("草稿", "draft")
GATHERED = 0.4
"""The share of the work that gathering the data is; the rest is filling the template in."""
SUFFIXES = (".docx", ".md", ".xlsx", ".eml", ".pdf")
Progress = Callable[[float], None]


class Made(NamedTuple):
    """A document as it came out, with what it was made of."""

    content: bytes
    data: bytes
    template: DocumentTemplate


def make(
    reading: RecordText,
    subject: DocumentSubject,
    *,
    issue: Issue | None = None,
    progress: Progress | None = None,
) -> Made:
    """The Word file of a document, from the company's template or ours."""
    tell = progress or (lambda _share: None)
    tell(0.0)
    reading.tell = lambda share: tell(GATHERED * share)
    data = registry.gather(reading, subject, issue)
    tell(GATHERED)
    template = template_files.find(
        reading.workspace.home, registry.template_name(subject), subject.layout
    )
    tell(0.5)
    content = fill(template.content, data, template.name)
    tell(1.0)
    return Made(content, snapshot(data), template)


def snapshot(data: Mapping[str, Any]) -> bytes:
    """A document's data as bytes that are the same for the same content."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode()


def export(
    reading: RecordText,
    subject: DocumentSubject,
    path: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write a draft copy to a file, in the format of its name."""
    form = path.suffix.lower()
    if form not in SUFFIXES:
        raise Refused(FORM, file=path.name)
    with whole(path, force=force) as fresh:
        if form == ".md":
            data = registry.gather(reading, subject)
            fresh.write_text(markdown.text(subject.layout, data), encoding="utf-8")
        elif form == ".xlsx" and subject.document.workbook:
            import_module(subject.document.workbook).write(fresh, reading, subject)
        elif form == ".xlsx":
            data = registry.gather(reading, subject)
            fresh.write_bytes(workbook.content(subject.layout, data))
        elif form == ".eml":
            fresh.write_bytes(mail.message(reading, subject, _attached(reading, subject, progress)))
        elif form == ".pdf":
            fresh.write_bytes(_pdf(reading, subject, progress))
        else:
            fresh.write_bytes(make(reading, subject, progress=progress).content)


def _pdf(reading: RecordText, subject: DocumentSubject, progress: Progress | None) -> bytes:
    """The Word file as a PDF; nothing is gathered where that cannot be made."""
    pdf.require()
    made = make(reading, subject, progress=progress)
    pdf.require(made.data.decode())
    return pdf.converted(made.content)


def _attached(
    reading: RecordText, subject: DocumentSubject, progress: Progress | None
) -> MailDocument:
    """The version issued last as far as its file is here, else a draft."""
    for one in reversed(earlier(reading, subject)):
        sha, home = one.sha256 or "-", reading.workspace.home
        if blobs.whole(home, sha):
            version = version_text(one.version or 1)
            content = blobs.place(home, sha).read_bytes()
            return MailDocument(f"{registry.file_name(subject)}-{version}.docx", content, version)
    made = make(reading, subject, progress=progress)
    return MailDocument(f"{registry.file_name(subject)}.docx", made.content, str(DRAFT))
