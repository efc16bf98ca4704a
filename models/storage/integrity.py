"""Integrity: what can be wrong with a database, each fault in a sentence.

`integrity_check` noticed only 11 % of single flipped bits, so every row carries a checksum too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from models.schema import validation
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.storage import blobs, rows
from models.text.words import W, say

Run = Callable[[str, Sequence[Any]], Iterable[tuple[Any, ...]]]
"""Runs a query and gives its rows."""
PAGE = 500
NAMED = 20
"""Most faults of one sort that are named one by one."""

BROKEN_FILE = W("数据库文件损坏：{what}", "The database file is damaged: {what}")
BROKEN_ROW = W(
    "{type} {number} 的内容与校验值不符（id {id}）",
    "The content of {type} {number} does not match its checksum (id {id})",
)
BROKEN_DOTS = W(
    "{type} {number} 的版本记录无法读取（id {id}）",
    "The versions of {type} {number} cannot be read (id {id})",
)
UNKNOWN_DEVICE = W(
    "{type} {number} 出自未知设备 {idx}（id {id}）",
    "{type} {number} names an unknown device {idx} (id {id})",
)
NO_RECORD = W(
    "{table} 中有 {count} 行不属于任何记录",
    "{count} rows of {table} belong to no record",
)
MORE = W("同样的还有 {count} 处", "{count} more of this sort")
NOT_HERE = W(
    "{type} {number} 的“{field}”指向本机没有的记录 {target}",
    "“{field}” of {type} {number} points to a record that is not on this device: {target}",
)
ODD = W(
    "{type} {number} 的“{field}”待核对：{reason}",
    "“{field}” of {type} {number} is to be reviewed: {reason}",
)
WRONG_FILE = W(
    "附件 {number}（{name}）的内容与校验值不符",
    "The bytes of attachment {number} ({name}) do not match their checksum",
)
NO_FILE = W(
    "附件 {number}（{name}）的内容不在本机",
    "The bytes of attachment {number} ({name}) are not on this device",
)


class IntegrityFinding:
    """A fault found, as a sentence."""

    bad: ClassVar[bool] = True

    def __init__(self, word: W, **values: object) -> None:
        self.word = word
        self.values = values

    def __str__(self) -> str:
        return say(self.word, **self.values)


class IntegrityNote(IntegrityFinding):
    """What is worth knowing, and no fault."""

    bad = False


def database(run: Run) -> Iterator[IntegrityFinding]:
    """The file, the rows' checksums, and what belongs together within the database."""
    try:
        yield from structure(run)
        yield from several(content(run))
        yield from loose(run)
    except sqlite3.Error as error:
        yield IntegrityFinding(BROKEN_FILE, what=error)


def structure(run: Run) -> Iterator[IntegrityFinding]:
    """What SQLite itself notices."""
    for (line,) in run(f"PRAGMA integrity_check({NAMED})", ()):
        if line != "ok":
            yield IntegrityFinding(BROKEN_FILE, what=line)


def content(run: Run) -> Iterator[IntegrityFinding]:
    """Rows that do not match their checksum, or whose versions make no sense."""
    known = {idx for (idx,) in run("SELECT idx FROM device", ())}
    for cls in kinds.values():
        for row in _rows(run, cls):
            name = {"type": cls.kind.label, "number": row["number"], "id": row["id"]}
            if not _sound(cls, row):
                yield IntegrityFinding(BROKEN_ROW, **name)
                continue
            try:
                dots = FieldVersions(row["dots"])
            except ValueError:
                yield IntegrityFinding(BROKEN_DOTS, **name)
                continue
            for idx, _ in dots.every():
                if idx not in known:
                    yield IntegrityFinding(UNKNOWN_DEVICE, idx=idx, **name)


