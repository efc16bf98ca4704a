"""Expected records: what is due before there is a record of it, and how it stands.

An area registers, in its module `expected`, who owes what and when:

    @expects("visit")
    def visits(book: Book, window: DueWindow) -> Iterator[Expected]: ...

Nothing is stored. Today, the review, a project's week and the command `today` ask `expected`, so
that one thing has one standing everywhere. A provider reads its records at once, however many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any

from models.frozen import Frozen
from models.schema import late_modules
from models.schema.lifecycle import Tone
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOON = "12:00"
"""When on the first working day after its week an entry is due, unless a setting says else."""
AHEAD, DUE, BEGUN, LATE = "ahead", "due", "begun", "late"
MISSING, UNSYNCED, DONE = "missing", "unsynced", "done"
STANDINGS: dict[str, tuple[W, Tone]] = {
    AHEAD: (W("未到期", "not due yet"), ""),
    DUE: (W("待做", "due"), ""),
    BEGUN: (W("已开始", "begun"), "busy"),
    LATE: (W("逾期未完成", "begun, overdue"), "bad"),
    MISSING: (W("逾期未做", "not done"), "bad"),
    UNSYNCED: (W("未同步", "not synced"), "warn"),
    DONE: (W("已完成", "done"), "good"),
}
"""How an expected record stands. 'missing' is known not to be done; of 'unsynced' nothing was
heard since it was due: it may be done on a device whose work is not here."""
OVERDUE = (LATE, MISSING)
NO_KEY = W(
    "“{type}”没有自然键，不能由应做事项开始。",
    "A {type} has no natural key, so it cannot be begun from what is expected.",
)


class DueWindow(Frozen, kw_only=True):
    """Of which days, projects and people something is asked."""

    first: date
    last: date
    """Asked is what has a day of its period in between, both included."""
    projects: Sequence[Any]
    people: frozenset[str] | None = None
    """Those of whom it is asked; None = everybody."""
    reach: Mapping[str, int] | None = None
    """Person -> until when (ms UTC) their work is here; None = all of it, as when a person asks
    what they themselves have to do."""
    clock: str = NOON
    """The time of day at which weekly entries are due."""
    behind: bool = False
    """Also the last period before the window, where it is not done."""


class Expected(Frozen, kw_only=True):
    """One record that is due, begun or not; `expected` fills in the standing."""

    type: str
    key: str
    """Names it within its type, before it is begun and after."""
    title: str
    project: Any
    """The record of the project."""
    first: date
    last: date
    """Its period."""
    due: int
    """When its time is over, ms UTC."""
    day: date
    """The day on which it is due, for people."""
    doers: frozenset[str]
    """Who may do it: one of them is enough."""
    group: str
    """The group of the agenda."""
    record: Record | None = None
    done: bool = False
    """Whether it was submitted."""
    lingers: bool = False
    """Whether it stays on Today when it is done."""
    progress: Callable[[], str | W] = str
    """How far it is, in a word."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The values with which its record is begun: its natural key."""
    standing: str = DUE

    @property
    def overdue(self) -> bool:
        """Whether it should have been done by now, and was not."""
        return self.standing in OVERDUE


Provider = Callable[["Book", DueWindow], Iterable[Expected]]
_providers: dict[str, list[Provider]] = {}


def expects(type: str) -> Callable[[Provider], Provider]:
    """Register `(book, window)`: the records of a type that are due in a window."""

    def register(provider: Provider) -> Provider:
        _providers.setdefault(type, []).append(provider)
        return provider

    return register


def expected(book: Book, window: DueWindow, *types: str) -> list[Expected]:
    """What is expected in a window, of these types or of all, each with its standing."""
    late_modules.load("expected")
    now, today, here = book.change_log.now(), book.today, HeardOf(book, window.reach)
    return [
        _standing(one, now, today, here)
        for type, providers in _providers.items()
        if not types or type in types
        for provider in providers
        for one in provider(book, window)
    ]


class HeardOf:
    """Whether the work of people is here, as far as is known on this device."""

    def __init__(self, book: Book, reach: Mapping[str, int] | None) -> None:
        self.reach = reach
        self._elsewhere = frozenset[str]() if reach is None else equipped(book) - {book.me}

    def since(self, people: Iterable[str], due: int) -> bool:
        """Whether something was heard of each of them after a time (ms UTC), or could not be."""
        reach = self.reach or {}
        return all(reach.get(one, 0) > due for one in people if one in self._elsewhere)


def equipped(book: Book) -> frozenset[str]:
    """People who have a device to write on."""
    sql = "SELECT DISTINCT person FROM device WHERE person IS NOT NULL AND revoked IS NULL"
    return frozenset(str(person) for (person,) in book.store.rows(sql))


def standing(*, done: bool, begun: bool, over: bool, told: bool, ahead: bool = False) -> str:
    """How something stands: `over` its time is, `told` what was done until then would be here."""
    if done:
        return DONE
    if over and not told:
        return UNSYNCED
    if begun:
        return LATE if over else BEGUN
    return MISSING if over else AHEAD if ahead else DUE


def _standing(one: Expected, now: int, today: date, here: HeardOf) -> Expected:
    over = now > one.due
    found = standing(
        done=one.done,
        begun=one.record is not None,
        over=over,
        told=not over or here.since(one.doers, one.due),
        ahead=today < one.first,
    )
    object.__setattr__(one, "standing", found)  # just made by the provider
    return one


def begin(book: Book, type: str, values: Mapping[str, Any], project: str) -> Record:
    """The record of what is expected: begun now, unless it is already; a void one is used again.

    Raises `Refused` for a type without a natural key: two devices would begin two records.
    """
    kind = book.cls(type).kind
    if not kind.key:
        raise Refused(NO_KEY, type=kind.label)
    twin = book.twin(type, values, project=project)
    if twin is None:
        return book.add(type, values, project=project)
    return twin if twin.void is None else book.restore(twin.id)
