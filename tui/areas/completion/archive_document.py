"""The index of an archive 项目归档目录: each document with its records and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.derived import compiled
from models.records.completion.archive.archive_content import ArchiveContent, FiledDocument
from models.records.completion.archive.holdings import LACKING, STANDINGS
from models.text.words import W, say
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, Row

COUNTED = W(
    "共 {all} 项，缺少或过时 {lacking} 项；记录 {records} 份，附件 {files} 个。",
    "{all} documents, {lacking} missing or out of date; {records} records, {files} files.",
)
LAYOUT = DocumentLayout(
    W("项目归档目录", "Index of the archive"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (W("项目代号", "Code"), "project_code"),
                (CUSTOMER, "customer"),
                (W("负责部门", "Department"), "department"),
                (W("服务期", "Service period"), "service_period"),
                (W("归档人", "Filed by"), "filed_by"),
                (W("归档时间", "Filed at"), "filed_at"),
                (W("状态", "State"), "state"),
            ),
        ),
        DocumentProse(W("概况", "Summary"), "summary"),
        DocumentTable(
            W("文件清单", "Documents"),
            "documents",
            (
                DocumentColumn(W("序号", "No."), "no", 2),
                DocumentColumn(W("文件", "Document"), "name", 7),
                DocumentColumn(W("情况", "Standing"), "standing", 4),
                DocumentColumn(W("份数", "Records"), "count", 2),
                DocumentColumn(W("附件", "Files"), "files", 2),
                DocumentColumn(W("说明", "Remark"), "remark", 5),
            ),
        ),
        DocumentTable(
            W("记录", "Records"),
            "filed",
            (
                DocumentColumn(W("文件", "Document"), "document", 5),
                DocumentColumn(W("编号", "Number"), "number", 5),
                DocumentColumn(W("名称", "Title"), "title", 8),
                DocumentColumn(W("状态", "State"), "state", 4),
            ),
            optional=True,
        ),
        DocumentTable(
            W("附件", "Attachments"),
            "kept",
            (
                DocumentColumn(W("文件名", "File"), "name", 6),
                DocumentColumn(W("所属记录", "Of"), "about", 5),
                DocumentColumn(W("大小（字节）", "Bytes"), "size", 3),
                DocumentColumn(W("SHA-256 前 16 位", "SHA-256 (16 digits)"), "sum", 5),
            ),
            optional=True,
        ),
        DocumentProse(W("说明", "Remark"), "remark"),
        layout.MOVES,
    ),
)
SUM = 16


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The documents as they were filed, else as they are now."""
    told: ArchiveContent = compiled.content(reading.book, subject.about).data
    some = told.documents
    counts = {
        "all": len(some),
        "lacking": sum(one.standing in LACKING for one in some),
        "records": sum(len(one.records) for one in some),
        "files": sum(len(one.files) for one in some),
    }
    return {
        "summary": say(COUNTED, **counts),
        "documents": [_document(at, one) for at, one in enumerate(some, 1)],
        "filed": [row for one in some for row in _records(reading, one)],
        "kept": [row for one in some for row in _files(one)],
    }


def _document(at: int, one: FiledDocument) -> Row:
    return {
        "no": str(at),
        "name": str(one.name),
        "standing": str(STANDINGS.get(one.standing, one.standing)),
        "count": str(len(one.records) or ""),
        "files": str(len(one.files) or ""),
        "remark": one.remark,
    }


def _records(reading: RecordText, one: FiledDocument) -> Iterator[Row]:
    for it in one.records:
        record = reading.book.find(it.id)
        state = record.kind.state(it.state).label if record is not None else it.state
        yield {
            "document": str(one.name),
            "number": it.number,
            "title": it.title,
            "state": str(state),
        }


def _files(one: FiledDocument) -> Iterator[Row]:
    for it in one.files:
        yield {"name": it.name, "about": it.about, "size": str(it.size), "sum": it.sha256[:SUM]}
