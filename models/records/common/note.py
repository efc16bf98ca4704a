"""Notes on any record: written once, never edited."""

from __future__ import annotations

from models.schema.fields import link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class Note(Record):
    """A remark on a record; add-only, so it needs no merge."""

    kind = Kind(
        name="note",
        label=W("备注", "Note"),
        code="NT",
        title="text",
        columns=("text",),
        parent="about",
        add_only=True,
        space="parent",
        project="optional",
        menu=0,
    )

    about = link("关于", "About", "", required=True)
    text = prose("内容", "Text", required=True)
