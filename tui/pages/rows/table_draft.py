"""Table draft: what is typed into a table and not saved, as a draft on the disk and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.schema.record import kinds
from models.storage.drafts import FormDraft
from tui.pages.rows.sheet_rows import SheetRow, take_over
from tui.pages.rows.table_session import TableSession

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

KEY = "rows"
"""How the keys of these drafts begin."""


def key_of(session: TableSession) -> str:
    """Names a table among the drafts."""
    return f"{KEY}:{session.cls.kind.name}:{session.parent.id}"


def draft_of(session: TableSession) -> FormDraft | None:
    """What is not saved, None where there is nothing; its text names the rows."""
    changed = [row for row in session.rows if row.changed]
    if not changed:
        return None
    named = session.cls.kind.title or session.names[0]
    said = [_said(session, row, named) for row in changed]
    return FormDraft(
        key=key_of(session),
        type=session.cls.kind.name,
        texts={named: "、".join(text for text in said if text)},
        start={"parent": session.parent.id, "rows": [_kept(row) for row in changed]},
    )


def _said(session: TableSession, row: SheetRow, name: str) -> str:
    if name not in session.names:
        return ""
    one = row.cell(name)
    return one.text if one.text is not None else session.values.say(one.spec, one.value)


def _kept(row: SheetRow) -> dict[str, Any]:
    """A row as a draft keeps it."""
    return {
        "id": row.record.id if row.record is not None else None,
        "base": row.base,
        "values": {one.name: one.value for one in row.fields if one.value != one.before},
        "texts": {one.name: one.text for one in row.fields if one.text is not None},
    }


def restore(session: TableSession, draft: FormDraft) -> None:
    """Put a draft into the rows; a row that is gone meanwhile comes back as a new one."""
    by_id = {row.record.id: row for row in session.rows if row.record is not None}
    for kept in draft.start.get("rows", ()):
        row = by_id.get(kept.get("id"))
        if row is None:
            (row,) = session.more_rows(1)
        elif kept.get("base"):
            row.base = str(kept["base"])
        for one in row.fields:
            if one.name in kept.get("values", {}):
                one.value = kept["values"][one.name]
            if one.name in kept.get("texts", {}):
                one.text = kept["texts"][one.name]
        if row.record is not None:
            take_over(row, row.record, session.values)


def session_of(workspace: Workspace, draft: FormDraft) -> TableSession:
    """The table of which a draft was kept. Raises `Refused` where its record is gone."""
    parent = workspace.book.get(str(draft.start.get("parent")))
    return TableSession(workspace, parent, kinds[draft.type])
