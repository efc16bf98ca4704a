"""The inbox: everything that waits for one person's decision, as the declarations say.

A record is in it when its state waits for a role that the person holds (or it is theirs to
verify), and a move is open to them: rights and four eyes are asked, nothing is listed by hand.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from models.book import permissions
from models.book.approval import acknowledgements, approvals
from models.book.log import transitions
from models.book.log.transitions import Transition
from models.book.projects import my_projects
from models.calendar import working_hours
from models.calendar.working_calendar import BUNDLED, Calendar
from models.queries.waiting import agenda, urgency
from models.queries.waiting.agenda import waiting_groups
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.schema.roles import LEADS
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

R = TypeVar("R", bound=Record)

GROUPS = ("decide", "verify", "acknowledge", "watch", "follow")
"""To decide, to verify, to take note of, what others must act on but whose time runs out, and what
this person follows without a next step."""
ACTING = GROUPS[:3]
"""The groups in which something is asked of this person."""
CHANGED = W(
    "{number} 刚刚有改动，一份也没有处理。请再看一遍。",
    "{number} has just changed; nothing was done. Read it again.",
)
MOST = 60
"""Records of one type and state that are listed; the others move up as these are decided."""


MOST_OPEN = 500
"""Open records of a type that are looked at, the oldest ones."""


class InboxItem(NamedTuple):
    """A record that waits; `forward` decides it, `back` sends it back."""

    group: str
    record: Record
    since: int
    """When it came into its state, ms UTC."""
    worked: int
    """Working time since then, ms."""
    round: int
    """Which time it came into this state."""
    used: int | None
    """Percent of the time to its due day."""
    forward: Move | None = None
    back: Move | None = None

    @property
    def overdue(self) -> bool:
        """Whether its time is up."""
        return self.used is not None and self.used >= 100


class InboxSearch(NamedTuple):
    """What is listed, and how many more there are."""

    items: list[InboxItem]
    more: int


def inbox(book: Book, calendar: Calendar = BUNDLED) -> list[InboxItem]:
    """What waits: by group, what is overdue first, then what has waited longest."""
    return found(book, calendar).items


def found(book: Book, calendar: Calendar = BUNDLED) -> InboxSearch:
    """The same, with the count of those that are not listed."""
    items: dict[str, InboxItem] = {}
    more = 0
    for waiting in waiting_groups(book, MOST):
        groups = {agenda.group_of(record, book.me, waiting.state) for record in waiting.records}
        more += waiting.total - len(waiting.records) if groups & set(ACTING) else 0
        for record in waiting.records:
            group = agenda.group_of(record, book.me, waiting.state)
            mine = permissions.whose(record) == book.me
            if group in ACTING and not (mine and agenda.own(book, record)):
                item = item_of(book, record, group, calendar)
                if item.forward is not None or item.back is not None:
                    items[record.id] = item
    items |= {item.record.id: item for item in _changed(book, calendar)}
    items |= {one.record.id: one for one in _to_note(book, calendar) if one.record.id not in items}
    items |= {item.record.id: item for item in _watched(book, items, calendar)}
    items |= {item.record.id: item for item in _followed(book, items, calendar)}
    return InboxSearch(sorted(items.values(), key=_order), more)


def _order(item: InboxItem) -> tuple[int, bool, int, int]:
    late = -(item.used or 0) if item.overdue else 0
    return (GROUPS.index(item.group), not item.overdue, late, item.since)


def _changed(book: Book, calendar: Calendar) -> Iterator[InboxItem]:
    """What was changed after this person approved it: to confirm, or to take back."""
    for type, id in approvals.changed_after(book.store, book.me):
        record = rows.one(book.store, kinds[type], id)
        if record is not None and record.void is None and not _waits_anyway(record):
            item = item_of(book, record, "decide", calendar)
            if item.forward is not None or item.back is not None:
                yield item


def _waits_anyway(record: Record) -> bool:
    """Whether the next step is another person's: what was submitted is read by the reviewer."""
    binding = {move.to for move in record.kind.moves if move.four_eyes}
    return record.state not in binding


def _to_note(book: Book, calendar: Calendar) -> Iterator[InboxItem]:
    """What this person must acknowledge."""
    for record in acknowledgements.unacknowledged(book):
        moves = transitions.made_by(book.store, record.id)
        used = urgency.used(book, record, calendar, moves)
        found = _item(book, record, "acknowledge", moves, used, calendar)
        chance = book.chance(record, acknowledgements.ACKNOWLEDGE)
        yield found._replace(forward=chance.move)


