"""Evidence: the file attached to a record that proves a decision made outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.schema.lifecycle import Move
from models.schema.record import Record
from models.storage.store import Store
from models.text.words import Refused, W

ATTACHED = "attached"
"""What a move fills a field with that names the evidence (`Move.fills`)."""
NO_EVIDENCE = W(
    "{number} 还没有凭据。请先把作为凭据的文件附在这条记录上（t 或 Ctrl+F），再登记。",
    "{number} has no evidence. Attach the file that proves it to the record first (t or Ctrl+F).",
)


def newest_file(store: Store, record: str) -> str | None:
    """The file attached to a record last: the evidence that is meant when none is named.

    Ids give the order within one millisecond.
    """
    sql = (
        "SELECT id FROM attachment WHERE about=? AND void IS NULL"
        " ORDER BY occurred DESC, id DESC LIMIT 1"
    )
    found = store.row(sql, (record,))
    return str(found[0]) if found else None


def require_evidence(
    find: Callable[[str], Record | None], record: Record, move: Move, values: Mapping[str, Any]
) -> None:
    """An external decision needs an evidence file attached to the same record.

    `find` reads a record by its id. Raises `Refused` where the file is none of this record's.
    """
    for name, what in move.fills.items():
        if what == ATTACHED:
            id = values.get(name)
            file = find(str(id)) if id else None
            about = getattr(file, "about", None) if file is not None and not file.void else None
            if about != record.id:
                raise Refused(NO_EVIDENCE, number=record.number)
