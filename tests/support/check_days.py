"""The days on which checklists are tested: a Friday in Shanghai, and the Monday after it."""

from __future__ import annotations

from datetime import date

from models.calendar.business_dates import instant

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


def go(clock: object, to: date, hour: int = 9) -> None:
    """Let it be another day."""
    clock.move_to(instant(to, hour * 60) / 1000)  # type: ignore[attr-defined]
