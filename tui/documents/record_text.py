"""Values of records as text of a document: cleaned, whole and in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.approval import acknowledgements, approvals
from models.book.derived_state import StateView
from models.book.log import transitions
from models.calendar import business_dates
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.schema.record import Record, kinds
from models.schema.roles import ROLES
from models.storage import blobs, rows
from models.text.words import W, say, several
from sync.log import membership_store
from tui.display.terminal_text import show
from tui.display.values import Values, named, sized
from tui.display.views import clock_text

if TYPE_CHECKING:
    from models.book.book import Book
    from sync.workspace.workspace import Workspace

YES, NO = W("是", "yes"), W("否", "no")
AWAY = W("（文件未到本机）", "(file not on this device)")
ALONE = W("无第二人", "no second person")
NOT_NOTED = W("尚未知悉", "not yet")
VOIDED = W("已作废：{reason}", "void: {reason}")
CHANGED = W("批准后改过：{fields}", "approved, then changed: {fields}")
SUM = 16

Row = dict[str, str]


class RecordText:
    """Reads one book for a document; nothing is written."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.book: Book = workspace.book
        self.store = workspace.store
        self.values = Values(workspace)
        self.zone = workspace.settings.zone
        self.calendar = calendar_years.calendar(self.book)
        self._look = StateView(self.store)
        self.tell: Callable[[float], None] = lambda _share: None
        """Called with the share of a long gathering that is done, 0 to 1."""

    def text(self, record: Record | None, name: str) -> str:
        """A field as people read it; '' where there is none."""
        if record is None:
            return ""
        return clean(self.values.say(type(record).specs()[name], getattr(record, name)))

    def texts(self, record: Record | None, cls: type[Record], *names: str) -> Row:
        """Several fields by name."""
        return {name: self.text(record, name) if record else "" for name in names or cls.specs()}

    def moment(self, ms: int | None) -> str:
        """An instant to the minute."""
        return self.values.moment(ms) if ms is not None else ""

    def day(self, ms: int) -> str:
        """The day of an instant."""
        return business_dates.business_day(ms, self.zone).isoformat()

    def person(self, id: str | None) -> str:
        """A person's name."""
        return clean(self.values.person(id))

    def named(self, id: str | None) -> str:
        """Number and title of a linked record."""
        record = self.book.find(id) if id else None
        if record is None:
            return ""
        title = clean(named(record, self.values))
        return record.number if title == record.number else f"{record.number} {title}"

    def state(self, record: Record) -> str:
        """The word of a record's state, and whether it is void or changed since approval."""
        parts = [str(self._look.state(record).label)]
        if record.void is not None:
            parts.append(say(VOIDED, reason=clean(record.void)))
        changed = approvals.changed_since(self.store, record)
        if changed:
            places = (clean(str(place)) for place in approvals.place_names(self.store, changed))
            parts.append(say(CHANGED, fields=several(places)))
        return "\n".join(parts)

    def project(self, id: str | None) -> Project | None:
        """A project's record."""
        return rows.one(self.store, Project, id) if id else None

    @cached_property
    def organisation(self) -> str:
        """The company's name, as its membership log has it."""
        return clean(membership_store.load(self.store.db).name)

    def moves(self, record: Record) -> list[Row]:
        """What was done with a record: who, when, into which state, with which words; then who
        acknowledged it."""
        kind, found = record.kind, []
        for move in transitions.made_by(self.store, record.id):
            who = self.person(move.author)
            found.append(
                {
                    "at": self.marked(record, move.device, move.seq, move.at),
                    "by": f"{who} ({ALONE})" if move.alone else who,
                    "move": str(permissions.label_of(kind, move.move)),
                    "state": str(kind.state(move.state).label),
                    "comment": clean(move.comment or ""),
                }
            )
        return found + self._acknowledged(record)

    def marked(self, record: Record, device: str, seq: int, at: int) -> str:
        """A time, with a mark where the device's clock was wrong when it wrote it."""
        mark = clock_text.mark(self.workspace, self.book.space_of(record), device, seq, at)
        return f"{self.moment(at)}\n({mark})" if mark else self.moment(at)

    def _acknowledged(self, record: Record) -> list[Row]:
        """Who acknowledged its present submission, and which roles have not."""
        people = self.workspace.people
        known = acknowledgements.standing(self.store, people, record)
        if known is None:
            return []
        done = [(self.moment(one.at), self.person(one.person), "") for one in known.by]
        open_ = [("", str(ROLES[role]), str(NOT_NOTED)) for role in known.missing]
        label, state = str(acknowledgements.LABEL), str(record.kind.state(record.state).label)
        return [
            {"at": at, "by": by, "move": label, "state": state, "comment": why}
            for at, by, why in (*done, *open_)
        ]

    def about(self, record: Record, type: str) -> list[Record]:
        """What was added to a record (notes, attachments), oldest first."""
        where = "WHERE about=? AND void IS NULL ORDER BY n"
        return rows.fetch(self.store, kinds[type], where, (record.id,))

    def notes(self, records: Sequence[Record]) -> list[Row]:
        """Notes of some records."""
        return [
            {
                "at": self.moment(note.occurred),
                "by": self.person(note.author),
                "text": clean(getattr(note, "text", "") or ""),
            }
            for record in records
            for note in self.about(record, "note")
        ]

    def attachments(self, records: Sequence[Record]) -> list[Row]:
        """Files of some records, with the beginning of their checksums."""
        found = []
        for record in records:
            for one in self.about(record, "attachment"):
                values: Mapping[str, Any] = one.values()
                sha = str(values["sha256"])
                here = blobs.place(self.workspace.home, sha).is_file()
                found.append(
                    {
                        "name": clean(one.title()) + ("" if here else f" {AWAY}"),
                        "size": sized(int(values["size"] or 0)),
                        "by": self.person(one.author),
                        "sum": sha[:SUM],
                    }
                )
        return found


def clean(text: str) -> str:
    """Text as a document holds it: what acts, hides or turns text is shown as a mark."""
    return show(str(text).replace("\r\n", "\n").replace("\r", "\n"))


def numbered(found: Sequence[Row]) -> list[Row]:
    """The same rows with their places, from 1."""
    return [{"no": str(place), **row} for place, row in enumerate(found, 1)]
