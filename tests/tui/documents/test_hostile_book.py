"""A book in which every text is hostile: every type gives its document, and nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.record import kinds
from sync.workspace.workspace import Workspace, open_book
from tests.support import hostile_book
from tests.support.hostile import acting
from tests.support.hostile_book import Ids
from tests.tui.documents.makers import text_of
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.formats import markdown
from tui.documents.record_text import RecordText, clean


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Ids]]:
    """The book and its ids."""
    home = tmp_path_factory.mktemp("hostile") / "book"
    ids = hostile_book.make(home)
    workspace = open_book(home)
    yield workspace, ids
    workspace.close()


@pytest.mark.parametrize("type_", sorted(kinds))
def test_every_type_has_its_document(hostile: tuple[Workspace, Ids], type_: str) -> None:
    workspace, ids = hostile
    reading = RecordText(workspace)
    record = workspace.book.get(ids[type_][0])
    what = registry.subject_of(reading, registry.of_record(record), record)
    document = text_of(produce.make(reading, what).content)
    plain = document.replace("\n", "").replace("\t", "")  # our own tab stops
    assert acting(plain.encode()) == []
    mail = markdown.text(what.layout, registry.gather(reading, what))
    assert acting(mail.replace("\n", "").encode()) == []
    if what.document.name == "record":
        for name, spec in type(record).visible().items():
            if spec.kind in ("line", "prose"):
                assert clean(getattr(record, name) or "") in document, name


def test_the_week_of_a_hostile_project(hostile: tuple[Workspace, Ids]) -> None:
    workspace, ids = hostile
    reading = RecordText(workspace)
    weekly = workspace.book.get(ids["weekly"][0])
    project = workspace.book.get(str(weekly.project))
    week = str(weekly.values()["week"])
    what = registry.subject_of(reading, DOCUMENTS["week"], project, week=week)
    assert week in text_of(produce.make(reading, what).content)


def test_a_file_is_named_after_no_hostile_text(
    hostile: tuple[Workspace, Ids], tmp_path: Path
) -> None:
    from tui.pages.records.record_documents import free

    workspace, ids = hostile
    reading = RecordText(workspace)
    record = workspace.book.get(ids["fix"][0])
    what = registry.subject_of(reading, registry.of_record(record), record)
    path = free(tmp_path, what, ".docx")
    assert path.parent == tmp_path and acting(path.name.encode()) == []
