"""Open problems and concessions on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.escalations import ESCALATED
from tests.support.project_lines import section, texts


def test_an_escalated_fix_is_told_once(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "门禁失灵"}, project=project)
    assert texts(section(book, project, "problems")) == ["门禁失灵|待处理"]
    book.move(fix.id, "escalate", ESCALATED)
    (line,) = section(book, project, "problems")
    assert line.record is not None and line.record.type == "escalation"


def test_a_concession_is_told_until_it_ends(book: Book, project: str) -> None:
    assert texts(section(book, project, "concessions")) == ["无|"]
    made = book.add("concession", {"requirement": "双回路供电"}, project=project)
    (line,) = section(book, project, "concessions")
    assert line.key == made.id
