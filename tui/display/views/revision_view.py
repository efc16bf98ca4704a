"""Revision view: what differs between two versions, as lines for a page, a command or a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.approval import parts
from models.book.rows import row_order
from models.derived import revisions
from models.derived.revision_comparison import (
    Comparison,
    FieldChange,
    RowChange,
    touched,
)
from models.schema.fields import Spec
from models.schema.record import Record
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.storage.store import Store

MARKS = {"added": "+", "removed": "-", "changed": "~"}
TOUCHED = "!"
"""The mark of what a change concerns besides."""
HEAD = W("{before} → {after}", "{before} → {after}")
COUNTS = W(
    "新增 {added} 行，删除 {removed} 行，修改 {changed} 行",
    "rows: {added} added, {removed} removed, {changed} changed",
)
SAME = W("内容相同", "no differences")
FIELD = W("{label}：{text}", "{label}: {text}")
TURN = W("{label}：{before} → {after}", "{label}: {before} → {after}")
NONE = W("空", "nothing")

Say = Callable[[Spec, Any], str]
"""What a field's value is in words."""


class RevisionLine(NamedTuple):
    """One line: a row that is new or gone, or a field before and after."""

    mark: str
    """'+', '-', '~', or '!' for what is concerned besides."""
    record: str
    """The id of the row, as it is now; of the record for a field of its own."""
    row: str
    """What the row is called; '' for a field of the record itself."""
    field: W | None
    """None for a whole row."""
    before: str
    after: str

    @property
    def text(self) -> str:
        """The difference in one text, where before and after have no columns."""
        if self.field is None:
            return self.before or self.after
        none = str(NONE)
        return say(TURN, label=self.field, before=self.before or none, after=self.after or none)


def heading(store: Store, found: Comparison) -> str:
    """Which versions these are."""
    look = revisions.versions(store, found.after.type)
    before, after = look.version(found.before).name, look.version(found.after).name
    return say(HEAD, before=before, after=after)


def summary(found: Comparison) -> str:
    """How many rows were added, removed and changed."""
    if found.same:
        return str(SAME)
    counts = {mark: found.count(mark) for mark in ("added", "removed", "changed")}
    return say(COUNTS, **counts)


def differences(store: Store, found: Comparison, words: Say) -> Iterator[RevisionLine]:
    """Every difference: fields of the record, then its rows in the order of the later version; then
    what else they concern."""
    yield from _fields(found.after, found.fields, "", words)
    for row in found.rows:
        name = parts.row_name(store, row.row)
        if row.mark == "changed":
            yield from _fields(row.row, row.fields, name, words)
        else:
            text = _content(found, row, words)
            old, new = (text, "") if row.mark == "removed" else ("", text)
            yield RevisionLine(MARKS[row.mark], row.row.id, name, None, old, new)
    for one in touched(store, found):
        yield RevisionLine(
            TOUCHED, one.record.id, one.record.title(), one.label, one.before, one.after
        )


def _fields(
    record: Record, changes: tuple[FieldChange, ...], name: str, words: Say
) -> Iterator[RevisionLine]:
    specs = type(record).specs()
    for change in changes:
        spec = specs[change.field]
        before, after = (
            "" if value in (None, "") else words(spec, value)
            for value in (change.before, change.after)
        )
        yield RevisionLine(MARKS["changed"], record.id, name, spec.label, before, after)


def _content(found: Comparison, change: RowChange, words: Say) -> str:
    """What a new row says, or said while it was there: its filled fields but for its name."""
    row, how = change.row, revisions.declared(found.after.type)
    but = {row.kind.parent, row.kind.title}
    but |= {row.kind.order} if row_order.is_ordered(type(row)) else set()
    but |= {how.rows.get(row.type, "")} if how is not None else set()
    said = (
        say(FIELD, label=spec.label, text=words(spec, value))
        for name, spec in type(row).visible().items()
        if name not in but and (value := getattr(row, name)) not in (None, "")
    )
    return several(said)


def json_of(store: Store, found: Comparison) -> dict[str, Any]:
    """A comparison as the JSON object that scripts see; values are as they are stored."""
    return {
        "before": found.before.id,
        "after": found.after.id,
        "concerns": [
            {"record": one.record.id, "before": one.before, "after": one.after}
            for one in touched(store, found)
        ],
        "fields": [change._asdict() for change in found.fields],
        "rows": [
            {
                "mark": row.mark,
                "type": row.row.type,
                "code": row.code,
                "before": row.before.id if row.before is not None else None,
                "after": row.after.id if row.after is not None else None,
                "fields": [change._asdict() for change in row.fields],
            }
            for row in found.rows
        ],
    }