def odd(run: Run) -> Iterator[IntegrityFinding]:
    """Values that this device would not have taken. No fault: others' devices wrote them."""
    for cls in kinds.values():
        specs = cls.specs()
        flags = [name for name, spec in specs.items() if spec.kind == "flag"]
        for row in _rows(run, cls):
            row |= {name: bool(row[name]) for name in flags if row[name] in (0, 1)}
            for name, spec in specs.items():
                why = validation.fault(spec, row[name])
                if why is not None:
                    label = {"type": cls.kind.label, "field": spec.label}
                    yield IntegrityNote(ODD, number=row["number"], reason=why, **label)


def loose(run: Run) -> Iterator[IntegrityFinding]:
    """Losing values and moves that belong to no record."""
    here = " UNION ALL ".join(f'SELECT id FROM "{type}"' for type in _tables(run))
    for table in ("sibling", "transition"):
        sql = f"SELECT count(*) FROM {table} WHERE record NOT IN ({here})"
        for (count,) in run(sql, ()):
            if count:
                yield IntegrityFinding(NO_RECORD, table=table, count=count)


def links(run: Run) -> Iterator[IntegrityFinding]:
    """Links to records that are not here. No fault: another space, or not arrived yet."""
    tables = _tables(run)
    everywhere = " UNION ALL ".join(f'SELECT id FROM "{type}"' for type in tables)
    unread = [name for name, cls in kinds.items() if cls.kind.space == "restricted"]
    for type in tables:
        for name, spec in kinds[type].specs().items():
            if spec.kind == "link" and spec.target not in ("person", *unread):
                target = f'SELECT id FROM "{spec.target}"' if spec.target else everywhere
                sql = (
                    f'SELECT number, "{name}" FROM "{type}" WHERE "{name}" IS NOT NULL'
                    f' AND void IS NULL AND "{name}" NOT IN ({target}) LIMIT {NAMED + 1}'
                )
                for number, missing in run(sql, ()):
                    label = {"type": kinds[type].kind.label, "field": spec.label}
                    yield IntegrityNote(NOT_HERE, number=number, target=missing, **label)


def attached(run: Run, home: Path) -> Iterator[IntegrityFinding]:
    """Attachments whose bytes are wrong (a fault) or not here."""
    sql = "SELECT number, name, sha256 FROM attachment WHERE void IS NULL AND sha256 IS NOT NULL"
    for number, name, sha256 in run(sql, ()):
        right = blobs.whole(home, sha256)
        if right is None:
            yield IntegrityNote(NO_FILE, number=number, name=name)
        elif not right:
            yield IntegrityFinding(WRONG_FILE, number=number, name=name)


def several(found: Iterable[IntegrityFinding]) -> Iterator[IntegrityFinding]:
    """The first findings; the rest only as a count."""
    more: list[bool] = []
    for place, one in enumerate(found):
        if place < NAMED:
            yield one
        else:
            more.append(one.bad)
    if more:
        yield (IntegrityFinding if any(more) else IntegrityNote)(MORE, count=len(more))


def _sound(cls: type[Record], row: dict[str, Any]) -> bool:
    """Whether a row matches its checksum; cells may hold anything, bytes instead of text too."""
    try:
        return bool(rows.row_digest(cls, row) == row["digest"])
    except (TypeError, ValueError):
        return False


def _rows(run: Run, cls: type[Record]) -> Iterator[dict[str, Any]]:
    """Every row of a type with the columns that the database has, page by page."""
    have = {row[1] for row in run(f'PRAGMA table_info("{cls.kind.name}")', ())}
    names = [name for name in rows.columns(cls) if name in have]
    if not have:
        return
    chosen = ",".join(f'"{name}"' for name in names)
    sql = f'SELECT {chosen} FROM "{cls.kind.name}" WHERE n>? ORDER BY n LIMIT {PAGE}'
    last = -(1 << 63)
    while page := list(run(sql, (last,))):
        for row in page:
            yield dict.fromkeys(rows.columns(cls)) | dict(zip(names, row, strict=True))
        last = page[-1][names.index("n")]


def _tables(run: Run) -> list[str]:
    have = {row[0] for row in run("SELECT name FROM sqlite_master WHERE type='table'", ())}
    return [type for type in kinds if type in have]
