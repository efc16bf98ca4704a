"""Contributions: what each area adds to the app, read from its `registry` module.

Importing this module reads them all. A registry names modules by strings, "module:name", so that
reading it loads no page and no document. It may have:

* `PAGES`, `PLACES`, `ACTIONS`, `INBOX_VIEWS`, `FORM_PANELS`, `DRAFT_PAGES`, `MOVE_FORMS`
  (`tui.pages.registry`);
* `DOCUMENTS`, `SIGNED`, `ISSUED_AFTER` (`tui.documents.document`).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from tui.documents.document import DOCUMENTS, ISSUED_AFTER, SIGNED
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
    "SIGNED": SIGNED,
    "ISSUED_AFTER": ISSUED_AFTER,
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
    DOCUMENTS.update({one.name: one for one in getattr(registry, "DOCUMENTS", ())})


for _path in sorted(Path(__file__).parent.glob("*/registry.py")):
    take(import_module(f"tui.areas.{_path.parent.name}.registry"))
