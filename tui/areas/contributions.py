"""Contributions: what each area adds to the app, read from its `registry` modules.

These are `registry.py` and any `…_registry.py`, one for each large part of an area.

Importing this module reads them all. A registry names modules by strings, "module:name", so that
reading it loads no page and no document. It may have:

* `PAGES`, `PLACES`, `ACTIONS`, `INBOX_VIEWS`, `FORM_PANELS`, `DRAFT_PAGES`, `MOVE_FORMS`
  (`tui.pages.registry`);
* `DOCUMENTS` (`tui.documents.document`).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from models.records.common.issued_document import document_kind
from tui.documents import document
from tui.documents.document import DOCUMENTS
from tui.pages.registry import (
    ACTIONS,
    DRAFT_PAGES,
    FORM_PANELS,
    INBOX_VIEWS,
    ITEM_PAGES,
    MOVE_FORMS,
    PLACES,
)

TABLES: dict[str, dict[Any, Any]] = {
    "PAGES": ITEM_PAGES,
    "INBOX_VIEWS": INBOX_VIEWS,
    "FORM_PANELS": FORM_PANELS,
    "DRAFT_PAGES": DRAFT_PAGES,
    "MOVE_FORMS": MOVE_FORMS,
}


def take(registry: object) -> None:
    """Take what one registry has."""
    for name, table in TABLES.items():
        table.update(getattr(registry, name, {}))
    PLACES.extend(getattr(registry, "PLACES", ()))
    ACTIONS.extend(getattr(registry, "ACTIONS", ()))
    document.take(getattr(registry, "DOCUMENTS", ()))
    for one in DOCUMENTS.values():
        document_kind(one.name, one.label)


for _path in sorted(Path(__file__).parent.glob("*/*registry.py")):
    take(import_module(f"tui.areas.{_path.parent.name}.{_path.stem}"))
