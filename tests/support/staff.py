"""A staffed project: one person for each role, and what the book refuses them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from models.book.book import Book
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    ENGINEER,
    GENERAL_OFFICE,
    PROJECT_MANAGER,
    QUALITY,
    SERVICE_DESK,
)
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.team import acting, admit_all

STAFF = {
    "小林": [ENGINEER],
    "小周": [ENGINEER],
    "段工": [PROJECT_MANAGER],
    "韩经理": [DEPARTMENT_MANAGER],
    "质检": [QUALITY],
    "小何": [SERVICE_DESK],
    "岑主管": [GENERAL_OFFICE],
}


class Staff:
    """The book in the hands of each person; every role is held on every project."""

    def __init__(self, workspace: Workspace) -> None:
        books = (acting(workspace, person) for person in admit_all(workspace, STAFF.items()))
        (
            self.engineer,
            self.colleague,
            self.manager,
            self.department,
            self.quality,
            self.desk,
            self.office,
        ) = books


def attach(book: Book, about: str) -> str:
    """Attach a file to a record; its id."""
    values = {"about": about, "name": "复函.pdf", "sha256": "0" * 64}
    return book.add("attachment", values).id


def last_change(book: Book, id: str) -> dict[str, Any]:
    """The registers that the newest change of a record wrote."""
    return dict(list(book.change_log.history(id))[-1].fields)


def no_add(book: Book, type: str, values: Mapping[str, Any], project: str | None = None) -> str:
    """Why a new record is refused."""
    with pytest.raises(Refused) as caught:
        book.add(type, values, project=project)
    return str(caught.value)


def no_edit(book: Book, id: str, **values: object) -> str:
    """Why an edit is refused; nothing is written then."""
    before = book.get(id)
    with pytest.raises(Refused) as caught:
        book.edit(id, values)
    assert book.get(id).dots == before.dots
    return str(caught.value)


def no_move(book: Book, id: str, move: str, **values: object) -> str:
    """Why a move is refused; nothing is written then."""
    before = book.get(id)
    with pytest.raises(Refused) as caught:
        book.move(id, move, values)
    assert book.get(id).dots == before.dots
    return str(caught.value)
