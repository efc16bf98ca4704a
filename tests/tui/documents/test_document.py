"""Declared documents: each is made from a filled and from an empty record, in both languages.

So is the document of any record for every type that is declared. The documents of the tours, an
area of the tests, show what the program itself has none of yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from models.schema.record import Record, kinds
from models.text.words import Lang, language
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support import hostile_book
from tests.support.hostile_book import Ids
from tests.support.new_area import tours_area
from tests.tui.documents.makers import text_of
from tui.documents import produce, registry
from tui.documents.document import COMPARISON, DOCUMENTS, RECORD, Document
from tui.documents.formats import markdown
from tui.documents.frame import DocumentSubject
from tui.documents.layout import DocumentTable, Facts
from tui.documents.record_text import RecordText

WEEK, QUARTER = "2026-W47", "2026-Q4"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Ids]]:
    """A book with filled and empty records of every type, the tours among them."""
    with tours_area():
        workspace = begin(tmp_path_factory.mktemp("declared") / "book", name="员", project="项目")
        made = hostile_book.fill(workspace.book, [workspace.book.me])
        yield workspace, made
        workspace.close()


def empty(workspace: Workspace, type: str, made: Ids) -> Record:
    """A record with what no record of its type can do without."""
    cls = kinds[type]
    values: dict[str, Any] = {}
    for name, spec in cls.specs().items():
        if spec.required or name in cls.kind.key:
            held = getattr(workspace.book.get(made[type][1]), name)
            values[name] = held
    project = made["project"][0] if cls.kind.space == "project" and not cls.kind.parent else None
    return workspace.book.get(hostile_book.written(workspace.book, cls, values, project))


def subjects(
    reading: RecordText, document: Document, records: list[Record]
) -> Iterator[DocumentSubject]:
    """Every edition of a document, of each record or of a period."""
    for edition in document.editions or ("",):
        for record in records:
            yield registry.subject_of(reading, document, record, edition=edition)
        if document.per != "record":
            period = {"week": WEEK, "quarter": QUARTER, "": ""}[document.period]
            about = None
            if document.per == "project":
                about = reading.book.get(reading.book.store.rows("SELECT id FROM project")[0][0])
            yield registry.of_period(reading, document, about, period, edition)


def mail(reading: RecordText, what: DocumentSubject) -> str:
    """Its text in Markdown, after everything that its layout names was found in its data."""
    data = registry.gather(reading, what)
    for block in what.layout.printed:
        keys = [key for _, key in block.rows] if isinstance(block, Facts) else [block.key]
        assert set(keys) <= data.keys(), (what.document.name, block)
        if isinstance(block, DocumentTable):
            columns = {column.key for column in block.columns}
            assert all(columns <= row.keys() for row in data[block.key]), block
    return markdown.text(what.layout, data)


def printed(reading: RecordText, what: DocumentSubject) -> str:
    """Its text in Word, with every heading; an optional table has one where it has rows."""
    said, document = mail(reading, what), text_of(produce.make(reading, what).content)
    data = registry.gather(reading, what)
    for block in what.layout.printed:
        left_out = isinstance(block, DocumentTable) and block.optional and not data[block.key]
        assert (f"\n## {block.title}\n" in said) != left_out, block
        assert str(block.title) in document or left_out, block
    assert str(what.layout.title) in document and what.number in document
    return document


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_document_is_made_from_a_filled_and_an_empty_record(
    book: tuple[Workspace, Ids], lang: Lang
) -> None:
    workspace, made = book
    reading = RecordText(workspace)
    language.now = lang
    known = [one for one in DOCUMENTS.values() if one not in (RECORD, COMPARISON)]
    assert {"checklist", "week", "walk", "tours_report", "tour_log"} <= {one.name for one in known}
    for document in known:
        records = []
        if document.per == "record":
            filled = workspace.book.get(made[document.type][0])
            records = [filled, empty(workspace, document.type, made)]
        found = list(subjects(reading, document, records))
        assert len(found) >= max(len(document.editions), 1)
        for what in found:
            assert printed(reading, what)


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_type_has_the_document_of_any_record(book: tuple[Workspace, Ids], lang: Lang) -> None:
    workspace, made = book
    reading = RecordText(workspace)
    language.now = lang
    for type in sorted(kinds):
        record = workspace.book.get(made[type][0])
        what = registry.subject_of(reading, RECORD, record)
        assert markdown.escape(str(record.kind.label)) in mail(reading, what), type


def test_a_layout_of_fields_rows_and_figures_needs_no_code(book: tuple[Workspace, Ids]) -> None:
    workspace, made = book
    reading = RecordText(workspace)
    tour = workspace.book.get(made["tour"][0])
    walk = DOCUMENTS["walk"]
    assert walk.layout is not None and not walk.module
    what = registry.subject_of(reading, walk, tour)
    data = registry.gather(reading, what)
    assert data["route"] == reading.text(tour, "route")
    assert len(data["rows_tour_stop"]) == len(
        [
            row
            for row in workspace.store.rows("SELECT void FROM tour_stop WHERE tour=?", (tour.id,))
            if row[0] is None
        ]
    )
    report = registry.of_period(reading, DOCUMENTS["tours_report"], None, QUARTER)
    figures = registry.gather(reading, report)["figures_tours_walked"]
    assert [one["id"] for one in figures] == ["tours.walked", "tours.settled"]
    assert figures[1]["value"] == "不可评定"  # none was walked: no 0 %, no 100 %
    assert report.number == "TR-2026-Q4"
    assert registry.file_name(report) == "TR-2026-Q4-巡视季报"
