"""Duplicate rounds: one round that was filled in twice, by people who did not know of each other.

Under one version of a template both have the same sheet, and their answers are merged: that is
told. Under two versions of it they are two sheets: one of them is kept, the others are taken out of
use with a reason that names it, so that nothing is lost. Clause: 5.1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from models.derived import revisions
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

BACK = timedelta(days=60)
"""How long ago a round may be to be brought to mind."""
TWIN = W("与 {number} 是同一轮，已保留那一份", "the same round as {number}, which was kept")
ALONE = W(
    "{number} 没有重复：这一轮只有这一份检查表。",
    "{number} is no duplicate: it is the only checklist of its round.",
)


class _Lines:
    """The first version of each template, by which two versions are the same one."""

    def __init__(self, store: Store) -> None:
        self._versions = revisions.versions(store, Template.kind.name)
        self._store = store
        self._known: dict[str, str] = {}

    def of(self, template: str) -> str:
        """The id that all versions of a template share."""
        if template not in self._known:
            found = rows.one(self._store, Template, template)
            line = self._versions.line(found) if found is not None else ()
            self._known[template] = line[-1].id if line else template
        return self._known[template]


def twins(store: Store, sheet: Record) -> list[Sheet]:
    """The other sheets in use of the same round, the first one first."""
    mine = sheet.values()
    if sheet.void is not None:
        return []
    where = "WHERE project=? AND day=? AND round=? AND void IS NULL AND id<>? ORDER BY n, id"
    params = (sheet.project, mine["day"], mine["round"], sheet.id)
    found = rows.fetch(store, Sheet, where, params)
    if not found:
        return []
    lines = _Lines(store)
    first = lines.of(str(mine["template"]))
    return [one for one in found if lines.of(str(one.template)) == first]


def duplicates(book: Book, projects: Sequence[str]) -> Iterator[Sheet]:
    """A sheet of each round of these projects that has several, of the last weeks: the oldest."""
    lines, seen = _Lines(book.store), dict[tuple[object, ...], str]()
    told = set[tuple[object, ...]]()
    where = (
        f"SELECT id, project, template, day, round FROM sheet WHERE project IN ({places(projects)})"
        " AND day>=? AND void IS NULL ORDER BY n, id"
    )
    since = (book.today - BACK).isoformat()
    for id, project, template, day, round in book.store.rows(where, (*projects, since)):
        key = (project, lines.of(str(template)), day, round)
        first = seen.setdefault(key, str(id))
        if first != id and key not in told:
            told.add(key)
            found = rows.one(book.store, Sheet, first)
            if found is not None:
                yield found


def keep(book: Book, id: str) -> list[Sheet]:
    """Keep this sheet of its round and take the others out of use; returns these.

    Their answers stay readable, and each can be restored. Raises `Refused` where there is no other
    one, or where one may not be taken out of use, as one that was submitted; then none is.
    """
    kept = book.get(id)
    others = twins(book.store, kept)
    if not others:
        raise Refused(ALONE, number=kept.number)
    with book.saving():
        for one in others:
            book.void(one.id, say(TWIN, number=kept.number))
    return others


def beginners(book: Book, sheet: Record) -> list[str]:
    """The people who began this very sheet, each without knowing of the others."""
    sql = "SELECT count(DISTINCT idx) FROM change WHERE record=?"
    (devices,) = book.store.row(sql, (sheet.id,)) or (0,)
    if devices < 2:
        return []
    births = [one for one in book.change_log.history(sheet.id) if one.header is not None]
    people = (book.people.person_of(one.device) for one in births)
    found = list(dict.fromkeys(one for one in people if one))
    return found if len(found) > 1 else []
