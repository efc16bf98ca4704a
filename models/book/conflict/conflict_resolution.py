"""Resolving: a decision over a conflict is an ordinary change that names all versions in conflict.

It goes where every change goes and can be taken back. A decision over a state is a marked move:
who may make it is asked in `models.book.conflict.conflict_rules`, here and on every device that
receives it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from models.book import derived_state, permissions, rules
from models.book.approval import parts, writers
from models.book.book import Book, check_void_reason
from models.book.conflict import conflict_rules
from models.book.conflict.conflicts import VOID, Conflict, conflict_of
from models.book.conflict.joined_text import joined_text
from models.book.log.change_log import Dot, LoggedChange
from models.book.permissions import RESOLVE
from models.book.writing.moves import COMMENT
from models.book.writing.record_reader import replaced
from models.book.writing.record_writer import by_register, spread
from models.schema import validation
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.lists import list_of, names_of
from models.text.words import Refused, W

STATE = "state"
NONE = W(
    "{number} 的“{field}”没有冲突。可用 conflicts 列出全部冲突。",
    "There is no conflict about “{field}” of {number}. List them all with: conflicts.",
)
NOT_ONE = W(
    "“{version}”不是“{field}”的现有版本。可选：{known}。",
    "“{version}” is no present version of “{field}”. Known: {known}.",
)
FIXED = W(
    "“{field}”只能从现有的值中选一个。",
    "“{field}” can only become one of the present values.",
)
TAKEN_UP = W(
    "{number} 的“{field}”之后又改过，不能撤销。请直接修改。",
    "“{field}” of {number} was changed again since; it cannot be undone. Edit it instead.",
)
NO_BACK = W(
    "{number} 的这个决定不能撤销。请用它的操作，或作废（F8）。",
    "This decision about {number} cannot be undone. Use its moves, or void it (F8).",
)


def resolve(
    book: Book,
    id: str,
    register: str,
    *,
    keep: Dot | None = None,
    value: Any = None,
    note: str = "",
    seen: Sequence[Dot] = (),
) -> Record:
    """Settle a conflict: keep a version, or write another value (a group: its fields).

    `seen` are the versions that the person was shown; newer ones stay siblings of the decision.
    """
    record = book.get(id)
    conflict = conflict_of(book, record, register)
    if conflict is None:
        raise Refused(NONE, number=record.number, field=label(record, register))
    kept = _kept(conflict, keep) if keep is not None else value
    dots = list(seen) or list(conflict.dots)
    with book.saving():
        if register == STATE:
            decide(book, record, str(kept), dots, note)
        elif register == VOID:
            _void(book, record, kept)
        else:
            _write(book, conflict, kept, dots, kept=keep is not None)
        if note and register != STATE:
            book.add("note", {"about": record.id, "text": note})
    return book.get(record.id)


def label(record: Record, register: str) -> str:
    """What a register is called: its field, or the fields of its group."""
    return str(parts.label(type(record), register))


def _kept(conflict: Conflict, keep: Dot) -> Any:
    for stand in conflict.stands:
        if stand.dot == keep:
            return stand.value
    known = ", ".join(f"{stand.device}:{stand.seq}" for stand in conflict.stands)
    field = label(conflict.record, conflict.field)
    raise Refused(NOT_ONE, version=f"{keep[0]}:{keep[1]}", field=field, known=known)


# -- fields ----------------------------------------------------------------------------------------


def _write(book: Book, conflict: Conflict, value: Any, dots: Sequence[Dot], *, kept: bool) -> None:
    record, register, cls = conflict.record, conflict.field, type(conflict.record)
    if not kept:
        value = _clean(record, register, value)
    stands = any(stand.value == value for stand in conflict.stands)
    if by_move(record, register) and not stands:
        raise Refused(FIXED, field=label(record, register))
    refused = hindrance(book, record, register)
    if refused is not None:
        raise refused
    if not by_move(record, register):
        book.allow_edit(record, spread(cls, register, value))
    space = book.space_of(record)
    book.writer.write(record, space, {register: value}, record.dots, over={register: dots})


def hindrance(book: Book, record: Record, register: str) -> Refused | None:
    """Why this person may not settle a conflict about a register, or None.

    Which states a person may choose differs from one to another (`decide`).
    """
    if register == STATE:
        return None
    if register == VOID:
        return permissions.restoring(book.people, book.me, record)
    unnamed = _naming(book, record, register)
    if unnamed is not None:
        return unnamed
    if by_move(record, register):
        return permissions.settling(book.people, book.me, record)
    refused = permissions.editing(book.people, book.me, record)
    return _way_on(record) or refused if refused is not None else None


def _naming(book: Book, record: Record, register: str) -> Refused | None:
    """Why this person may not decide who reads a restricted record, or None."""
    kind, author = record.kind, permissions.whose(record)
    names = type(record).registers().get(register, ())
    return permissions.naming(book.people, book.me, kind, record.project, author, names)


def _way_on(record: Record) -> Refused | None:
    """Which move makes a closed record open again; None when it is not closed, or none does."""
    if record.void is not None or permissions.closed_by(record) is None:
        return None
    kind = record.kind
    for move in kind.moves:
        if record.state in move.from_ and not (move.hidden or kind.state(move.to).frozen):
            way = (
                half.format(move=word, id=move.id)
                for half, word in zip(permissions.WAY_REOPEN, move.label, strict=True)
            )
            state = kind.state(record.state).label
            return Refused(permissions.FROZEN, number=record.number, state=state, way=W(*way))
    return None


def joined(record: Record, conflict: Conflict) -> str | None:
    """All values together, the shown one first: lists, and a text that everybody only added to
    (`joined_text`); else None. It is offered, and never taken without a person.
    """
    cls = type(record)
    spec = cls.specs().get(conflict.field)
    if spec is None or by_move(record, conflict.field):
        return None
    if spec.several:
        return list_of(name for stand in conflict.stands for name in names_of(stand.value))
    if spec.kind not in ("line", "prose") or not conflict.base_known or len(conflict.base) > 1:
        return None
    base = str(conflict.base[0]) if conflict.base else ""
    texts = [str(stand.value or "") for stand in conflict.stands]
    made = joined_text(base, texts, "\n" if spec.kind == "prose" else "; ")
    return made if made is None or not spec.max or len(made) <= spec.max else None


def is_open(record: Record, register: str) -> bool:
    """Whether another value than the current ones may be written."""
    return register in type(record).registers() and not by_move(record, register)


def by_move(record: Record, register: str) -> bool:
    """Whether nothing but moves fills a register."""
    cls = type(record)
    specs = cls.specs()
    return all(specs[name].by_move for name in cls.registers().get(register, ()))


def _clean(record: Record, register: str, value: Any) -> Any:
    """A new value, checked by the schema."""
    cls = type(record)
    fields = cls.registers()[register]
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {fields[0]: value}
    now = {name: record.__data__[name] for name in fields}
    return by_register(cls, validation.check(cls, {**now, **given}))[register]


# -- state and void --------------------------------------------------------------------------------


def decide(book: Book, record: Record, to: str, dots: Sequence[Dot], comment: str) -> None:
    """Choose one of the states in conflict, or one that an only decision decided between."""
    validation.words(comment, COMMENT)
    barred = derived_state.bars_move(book.store, record, to)
    if barred is not None:
        raise barred
    log, named = _log(book, record)
    options = conflict_rules.options([log[dot] for dot in dots if dot in log], named)
    person = book.people.person_of

    def wrote(one: conflict_rules.WrittenValue, move: Move) -> Collection[str]:
        return writers.named(type(record), move, one.move or {}, person, book.reader.written)

    known = list(conflict_rules.ways(record, options, named, person, wrote))
    made = conflict_rules.choosing(book.people, book.me, record, to, known)
    payload: dict[str, Any] = {
        "move": RESOLVE,
        "from": record.state,
        "to": to,
        "role": made.role,
        "members": book.store.meta("members") or 1,
    }
    payload |= {"comment": comment} if comment else {}
    payload |= {"alone": True} if made.alone else {}
    payload |= derived_state.noted(book.store, record, to)
    space, over = book.space_of(record), {STATE: dots}
    seq = book.writer.write(record, space, {STATE: to}, record.dots, payload, over)
    book.writer.passed(record, payload, book.me, seq)
    decided = Move(id=RESOLVE, label=permissions.MARKED[RESOLVE], from_=(record.state,), to=to)
    rules.moved(book, book.get(record.id), decided)


def _log(book: Book, record: Record) -> tuple[dict[Dot, LoggedChange], Any]:
    log = book.reader.log_of(record)
    return log, lambda one: replaced(log, one)


def _void(book: Book, record: Record, reason: str | None) -> None:
    """Out of use after all, or in use after all."""
    refused = hindrance(book, record, VOID)
    if reason is not None:
        refused = permissions.voiding(book.people, book.me, record)
        check_void_reason(reason)
    if refused is not None:
        raise refused
    book.writer.write(record, book.space_of(record), {VOID: reason}, record.dots)


# -- taking it back --------------------------------------------------------------------------------


def unresolve(book: Book, id: str, register: str, decision: Dot) -> Record:
    """Take back a decision of this device: the values it replaced are siblings again.

    A decision over a state is changed to the one that was shown before it.
    """
    record = book.get(id)
    now = book.writer.base_of((register,), record.dots)[register]
    if now != [decision] or register in book.writer.siblings(record.id):
        raise Refused(TAKEN_UP, number=record.number, field=label(record, register))
    log, _ = _log(book, record)
    if register == STATE:
        with book.saving():
            decide(book, record, str((log[decision].move or {}).get("from")), [decision], "")
        return book.get(record.id)
    if register == VOID or by_move(record, register):
        raise Refused(NO_BACK, number=record.number)
    refused = permissions.editing(book.people, book.me, record)
    refused = refused or _naming(book, record, register)
    if refused is not None:
        raise refused
    with book.saving():
        for value in _before(log, register, decision):
            row, over = book.get(record.id), {register: [decision]}
            book.writer.write(row, book.space_of(row), {register: value}, row.dots, over=over)
    return book.get(record.id)


def _before(log: Mapping[Dot, LoggedChange], register: str, decision: Dot) -> list[Any]:
    """The values before a decision, each once, the one that was shown last."""
    versions = [log[(it[0], it[1])] for it in log[decision].base[register] if (it[0], it[1]) in log]
    found: list[Any] = []
    for entry in sorted(versions, key=lambda one: (one.at, one.device, one.seq)):
        value = entry.fields.get(register)
        found = [*(other for other in found if other != value), value]
    return found
