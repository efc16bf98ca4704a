"""A book in which everybody's words are hostile: every text of every type, and all names."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import models.records  # noqa: F401  declares the types
from models.book.book import Book
from models.book.projects import all_projects
from models.book.writing.batch import batch
from models.book.writing.record_writer import Creation
from models.calendar.business_dates import quarter_of, week_of
from models.derived.revision_copy import new_revision
from models.schema.fields import Spec
from models.schema.natural_keys import space_of
from models.schema.record import Record, kinds
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused
from sync.organisation import administration
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.trust.steering import entry_shapes
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, schema_mark
from tests.support.escalations import ESCALATED
from tests.support.hostile import PAYLOADS

TEXTS = tuple(PAYLOADS.values())
FIRST = date(2026, 11, 22)
FULL = PAYLOADS["clear screen"] + PAYLOADS["action tag"] + PAYLOADS["bidi override"]
"""What stands in every title and corner."""

Ids = dict[str, list[str]]
"""Type -> ids of its records, in the order in which they were written."""


def line(text: str, most: int = 200) -> str:
    """As much of a text as fits a field of one line."""
    return text.replace("\r", " ").replace("\n", " ")[: most or 200]


def make(home: Path) -> Ids:
    """A copy of the book, made once a process; the first record of each type has the rows,
    conflicts and drafts."""
    folder, made = _made(schema_mark())
    shutil.copytree(Path(folder.name) / "book", home)
    return {name: list(ids) for name, ids in made.items()}


@cache
def _made(_types: str) -> tuple[tempfile.TemporaryDirectory[str], Ids]:
    """The book, closed, in a folder that goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="hostile-")
    return folder, _written(Path(folder.name) / "book")


def _written(home: Path) -> Ids:
    workspace = begin(home, name=line(FULL), lang="zh", project=line(FULL, 40))
    made = fill(workspace.book, [workspace.book.me, *_people(workspace)])
    _draft(home, made)
    workspace.close()
    return made


def fill(book: Book, people: list[str]) -> Ids:
    """Write its records, as one transaction, into a book with these people."""
    made: Ids = {"person": people}
    with batch(book):
        for cls in ordered():
            made[cls.kind.name] = list(_records(book, cls, made))
        _lives(book, made)
    return made


def _people(workspace: Workspace) -> list[str]:
    """Somebody of every name that a person may have."""
    names = [name for text in TEXTS if entry_shapes.is_name(name := line(text, 60))]
    ids = [device_key.new_id() for _ in names]

    def grow(log: Membership, key: DeviceKey) -> Membership:
        for id, name in zip(ids, names, strict=True):
            log = log.append("person", {"person": id, "name": name, "title": ""}, key)
        return log

    administration.change(workspace, grow)
    return ids


def ordered() -> Iterator[type[Record]]:
    """Types after those that they point to."""
    left, done = dict(kinds), {"person"}
    while left:
        ready = [name for name, cls in left.items() if _targets(cls) <= done]
        assert ready, f"these types point to each other in a ring: {sorted(left)}"
        for name in ready:
            done.add(name)
            yield left.pop(name)


def _targets(cls: type[Record]) -> set[str]:
    links = [s for s in cls.specs().values() if s.kind == "link" and not (s.computed or s.by_move)]
    return {spec.target or "fix" for spec in links} - {cls.kind.name}


def _records(book: Book, cls: type[Record], made: Ids) -> Iterator[str]:
    """One record for each text, in its title; its other fields have other texts."""
    kind = cls.kind
    first = made["project"][0] if "project" in made else all_projects(book.store)[0].id
    project = first if kind.space == "project" and not kind.parent else None
    if kind.name == "project":
        yield first
    for at in range(len(TEXTS)):
        own = {"attachment": {"name": f"{line(TEXTS[at], 150)}.txt"}}
        values = _values(cls, at, made) | own.get(kind.name, {})
        yield written(book, cls, values, project)


def written(book: Book, cls: type[Record], values: dict[str, Any], project: str | None) -> str:
    """The record; one that has to wait for another one's approval as a device of old wrote it."""
    try:
        return book.add(cls.kind.name, values, project=project).id
    except Refused:
        id = device_key.new_id()
        with book.saving():
            space = space_of(cls.kind, project, id)
            birth = Creation(space=space, project=project, author=book.me)
            return book.writer.create(cls, id, values, birth).id


def _values(cls: type[Record], at: int, made: Ids) -> dict[str, Any]:
    turn = cycle((*TEXTS[at:], *TEXTS[:at]))
    found = {}
    for name, spec in cls.specs().items():
        if spec.computed or spec.by_move or spec.target == cls.kind.name:
            continue
        pool = made.get(spec.target or "fix", [""])
        if spec.kind in ("line", "prose"):
            text = next(turn)
            found[name] = text if spec.kind == "prose" else line(text, spec.max)
        elif spec.kind == "link":
            found[name] = pool[0 if name == cls.kind.parent else at % len(pool)]
        elif spec.kind == "persons":
            found[name] = pool[0]  # a file has names: some of the others hold what ends one
        elif spec.kind != "choice" or spec.known:  # a list of tables may be empty still
            found[name] = _plain(spec, at)
    return found


def _plain(spec: Spec, at: int) -> Any:
    """A value that is no text."""
    day = FIRST - timedelta(days=7 * at)
    values = {"day": day.isoformat(), "week": week_of(day), "flag": bool(at % 2), "count": 1}
    values |= {"quarter": quarter_of(day), "money": f"CNY {at}.5", "persons": f"{at:036x}"}
    values |= {"number": "0", "moment": 1_790_000_000_000, "file": f"{at:064x}"}
    return spec.known[at % len(spec.known)].name if spec.known else values[spec.kind]


def _lives(book: Book, made: Ids) -> None:
    """Comments, reasons, values that stand beside each other, and a template in use."""
    fix = book.get(made["fix"][0])
    for text in TEXTS[:6]:
        book.edit(fix.id, {"correction": text, "place": line(text)}, seen=fix.dots)
    book.move(made["fix"][1], "escalate", ESCALATED, comment=FULL)
    for move in ("fix", "verify"):  # what holds a milestone is not voided
        book.move(made["fix"][2], move)
    book.void(made["fix"][2], FULL)
    book.move(made["fix"][3], "fix")
    book.move(made["template"][0], "publish")
    new_revision(book, book.get(made["template"][0]))


def _draft(home: Path, made: Ids) -> None:
    """A draft of the first fix, and one of a type that nobody knows."""
    texts = dict(zip(("phenomenon", "place", "cause", "nothing"), TEXTS[10:], strict=False))
    Drafts(home).keep(FormDraft(key=made["fix"][0], type="fix", texts=texts, record=made["fix"][0]))
    for text in TEXTS:
        key = f"new:{text}"
        Drafts(home).keep(FormDraft(key=key, type=text[:50], values={"x": text}, left=True))
