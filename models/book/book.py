"""The book: the one door for writes.

A write checks rights, what the move needs and the schema, saves the rows, and appends to the
change log in the same transaction. No screen, command or import writes around it. What a record
needs binds at its moves, not at its creation: a half-known fix can be noted now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from models.book import permissions
from models.book.change_log import ChangeLog, Dot
from models.book.people import People
from models.book.permissions import Chance
from models.book.record_writer import Creation, RecordWriter, value_of
from models.calendar.business_dates import DEFAULT_ZONE, business_day
from models.schema.natural_keys import key_id, space_of
from models.schema.record import Kind, Move, Record, kinds
from models.schema.versions import FieldVersions
from models.storage import rows
from models.storage.store import Store
from models.text.words import Refused, W, several

UNKNOWN_TYPE = W(
    "没有“{type}”这种记录。可用：{known}。", "There is no record type “{type}”. Known: {known}."
)
UNKNOWN_FIELD = W(
    "{type}没有字段“{field}”。可用：{known}。", "{type} has no field “{field}”. Known: {known}."
)
UNKNOWN_MOVE = W(
    "{type}没有操作“{move}”。可用：{known}。", "{type} has no move “{move}”. Known: {known}."
)
NOT_FOUND = W("没有找到“{id}”。请核对编号。", "“{id}” was not found. Check the number.")
NO_PROJECT = W(
    "{type}须属于一个项目。请先选择项目。", "A {type} belongs to a project. Choose a project first."
)
NEEDED = W("“{move}”还需要填写：{fields}。", "“{move}” still needs: {fields}.")
REQUIRED = W("{type}需要填写：{fields}。", "A {type} needs: {fields}.")
NEEDS_COMMENT = W("“{move}”需要写明理由。", "“{move}” needs a reason.")
BAD_REF = W(
    "ref 须为 1 到 200 个可显示的字，首尾没有空格。请换一个。",
    "A ref has 1 to 200 printable characters and no blanks around them. Choose another.",
)
COMMENT = W("说明", "Comment")
REASON = W("理由", "Reason")
NEEDS_REASON = W("作废需要写明理由。", "Voiding needs a reason.")
AT_BIRTH = W(
    "“{field}”在新建时确定，之后不能改。请撤回或作废这一条，另建一条。",
    "“{field}” is settled when the record is made. Withdraw or void this one and make another.",
)
BY_MOVE = W("“{field}”只能通过操作填写。", "“{field}” is filled by a move only.")
SAME_REF = W(
    "ref“{ref}”已用于内容不同的 {number}。",
    "The ref “{ref}” is already used by {number} with other content.",
)
EXISTS = W("已有相同的{type}：{number}。", "The same {type} exists already: {number}.")


class Book:
    """One person's book on one device: reads records, and writes them through the journal.

    `saved` holds callables told after each durable commit which (type, id) were touched; `zone`
    is the workspace's time zone, by which a rule knows the ISO week of an instant.
    """

    def __init__(self, store: Store, journal: ChangeLog, people: People, me: str) -> None:
        self.store = store
        self.journal = journal
        self.people = people
        self.me = me
        self.saved: list[Callable[[set[tuple[str, str]]], None]] = []
        self.zone = DEFAULT_ZONE
        self.ledger = RecordWriter(store, journal, people)
        self._depth = 0

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Several saves in one transaction, acknowledged together when the block ends."""
        outer = self._depth == 0
        with self.store.write():
            if outer:
                self.ledger.begin()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
        if outer:
            touched = set(self.ledger.touched)
            for tell in self.saved:
                tell(touched)

    @property
    def today(self) -> date:
        """The business day here."""
        return business_day(self.journal.now(), self.zone)

    # -- reading ---------------------------------------------------------------------------

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

    def chances(self, record: Record) -> list[Chance]:
        """Every move of the record's kind with whether this person may make it now."""
        last = self.submitter(record)
        moves = (move for move in record.kind.moves if not move.hidden)
        return [Chance(move, self.why_not(record, move, last)) for move in moves]

    def why_not(
        self, record: Record, move: Move, last: Collection[str] | None = None
    ) -> Refused | None:
        """Why this person may not make a move now, or None; `last` is the known submitter."""
        from models.records.problems import concession_hold

        last = self.submitter(record) if last is None else last
        refused = permissions.moving(self.people, self.me, record, move, last)
        return refused or concession_hold.barring(self.store, record, move.to)

    def submitter(self, record: Record) -> frozenset[str]:
        """Who brought the record into its present state; nobody when it was created in it.

        Several people, when they did so without knowing of each other.
        """
        sql = "SELECT author, move FROM transition WHERE record=? AND device=? AND seq=?"
        dots = self.ledger.base_of(("state",), record.dots)["state"]
        found = [row for dot in dots if (row := self.store.row(sql, (record.id, *dot)))]
        if any(move == permissions.RESOLVE for _, move in found):
            from models.book import conflict_resolution

            return conflict_resolution.submitters(self, record)
        return frozenset(str(author) for author, _ in found)

    # -- writing ---------------------------------------------------------------------------

    def add(
        self,
        type: str,
        values: Mapping[str, Any],
        *,
        project: str | None = None,
        ref: str | None = None,
        occurred: int | None = None,
        state: str | None = None,
    ) -> Record:
        """Create a record and return it once it is durable.

        The same `ref` with the same content is acknowledged again; with other content it is
        refused. `state` is for the first-state choice of rules and imports only.
        """
        cls = self.cls(type)
        clean = self._clean(cls, values)
        if ref is not None and not (ref.isprintable() and 1 <= len(ref.strip()) == len(ref) <= 200):
            raise Refused(BAD_REF)
        space, project = self._place(cls, clean, project)
        again = self._again(cls, ref, clean)
        if again is not None:
            return again
        refused = permissions.writing(self.people, self.me, cls.kind, project)
        if refused is not None:
            raise refused
        from models.book import rules

        clean |= rules.given(self, cls, clean, project)
        absent = [n for n, s in cls.specs().items() if s.required and clean.get(n) is None]
        if absent:
            raise Refused(REQUIRED, type=cls.kind.label, fields=_labels(cls, absent))
        with self.saving():
            rules.before_add(self, cls, clean)
            birth = Creation(
                space=space,
                project=project,
                author=self.me,
                ref=ref,
                occurred=occurred,
                state=state,
            )
            made = self.ledger.create(cls, self._id(cls.kind, birth, clean), clean, birth)
            acted = rules.after_add(self, made)
        return self.get(made.id) if acted else made

    def ensure(self, type: str, values: Mapping[str, Any], *, project: str | None = None) -> Record:
        """The record with this natural key: the existing one, or a new one."""
        cls = self.cls(type)
        space, project = self._place(cls, values, project)
        found = rows.one(self.store, cls, self._key_id(cls.kind, space, project, values))
        return found if found is not None else self.add(type, values, project=project)

    def edit(self, id: str, values: Mapping[str, Any], seen: str | None = None) -> Record:
        """Change fields of a record.

        `seen` is the record's `dots` when the form was opened: a value that another device set
        since then is kept beside this one, never overwritten. Raises `Refused` when the state,
        the rights or a value forbid it.
        """
        record = self.get(id)
        cls = type(record)
        clean = self._clean(cls, values)
        refused = permissions.editing(self.people, self.me, record)
        if refused is not None:
            raise refused
        for name, spec in cls.specs().items():
            if spec.at_birth and name in clean and clean[name] != getattr(record, name):
                raise Refused(AT_BIRTH, field=spec.label)
        from models.book import rules

        with self.saving():
            rules.before_edit(self, record, clean)
            changed = self._registers(record, clean, seen)
            if changed:
                self._write(record, changed, seen)
        return self.get(record.id)

    def move(
        self,
        id: str,
        move: str,
        values: Mapping[str, Any] | None = None,
        *,
        comment: str = "",
        seen: str | None = None,
        by_rule: bool = False,
    ) -> Record:
        """Make a move: check who, from where, what it needs; one change carries all of it."""
        from models.book import rules

        record = self.get(id)
        chosen = record.kind.by_move.get(move)
        if chosen is None:
            known = ", ".join(m.id for m in record.kind.moves if not m.hidden)
            raise Refused(UNKNOWN_MOVE, type=record.kind.label, move=move, known=known)
        if chosen.hidden and not by_rule:
            raise Refused(permissions.BY_RULE, move=chosen.label)
        last = self.submitter(record)
        refused = self.why_not(record, chosen, last)
        if refused is not None and not by_rule:
            raise refused
        clean = self._clean(type(record), values or {}, by_move=True)
        clean = {**clean, **self._fills(record, chosen, clean)}
        rules.proven(self, record, chosen, clean)
        self._ready(record, chosen, clean, comment)
        with self.saving():
            if rules.before_move(self, record, chosen):
                record = self.get(record.id)
            self._make(record, chosen, clean, comment, seen, last)
            rules.after_move(self, self.get(record.id), chosen)
        return self.get(record.id)

    def imported(
        self, id: str, state: str, values: Mapping[str, Any] | None = None, *, source: str = ""
    ) -> Record:
        """Give a record just brought in the state it had elsewhere: one move, marked 'import'.

        `source` (a file's name) stands as its comment. Fields that only moves fill may come with
        it. Raises `Refused` when no move that this person may make leads to that state, or when
        the record has moved since its creation.
        """
        record = self.get(id)
        fresh = self._fresh(record)
        refused = permissions.importing(self.people, self.me, record, state, fresh=fresh)
        if refused is not None:
            raise refused
        clean = self._clean(type(record), values or {}, by_move=True)
        from models.book import rules

        with self.saving():
            rules.before_import(self, record, state)
            move = permissions.import_move(record, state)
            self._make(record, move, clean, source, None, {record.author})
        return self.get(record.id)

    def twin(
        self, type: str, values: Mapping[str, Any], *, project: str | None = None
    ) -> Record | None:
        """The record that has the same natural key as these values, if there is one."""
        cls = self.cls(type)
        if not cls.kind.key:
            return None
        space, project = self._place(cls, values, project)
        return rows.one(self.store, cls, self._key_id(cls.kind, space, project, values))

    def void(self, id: str, reason: str) -> Record:
        """Take a record out of use with a reason; it stays readable and can be restored."""
        from models.schema import validation

        if not reason.strip():
            raise Refused(NEEDS_REASON)
        validation.words(reason, REASON)
        record = self.get(id)
        refused = permissions.voiding(self.people, self.me, record)
        if record.void is not None:
            refused = Refused(permissions.VOIDED, number=record.number)
        if refused is not None:
            raise refused
        from models.book import rules

        with self.saving():
            rules.before_void(self, record)
            self._write(record, {"void": reason})
        return self.get(record.id)

    def restore(self, id: str) -> Record:
        """Bring a void record back."""
        record = self.get(id)
        if record.void is None:
            return record
        refused = permissions.voiding(self.people, self.me, record)
        if refused is not None:
            raise refused
        with self.saving():
            self._write(record, {"void": None})
        return self.get(record.id)

    def resolve(
        self,
        id: str,
        register: str,
        *,
        keep: Dot | None = None,
        value: Any = None,
        note: str = "",
        seen: Sequence[Dot] = (),
    ) -> Record:
        """Settle a conflict: keep one version, or write another value."""
        from models.book import conflict_resolution

        return conflict_resolution.resolve(
            self, id, register, keep=keep, value=value, note=note, seen=seen
        )

    # -- the steps of a write ------------------------------------------------------------

    def _clean(
        self, cls: type[Record], values: Mapping[str, Any], *, by_move: bool = False
    ) -> dict[str, Any]:
        from models.schema import validation

        specs = cls.specs()
        for name in values:
            if name not in specs:
                raise Refused(
                    UNKNOWN_FIELD, type=cls.kind.label, field=name, known=", ".join(specs)
                )
            if specs[name].by_move and not by_move:
                raise Refused(BY_MOVE, field=specs[name].label)
        return validation.check(cls, values)

    def _place(
        self, cls: type[Record], values: Mapping[str, Any], project: str | None
    ) -> tuple[str, str | None]:
        """The space and project of a new record; rows and notes follow what they belong to."""
        kind = cls.kind
        parent = values.get(kind.parent) if kind.parent else None
        if parent:
            above = self.get(str(parent))
            project = above.id if above.type == "project" else above.project
            if kind.space == "parent":
                return self.space_of(above), project
        if kind.project == "required" and not project:
            raise Refused(NO_PROJECT, type=kind.label)
        if kind.project == "none":
            project = None
        return space_of(kind, project), project

    def space_of(self, record: Record) -> str:
        """The space a record is logged in; it never changes."""
        if record.kind.space == "parent":  # what it says it belongs to may be nothing, or itself
            idx, seq = FieldVersions(record.dots).default
            logged = self.journal.space_of(record.id, self.people.device_of(idx), seq)
            if logged is not None:
                return logged
        return space_of(record.kind, record.project)

    def _again(self, cls: type[Record], ref: str | None, clean: Mapping[str, Any]) -> Record | None:
        if ref is None:
            return None
        found = rows.of_ref(self.store, cls, ref)
        for one in found:
            if all(getattr(one, name) == value for name, value in clean.items()):
                return one
        if found:
            raise Refused(SAME_REF, ref=ref, number=found[0].number)
        return None

    def _key_id(
        self, kind: Kind, space: str, project: str | None, values: Mapping[str, Any]
    ) -> str:
        return key_id(kind, space, project, self.me, values)

    def _registers(
        self, record: Record, clean: Mapping[str, Any], seen: str | None
    ) -> dict[str, Any]:
        """The registers an edit writes: what differs, or was typed over an older view."""
        cls = type(record)
        now, then = FieldVersions(record.dots), FieldVersions(seen or record.dots)
        by_field = cls.register_of()
        changed: dict[str, Any] = {}
        for name, value in clean.items():
            register = by_field[name]
            if getattr(record, name) != value or now.of(register) != then.of(register):
                changed[register] = None
        have = {**record.values(), **clean}
        for register in changed:
            changed[register] = value_of(cls, register, have)
        return changed

    def _fills(self, record: Record, move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
        filled: dict[str, Any] = {}
        sources = {"now": self.journal.now(), "me": self.me}
        for name, what in move.fills.items():
            if what == "attached":
                from models.queries import links

                filled[name] = given.get(name) or links.newest_file(self.store, record.id)
                continue
            if what.endswith("?") and given.get(name) is not None:
                continue
            there = getattr(record, name) is not None
            if there and what.endswith("?") and not self._spent(record, move, name):
                continue
            what = what.removesuffix("?")
            filled[name] = what[1:] if what.startswith("=") else sources[what]
        return filled

    def _spent(self, record: Record, move: Move, name: str) -> bool:
        """Whether a value stood there when this move was last made: it tells of that time."""
        space, at_of = self.space_of(record), self.journal.at_of
        sql = "SELECT device, seq FROM transition WHERE record=? AND move=?"
        made = [at_of(space, *row) for row in self.store.rows(sql, (record.id, move.id))]
        register = type(record).register_of()[name]
        dots = self.ledger.base_of((register,), record.dots)[register]
        return bool(made) and max(made) >= max(at_of(space, *dot) for dot in dots)

    def _ready(self, record: Record, move: Move, values: Mapping[str, Any], comment: str) -> None:
        from models.schema import validation

        absent = permissions.missing(record, move, values)
        if absent:
            raise Refused(NEEDED, move=move.label, fields=_labels(type(record), absent))
        if move.requires_comment and not comment.strip():
            raise Refused(NEEDS_COMMENT, move=move.label)
        validation.words(comment, COMMENT)

    def is_new(self, record: Record) -> bool:
        """Whether the record was created in the transaction that is open now."""
        now = self.ledger.transaction(self.space_of(record))
        births = (entry for entry in self.journal.history(record.id) if entry.header is not None)
        own = self.journal.device
        return any((entry.device, entry.tx) == (own, now) for entry in births)

    def _fresh(self, record: Record) -> bool:
        """Whether the state is the one of its creation, or given in the same transaction."""
        history = list(self.journal.history(record.id))
        born = {(entry.device, entry.tx) for entry in history if entry.header is not None}
        dots = self.ledger.base_of(("state",), record.dots)["state"]
        moved = [entry for entry in history if (entry.device, entry.seq) in dots]
        return all((entry.device, entry.tx) in born for entry in moved)

    def _id(self, kind: Kind, birth: Creation, clean: Mapping[str, Any]) -> str:
        if not kind.key:
            return _new_id()
        id = self._key_id(kind, birth.space, birth.project, clean)
        before = rows.one(self.store, kinds[kind.name], id)
        if before is not None:
            raise Refused(EXISTS, type=kind.label, number=before.number)
        return id

    def _write(
        self,
        record: Record,
        registers: Mapping[str, Any],
        seen: str | None = None,
        move: Mapping[str, Any] | None = None,
    ) -> int:
        space = self.space_of(record)
        return self.ledger.write(record, space, registers, seen or record.dots, move)

    def _make(
        self,
        record: Record,
        move: Move,
        values: Mapping[str, Any],
        comment: str,
        seen: str | None,
        last: Collection[str],
    ) -> None:
        payload: dict[str, Any] = {
            "move": move.id,
            "from": record.state,
            "to": move.to,
            "role": permissions.role_used(self.people, self.me, record, move),
            "members": self.store.meta("members") or 1,
        }
        if comment:
            payload["comment"] = comment
        if move.four_eyes:
            payload["saw"] = self.ledger.base_of(type(record).registers(), record.dots)
            if permissions.own_work(self.me, record, move, last):
                payload["alone"] = True
        registers = {**self._registers(record, values, seen), "state": move.to}
        seq = self._write(record, registers, seen, payload)
        self.ledger.passed(record, payload, self.me, seq)


def _new_id() -> str:
    from uuid_utils import uuid7

    return str(uuid7())


def _labels(cls: type[Record], names: Sequence[str]) -> str:
    return several(cls.specs()[name].label for name in names)
