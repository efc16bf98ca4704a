"""Problem links: the fixes and escalations that the answers of a checklist lead to.

Clause: 5.3.1(1)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.records.checks.answer import Answer
from models.records.checks.limits import span
from models.records.checks.template_item import TemplateItem
from models.records.registers.site import only_site
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

PROBLEMS = ("fix", "escalation")
"""The record types that an answer leads to."""


def problem_values(book: Book, answer: Answer, type: str = "fix") -> dict[str, Any]:
    """The pre-filled start of a fix or escalation for a checklist item that is not ok."""
    item = book.find(answer.item or "")
    equipment = book.find(answer.device_row) if answer.device_row else None
    text = item.title() if item is not None else ""
    if isinstance(item, TemplateItem):
        text = item.text()
        if answer.reading is not None:
            limits = span(item.low, item.high)
            text += f" {answer.reading}{item.unit or ''}" + (f" ({limits})" if limits else "")
    if answer.remark:
        text += f"\n{answer.remark}"
    values: dict[str, Any] = {"phenomenon": text, "answer": answer.id}
    if type == "fix":
        values["found_during"] = "checklist"
    if equipment is not None:
        values |= {"equipment": equipment.id, "site": getattr(equipment, "site", None)}
    else:
        values["site"] = only_site(book.store, answer.project)
    return {name: value for name, value in values.items() if value is not None}


def problems_of(store: Store, answer: str) -> list[Record]:
    """The fixes and escalations that a checklist answer led to, newest first."""
    where = "WHERE answer=? AND void IS NULL ORDER BY n DESC"
    found: list[Record] = []
    for type in PROBLEMS:
        found += rows.fetch(store, kinds[type], where, (answer,))
    return found


def led_to(store: Store, answers: Sequence[str]) -> dict[str, list[Record]]:
    """Answer -> the fixes and escalations it led to, for many answers at once."""
    found: dict[str, list[Record]] = {}
    for type in PROBLEMS:
        for at in range(0, len(answers), 500):
            some = answers[at : at + 500]
            where = f"WHERE answer IN ({places(some)}) AND void IS NULL ORDER BY n"
            for record in rows.fetch(store, kinds[type], where, some):
                found.setdefault(getattr(record, "answer", ""), []).append(record)
    return found
