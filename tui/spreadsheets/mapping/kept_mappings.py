"""Kept mappings: how lists with the same column names came in before, on this device.

They are found again by the names of the columns, so that next month's file comes in the same way.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence

from models.storage.store import Store
from models.text.words import Refused
from tui.spreadsheets.mapping import mapping_file
from tui.spreadsheets.mapping.list_mapping import ListMapping
from tui.spreadsheets.reading.table import folded

KEY = "list_mappings"
KEPT = 50
"""Mappings that are remembered, those used last."""


def fingerprint(columns: Sequence[str]) -> str:
    """What tells lists of these column names from all others."""
    text = json.dumps([folded(column) for column in columns])
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def keep(store: Store, columns: Sequence[str], mapping: ListMapping) -> None:
    """Remember a mapping for lists of these columns."""
    mark, found = fingerprint(columns), _read(store)
    found.pop(mark, None)
    found[mark] = mapping_file.write(mapping)
    with store.write():
        store.set_meta(KEY, json.dumps(dict([*found.items()][-KEPT:])))


def find(store: Store, columns: Sequence[str]) -> ListMapping | None:
    """How a list of these columns came in last; None for the first time."""
    text = _read(store).get(fingerprint(columns))
    try:
        return mapping_file.parse(tomllib.loads(text), KEY) if text else None
    except (Refused, tomllib.TOMLDecodeError):
        return None  # written by a version that knew other words


def _read(store: Store) -> dict[str, str]:
    return dict(json.loads(store.meta(KEY) or "{}"))
