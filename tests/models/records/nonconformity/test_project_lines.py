"""Open actions and irregular services on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.corrective_actions import action
from tests.support.project_lines import section, texts


def test_open_actions_are_named_until_they_are_closed(book: Book, project: str) -> None:
    assert texts(section(book, project, "actions")) == ["无|"]
    made = action(book, project)
    assert [line.key for line in section(book, project, "actions")] == [made.id]
    book.store.db.execute_sql("UPDATE corrective_action SET state='closed'")
    assert texts(section(book, project, "actions")) == ["无|"]
