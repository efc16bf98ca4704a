"""Any record as a document: its fields, rows, links, course, notes, files and history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.book.rows.child_rows import child_types
from models.queries.history import Step, story
from models.schema.record import Record
from models.text.words import W, say
from tui.documents import layout, row_tables
from tui.documents.frame import DocumentSubject
from tui.documents.gathering import procedure_of
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    Block,
    DocumentColumn,
    DocumentLayout,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, Row, clean

CREATED, CHANGED = W("新建", "created"), W("修改", "changed")
FROM_TO = W("{label}：{before} → {after}", "{label}: {before} → {after}")
NOW = W("{label}：{after}", "{label}: {after}")
FIELD = W("{label}：{text}", "{label}: {text}")
NOTHING = W("空", "nothing")
PROCEDURE_FIELDS = ("by_procedure", "procedure_version")
"""Said in one line, with the name of a procedure that is shipped and has no record."""

LAYOUT = DocumentLayout(
    W("记录", "Record"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("状态", "State"), "state"),
                (W("填写人", "Author"), "person"),
                (W("发生时间", "Time"), "occurred"),
                (W("记录时间", "Recorded"), "recorded"),
            ),
        ),
        DocumentTable(
            W("内容", "Content"),
            "fields",
            (
                DocumentColumn(W("项目", "Field"), "label", 3),
                DocumentColumn(W("内容", "Content"), "text", 11),
            ),
        ),
        DocumentTable(
            W("明细", "Rows"),
            "rows",
            (
                DocumentColumn(W("类型", "Type"), "type", 3),
                DocumentColumn(W("编号", "Number"), "number", 3),
                DocumentColumn(W("内容", "Content"), "text", 9),
            ),
            optional=True,
        ),
        layout.LINKS,
        layout.STEPS,
        layout.MOVES,
        layout.NOTES,
        layout.ATTACHMENTS,
        DocumentTable(
            W("修改历史", "History"),
            "story",
            (
                DocumentColumn(W("时间", "When"), "at", 4),
                DocumentColumn(W("修改人与设备", "By, on"), "by", 4),
                DocumentColumn(W("内容", "What"), "text", 10),
            ),
        ),
    ),
)


def layout_for(reading: RecordText, record: Record) -> DocumentLayout:
    """The layout for one record: in place of all rows together, a table for each type of rows.

    A record that can have none keeps the declared blocks, so our template that was written out
    makes the same document.
    """
    tables = row_tables.tables(reading, record)
    blocks: list[Block] = []
    for block in LAYOUT.blocks:
        rows = isinstance(block, DocumentTable) and block.key == "rows"
        blocks += tables if tables and rows else [block]
    wide = any(len(table.columns) > row_tables.UPRIGHT for table in tables)
    return DocumentLayout(record.kind.label, tuple(blocks), wide)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """Everything a book knows of the record."""
    record = subject.about
    kids = [
        row for cls in child_types(record.type) for row in row_tables.living(reading, record, cls)
    ]
    followed = procedure_of(reading, record)
    fields = _fields(reading, record, PROCEDURE_FIELDS)
    if followed["procedure_name"]:
        fields.append({"label": str(layout.FOLLOWED[0]), "text": followed["procedure_name"]})
    return {
        "person": reading.person(record.author),
        "fields": fields,
        "rows": [
            {
                "type": str(kid.kind.label),
                "number": kid.number,
                "text": "\n".join(
                    say(FIELD, **row) for row in _fields(reading, kid, (kid.kind.parent,))
                ),
            }
            for kid in kids
        ],
        **row_tables.data(reading, record),
        **followed,
        "story": list(_story(reading, record)),
    }


def _fields(reading: RecordText, record: Record, but: Sequence[str]) -> list[Row]:
    """Filled fields, each with its word."""
    found = []
    for name, spec in type(record).visible().items():
        text = reading.text(record, name)
        if text and name not in but:
            found.append({"label": str(spec.label), "text": text})
    return found


def _story(reading: RecordText, record: Record) -> Iterator[Row]:
    """Who changed what, oldest first; moves are in the list of actions already."""
    for step in story(type(record), reading.book.change_log.history(record.id)):
        device = reading.values.device(step.device)
        who = reading.person(reading.workspace.people.person_of(step.device))
        text = "\n".join(_turns(reading, record, step))
        if text or step.created:
            head = str(CREATED if step.created else CHANGED)
            yield {
                "at": reading.marked(record, step.device, step.seq, step.at),
                "by": clean(f"{who}\n{device}"),
                "text": f"{head}\n{text}" if text else head,
            }


def _turns(reading: RecordText, record: Record, step: Step) -> Iterator[str]:
    specs = type(record).specs()
    for turn in step.turns:
        spec = specs.get(turn.field)
        if spec is None or spec.internal or (step.created and turn.after is None):
            continue
        after = clean(reading.values.say(spec, turn.after)) or str(NOTHING)
        before = " / ".join(clean(reading.values.say(spec, value)) for value in turn.before)
        word = FROM_TO if turn.before else NOW
        yield say(word, label=spec.label, before=before or NOTHING, after=after)
