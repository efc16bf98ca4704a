"""Projects: which there are and on which a person holds a role; every record may belong to one.

The declaration of a project belongs to the registers, above the book; hence the records have no
closer type here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from models.schema.record import kinds
from models.storage import rows

if TYPE_CHECKING:
    from models.book.people import People
    from models.storage.store import Store


class PersonsBook(Protocol):
    """A book, as far as it says whose it is."""

    store: Store
    people: People
    me: str


def all_projects(store: Store) -> list[Any]:
    """The records of all projects: running ones first, by name."""
    return rows.fetch(store, kinds["project"], "WHERE void IS NULL ORDER BY state DESC, name")


def my_projects(book: PersonsBook, roles: Sequence[str] = ()) -> list[Any]:
    """Running projects on which this person holds a role (one of those named)."""
    mine = []
    for project in all_projects(book.store):
        held = book.people.roles(book.me, project.id)
        if project.state == "running" and (held & set(roles) if roles else held):
            mine.append(project)
    return mine
