"""Irregular services of tests, brought as far as a test wants them."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.schema.record import Record
from tests.support.staff import Staff

NOTED = {
    "subject": "未带工作票进入机房",
    "category": "permit",
    "facts": "上午进入机房调整跳线，没有工作票。",
    "norm": "《现场作业规范》第 3 条：先开票后作业",
    "found_in": "routine",
}
CORRECTED = {"correction": "当场停止作业，补开工作票后再做。"}


def noted(book: Book, project: str, **more: Any) -> Record:
    """One that was noted."""
    return book.add("irregular_service", {**NOTED, **more}, project=project)


def corrected(staff: Staff, project: str, **more: Any) -> Record:
    """One that the project manager corrected at once."""
    made = noted(staff.manager, project, **more)
    return staff.manager.move(made.id, "correct", CORRECTED)


def person_of(book: Book, service: Record, person: str) -> Record:
    """The person concerned, named."""
    values = {"service": service.id, "person": person}
    return book.add("irregular_person", values, project=service.project)


def training(staff: Staff, *services: Record, who: str, **more: Any) -> Record:
    """One that the department manager ordered for these, organised by the project manager."""
    values = {"subject": "工作票制度", "category": "permit", "organiser": staff.manager.me}
    values |= {"attendees": who, "due": "2026-11-27", "contents": "工作票的开具与保管", **more}
    made = staff.department.add("training", values, project=services[0].project)
    for service in services:
        staff.department.add("training_case", {"training": made.id, "service": service.id})
    staff.department.add("trainee", {"training": made.id, "person": who})
    return made


def held(staff: Staff, *services: Record, who: str, on: str = "2026-11-20", **more: Any) -> Record:
    """One that was held."""
    made = training(staff, *services, who=who, **more)
    return staff.manager.move(made.id, "hold", {"held_on": on, "trainer": "韩经理"})
