"""Registry of pages: what areas add to the pages that all types share.

A name is `module:attribute` and is loaded when it is needed, so that registering imports no page.
`tui.areas.contributions` fills the tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from models.frozen import NamedTuple
from models.text.words import W


class Place(NamedTuple):
    """A page that a key opens from anywhere."""

    id: str
    key: str
    word: W
    help: W
    opens: str
    """`module:class`, or `=type` for the list of a record type."""
    rank: int
    """Its position among the places: the lowest is listed first."""
    of_project: bool = False
    """Whether its page takes the id of the project that it begins with."""


PLACES: Final[list[Place]] = []
"""The places of the areas; `tui.app.places` adds those of the app."""
ITEM_PAGES: Final[dict[str, str]] = {"project": "tui.pages.home.project_page:project_page"}
"""Record type -> a function `(app, id)` that makes the page on which a record is worked on; types
without one open as a record page."""
INBOX_VIEWS: Final[dict[str, str]] = {}
"""Record type -> the `InboxView` that shows it in the inbox, where the general one does not do."""
ACTIONS: Final[list[tuple[str, str]]] = []
"""(what it extends, `ActionGroup`): groups of commands that an area adds to the pages which have a
group that is extended by this name."""
FORM_PANELS: Final[dict[str, str]] = {}
"""Record type -> the `FormPanel` below its form."""
DRAFT_PAGES: Final[dict[str, str]] = {"rows:": "tui.pages.rows.table_page:draft_page"}
"""How the keys of drafts begin -> a function that gives the page on which one is continued."""
MOVE_FORMS: Final[dict[tuple[str, str], str]] = {}
"""Record type and move -> a function of the book and the record: type and values of the form that
is filled in instead of the move, or None where the move itself is made."""


def load(name: str) -> Any:
    """The class or function of a name."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
