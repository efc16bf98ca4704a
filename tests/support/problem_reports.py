"""Problem reports for tests."""

from __future__ import annotations

from models.book.book import Book
from models.schema.record import Record

TEXTS = {
    "subject": "UPS 旁路",
    "phenomenon": "UPS 切旁路，负载由市电直供",
    "cause_direct": "3 号电池内阻超限",
    "cause_root": "电池到期未更换",
    "solution": "更换整组电池",
    "follow_up": "同批次电池列入更换计划",
    "audience": "both",
}


def report(book: Book, project: str, **values: object) -> Record:
    """A report with all that its moves need."""
    return book.add("problem_report", {**TEXTS, **values}, project=project)


def approved(book: Book, project: str, **values: object) -> Record:
    """A report that is approved, by whoever may."""
    made = report(book, project, **values)
    for move in ("submit", "review", "approve"):
        book.move(made.id, move)
    return book.get(made.id)


def experience(book: Book, project: str, **values: object) -> Record:
    """An experience of an approved report, to be reviewed."""
    source = approved(book, project, audience="experience").id
    return book.add("experience", {"source": source, **values})


def in_use(book: Book, project: str, **values: object) -> Record:
    """The same, in use."""
    return book.move(experience(book, project, **values).id, "publish")
