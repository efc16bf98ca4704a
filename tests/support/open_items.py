"""Open items for tests: records of each kind, made on a given day and left or done."""

from __future__ import annotations

from datetime import date
from typing import Any

import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from tests.support.corrective_actions import action
from tests.support.escalations import ESCALATED
from tests.support.staff import Staff

TODAY = date(2026, 11, 20)


def on(clock: time_machine.Traveller, day: date, minute: int = 540) -> None:
    """Make it that day, nine in the morning."""
    clock.move_to(instant(day, minute) / 1000)


def fix(book: Book, project: str, text: str = "风扇异响") -> str:
    """A fix found now; its id."""
    return book.add("fix", {"phenomenon": text}, project=project).id


def done(book: Book, id: str) -> str:
    """Put a fix right, verify and close it now."""
    book.move(id, "fix", {"cause": "积尘", "correction": "清洗"})
    book.move(id, "verify")
    return book.move(id, "close").id


def lived(book: Book, staff: Staff, project: str, clock: time_machine.Traveller) -> dict[str, Any]:
    """Four months of one project, up to `TODAY`; the ids by what they are."""
    made: dict[str, Any] = {}
    on(clock, date(2026, 8, 3))
    made["oldest"] = fix(book, project, "旧漏水")
    on(clock, date(2026, 10, 1))
    made["action"] = action(
        staff.manager, project, staff.engineer.me, due="2026-11-17", subject="漏报告警"
    ).id
    on(clock, date(2026, 10, 26))
    made["quick"] = done(book, fix(book, project, "当天解决"))
    made["slow"] = fix(book, project, "隔周解决")
    made["raised"] = fix(book, project, "已升级")
    book.move(made["raised"], "escalate", ESCALATED)
    ((made["escalation"],),) = book.store.rows("SELECT id FROM escalation")
    on(clock, date(2026, 11, 4))
    done(book, made["slow"])
    made["void"] = fix(book, project, "误录")
    book.void(made["void"], "误录")
    on(clock, date(2026, 11, 18))
    values = {"subject": "漏报", "complainant": "郁主任", "statement": "告警漏报一次"}
    made["complaint"] = staff.desk.add("complaint", values, project=project).id
    on(clock, TODAY)
    return made
