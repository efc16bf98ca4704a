"""Registry of forms: what areas add to forms, by names that are loaded when they are needed.

A name is `module:attribute`, so that registering imports nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

FORM_PANELS: Final[dict[str, str]] = {}
"""Record type -> the `FormPanel` below its form."""
DRAFT_PAGES: Final[dict[str, str]] = {}
"""How the keys of drafts begin -> a function that gives the page on which one is continued."""
MOVE_FORMS: Final[dict[tuple[str, str], str]] = {}
"""Record type and move -> a function of the book and the record: type and values of the form that
is filled in instead of the move, or None where the move itself is made."""


def load(name: str) -> Any:
    """The class or function of a name."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
