"""Taking: a template of the book is made like a ready-made one, as a draft or in use at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from models.book import permissions
from models.book.projects import my_projects
from models.records.checks.library.template_library import LibraryItem, LibraryTemplate
from models.records.checks.template import Template
from models.schema.roles import LEADS
from models.text.words import Refused

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

PUBLISH = "publish"


def take(
    book: Book, ready: LibraryTemplate, project: str | None = None, *, publish: bool = False
) -> Template:
    """A template with the items of a ready-made one, for a project or for all of them.

    One durable save; with `publish` it is in use. Raises `Refused` where the person may not.
    """
    with book.saving():
        made = book.add("template", _values(ready), project=project)
        for place, item in enumerate(ready.items, 1):
            values = {**_item_values(item), "template": made.id, "position": place}
            book.add("template_item", values, project=project)
        if publish:
            book.move(made.id, PUBLISH)
    return cast(Template, book.get(made.id))


def why_not(book: Book, project: str | None) -> Refused | None:
    """Why this person may not take a template for a project (None: all), or None."""
    return permissions.writing(book.people, book.me, Template.kind, project)


def projects_for(book: Book) -> list[str | None]:
    """The projects for which this person may take one, and at the end, if so, all of them: None."""
    found: list[str | None] = [one.id for one in my_projects(book, LEADS)]
    return [*found, None] if why_not(book, None) is None else found


def taken(store: Store) -> dict[str, str]:
    """Ready-made template -> the number of the newest one of the book that was made like it."""
    sql = (
        "SELECT t.number, i.stable FROM template t JOIN template_item i ON i.template=t.id"
        " WHERE t.void IS NULL AND t.state<>'retired' AND i.void IS NULL"
        " AND i.stable LIKE '%-01' ORDER BY t.n"
    )
    return {str(code).removesuffix("-01"): str(number) for number, code in store.rows(sql)}


def _values(ready: LibraryTemplate) -> dict[str, Any]:
    return {
        "name_zh": ready.name.zh,
        "name_en": ready.name.en,
        "frequency": ready.frequency,
        "on_days": "workdays",
        "purpose": ready.purpose,
    }


def _item_values(item: LibraryItem) -> dict[str, Any]:
    found = {
        "stable": item.code,
        "section_zh": item.section.zh,
        "section_en": item.section.en,
        "text_zh": item.text.zh,
        "text_en": item.text.en,
        "answer_kind": item.kind,
        "unit": item.unit,
        "low": item.low,
        "high": item.high,
        "expected": str(item.expected),
        "method_zh": item.hint.zh,
        "method_en": item.hint.en,
    }
    kept: dict[str, Any] = {name: value for name, value in found.items() if value}
    return {**kept, "critical": True} if item.critical else kept
