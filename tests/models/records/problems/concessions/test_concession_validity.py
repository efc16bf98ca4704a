"""Validity: the days that an approval has left, and how pressing that is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.book.book import Book
from models.records.problems.concessions import concession_validity
from models.records.problems.concessions.concession import Concession
from models.schema.record import Record
from models.text.words import language

TODAY = date(2026, 11, 22)
TO = "valid to 2026-"


def concession(book: Book, project: str, **more: Any) -> Concession:
    """A concession with these header values and fields."""
    made = book.add("concession", {"situation": "x", "valid_to": "2026-12-01"}, project=project)
    assert isinstance(made, Concession)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("state", "running"),
    [
        ("approved", True),
        ("conditional", True),
        ("in_force", True),
        ("draft", False),
        ("sent", False),
        ("refused", False),
        ("followed_up", True),
        ("closed", False),
        ("expired", False),
        ("withdrawn", False),
    ],
)
def test_only_an_approval_can_run_out(book: Book, project: str, state: str, running: bool) -> None:
    made = concession(book, project, state=state)
    assert concession_validity.left(made, TODAY) == (9 if running else None)
    assert (concession_validity.said(made, TODAY) is not None) == running


def test_what_is_void_has_no_end_or_is_no_concession_is_not_running(
    book: Book, project: str
) -> None:
    assert concession_validity.left(concession(book, project, state="in_force"), TODAY) == 9
    void = concession(book, project, state="in_force", void="重复")
    endless = concession(book, project, state="in_force", valid_to=None)
    odd = concession(book, project, state="in_force", valid_to="soon")
    fix: Record = book.add("fix", {"phenomenon": "x"}, project=project)
    for one in (void, endless, odd, fix):
        assert concession_validity.said(one, TODAY) is None


@pytest.mark.parametrize(
    ("end", "zh", "en", "tone"),
    [
        ("2026-11-20", "有效期已过 2 天", "expired 2 days ago", "bad"),
        ("2026-11-22", "有效至今天", "valid to today", "warn"),
        (
            "2026-12-06",
            "有效至 2026-12-06，还有 14 天",
            "valid to 2026-12-06, 14 days left",
            "warn",
        ),
        (
            "2026-12-07",
            "有效至 2026-12-07，还有 15 天",
            "valid to 2026-12-07, 15 days left",
            "good",
        ),
    ],
)
def test_its_words_and_tone(
    book: Book, project: str, end: str, zh: str, en: str, tone: str
) -> None:
    made = concession(book, project, state="in_force", valid_to=end)
    assert concession_validity.said(made, TODAY) == (zh, tone)
    language.now = "en"
    assert concession_validity.said(made, TODAY) == (en, tone)
