"""Named things for tests: people, customers, sites and devices, and a report that names all."""

from __future__ import annotations

from models.book.book import Book
from models.schema.record import Record

NAMES = {
    "person": "欧阳晓",
    "customer": "滨河水务集团",
    "short": "滨河水务",
    "contact": "李志远（通号班）",
    "project": "滨河二期运维",
    "site": "滨河三号机房",
    "equipment": "UPS-BH-01",
    "serial": "SN77421",
}


TEXT = (
    "滨河水务集团的{site}内{equipment}（{serial}）切旁路，欧阳晓与李志远到场，"
    "滨河水务当日停水 2 小时，{project}记录"
).format(**NAMES)


def approved(book: Book, project: str, **values: object) -> Record:
    """A report with names all over, approved."""
    texts = dict.fromkeys(("phenomenon", "cause_direct", "emergency", "solution"), TEXT)
    rest = {"follow_up": "-", "audience": "experience", "subject": f"{NAMES['equipment']} 切旁路"}
    equipment = book.store.row("SELECT id FROM equipment")
    device = {"equipment": equipment[0]} if equipment else {}
    report = book.add("problem_report", {**texts, **rest, **device, **values}, project=project)
    for move in ("submit", "review", "approve"):
        book.move(report.id, move)
    return book.get(report.id)
