"""Rules of service starts: who took part is noted with the start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_import, carries, given
from models.derived.gates import is_passed
from models.records.preparation.reconfirmations import environment
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.lists import list_of
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.preparation.start.start_exception import StartException

SIGN_HERE = W(
    "导入不能签署例外 {number}。请导入为草稿，提交后由部门经理签署。",
    "An import cannot sign the exception {number}. Import it as a draft and have it signed here.",
)


@before_import("start_exception")
def signed_here(book: Book, exception: StartException) -> None:  # noqa: ARG001
    """A file brings no signature: an exception is signed by its own move."""
    raise Refused(SIGN_HERE, number=exception.number)


@given("service_start")
def named_as_project(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """The service is called as its project, unless it is given a name."""
    found = book.find(str(project)) if project and not values.get("name") else None
    return {"name": found.title()} if found is not None else {}


@carries("service_start")
def team_noted(book: Book, start: Record, move: Move, comment: str) -> dict[str, Any]:  # noqa: ARG001
    """The start names those who take part in it. Clause: 4.1.2."""
    if not is_passed(start.type, move.to):
        return {}
    return {"team": list_of(environment.taking_part(book.store, str(start.project)))}
