"""Terms as rows: named in the language that is shown, in the order of their vocabulary."""

from __future__ import annotations

from models.book.book import Book
from models.records.tables.term import Term
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.display.values import Values, named


def test_a_term_is_called_by_its_word(workspace: Workspace, book: Book) -> None:
    made = book.add("vocabulary", {"subject": "cause_class"})
    values = {"vocabulary": made.id, "code": "psu", "word_zh": "电源模块", "word_en": "PSU"}
    term = book.add("term", values)
    assert named(term, Values(workspace)) == "电源模块"
    language.now = "en"
    assert named(term, Values(workspace)) == "PSU"
    assert (Term.kind.parent, Term.kind.order) == ("vocabulary", "position")
