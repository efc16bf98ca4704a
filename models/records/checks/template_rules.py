"""Rules of the templates: a draft is filled from a ready-made one. Clause: 5.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.rows import child_rows
from models.book.rules import after_move
from models.records.checks.ready_templates import READY
from models.records.checks.template import Template
from models.records.checks.template_item import TemplateItem

if TYPE_CHECKING:
    from models.book.book import Book


@after_move("template", "fill")
def filled(book: Book, template: Template) -> None:
    """The draft gets the items that it does not have, and what it does not say of itself yet."""
    ready = READY.get(str(template.ready))
    if ready is None:
        return
    given: dict[str, Any] = {
        "frequency": ready.frequency,
        "purpose": ready.purpose,
        "sampling": str(ready.sampling),
        "sample_share": ready.share,
        "sample_least": ready.least,
    }
    own = template.values()
    absent = {name: it for name, it in given.items() if it is not None and own[name] is None}
    if absent:
        book.edit(template.id, absent)
    found = [one for one in child_rows.rows_of(book.store, template, TemplateItem) if not one.void]
    known = {one.values()["stable"] for one in found}
    place = max((one.values()["position"] or 0 for one in found), default=0)
    for number, item in enumerate(ready.items, 1):
        stable = f"{ready.purpose}-{number}"
        if stable in known:
            continue
        place += 1
        values = {
            "template": template.id,
            "position": place,
            "stable": stable,
            "section_zh": ready.label.zh,
            "section_en": ready.label.en,
            "text_zh": item.text.zh,
            "text_en": item.text.en,
            "answer_kind": "ok",
            "expected": str(item.expected),
            "method_zh": item.method.zh,
            "method_en": item.method.en,
        }
        book.add("template_item", values, project=template.project)
