"""Record reader: what a write asks of the records that are there, and of their history."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from models.book import permissions
from models.book.approval import apart, writers
from models.book.conflict.conflict_rules import STATE, submitters
from models.book.log.change_log import ChangeLog, Dot, LoggedChange
from models.book.people import People
from models.book.writing.record_writer import RecordWriter
from models.schema.lifecycle import Move
from models.schema.natural_keys import space_of
from models.schema.record import UNKNOWN_TYPE, Record, kinds
from models.schema.versions import FieldVersions
from models.storage import rows
from models.storage.store import Store
from models.text.words import Refused, W

NOT_FOUND = W("没有找到“{id}”。请核对编号。", "“{id}” was not found. Check the number.")


class RecordReader:
    """Reads records by name, the space they are logged in, and who brought them where they are."""

    def __init__(
        self, store: Store, change_log: ChangeLog, people: People, writer: RecordWriter
    ) -> None:
        self.store = store
        self.change_log = change_log
        self.people = people
        self.writer = writer

    def cls(self, type: str) -> type[Record]:
        """The declaration of a type. Raises `Refused` for an unknown name."""
        found = kinds.get(type)
        if found is None:
            raise Refused(UNKNOWN_TYPE, type=type, known=", ".join(kinds))
        return found

    def find(self, name: str) -> Record | None:
        """A record by id, human number or `ref`."""
        type_ = rows.type_of(self.store, name)
        if type_ is not None:
            return rows.one(self.store, kinds[type_], name)
        for cls in kinds.values():
            found = rows.fetch(self.store, cls, "WHERE number=? OR ref=? LIMIT 1", (name, name))
            if found:
                return found[0]
        return None

    def get(self, name: str) -> Record:
        """A record by id, number or `ref`. Raises `Refused` when there is none."""
        found = self.find(name)
        if found is None:
            raise Refused(NOT_FOUND, id=name)
        return found

    def space_of(self, record: Record) -> str:
        """The space a record is logged in; it never changes."""
        # What it says it belongs to may be nothing, or itself.
        if record.kind.space == "parent" or record.kind.beside:
            idx, seq = FieldVersions(record.dots).default
            logged = self.change_log.space_of(record.id, self.people.device_of(idx), seq)
            if logged is not None:
                return logged
        return space_of(record.kind, record.project, record.id)

    def submitter(self, record: Record) -> frozenset[str]:
        """Who brought the record into its present state; empty when it was created in it.

        Several people, when they did so without knowing of each other. A decision over a
        conflict represents the moves that it chose.
        """
        sql = "SELECT author, move FROM transition WHERE record=? AND device=? AND seq=?"
        dots = self.writer.base_of((STATE,), record.dots)[STATE]
        found = [row for dot in dots if (row := self.store.row(sql, (record.id, *dot)))]
        if any(move in (permissions.RESOLVE, permissions.CONFIRM) for _, move in found):
            log = self.log_of(record)
            versions = [log[dot] for dot in dots if dot in log]
            return submitters(versions, lambda one: replaced(log, one), self.people.person_of)
        return frozenset(str(author) for author, _ in found)

    def writers_of(
        self, record: Record, registers: Iterable[str] = (), *, me: str = ""
    ) -> permissions.Writers:
        """Whose work a four-eyes move of the record would decide on: who wrote it, and who is to be
        kept apart. With the `registers` that the move writes itself, `me` is one of them where it
        brings along what it decides on.
        """

        def of(move: Move) -> Collection[str]:
            found: Collection[str] = writers.present(self.store, self.people, record, move)
            more = apart.people_apart(self, record, move) if move.apart_from else frozenset[str]()
            if registers and writers.brought_along(type(record), move, registers):
                more |= {me}
            return writers.joined(found, more) if more else found

        return of

    def written(self, row: str, dot: Dot) -> writers.WrittenVersion | None:
        """The change that wrote a version of a record, as far as it matters who did."""
        type = rows.type_of(self.store, row)
        for entry in self.change_log.history(row):
            if (entry.device, entry.seq) == dot and type is not None:
                voids = entry.fields.get("void") is not None
                held = frozenset(entry.fields or entry.base)
                return writers.WrittenVersion(type, entry.device, held, entry.base, voids)
        return None

    def log_of(self, record: Record) -> dict[Dot, LoggedChange]:
        """The changes of a record that are held, by their versions."""
        return {(entry.device, entry.seq): entry for entry in self.change_log.history(record.id)}

    def is_new(self, record: Record) -> bool:
        """Whether the record was created in the transaction that is open now."""
        now = self.writer.transaction(self.space_of(record))
        births = (entry for entry in self.change_log.history(record.id) if entry.header is not None)
        own = self.change_log.device
        return any((entry.device, entry.tx) == (own, now) for entry in births)

    def is_unmoved(self, record: Record) -> bool:
        """Whether the state is the one of its creation, or given in the same transaction."""
        history = list(self.change_log.history(record.id))
        born = {(entry.device, entry.tx) for entry in history if entry.header is not None}
        dots = self.writer.base_of((STATE,), record.dots)[STATE]
        moved = [entry for entry in history if (entry.device, entry.seq) in dots]
        return all((entry.device, entry.tx) in born for entry in moved)


def replaced(log: dict[Dot, LoggedChange], one: LoggedChange) -> list[LoggedChange]:
    """The changes whose state a change replaced, those that are held."""
    return [log[dot] for it in one.base.get(STATE, ()) if (dot := (it[0], it[1])) in log]
