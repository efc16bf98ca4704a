"""The content of an archive: the documents with their records and files, in plain data.

Worked out from the records until the archive is filed, and kept with it from then on. Clause: 6.1
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from models.derived.compiled import CompiledReport, LaterNews
from models.queries import links
from models.records.completion.archive.holdings import ArchiveEntry, holdings
from models.records.completion.archive.project_archive import ProjectArchive
from models.records.registers.project import Project
from models.records.weekly.week.content import ProjectHead, head_of
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

FORM = 1
NO_PROJECT = W(
    "{number} 的项目不在本机。请先同步。",
    "The project of {number} is not on this device. Sync first.",
)
ADDED = W("归档后新增：{name}", "added after the filing: {name}")
GONE = W("归档后不再计入：{name}", "counts no more since the filing: {name}")


class FiledRecord(NamedTuple):
    """A record as it was filed."""

    type: str
    id: str
    number: str
    title: str
    state: str


class FiledFile(NamedTuple):
    """A file that was filed: its name, size in bytes, SHA-256, and the number it is attached to."""

    name: str
    size: int
    sha256: str
    about: str


class FiledDocument(NamedTuple):
    """A document of the list as it was filed."""

    code: str
    zh: str
    en: str
    standing: str
    records: list[FiledRecord]
    files: list[FiledFile]
    remark: str

    @property
    def name(self) -> W:
        """What it is called."""
        return W(self.zh, self.en)


class ArchiveContent(NamedTuple):
    """The documents of a project."""

    project: ProjectHead
    documents: list[FiledDocument]


def project_of(book: Book, archive: ProjectArchive) -> Project:
    """The project of an archive. Raises `Refused` where it is not here."""
    found = rows.one(book.store, Project, str(archive.project))
    if found is None:
        raise Refused(NO_PROJECT, number=archive.number)
    return found


def compile_archive(book: Book, archive: ProjectArchive) -> ArchiveContent:
    """The documents as the records say it now."""
    project = project_of(book, archive)
    found = holdings(book.store, project)
    return ArchiveContent(head_of(book, project), [_document(book, one) for one in found.entries])


def _document(book: Book, one: ArchiveEntry) -> FiledDocument:
    item, paper = one.item, one.paper
    told = [FiledRecord(it.type, it.id, it.number, it.title(), it.state) for it in one.records]
    files = [file for it in (*one.records, *([item] if item else ())) for file in _files(book, it)]
    said = [item.place, item.why] if item is not None else []
    remark = "\n".join(str(text) for text in said if text)
    name = paper.name
    return FiledDocument(paper.code, name.zh, name.en, one.standing, told, files, remark)


def _files(book: Book, record: Record) -> Iterator[FiledFile]:
    for one in links.added_to(book.store, record.id, "attachment"):
        if one.void is None:
            had = one.values()
            size, sha = int(had["size"] or 0), str(had["sha256"])
            yield FiledFile(one.title(), size, sha, record.number)


def _sources(data: ArchiveContent) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in (record for one in data.documents for record in one.records):
        found.setdefault(record.type, []).append(record.id)
    return found


def _later(book: Book, archive: ProjectArchive, data: ArchiveContent) -> list[LaterNews]:
    """What differs now from what was filed: records that came, and that count no more."""
    now = {one.code: one for one in compile_archive(book, archive).documents}
    news = list[LaterNews]()
    for one in data.documents:
        here = now[one.code].records if one.code in now else []
        filed, known = {it.id for it in one.records}, {it.id for it in here}
        news += [_told(book, ADDED, one, it) for it in here if it.id not in filed]
        news += [_told(book, GONE, one, it) for it in one.records if it.id not in known]
    return news


def _told(book: Book, word: W, one: FiledDocument, it: FiledRecord) -> LaterNews:
    record = book.find(it.id)
    what = W(word.zh.format(name=one.zh), word.en.format(name=one.en))
    at = record.recorded if record is not None else None
    return LaterNews(at, it.id, it.number, what, ((None, it.title),))


def _key(data: ArchiveContent) -> dict[str, Any]:
    return {"project": data.project.id}


REPORT = CompiledReport(
    type=ProjectArchive.kind.name,
    form=ArchiveContent,
    version=FORM,
    key=_key,
    compile=compile_archive,
    sources=_sources,
    open_points=lambda _data: (),
    later=_later,
)
