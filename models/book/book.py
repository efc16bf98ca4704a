"""The book: the one door for writes.

A write checks rights, what the move needs and the schema, saves the rows, and appends to the
change log in the same transaction. No screen, command or import writes around it. What a record
needs binds at its moves, not at its creation: a half-known fix can be noted now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from models.book import derived_state, permissions, rules
from models.book.approval import acknowledgements, apart, approvals, confirmation, row_needs
from models.book.approval.settled import require_settled
from models.book.derived_state import StateView
from models.book.log.change_log import ChangeLog
from models.book.people import People
from models.book.permissions import Chance
from models.book.tables import decisions, vocabularies
from models.book.writing import creation, edits, move_conditions, moves
from models.book.writing.evidence import require_evidence
from models.book.writing.moves import Work
from models.book.writing.record_reader import RecordReader
from models.book.writing.record_writer import Creation, RecordWriter
from models.calendar.business_dates import DEFAULT_ZONE, business_day
from models.schema import validation
from models.schema.lifecycle import Move
from models.schema.natural_keys import key_id
from models.schema.record import Record
from models.storage import rows
from models.storage.store import Store
from models.text.words import Refused, W

REASON = W("理由", "Reason")
NEEDS_REASON = W("作废需要写明理由。", "Voiding needs a reason.")


class Book:
    """One person's book on one device: reads records, and writes them through the change log.

    `saved` holds callables that get the (type, id) written, after each durable commit; `zone`
    is the workspace's time zone, by which a rule knows the ISO week of an instant; `week_due` is
    the time of day at which a week's entry is due. `reach` gives, for each person, up to when
    their changes are here (ms UTC).
    """

    def __init__(self, store: Store, change_log: ChangeLog, people: People, me: str) -> None:
        self.store = store
        self.change_log = change_log
        self.people = people
        self.me = me
        self.saved: list[Callable[[set[tuple[str, str]]], None]] = []
        self.zone = DEFAULT_ZONE
        self.week_due = "12:00"
        self.reach: Callable[[], Mapping[str, int]] = dict
        store.today = lambda: self.today
        self.writer = RecordWriter(store, change_log, people)
        self.reader = RecordReader(store, change_log, people, self.writer)
        self.cls, self.find, self.get = self.reader.cls, self.reader.find, self.reader.get
        self.space_of, self.submitter = self.reader.space_of, self.reader.submitter
        self.writers = self.reader.writers_of
        self.is_new = self.reader.is_new
        self.brings = False
        """Whether what is added now was decided elsewhere (`bringing`)."""
        self._depth = 0

    @contextmanager
    def bringing(self, brings: bool = True) -> Iterator[None]:
        """What is added in this block comes with a state that it had elsewhere, as an import
        brings it: a rule about how such a record begins here does not bind."""
        before, self.brings = self.brings, brings
        try:
            yield
        finally:
            self.brings = before

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Several saves in one transaction, acknowledged together when the block ends."""
        outer = self._depth == 0
        with self.store.write():
            if outer:
                if self.change_log.follow():
                    self.people.go_on(self.change_log.device)
                self.writer.begin()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            if outer:
                approvals.recheck(self.store, self.change_log, self.writer.touched)
        if outer:
            touched = set(self.writer.touched)
            for tell in self.saved:
                tell(touched)

    @property
    def today(self) -> date:
        """The business day here."""
        return business_day(self.change_log.now(), self.zone)

    # -- what may be done ----------------------------------------------------------------------

    def chances(self, record: Record) -> list[Chance]:
        """Every move of the record's kind with whether this person may make it now."""
        last, states = self.submitter(record), StateView(self.store)
        shown = (move for move in record.kind.moves if not move.hidden)
        found = [Chance(move, self.why_not(record, move, last, states)) for move in shown]
        found += confirmation.chances(self.reader, self.me, record)
        return found + acknowledgements.chances(self.store, self.people, self.me, record)

    def chance(self, record: Record, move: str) -> Chance:
        """One of them, by the move's id. Raises `Refused` for a move that there is not now."""
        for chance in self.chances(record):
            if chance.move.id == move:
                return chance
        if move == permissions.CONFIRM:
            raise Refused(confirmation.UNCHANGED, number=record.number)
        if move == acknowledgements.ACKNOWLEDGE:
            raise acknowledgements.not_now(self.store, self.people, self.me, record)
        moves.chosen(record, move, by_rule=False)
        raise KeyError(move)

    def why_not(
        self,
        record: Record,
        move: Move,
        last: Collection[str] | None = None,
        states: StateView | None = None,
    ) -> Refused | None:
        """Why this person may not make a move now, or None.

        `last` is the known submitter, `states` a look at the store that serves several moves.
        """
        last = self.submitter(record) if last is None else last
        writers = self.writers(record)
        refused = permissions.moving(self.people, self.me, record, move, last, writers)
        refused = refused or (states or StateView(self.store)).bars_move(record, move.to)
        refused = refused or row_needs.hindrance(self.store, record, move)
        return refused or move_conditions.open_to(self.people, self.me, record, move, self.today)

    # -- new records ---------------------------------------------------------------------------

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
        clean = edits.checked(cls, values)
        vocabularies.require_known(self.store, cls, clean)
        creation.check_ref(ref)
        space, project = creation.placement(self.reader, cls, clean, project)
        again = creation.acknowledged(self.store, cls, ref, clean)
        if again is not None:
            return again
        _allow(permissions.writing(self.people, self.me, cls.kind, project))
        clean |= rules.given_values(self, type, clean, project)
        _allow(permissions.speaking(self.people, self.me, cls.kind, project, clean))
        filled = [name for name, value in clean.items() if value is not None]
        _allow(permissions.naming(self.people, self.me, cls.kind, project, self.me, filled))
        creation.require_fields(cls, clean)
        with self.saving():
            creation.require_open_parent(self.reader, cls.kind, clean)
            creation.require_project_in_use(self.reader, cls.kind, clean, project)
            rules.allow_write(self, type, clean)
            birth = Creation(
                space=space,
                project=project,
                author=self.me,
                ref=ref,
                occurred=occurred,
                state=state,
            )
            at = occurred if occurred is not None else self.change_log.now()
            id = creation.new_id(self.store, cls.kind, birth, clean, at)
            made = self.writer.create(cls, id, clean, creation.opened(cls.kind, birth, id))
            acted = rules.added(self, made)
        return self.get(made.id) if acted else made

    def ensure(self, type: str, values: Mapping[str, Any], *, project: str | None = None) -> Record:
        """The record with this natural key: the existing one, or a new one."""
        found = self.twin(type, values, project=project)
        return found if found is not None else self.add(type, values, project=project)

    def twin(
        self, type: str, values: Mapping[str, Any], *, project: str | None = None
    ) -> Record | None:
        """The record that has the same natural key as these values, if there is one."""
        cls = self.cls(type)
        if not cls.kind.key:
            return None
        space, project = creation.placement(self.reader, cls, values, project)
        return rows.one(self.store, cls, key_id(cls.kind, space, project, self.me, values))

    # -- changes -------------------------------------------------------------------------------

    def edit(self, id: str, values: Mapping[str, Any], seen: str | None = None) -> Record:
        """Change fields of a record.

        `seen` is the record's `dots` when the form was opened: a value that another device set
        since then is not overwritten, the two are siblings. Raises `Refused` when the state, the
        rights or a value forbid it.
        """
        record = self.get(id)
        clean = edits.checked(type(record), values)
        vocabularies.require_known(self.store, type(record), clean, record)
        _allow(permissions.editing(self.people, self.me, record))
        edits.keep_settled(record, clean)
        with self.saving():
            self.allow_edit(record, clean)
            changed = edits.changed_registers(record, clean, seen)
            if changed:
                self._write(record, changed, seen)
                rules.edited(self, record)
        return self.get(record.id)

    def allow_edit(self, record: Record, values: Mapping[str, Any]) -> None:
        """Ask what else may refuse an edit: a closed parent record, and the type's rules."""
        creation.require_open_parent(self.reader, record.kind, record.values())
        _allow(derived_state.bars_edit(self.store, record, values))
        self._allow_naming(record, values)
        rules.allow_write(self, record.type, values, record)

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
        record = self.get(id)
        if move == permissions.CONFIRM and not by_rule:
            return confirmation.write(self, record, comment)
        if move == acknowledgements.ACKNOWLEDGE and not by_rule:
            return acknowledgements.write(self, record)
        chosen = moves.chosen(record, move, by_rule=by_rule)
        last = self.submitter(record)
        if not by_rule:
            _allow(self.why_not(record, chosen, last))
        clean = edits.checked(type(record), values or {}, by_move=True)
        edits.keep_settled(record, clean)
        vocabularies.require_known(self.store, type(record), clean, record)
        clean |= moves.fills(self.reader, self.me, record, chosen, clean)
        self._allow_naming(record, clean)
        require_evidence(self.find, record, chosen, clean)
        moves.require_ready(record, chosen, clean, comment)
        _allow(move_conditions.hindrance(self.people, self.me, record, chosen, clean, self.today))
        with self.saving():
            _allow(derived_state.bars_move(self.store, record, chosen.to))
            if chosen.binding:
                require_settled(self.store, record, chosen.label)
            if rules.allow_move(self, moves.coming(record, clean), chosen):
                record = self.get(record.id)
            clean |= decisions.outcome(self.store, record, chosen, clean)
            clean = self._carrying(record, chosen, clean, comment)
            brought = edits.changed_registers(record, clean, seen)
            work = self._decided_on(record, chosen, brought, by_rule)
            self._make(record, chosen, clean, comment, seen, work)
            rules.moved(self, self.get(record.id), chosen)
        return self.get(record.id)

    def imported(
        self, id: str, state: str, values: Mapping[str, Any] | None = None, *, source: str = ""
    ) -> Record:
        """Give a record just brought in the state it had elsewhere: one move, marked 'import'.

        `source` (a file's name) is its comment. Fields that only moves fill may come with it.
        Raises `Refused` when no move that this person may make leads to that state, or when the
        record has moved since its creation.
        """
        record = self.get(id)
        unmoved = self.reader.is_unmoved(record)
        _allow(permissions.importing(self.people, self.me, record, state, fresh=unmoved))
        clean = edits.checked(type(record), values or {}, by_move=True)
        edits.keep_settled(record, clean)
        vocabularies.require_known(self.store, type(record), clean, record)
        with self.saving():
            _allow(derived_state.bars_move(self.store, record, state))
            rules.allow_import(self, record)
            move = permissions.import_move(record, state)
            work = Work({record.author}, permissions.nobody)
            clean = self._carrying(record, move, clean, source)
            self._make(record, move, clean, source, None, work)
        return self.get(record.id)

    def void(self, id: str, reason: str) -> Record:
        """Take a record out of use with a reason; it stays readable and can be restored."""
        check_void_reason(reason)
        record = self.get(id)
        if record.void is not None:
            raise Refused(permissions.VOIDED, number=record.number)
        _allow(permissions.voiding(self.people, self.me, record))
        with self.saving():
            creation.require_open_parent(self.reader, record.kind, record.values())
            if not self.is_new(record):
                _allow(derived_state.bars_void(self.store, record))
            rules.allow_void(self, record)
            self._write(record, {"void": reason})
        return self.get(record.id)

    def restore(self, id: str) -> Record:
        """Bring a void record back."""
        record = self.get(id)
        if record.void is None:
            return record
        _allow(permissions.restoring(self.people, self.me, record))
        with self.saving():
            self._write(record, {"void": None})
        return self.get(record.id)

    def _allow_naming(self, record: Record, values: Mapping[str, Any]) -> None:
        new = [name for name, value in values.items() if value != getattr(record, name)]
        author, kind = permissions.whose(record), record.kind
        _allow(permissions.naming(self.people, self.me, kind, record.project, author, new))

    def _write(
        self,
        record: Record,
        registers: Mapping[str, Any],
        seen: str | None = None,
        move: Mapping[str, Any] | None = None,
    ) -> int:
        space = self.space_of(record)
        return self.writer.write(record, space, registers, seen or record.dots, move)

    def _carrying(
        self, record: Record, move: Move, values: Mapping[str, Any], comment: str
    ) -> dict[str, Any]:
        """The values of a move with those that rules add to it.

        Both together are held to what every replica asks of them, so that what is sealed here
        counts there.
        """
        more = rules.carried(self, moves.coming(record, values), move, comment)
        whole = moves.together(move, values, more)
        if more:
            whole |= decisions.outcome(self.store, record, move, whole)
            edits.keep_settled(record, whole)
            self._allow_naming(record, whole)
            moves.require_ready(record, move, whole, comment)
            _allow(move_conditions.hindrance(self.people, self.me, record, move, whole, self.today))
        return whole

    def _decided_on(
        self, record: Record, move: Move, brought: Collection[str], by_rule: bool
    ) -> Work:
        """Whose work a four-eyes move decides on, by all that it writes and that rules wrote
        before it. Raises `Refused` where it is one's own.
        """
        if not move.four_eyes:
            return Work((), permissions.nobody)
        work = Work(self.submitter(record), self.writers(record, brought, me=self.me))
        if not by_rule:
            _allow(permissions.moving(self.people, self.me, record, move, *work))
            apart.require_known(self.reader, record, move)
        return work

    def _make(
        self,
        record: Record,
        move: Move,
        values: Mapping[str, Any],
        comment: str,
        seen: str | None,
        work: Work,
    ) -> None:
        payload = moves.payload(self.reader, self.me, record, move, comment, work)
        payload |= derived_state.noted(self.store, record, move.to)
        registers = {**edits.changed_registers(record, values, seen), "state": move.to}
        seq = self._write(record, registers, seen, payload)
        self.writer.passed(record, payload, self.me, seq)


def check_void_reason(reason: str) -> None:
    """Raise `Refused` for no reason, or for one that is no text."""
    if not reason.strip():
        raise Refused(NEEDS_REASON)
    validation.words(reason, REASON)


def _allow(refused: Refused | None) -> None:
    if refused is not None:
        raise refused
