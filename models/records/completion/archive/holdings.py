"""Holdings: which of the required documents a project has, which are missing or out of date.

Worked out from the records at every look. Restricted records are in none of it: no list names
their types. Clause: 6.1
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.approval import approvals
from models.book.derived_state import StateView
from models.calendar.business_dates import business_day, day_of, quarter_of, quarter_span
from models.records.common.issued_document import IssuedDocument
from models.records.completion.archive import required
from models.records.completion.archive.archive_item import NOT_NEEDED, ArchiveItem
from models.records.completion.archive.project_archive import ProjectArchive
from models.records.registers.project import Project
from models.schema.company_tables import RequiredPaper
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W, listed

if TYPE_CHECKING:
    from models.storage.store import Store

PRESENT, KEPT, NONE = "present", "kept", "none"
WAIVED, OUTDATED, OPEN, MISSING = "waived", "outdated", "open", "missing"
STANDINGS = {
    PRESENT: W("齐全", "present"),
    KEPT: W("已收存", "kept"),
    NONE: W("无此类记录", "none of them"),
    WAIVED: W("不需要", "not needed"),
    OUTDATED: W("已过时", "out of date"),
    OPEN: W("未办结", "not settled"),
    MISSING: W("缺少", "missing"),
}
LACKING = (OUTDATED, OPEN, MISSING)
"""In these standings something has to be done."""
CHANGED = W("批准后改过", "changed after its approval")
EXPIRED = W("已过有效期", "has expired")
NOT_ISSUED = W("未签发", "not issued")


class ArchiveEntry(NamedTuple):
    """One document of the list, as a project has it."""

    paper: RequiredPaper
    standing: str
    """A key of `STANDINGS`."""
    records: Sequence[Record] = ()
    """Those that count."""
    pending: Sequence[Record] = ()
    """Those that do not count yet, or are out of date."""
    periods: Sequence[str] = ()
    """The quarters for which there is none."""
    why: W = W("", "")
    """Why it is out of date."""
    item: ArchiveItem | None = None
    """The file that is kept, or why it is not needed."""

    @property
    def lacks(self) -> bool:
        """Whether something has to be done."""
        return self.standing in LACKING

    @property
    def first(self) -> Record | None:
        """The record in which something has to be done, else the newest that counts."""
        found = [*self.pending] if self.lacks else [*self.records[-1:], *self.pending]
        return next(iter(found), self.item)


class Holdings(NamedTuple):
    """The documents of a project."""

    project: Project
    archive: ProjectArchive | None
    entries: Sequence[ArchiveEntry]

    def lacking(self, before: str = "filing") -> list[ArchiveEntry]:
        """What is missing or out of date, of what has to be there before something."""
        return [one for one in self.entries if one.lacks and before in ("filing", one.paper.before)]


def archive_of(store: Store, project: str) -> ProjectArchive | None:
    """The archive of a project, if it was begun."""
    found = rows.fetch(store, ProjectArchive, "WHERE project=? AND void IS NULL", (project,))
    return found[0] if found else None


def holdings(store: Store, project: Project) -> Holdings:
    """What a project has of its documents now."""
    look = _Look(store, project)
    entries = [look.entry(one) for one in required.of_project(store, project.id)]
    return Holdings(project, look.archive, entries)


class _Look:
    """One look at a project."""

    def __init__(self, store: Store, project: Project) -> None:
        self.store, self.project = store, project
        self.states = StateView(store)
        self.today: date = store.today()
        self.archive = archive_of(store, project.id)

    @cached_property
    def _items(self) -> dict[str, ArchiveItem]:
        if self.archive is None:
            return {}
        where = "WHERE archive=? AND void IS NULL ORDER BY n"
        found = rows.fetch(self.store, ArchiveItem, where, (self.archive.id,))
        return {str(one.document): one for one in found}

    @cached_property
    def _with_files(self) -> set[str]:
        """The ids of the items with a file."""
        ids = json.dumps([one.id for one in self._items.values()])
        sql = (
            "SELECT DISTINCT about FROM attachment WHERE void IS NULL"
            " AND about IN (SELECT value FROM json_each(?))"
        )
        return {str(id) for (id,) in self.store.rows(sql, (ids,))}

    def entry(self, paper: RequiredPaper) -> ArchiveEntry:
        """How a document stands."""
        item = self._items.get(paper.code)
        if item is not None and item.state == NOT_NEEDED:
            return ArchiveEntry(paper, WAIVED, item=item)
        found = self._by_records(paper, item)
        there = item is not None and bool(item.place or item.id in self._with_files)
        if found.standing == MISSING and there:
            return found._replace(standing=KEPT)  # what is begun here is settled here
        return found

    def _by_records(self, paper: RequiredPaper, item: ArchiveItem | None) -> ArchiveEntry:
        if not paper.source:
            return ArchiveEntry(paper, MISSING, item=item)
        every = self._records(paper)
        good = [one for one in every if self._counts(paper, one)]
        open_ = [one for one in every if one not in good]
        if paper.how_many == "each":
            standing = OPEN if open_ else PRESENT if good else NONE
        else:
            standing = PRESENT if good else OPEN if open_ else MISSING
        periods = self._without(good) if paper.how_many == "quarter" else []
        if paper.how_many == "quarter":
            standing = MISSING if periods else PRESENT if good else NONE
        old = list(self._outdated(paper, good)) if standing == PRESENT else []
        if old:
            why = listed(dict.fromkeys(why for _, why in old))
            pending = [one for one, _ in old]
            return ArchiveEntry(paper, OUTDATED, good, pending, why=why, item=item)
        return ArchiveEntry(paper, standing, good, open_, periods, item=item)

    def _records(self, paper: RequiredPaper) -> list[Record]:
        """What there is of its type, versions that are replaced left out."""
        where = "WHERE project=? AND void IS NULL ORDER BY n"
        found: list[Any] = rows.fetch(self.store, kinds[paper.source], where, (self.project.id,))
        shown = ((one, self.states.state(one).name) for one in found)
        return [one for one, state in shown if state not in ("replaced", "parallel")]

    def _counts(self, paper: RequiredPaper, one: Record) -> bool:
        return not paper.states or one.state in paper.states

    def _without(self, good: Sequence[Any]) -> list[str]:
        """The quarters of the service that ended and of which there is no such record."""
        begins, ends = day_of(self.project.service_from), day_of(self.project.service_to)
        day = max(begins or date.min, business_day(self.project.recorded))
        there, found = {one.quarter for one in good}, list[str]()
        while day < self.today and (ends is None or day <= ends):
            quarter = quarter_of(day)
            last = quarter_span(quarter)[1]
            over = min(last, ends) if ends is not None else last
            if over < self.today and quarter not in there:
                found.append(quarter)
            day = last + timedelta(days=1)
        return found

    def _outdated(self, paper: RequiredPaper, good: Sequence[Any]) -> Iterator[tuple[Record, W]]:
        changed = approvals.changed_among(self.store, [one.id for one in good])
        newest = self._issued([one.id for one in good]) if paper.issued else {}
        for one in good:
            ends = getattr(one, "valid_to", None)
            if one.id in changed:
                yield one, CHANGED
            elif ends is not None and str(ends) < self.today.isoformat():
                ended = self.states.state(one).ended
                if not ended:
                    yield one, EXPIRED
            elif paper.issued and one.id not in newest:
                yield one, NOT_ISSUED

    def _issued(self, ids: Sequence[str]) -> dict[str, str]:
        """Record -> the newest version that was issued of it."""
        where = (
            "WHERE about IN (SELECT value FROM json_each(?)) AND void IS NULL ORDER BY version, n"
        )
        found = rows.fetch(self.store, IssuedDocument, where, (json.dumps(list(ids)),))
        return {str(one.about): one.id for one in found}
