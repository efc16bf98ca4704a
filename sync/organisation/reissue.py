"""Reissue: the records of a book begun alone, brought into the organisation that it joins.

They keep their ids and times; their author is the person as the organisation knows them, and
their numbers are the new device's. A state that this person may bring comes as one marked move;
what was decided alone is evidence only, told in a note. The old book is kept aside whole.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.book import permissions
from models.book.book import Book
from models.book.writing.creation import opened, placement
from models.book.writing.record_writer import Creation
from models.schema.link_order import link_order
from models.schema.natural_keys import key_id
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.atomic_file import create, make_folder, sync_folder
from models.storage.store import Store
from models.text.lists import list_of, names_of
from models.text.words import Lang, Refused, W, language, say
from sync.apply.open_book import open_book
from sync.organisation.join_files import JoinReply
from sync.workspace import rollback_guard
from sync.workspace.setup import abandon, build, settle
from sync.workspace.workspace import DATABASE, Workspace

WAS = W(
    "原为单人建立的现场簿中的 {number}，状态“{state}”。",
    "Was {number} in a book begun alone, in the state “{state}”.",
)
STEP = W(
    "当时的步骤（仅供参考）：{when} {move} → {state} {comment}",
    "A step there (evidence only): {when} {move} → {state} {comment}",
)
FROM = W("单人建立的现场簿", "a book begun alone")
IN_USE = W(
    "现场簿 {path} 正打开着。请先退出应用，再加入。",
    "The sitebook in {path} is open. Leave the app first, then join.",
)


@dataclass
class Preview:
    """What would come, and what would stay in the old book, by type."""

    brought: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    why: dict[str, Refused] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Old id -> new id, of the person and of every record brought."""


@dataclass
class Old:
    """A book begun alone, as it is read for this."""

    store: Store
    me: str
    """Its person."""

    def records(self) -> Iterator[Record]:
        """Every record, those that links name first: their ids may become other ones."""
        for name in link_order():
            yield from rows.fetch(self.store, kinds[name], "ORDER BY n")

    def steps(self, id: str) -> list[tuple[int, str, str, str]]:
        """The moves of a record: (at, move, state, comment)."""
        sql = (
            "SELECT at, move, state, COALESCE(comment, '') FROM transition"
            " WHERE record=? ORDER BY n"
        )
        return [(int(at), str(m), str(s), str(c)) for at, m, s, c in self.store.rows(sql, (id,))]


def only_project(reply: JoinReply) -> str | None:
    """The one project on which the reply gives this person a role."""
    log = reply.membership
    where = {project for person, _, project in log.grants() if person == reply.person}
    return where.pop() if len(where) == 1 and "*" not in where else None


def bring(
    home: Path, reply: JoinReply, into: str | None = None, lang: Lang | None = None
) -> Preview:
    """Replace the book begun alone by one of the organisation, with its records in it.

    `into` is a project's id for the working records of those projects that this person may not
    bring. Built aside and put in place whole; the old database is kept in `before-joining-…`.
    """
    _unused(home)
    aside = _kept(home)
    with suppress(OSError):
        (home / rollback_guard.FILE).unlink(missing_ok=True)  # its numbers belong to the old chains
    store = Store(aside / DATABASE)
    try:
        with build(home, reply.membership, lang or language.now) as fresh:
            told = carry(_old(store), fresh, into)
            chosen = fresh.settings.project
            fresh.change(fresh.settings.but(project=told.ids.get(chosen, "")))
        settle(home)
    finally:
        store.close()
    return told


def preview(home: Path, reply: JoinReply, into: str | None = None) -> Preview:
    """What `bring` would do; nothing is changed."""
    store = Store(home / DATABASE)
    try:
        with build(home, reply.membership, language.now) as fresh:
            told = carry(_old(store), fresh, into)
    finally:
        store.close()
    abandon(home)
    return told


