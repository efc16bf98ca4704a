"""Corrective actions of tests, brought as far as a test wants them."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.schema.record import Record
from tests.support.staff import Staff, attach

FOUND = {"subject": "备件台账未更新", "sort": "corrective", "finding": "三个月没有盘点"}
PLANNED = {"cause": "没有指定责任人", "measure": "每月末盘点并签字"}


def action(book: Book, project: str | None, owner: str | None = None, **more: Any) -> Record:
    """A proposed one, with an owner where one is given."""
    values = {**FOUND, "owner": owner, "due": "2026-12-11" if owner else None, **more}
    return book.add("corrective_action", values, project=project)


def working(staff: Staff, project: str, **more: Any) -> Record:
    """One that the engineer is doing."""
    made = action(staff.manager, project, staff.engineer.me, **more)
    staff.manager.move(made.id, "assign")
    return staff.engineer.move(made.id, "plan", PLANNED)


def done(staff: Staff, project: str, **more: Any) -> Record:
    """One that the engineer has done, with a file that proves it."""
    made = working(staff, project, **more)
    file = attach(staff.engineer, made.id)
    return staff.engineer.move(made.id, "finish", {"outcome": "已盘点", "evidence": file})
