"""Rules: what the types of an area add to the writes of the book.

A rule is a function that the area's `rules.py` registers for a moment of a type's life:

    @before_move("sheet", "submit")
    def sheet_complete(book: Book, sheet: Sheet) -> None:
        \"\"\"Refuse a sheet with unanswered items. Clause: 5.1.1.\"\"\"

Rules before a write refuse it by raising `Refused`; rules after it act. All run in the
transaction of the write, so that a refusal leaves nothing behind. Several rules of one moment run
in the order of their registration.

`after_merge` is the one moment without a person: what others wrote became rows. It refuses nothing,
since what only a merge brings is shown and never refused, and it gets no book: it may keep tables
of the area's own that follow from the records as they are now, whatever came first, and nothing
else. Whatever it wrote to a record would differ from one replica to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from models.schema import late_modules
from models.schema.lifecycle import Move
from models.schema.record import Record

if TYPE_CHECKING:
    from models.storage.store import Store

AnyRule = TypeVar("AnyRule", bound=Callable[..., Any])
Step = tuple[str, str]
"""(type, move)."""


class RuleMoment:
    """One moment of a type's life, with the rules that are asked at it; used as a decorator."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, ...], list[Callable[..., Any]]] = {}

    def __call__(self, *keys: str | Step) -> Callable[[AnyRule], AnyRule]:
        """Register a function for types, or for (type, move) pairs."""

        def register(rule: AnyRule) -> AnyRule:
            for key in keys:
                self._rules.setdefault((key,) if isinstance(key, str) else key, []).append(rule)
            return rule

        return register

    def of(self, *key: str) -> Iterable[Callable[..., Any]]:
        """The rules of a type, or of a type and move."""
        late_modules.load("rules")
        return self._rules.get(key, ())


given = RuleMoment()
"""`(book, values, project) -> values`: what the program gives a new record."""
before_write = RuleMoment()
"""`(book, values, record or None)`: asked of edits, and of new records (None)."""
after_add = RuleMoment()
"""`(book, record)`: what follows from a new record."""
after_edit = RuleMoment()
"""`(book, record)`: what follows from an edit; the record is as it is now."""
after_merge = RuleMoment()
"""`(store, ids)`: asked once for all records of the type that a batch of others' changes touched,
inside its transaction, on every replica. See above for what it may do."""
before_import = RuleMoment()
"""`(book, record)`: asked before a record is given the state that a file says."""
before_void = RuleMoment()
"""`(book, record)`: asked before a record is taken out of use."""
carries = RuleMoment()
"""`(book, record, move, comment) -> values`: fields that a step of the type, an import among them,
carries in its own change; may refuse it. The record has the values that come with the step.
What people write counts as the work of the one who takes the step: in a four-eyes move without
`about` a rule carries only fields that moves fill. Who decides stays as the move fills it."""

_before_move, _after_move, _proposed = RuleMoment(), RuleMoment(), RuleMoment()
_follows: dict[Step, tuple[Step, ...]] = {}


def before_move(type: str, *moves: str) -> Callable[[AnyRule], AnyRule]:
    """Register `(book, record)`, asked before these moves of a type; the record has the values
    that come with the move."""
    return _before_move(*((type, move) for move in moves))


def after_move(type: str, *moves: str) -> Callable[[AnyRule], AnyRule]:
    """Register `(book, record)`: what follows from these moves of a type."""
    return _after_move(*((type, move) for move in moves))


def proposes(type: str, *moves: str) -> Callable[[AnyRule], AnyRule]:
    """Register `(book, record) -> values`: what the form of these moves begins with."""
    return _proposed(*((type, move) for move in moves))


def follows(type: str, move: str, *, by: Iterable[Step]) -> None:
    """Declare which moves of a linked record bring about a hidden move, in their transaction.

    Every replica that receives the hidden move looks for one of them before it in the transaction,
    made by a record which named this one in a link when it was created, or was named by it then.
    """
    _follows[type, move] = tuple(by)


def causes_of(type: str, move: str) -> tuple[Step, ...]:
    """The moves of a linked record that bring a hidden move about."""
    late_modules.load("rules")
    return _follows.get((type, move), ())


def declared_causes() -> Mapping[Step, tuple[Step, ...]]:
    """Every hidden move with the moves that bring it about."""
    late_modules.load("rules")
    return _follows


def acts_after(type: str, move: str) -> bool:
    """Whether anything follows from a move."""
    return bool(_after_move.of(type, move))


# -- asked by the book -------------------------------------------------------------------------


def given_values(
    book: object, type: str, values: Mapping[str, Any], project: str | None
) -> dict[str, Any]:
    """What the program itself gives a new record, or why there can be none."""
    found: dict[str, Any] = {}
    for rule in given.of(type):
        found |= rule(book, values, project)
    return found


def allow_write(
    book: object, type: str, values: Mapping[str, Any], record: Record | None = None
) -> None:
    """Ask the rules that may refuse a new record (`record` is None) or an edit."""
    for rule in before_write.of(type):
        rule(book, values, record)


def proposed_values(book: object, record: Record, move: str) -> dict[str, Any]:
    """What the form of a move begins with where the record says nothing."""
    found: dict[str, Any] = {}
    for rule in _proposed.of(record.type, move):
        found |= rule(book, record)
    return found


def edited(book: Any, record: Record) -> bool:
    """Run what follows from an edit; whether there was anything."""
    found = list(after_edit.of(record.type))
    return _run(found, book, book.get(record.id)) if found else False


def merged(store: Store, touched: Iterable[tuple[str, str]]) -> None:
    """Tell the areas which (type, id) the changes of others have touched."""
    by_type: dict[str, set[str]] = {}
    for type, id in touched:
        by_type.setdefault(type, set()).add(id)
    for type in sorted(by_type):
        for rule in after_merge.of(type):
            rule(store, frozenset(by_type[type]))


def added(book: object, record: Record) -> bool:
    """Run what follows from a new record; whether there was anything."""
    return _run(after_add.of(record.type), book, record)


def allow_move(book: object, record: Record, move: Move) -> bool:
    """Ask the rules before a move; whether there were any, since they may have written."""
    return _run(_before_move.of(record.type, move.id), book, record)


def carried(book: object, record: Record, move: Move, comment: str) -> dict[str, Any]:
    """What a step carries besides what it asks and fills, or why it may not be made."""
    found: dict[str, Any] = {}
    for rule in carries.of(record.type):
        found |= rule(book, record, move, comment)
    return found


def moved(book: object, record: Record, move: Move) -> bool:
    """Run what follows from a move; whether there was anything."""
    return _run(_after_move.of(record.type, move.id), book, record)


def allow_import(book: object, record: Record) -> None:
    """Ask the rules that may refuse the state that a file gives a record."""
    _run(before_import.of(record.type), book, record)


def allow_void(book: object, record: Record) -> None:
    """Ask the rules that may refuse taking a record out of use."""
    _run(before_void.of(record.type), book, record)


def _run(rules: Iterable[Callable[..., Any]], book: object, record: Record) -> bool:
    ran = False
    for rule in rules:
        rule(book, record)
        ran = True
    return ran
