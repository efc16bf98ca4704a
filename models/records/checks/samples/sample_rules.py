"""Rules of the samples: drawn as they are written, by the rule of the template. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import given
from models.records.checks.samples import sample_draw
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NO_RULE = W(
    "检查模板 {number} 没有写明抽样比例或最少数量。请在模板的新版本中填写。",
    "The template {number} says neither a share nor a least number to sample. Say it in a new"
    " version of it.",
)


@given("check_sample")
def drawn(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """The size by the rule of the sheet's template, the seed, and what is drawn."""
    sheet = rows.one(book.store, Sheet, str(values.get("sheet") or ""))
    template = rows.one(book.store, Template, str(sheet.template)) if sheet is not None else None
    if book.brings or sheet is None or template is None or not values.get("population"):
        return {}
    found = sample_draw.members(str(values["population"]))
    size = sample_draw.size(template, len(found))
    if size is None:
        raise Refused(NO_RULE, number=template.number)
    subject = str(values.get("subject") or "")
    seed, chosen = sample_draw.draw(sheet.id, subject, found, size)
    return {"size": size, "seed": seed, "drawn": "\n".join(chosen) or None}
