"""Contributions: what each area adds to the app, read from its `registry` module.

Importing this module reads them all. A registry names modules by strings, "module:name", so that
reading it loads no page and no document. It may have:

* `PAGES`: record type -> a function `(app, id)` that makes the page on which a record of the type
  is worked on; types without one open as a record page;
* `DOCUMENTS`, `SIGNED`, `ISSUED_AFTER` (`tui.documents.document`);
* `FORM_PANELS`, `DRAFT_PAGES`, `MOVE_FORMS` (`tui.pages.forms.registry`).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tui.documents.document import DOCUMENTS, ISSUED_AFTER, SIGNED
from tui.pages.forms.registry import DRAFT_PAGES, FORM_PANELS, MOVE_FORMS, load

PAGES: Final[dict[str, str]] = {}
TABLES: dict[str, dict[Any, Any]] = {
    "PAGES": PAGES,
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
    DOCUMENTS.update({one.name: one for one in getattr(registry, "DOCUMENTS", ())})


def page_of(app: object, type: str, id: str) -> Any:
    """The page on which a record of a type is worked on; None where it is a record page."""
    made = PAGES.get(type)
    return load(made)(app, id) if made is not None else None


for _path in sorted(Path(__file__).parent.glob("*/registry.py")):
    take(import_module(f"tui.areas.{_path.parent.name}.registry"))
