"""Escalations for tests: what escalating a fix and taking up an escalation ask for."""

from __future__ import annotations

from models.book.book import Book

ESCALATED = {"reason_kind": "complex", "severity": "medium"}
"""What a fix is escalated with."""


def taken_up(book: Book, due: str = "2026-12-31") -> dict[str, str]:
    """What an escalation is accepted with: its day, and this person as the group's lead."""
    return {"due": due, "group_lead": book.me}
