"""Chain cut: the end of a device's chain is taken out of the log, for another history or to be
written anew under another id.
"""

from __future__ import annotations

from typing import Any

from sync.log import logged_changes
from sync.log.logged_changes import Name

BEYOND = ("change", "quarantine", "parked", "lack")
NAMED = (
    "SELECT DISTINCT type, record FROM change WHERE space=? AND (idx=? AND seq>?"
    " OR instr(CAST(body AS BLOB), CAST(? AS BLOB)))"
)


def cut(db: Any, space: str, device: str, idx: int, upto: int) -> list[Name]:
    """Take everything of a device after a sequence out of a space (inside a transaction).

    Returns the (type, record) that its changes are about, and those that name a version of it:
    they are to be authorised and rebuilt. What others are known to hold of it ends there too.
    """
    quoted = f'"{device}"'.encode()
    touched = list(db.execute(NAMED, (space, idx, upto, quoted)).fetchall())
    place = space, idx, upto
    for table in BEYOND:
        db.execute(f"DELETE FROM {table} WHERE space=? AND idx=? AND seq>?", place)
    db.execute("DELETE FROM seal WHERE space=? AND idx=? AND last>?", place)
    for table in ("sent", "seen"):
        sql = f"UPDATE {table} SET seq=? WHERE space=? AND device=? AND seq>?"
        db.execute(sql, (upto, space, device, upto))
    if upto:
        hash = logged_changes.hash_at(db, space, device, idx, upto)
        sql = "UPDATE head SET seq=?, hash=? WHERE space=? AND idx=?"
        db.execute(sql, (upto, hash, space, idx))
    else:
        db.execute("DELETE FROM head WHERE space=? AND idx=?", (space, idx))
    return [(str(type), str(record)) for type, record in touched]
