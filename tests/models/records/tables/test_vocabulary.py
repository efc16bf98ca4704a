"""Vocabularies as records: where they are kept, what names them, and that commands reach them."""

from __future__ import annotations

from models.book.book import Book
from models.records.tables.vocabulary import Vocabulary
from models.schema.company_tables import WORDS
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.display.values import Values, named


def test_it_is_the_companys_and_called_by_its_subject(workspace: Workspace, book: Book) -> None:
    made = book.add("vocabulary", {"subject": "cause_class"})
    assert (book.space_of(made), made.project) == ("company", None)
    assert named(made, Values(workspace)) == "原因类别"
    language.now = "en"
    assert named(made, Values(workspace)) == "Cause categories"
    assert Vocabulary.kind.table == WORDS