def carry(old: Old, fresh: Workspace, into: str | None) -> Preview:
    """Re-issue every record that this person may write."""
    told = Preview(ids={old.me: fresh.book.me})
    for record in old.records():
        try:
            with fresh.book.saving():
                made = _one(old, fresh.book, record, told.ids, into)
        except Refused as why:
            told.left[record.type] += 1
            told.why.setdefault(record.type, why)
        else:
            told.brought[record.type] += made
    told.brought = +told.brought
    return told


def _one(old: Old, book: Book, record: Record, ids: dict[str, str], into: str | None) -> bool:
    """Bring one record; False for a project in whose place there is one already."""
    cls, kind = type(record), record.kind
    values = {name: _mapped(cls, name, it, ids) for name, it in record.values().items()}
    project = ids.get(record.project or "", record.project)
    if record.type == "project" and permissions.writing(book.people, book.me, kind, None) and into:
        ids[record.id] = into
        return False
    space, project = placement(book.reader, cls, values, project)
    refused = permissions.writing(book.people, book.me, kind, project)
    if refused is not None:
        raise refused
    later = {name for name, spec in cls.specs().items() if spec.by_move}
    plain = {name: it for name, it in values.items() if name not in later and it is not None}
    refused = permissions.naming(book.people, book.me, kind, project, book.me, plain)
    if refused is not None:
        raise refused
    id = key_id(kind, space, project, book.me, values) if kind.key else record.id
    birth = Creation(
        space=space, project=project, author=book.me, ref=record.ref,
        occurred=record.occurred, recorded=record.recorded,
    )  # fmt: skip
    made = book.writer.create(cls, id, plain, opened(kind, birth, id))
    ids[record.id] = made.id
    _state(book, made, record, {name: values[name] for name in later if values.get(name)})
    _evidence(old, book, made, record)
    if record.void is not None:
        book.void(made.id, record.void)
    return True


def _state(book: Book, made: Record, was: Record, values: Mapping[str, Any]) -> None:
    """The state it had, where this person may bring one; else it begins anew."""
    if was.state != made.state:
        with suppress(Refused):
            book.imported(made.id, was.state, values, source=str(FROM))


def _evidence(old: Old, book: Book, made: Record, was: Record) -> None:
    steps = old.steps(was.id)
    if made.type in ("note", "attachment") or not steps:
        return
    lines = [say(WAS, number=was.number, state=was.kind.state(was.state).label)]
    for at, move, state, comment in steps:
        when = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%MZ")
        lines.append(say(STEP, when=when, move=move, state=state, comment=comment).rstrip())
    book.add("note", {"about": made.id, "text": "\n".join(lines)})


def _mapped(cls: type[Record], name: str, value: Any, ids: Mapping[str, str]) -> Any:
    spec = cls.specs()[name]
    if spec.several and spec.target:
        return list_of(ids.get(id, id) for id in names_of(value))
    return ids.get(value, value) if spec.kind in ("link", "person") and value else value


def _old(store: Store) -> Old:
    found = store.row(
        "SELECT person FROM device WHERE id=(SELECT value FROM meta WHERE key='device')"
    )
    return Old(store, str(found[0]) if found else "")


def _unused(home: Path) -> None:
    """Refuse while another process has the book open."""
    open_book(home).close()
    try:
        with closing(sqlite3.connect(home / DATABASE, timeout=0.5, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")
    except sqlite3.OperationalError:
        raise Refused(IN_USE, path=home) from None


def _kept(home: Path) -> Path:
    """The old database, whole, in a folder of its own."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    folder, more = home / f"before-joining-{stamp}", 2
    while folder.exists():
        folder, more = home / f"before-joining-{stamp}-{more}", more + 1
    make_folder(folder)
    create(folder / DATABASE).close()
    with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as db:
        db.execute("VACUUM INTO ?", (str(folder / DATABASE),))
    sync_folder(folder)
    return folder
