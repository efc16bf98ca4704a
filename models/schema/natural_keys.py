"""Natural keys: the same key gives the same id, so two devices create one record, not two.

Here too is the name of the space that a record is kept in. That of a restricted record names its
type, project and id, so that its name alone tells which roles read it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from models.frozen import NamedTuple
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


class FileSpace(NamedTuple):
    """The space of one restricted record, as its name describes it."""

    type: str
    project: str | None
    record: str


FILE = "f"
"""How the name of such a space begins."""


def space_of(kind: Kind, project: str | None, id: str) -> str:
    """The space of a record, except of one kept with the record it belongs to."""
    if kind.space == "restricted":
        return file_space(kind.name, project, id)
    return key_space(kind, project)


def key_space(kind: Kind, project: str | None) -> str:
    """The part of a natural key that means the space; a restricted record's is made of its id."""
    if kind.space == "restricted":
        return f"{FILE}:{kind.name}:{project or ''}"
    return "company" if kind.space == "company" or project is None else f"p:{project}"


def file_space(type: str, project: str | None, id: str) -> str:
    """The space of a restricted record."""
    return f"{FILE}:{type}:{project or ''}:{id}"


def file_of(space: str) -> FileSpace | None:
    """What the name of a restricted record's space says; None for any other space."""
    if not space.startswith(f"{FILE}:"):
        return None
    type, _, rest = space[2:].partition(":")
    project, parted, record = rest.rpartition(":")
    return FileSpace(type, project or None, record) if parted and type and record else None


def project_of(space: str) -> str | None:
    """The project that the name of a space says; None for the company's."""
    file = file_of(space)
    return file.project if file is not None else space.partition(":")[2] or None


def veiled(space: str) -> str:
    """The name for where everybody may read it: of a restricted space, it says nothing."""
    if file_of(space) is None:
        return space
    return f"{FILE}:{hashlib.sha256(space.encode()).hexdigest()[:32]}"
