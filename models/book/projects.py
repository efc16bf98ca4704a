"""Projects: which there are and on which a person holds a role; every record may belong to one.

The declaration of a project belongs to the registers, above the book; hence the records have no
closer type here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from models.book.people import EVERY
from models.schema.record import kinds
from models.storage import rows
from models.storage.store import places

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
    where, params = _held(book, roles)
    found = f"WHERE void IS NULL AND state='running' AND {where} ORDER BY name"
    return rows.fetch(book.store, kinds["project"], found, params)


def places_held(book: PersonsBook, roles: Sequence[str] = ()) -> list[str]:
    """The ids of all projects, completed ones too, on which this person holds such a role."""
    where, params = _held(book, roles)
    sql = f"SELECT id FROM project WHERE void IS NULL AND {where} ORDER BY n"
    return [str(id) for (id,) in book.store.rows(sql, params)]


def _held(book: PersonsBook, roles: Sequence[str]) -> tuple[str, list[str]]:
    """The SQL condition, and its parameters: a company's other projects are not read."""
    which = f" AND role IN ({places(roles)})" if roles else ""
    sql = f"SELECT DISTINCT project FROM role_grant WHERE person=?{which}"
    granted = [str(project) for (project,) in book.store.rows(sql, (book.me, *roles))]
    if EVERY in granted:
        return "1", []
    return f"id IN ({places(granted)})", granted
