"""Checklists for tests: a template of a few items, and a sheet answered by hand."""

from __future__ import annotations

from typing import Any

from models.book.book import Book

ITEMS: tuple[dict[str, Any], ...] = (
    {"text_zh": "UPS 面板告警", "text_en": "UPS panel alarms", "critical": True},
    {
        "text_zh": "机房温度",
        "text_en": "Room temperature",
        "answer_kind": "reading",
        "unit": "℃",
        "low": "18",
        "high": "27",
        "stable": "temp",
    },
    {"text_zh": "门禁与登记", "text_en": "Access and log"},
)


def template(
    book: Book,
    project: str | None = None,
    items: tuple[dict[str, Any], ...] = ITEMS,
    *,
    publish: bool = True,
    **values: Any,
) -> str:
    """A template with its items, in use unless told not; returns its id."""
    named = {"name_zh": "机房日检", "name_en": "Room, daily", "frequency": "daily"}
    made = book.add("template", {**named, "on_days": "every_day", **values}, project=project)
    for place, item in enumerate(items, 1):
        section = {"section_zh": "机房环境", "section_en": "Server room"}
        book.add(
            "template_item", {**section, **item, "template": made.id, "position": place},
            project=project,
        )  # fmt: skip
    if publish:
        book.move(made.id, "publish")
    return made.id


def fine(book: Book, item: str) -> dict[str, Any]:
    """What is answered for an item that is ok: one that is measured has its reading."""
    measured = book.get(item).values()["answer_kind"] == "reading"
    return {"result": "ok", "reading": "22"} if measured else {"result": "ok"}


def items(book: Book, template: str) -> list[str]:
    """The ids of a template's items, in order."""
    sql = "SELECT id FROM template_item WHERE template=? ORDER BY position"
    return [row[0] for row in book.store.rows(sql, (template,))]


def forge(book: Book, id: str, **outcome: Any) -> None:
    """Write an answer that is ok as no book takes it, as another program would."""
    register = {"outcome": {"result": "ok", "reading": None, "reason": None, **outcome}}
    record = book.get(id)
    with book.saving():
        book.writer.write(record, book.space_of(record), register, record.dots)
