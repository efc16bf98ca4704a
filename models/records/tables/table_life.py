"""Table life: what versions of vocabularies and of rule tables have in common.

A draft begins as a copy of the version in force. Put to use, its rows are noted as one text that
never changes again, so that a decision which names the version can be checked on every device. A
higher version in use replaces it; withdrawn, it gives way to the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.approval import parts
from models.book.derived_state import DerivedState
from models.book.tables import versions
from models.schema.fields import choice, count, moment, person, prose
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import LEADS, QUALITY
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

KEEPERS = (*LEADS, QUALITY)
"""Who may write and put to use the tables of the company."""
LIFE = Life(
    (
        State("draft", W("草稿", "draft"), tone="busy"),
        State("in_use", W("使用中", "in use"), tone="good", frozen=True),
        State("replaced", W("已有新版", "replaced"), ended=True, frozen=True, derived=True),
        State("withdrawn", W("已停用", "withdrawn"), ended=True, frozen=True),
    ),
    (
        Move(
            id="use",
            label=W("启用", "Use"),
            from_=("draft", "withdrawn"),
            to="in_use",
            who=KEEPERS,
            needs=("reason",),
            asks=("reason",),
            fills={"content": "rows", "used_at": "now?", "used_by": "me"},
        ),
        with_reason("withdraw", W("停用", "Withdraw"), ("in_use",), "withdrawn", KEEPERS),
    ),
)
OPEN_DRAFT = W(
    "{number} 还是草稿。请修改它，或启用后再建新版。",
    "{number} is still a draft. Edit it, or put it to use before a new version is made.",
)


def subject(zh: str, en: str) -> Any:
    """`subject`: the table; the program gives its values."""
    return choice(zh, en, (), required=True, at_birth=True)


def table_fields() -> tuple[Any, Any, Any, Any, Any]:
    """`version`, `reason`, `content`, `used_at`, `used_by`."""
    return (
        count("版本", "Version", low="1", at_birth=True, computed=True),
        prose("修订原因", "Reason"),
        prose("内容", "Content", by_move=True, computed=True, internal=True),
        moment("启用时间", "Used at", by_move=True, computed=True),
        person("启用人", "Used by", by_move=True, computed=True),
    )


class Replaced(DerivedState):
    """A version in use is replaced where a higher one is in use."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._highest: dict[str, dict[str, int]] = {}

    def state(self, record: Record) -> str | None:
        """`replaced`, or None."""
        values = record.values()
        if record.state != versions.IN_USE or record.void is not None:
            return None
        top = self._top(record.kind.table).get(str(values["subject"]))
        return "replaced" if top is not None and top > (values["version"] or 0) else None

    def sql(self, type: str) -> tuple[str, list[Any]]:
        """The SQL expression of the state that is shown, and its parameters."""
        above = (
            f'SELECT 1 FROM "{type}" higher WHERE higher.subject="{type}".subject'
            f' AND higher.version>"{type}".version AND higher.state=? AND higher.void IS NULL'
        )
        shown = f'CASE WHEN "{type}".state=? AND EXISTS({above}) THEN ? ELSE "{type}".state END'
        return shown, [versions.IN_USE, versions.IN_USE, "replaced"]

    def _top(self, family: str) -> dict[str, int]:
        if family not in self._highest:
            found = versions.in_force(self._store, family)
            self._highest[family] = {name: one.version for name, one in found.items()}
        return self._highest[family]


def next_version(book: Book, type: str, subject: object) -> int:
    """The number of a new version. Raises `Refused` while another one is a draft."""
    sql = f'SELECT number, version, state, void FROM "{type}" WHERE subject=? ORDER BY version'
    last = 0
    for number, version, state, void in book.store.rows(sql, (subject,)):
        if state == "draft" and void is None:
            raise Refused(OPEN_DRAFT, number=number)
        last = max(last, version or 0)
    return last + 1


def copied(book: Book, record: Record, rows: versions.Rows) -> None:
    """Give a new draft the rows of the version in force."""
    (cls,) = parts.row_types(record.type)
    for at, row in enumerate(rows, 1):
        known = {name: value for name, value in row.items() if name in cls.specs()}
        more = {cls.kind.parent: record.id, cls.kind.order: at * 10}
        book.add(cls.kind.name, {**known, **more})


def rows_of(book: Book, record: Record) -> list[Record]:
    """The rows of a version that count."""
    return [one for one in parts.rows_of(book.store, record) if one.void is None]
