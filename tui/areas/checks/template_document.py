"""A checklist template as a document: what is checked, how, and what is expected, item by item.

Sections, items and methods are in the language of the paper, as on the sheet.
"""

from __future__ import annotations

from typing import Any, cast

from models.book.rows import child_rows
from models.records.checks.limits import span
from models.records.checks.template import Template
from models.records.checks.template_item import TemplateItem
from models.storage import rows
from models.text.words import W
from tui.areas.checks.sheet_document import CRITICAL
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentTable,
    FieldProse,
    Fields,
)
from tui.documents.record_text import RecordText, Row, clean, numbered

LAYOUT = DocumentLayout(
    W("检查模板", "Checklist template"),
    (
        Fields(
            BASICS,
            (
                (W("名称", "Name"), "name"),
                (W("版本", "Version"), "of_version"),
                (W("替代版本", "Follows"), "replaces"),
                (W("状态", "State"), "state"),
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                *("frequency", "rounds", "on_days", "purpose", "sample_share", "sample_least"),
            ),
        ),
        FieldProse("sampling"),
        DocumentTable(
            W("检查项（★ 为关键项）", "Items (★ critical)"),
            "items",
            (
                DocumentColumn(W("序号", "No."), "no", 3),
                DocumentColumn(W("分组", "Section"), "section", 9),
                DocumentColumn(W("检查内容", "Item"), "text", 13),
                DocumentColumn(W("结果类型", "Answer"), "answer", 7),
                DocumentColumn(W("限值或期望", "Limits"), "limits", 7),
                DocumentColumn(W("方法", "Method"), "method", 13),
            ),
        ),
        layout.MOVES,
        layout.NOTES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The template's items in their order, and which version it replaces."""
    template = cast(Template, subject.about)
    before = rows.one(reading.store, Template, template.follows) if template.follows else None
    items = child_rows.rows_of(reading.store, template, TemplateItem)
    return {
        "name": clean(template.name()),
        "of_version": _version(template),
        "replaces": clean(f"{before.number} {_version(before)}") if before is not None else "",
        "items": numbered([_item(reading, cast(TemplateItem, i)) for i in items if i.void is None]),
    }


def _version(template: Template) -> str:
    return f"V{template.version or 1}"


def _item(reading: RecordText, item: TemplateItem) -> Row:
    limits = span(item.low, item.high) or item.expected or ""
    return {
        "section": clean(item.section()),
        "text": clean(f"{CRITICAL if item.critical else ''}{item.text()}"),
        "answer": reading.text(item, "answer_kind"),
        "limits": clean(f"{limits} {item.unit or ''}".strip() if limits else ""),
        "method": clean(item.method()),
    }
