"""The experience form: a report is shown without names before it is published, once."""

from __future__ import annotations

from models.book.book import Book
from models.schema.record import Record
from tui.areas.problems.experience_form import experience_form
from tui.pages.forms.move_dialog import form_instead

TEXTS = ("phenomenon", "cause_direct", "solution", "follow_up")


def approved(book: Book, project: str) -> Record:
    """A report that may be published."""
    texts = dict.fromkeys(TEXTS, "UPS 掉电")
    report = book.add("problem_report", {**texts, "audience": "both"}, project=project)
    for move in ("submit", "review", "approve"):
        book.move(report.id, move)
    return book.get(report.id)


def test_publishing_begins_with_what_would_be_published(book: Book, project: str) -> None:
    report = approved(book, project)
    found = experience_form(book, report)
    assert found is not None and found == form_instead(book, report, "publish")
    type_, values = found
    assert type_ == "experience" and values["symptom"] == "UPS 掉电"
    assert values["source"] == report.id
    assert form_instead(book, report, "submit") is None


def test_what_is_published_is_not_offered_again(book: Book, project: str) -> None:
    report = approved(book, project)
    found = experience_form(book, report)
    assert found is not None
    book.add(found[0], {name: value for name, value in found[1].items() if value is not None})
    assert experience_form(book, book.get(report.id)) is None