def _followed(book: Book, known: Container[str], calendar: Calendar) -> Iterator[InboxItem]:
    """What this person follows: records that are not ended, by a role or by their name."""
    for cls in (one for one in kinds.values() if one.kind.watchers):
        names = [name for name in cls.kind.watchers if name in cls.specs()]
        held = set(cls.kind.watchers)
        here = [p.id for p in my_projects(book) if book.people.roles(book.me, p.id) & held]
        states = [state.name for state in cls.kind.states if not state.ended]
        named = [f'"{name}"=?' for name in names]
        mine = " OR ".join([*named, f"project IN ({places(here)})"])
        if cls.kind.project == "optional" and held & book.people.roles(book.me, None):
            mine += " OR project IS NULL"
        where = (
            f"WHERE state IN ({places(states)}) AND void IS NULL AND ({mine})"
            f" ORDER BY n DESC LIMIT {MOST}"
        )
        params = (*states, *(book.me for _ in named), *here)
        for record in rows.fetch(book.store, cls, where, params):
            if record.id not in known:
                moves = transitions.made_by(book.store, record.id)
                used = urgency.used(book, record, calendar, moves)
                yield _item(book, record, "follow", moves, used, calendar)


def _watched(book: Book, known: Container[str], calendar: Calendar) -> Iterator[InboxItem]:
    """What others must act on while time runs out: watched records of the projects this person
    leads, and what was not acknowledged in time."""
    led = [project.id for project in my_projects(book, LEADS)]
    watched = [cls for cls in kinds.values() if cls.kind.watched]
    for record in (one for cls in watched for one in open_records(book, cls, led)):
        if record.id not in known and urgency.due_day(record) is not None:
            moves = transitions.made_by(book.store, record.id)
            used = urgency.used(book, record, calendar, moves)
            if urgency.mark(used):
                yield _item(book, record, "watch", moves, used, calendar)
    for record, _ in acknowledgements.overdue(book, calendar):
        if record.id not in known:
            moves = transitions.made_by(book.store, record.id)
            yield _item(book, record, "watch", moves, 100, calendar)


def open_records(book: Book, cls: type[R], projects: Sequence[str]) -> list[R]:
    """Records of a type on some projects that are not ended: the `MOST_OPEN` oldest ones."""
    states = [state.name for state in cls.kind.states if not state.ended]
    where = (
        f"WHERE state IN ({places(states)}) AND project IN ({places(projects)}) AND void IS NULL"
        f" ORDER BY n LIMIT {MOST_OPEN}"
    )
    return rows.fetch(book.store, cls, where, (*states, *projects))


def item_of(book: Book, record: Record, group: str, calendar: Calendar = BUNDLED) -> InboxItem:
    """A record as an item, with what this person may do with it."""
    moves = transitions.made_by(book.store, record.id)
    used = urgency.used(book, record, calendar, moves)
    open_ = [chance.move for chance in book.chances(record) if chance.ok]
    item = _item(book, record, group, moves, used, calendar)
    return item._replace(forward=forward(record, open_), back=back(record, open_))


def _item(
    book: Book,
    record: Record,
    group: str,
    moves: Sequence[Transition],
    used: int | None,
    calendar: Calendar,
) -> InboxItem:
    """How long a record has waited, with no move to make."""
    came = [move.at for move in moves if move.state == record.state]
    since = max(came, default=record.recorded)
    worked = working_hours.worked(since, book.change_log.now(), calendar)
    return InboxItem(group, record, since, worked, max(len(came), 1), used)


def forward(record: Record, moves: Iterable[Move]) -> Move | None:
    """The move that says yes: the first one that leads on, and not to something bad."""
    rank = record.kind.rank
    moves = list(moves)
    confirmation = next((move for move in moves if move.id == permissions.CONFIRM), None)
    if confirmation is not None:
        return confirmation
    for move in moves:
        ahead = rank[move.to] > rank.get(record.state, 0)
        if ahead and record.kind.state(move.to).tone != "bad" and not move.requires_comment:
            return move
    return None


def back(record: Record, moves: Iterable[Move]) -> Move | None:
    """The move that says no: the first one that wants a reason, or leads to something bad."""
    for move in moves:
        if move.requires_comment or record.kind.state(move.to).tone == "bad":
            return move
    return None


def together(book: Book, items: Sequence[InboxItem], move: Move) -> list[Record]:
    """Make one move of several records in one durable save, or none of them.

    Each must be unchanged since `items` was read: what changed since it was read is refused.
    """
    made = []
    with book.saving():
        for item in items:
            now = book.get(item.record.id)
            if now.dots != item.record.dots:
                raise Refused(CHANGED, number=now.number)
            made.append(book.move(now.id, move.id, seen=now.dots))
    return made


def asks_nothing(record: Record, move: Move) -> bool:
    """Whether a move can be made without a word: such moves can be made of many at once."""
    asked = move.requires_comment or permissions.missing(record, move, {})
    if asked or permissions.final(record, move):
        return False
    return all(getattr(record, n) not in (None, "") for n in move.asks if n != "comment")
