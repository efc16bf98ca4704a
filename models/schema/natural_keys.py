"""Natural keys: the same key gives the same id, so two devices create one record, not two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from models.schema.kind import Kind

NAMESPACE = UUID("6f1c2d5e-9a43-5c0b-8f27-51b0c6e7a9d4")
"""Root of the ids that natural keys give (UUIDv5)."""


COMPANY = "company"
"""The space that every member holds."""
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no two signs sound or look alike."""


def sign(id: str, length: int) -> str:
    """The last part of the human number of a record named by its key: the same on every device.

    Ten signs (50 bits) tell a million records apart; behind a day or a week eight will do.
    """
    digits = id.replace("-", "")
    value = int(digits[:12] + digits[13:16], 16) >> (60 - 5 * length)  # without the version's digit
    return "".join(SIGNS[value >> 5 * at & 31] for at in reversed(range(length)))


def key_id(
    kind: Kind, space: str, project: str | None, author: str, values: Mapping[str, Any]
) -> str:
    """The id of the record of this kind with these values; its key must be declared."""
    known = {"project": project, "author": author}
    parts = [values.get(name, known.get(name)) for name in kind.key]
    text = json.dumps([kind.name, space, *parts], ensure_ascii=False, separators=(",", ":"))
    return str(uuid5(NAMESPACE, text))


def space_of(kind: Kind, project: str | None) -> str:
    """The space of a kind's records, except of those kept with the record they belong to."""
    if kind.space == "company" or project is None:
        return COMPANY
    return f"{'r' if kind.space == 'restricted' else 'p'}:{project}"
