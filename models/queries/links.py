"""Links: which records point to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.schema.record import Record, kinds
from models.storage import rows

if TYPE_CHECKING:
    from models.storage.store import Store


def linked_to(store: Store, id: str) -> list[Record]:
    """Records that point to this one, newest first within each type."""
    found: list[Record] = []
    for cls in kinds.values():
        names = [name for name, spec in cls.specs().items() if spec.kind == "link"]
        if names:
            where = " OR ".join(f'"{name}"=?' for name in names)
            found += rows.fetch(
                store, cls, f"WHERE {where} ORDER BY n DESC LIMIT 200", (id,) * len(names)
            )
    return found
