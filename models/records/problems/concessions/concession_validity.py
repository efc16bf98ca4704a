"""Validity: until when a concession holds good, and how near its end is; derived, never stored."""

from __future__ import annotations

from datetime import date

from models.calendar import business_dates
from models.records.problems.concessions.concession import LETS_PASS, Concession
from models.schema.lifecycle import Tone
from models.schema.record import Record
from models.text.words import W, say

SOON = 14
"""Days before its end from which on a concession is brought to mind."""

VALID = W("有效至 {day}，还有 {n} 天", "valid to {day}, {n} days left")
LAST = W("有效至今天", "valid to today")
OVER = W("有效期已过 {n} 天", "expired {n} days ago")


def left(record: Record, today: date) -> int | None:
    """Days that an approval has left, below zero once it ran out; None where none is running."""
    if not isinstance(record, Concession) or record.void is not None:
        return None
    end = business_dates.day_of(record.valid_to) if record.state in LETS_PASS else None
    return (end - today).days if end is not None else None


def said(record: Record, today: date) -> tuple[str, Tone] | None:
    """How valid a concession is, in words, and how pressing; None where nothing is running."""
    days = left(record, today)
    if days is None:
        return None
    if days < 0:
        return say(OVER, n=-days), "bad"
    day = getattr(record, "valid_to", "")
    text = say(VALID, day=day, n=days) if days else str(LAST)
    return text, "warn" if days <= SOON else "good"
