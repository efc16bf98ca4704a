"""Other formats: what another version of the program would have left, made from what this one did.

Each function changes a thing in place; `content` is what a refusal must leave as it is.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from models.storage.format import FORMAT

OTHERS = {"none": 0, "older": 1, "newer": FORMAT + 1}
"""Numbers that this version refuses, by what they mean."""
DAMAGED = (-1, 1_000_000)
"""Numbers that no version writes."""


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    every = sorted(folder.rglob("*"))
    return {str(one.relative_to(folder)): one.read_bytes() for one in every if one.is_file()}


def renumber_database(path: Path, number: int) -> None:
    """Give an SQLite file that nobody has open another number, leaving no log beside it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={number:d}")
        db.commit()
    assert not path.with_name(path.name + "-wal").exists()


def renumber_bundle(path: Path, number: int) -> None:
    """Give a bundle another number in its first line; 0 takes the number away."""
    first, _, rest = path.read_bytes().partition(b"\n")
    name = first.rstrip(b"0123456789")
    path.write_bytes(name + (b"%d" % number if number else b"") + b"\n" + rest)


def renumber_folder(path: Path, number: int) -> None:
    """Give the organisation's sub-folder of a shared folder another number, or none for 0."""
    (root,) = path.iterdir()
    organisation = root.name.removeprefix(f"sitebook-{FORMAT}-")
    assert organisation != root.name
    root.rename(path / f"sitebook-{f'{number}-' if number else ''}{organisation}")
