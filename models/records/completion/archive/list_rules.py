"""Rules of the lists of documents: one draft at a time, whose rows can be read. Clause: 6.1"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_add, before_move, before_write, given
from models.records.completion.archive import required
from models.records.tables import table_life
from models.records.tables.terms import check_code
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NO_TYPE = W(
    "“{name}”不是可归档的记录类型。请写 sitebook types 列出的项目记录类型，或空着表示收存的文件。",
    "“{name}” is no record type that can be archived. Name a type of project records as `sitebook"
    " types` lists them, or leave it empty for a file that is kept.",
)
NO_STATE = W(
    "“{type}”没有状态“{name}”。可写：{known}。",
    "A {type} has no state “{name}”. Possible: {known}.",
)
NO_PERIOD = W(
    "“{type}”没有季度，不能每季度一份。请选“至少一份”或“有则都须办结”。",
    "A {type} has no quarter, so there is none a quarter. Choose “at least one” or “whatever there"
    " is”.",
)
NONE = W("清单至少要有一份文件。", "A list needs at least one document.")


@given("document_list")
def list_version(book: Book, values: Mapping[str, Any], _project: str | None) -> Any:
    """A new version has the next number, and waits for a draft that is there."""
    return {"version": table_life.next_version(book, "document_list", values.get("subject"))}


@after_add("document_list")
def list_begins(book: Book, record: Record) -> None:
    """A draft begins with the documents in force."""
    table_life.copied(book, record, required.rows_of(required.papers(book.store)))


@before_write("required_document")
def document_can_be_found(book: Book, values: Mapping[str, Any], row: Record | None) -> None:  # noqa: ARG001
    """A row names a type and states that there are."""
    check_code(values)
    names = ("source", "states", "how_many")
    now = {name: values.get(name, getattr(row, name, None)) for name in names}
    source = str(now["source"] or "")
    cls = required.source_of(source)
    if source and cls is None:
        raise Refused(NO_TYPE, name=source)
    if cls is None:
        return
    for name in str(now["states"] or "").split():
        if name not in cls.kind.by_state:
            known = ", ".join(cls.kind.by_state)
            raise Refused(NO_STATE, type=cls.kind.label, name=name, known=known)
    if now["how_many"] == "quarter" and "quarter" not in cls.specs():
        raise Refused(NO_PERIOD, type=cls.kind.label)


@before_move("document_list", "use")
def list_whole(book: Book, record: Record) -> None:
    """A list is put to use once there is something in it."""
    if not table_life.rows_of(book, record):
        raise Refused(NONE)
