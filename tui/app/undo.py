"""Undo: takes back the saves made here, newest first, by ordinary changes that history shows;
redo brings them back in the same way.

An edit is undone by writing the old values, a creation by voiding, a void by restoring, a move
by the move that leads back, a decision over a conflict by restoring the values it replaced. What
was changed again since, or cannot be undone, is refused in one sentence, and nothing is half
undone; it is passed over from then on, so that it bars nothing before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import time_ns
from typing import TYPE_CHECKING, Any, TypeVar

from models.book import permissions, rules
from models.book.book import Book
from models.book.conflict import conflict_resolution
from models.frozen import NamedTuple
from models.queries.history import Step, story
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.text.words import Refused, W, say, several
from tui.pages import registry

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

T = TypeVar("T")

MOST_DEEP = 99
KEPT = 50
"""Saves that can be taken back."""
NOTHING = W("没有可以撤销的改动。", "There is nothing to undo.")
NOTHING_UNDONE = W("没有可以重做的改动。", "There is nothing to redo.")
PASSED_OVER = W(
    "{why} 已跳过；再撤销就是更早的改动。",
    "{why} It is skipped: undo again takes the change before it.",
)
REASON = W("撤销", "undone")
CHANGED = W(
    "{number} 的“{field}”之后又改过，不能撤销。请直接修改。",
    "“{field}” of {number} was changed again later and cannot be undone. Edit it instead.",
)
OTHERS = W(
    "{number} 已有别人的改动，不能撤销新建。需要时请作废（F8）。",
    "Others have changed {number}; its creation cannot be undone. Void it if needed (F8).",
)
NO_WAY = W(
    "“{move}”不能撤销：{number} 现为“{state}”。{ways}",
    "“{move}” cannot be undone: {number} is “{state}”. {ways}",
)
WAYS = W("可以：{moves}。", "Possible now: {moves}.")
UNDONE = W("已撤销：{what}", "Undone: {what}")
REDONE = W("已重做：{what}", "Redone: {what}")
MADE = W("新建 {number}", "{number} was created")
EDITED = W("{number}（{fields}）", "{number} ({fields})")
VOIDED = W("{number} 的作废", "{number} was void")
DECIDED = W("{number}（{fields}）的决定", "the decision about {number} ({fields})")
RESTORED = W("{number} 的恢复", "{number} was restored")
MOVED = W("{number} 的“{move}”", "“{move}” of {number}")


class Saved(NamedTuple):
    """One record of one save, and the sequence of its last change there."""

    type: str
    id: str
    seq: int


class UndoEntry:
    """One save that can be taken back: what it touched, and when (ms UTC)."""

    def __init__(self, saves: Sequence[Saved], at: int, told: str = "") -> None:
        self.saves, self.at = saves, at
        self.told = told
        """How what was taken back is called; '' for what was not."""
        self.passed_over = False
        """Whether it was found that it cannot be undone."""


class Plan(NamedTuple):
    """One thing to do, and how it is told."""

    do: Callable[[], object]
    said: str
    place: int = 0
    """When it is done: what was made goes last, a row before the record that it belongs to."""


NAMED = 3
"""What is undone that is named; the rest of a save of many rows is counted."""
MORE = W("另有 {n} 处", "{n} more")


def _told(said: list[str]) -> str:
    rest = len(said) - NAMED
    more = [say(MORE, n=rest)] if rest > 1 else []
    return several([*(said[:NAMED] if more else said), *more])


class Undo:
    """Notes every save of a book, takes back the last one, and brings back what was taken back."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.entries: list[UndoEntry] = []
        """What can be taken back, the newest last."""
        self._undone: list[UndoEntry] = []
        self._writing: list[Saved] | None = None
        """What undo itself writes, while it does; None else."""
        book.saved.append(self._note)

    def __len__(self) -> int:
        return len(self.entries)

    def newest(self, here: Callable[[Record], bool] | None = None) -> UndoEntry | None:
        """The newest save that may be taken back, of a record that is `here` where this is given;
        None without any."""
        for entry in reversed(self.entries):
            if not entry.passed_over and (here is None or self._touches(entry, here)):
                return entry
        return None

    def named(self, entry: UndoEntry) -> str:
        """What taking this back would do. Raises `Refused` when it cannot be, and passes it over
        from now on."""
        return _named(self._ready(entry))

    def undo(self, entry: UndoEntry | None = None) -> str:
        """Take back a save, else the last one; a sentence saying what. Raises `Refused` when it
        cannot be, and passes it over from now on."""
        entry = entry or self.newest()
        if entry is None:
            raise Refused(NOTHING)
        told = self._do(entry, self._ready(entry))
        return say(UNDONE, what=told)

    def redo(self) -> str:
        """Bring back what was taken back last; a sentence saying what. Raises `Refused` when there
        is nothing, or it cannot be."""
        if not self._undone:
            raise Refused(NOTHING_UNDONE)
        entry = self._undone[-1]
        plans = self._all_plans(entry)
        with self._own() as written:
            _make(self.book, plans)
        self._undone.pop()
        self.entries.append(UndoEntry(written, _now()))
        return say(REDONE, what=entry.told)

    def taken_back(self, saved: Record, told: str, do: Callable[[], T]) -> T:
        """Let a page take back by itself a save that left a record as it is in `saved`: neither
        that save nor what is written now can be undone any more, but it can be redone."""
        with self._own() as written:
            done = do()
        was = Saved(saved.type, saved.id, self._newest_of(saved.dots))
        self.entries = [entry for entry in self.entries if was not in entry.saves]
        if written:
            self._undone.append(UndoEntry(written, _now(), told))
        return done

    def _ready(self, entry: UndoEntry) -> list[Plan]:
        """What is to be done to take it back."""
        try:
            return self._all_plans(entry)
        except Refused as refused:
            raise self._pass_over(entry, refused) from refused

    def _do(self, entry: UndoEntry, plans: list[Plan]) -> str:
        told = _named(plans)
        try:
            with self._own() as written:
                _make(self.book, plans)
        except Refused as refused:
            raise self._pass_over(entry, refused) from refused
        self.entries.remove(entry)
        self._undone.append(UndoEntry(written, _now(), told))
        return told

    def _pass_over(self, entry: UndoEntry, why: Refused) -> Refused:
        entry.passed_over = True
        return Refused(PASSED_OVER, why=why) if self.newest() is not None else why

    @contextmanager
    def _own(self) -> Iterator[list[Saved]]:
        """What is saved meanwhile is written by undo itself."""
        written: list[Saved] = []
        self._writing = written
        try:
            yield written
        finally:
            self._writing = None

    def _touches(self, entry: UndoEntry, here: Callable[[Record], bool]) -> bool:
        found = (self.book.find(saved.id) for saved in entry.saves)
        return any(record is not None and here(record) for record in found)

    def _note(self, touched: Iterable[tuple[str, str]]) -> None:
        saves = [Saved(type_, id, self._last(type_, id)) for type_, id in sorted(touched)]
        if self._writing is not None:
            self._writing += saves
        elif saves:
            self.entries = [*self.entries[-KEPT + 1 :], UndoEntry(saves, _now())]
            self._undone = []  # it would be brought back over what was done since

    def _last(self, type_: str, id: str) -> int:
        """The newest sequence of this device among the record's versions."""
        row = self.book.store.row(f'SELECT dots FROM "{type_}" WHERE id=?', (id,))
        return self._newest_of(row[0]) if row else 0

    def _newest_of(self, dots: str) -> int:
        every = FieldVersions(dots).every()
        return max((seq for idx, seq in every if idx == self.book.change_log.idx), default=0)

    # -- what to do -----------------------------------------------------------------------------

    def _all_plans(self, entry: UndoEntry) -> list[Plan]:
        plans = [plan for saved in entry.saves for plan in self._plans(saved, entry)]
        return sorted(plans, key=lambda plan: plan.place)

    def _plans(self, saved: Saved, entry: UndoEntry) -> list[Plan]:
        """How one record of a save is brought back to what it was before."""
        record = self.book.get(saved.id)
        entries = list(self.book.change_log.history(saved.id))
        here = self.book.change_log.device
        tx = next((e.tx for e in entries if (e.device, e.seq) == (here, saved.seq)), None)
        own = {(here, e.seq) for e in entries if e.device == here and e.tx == tx is not None}
        steps = [one for one in story(type(record), entries) if (one.device, one.seq) in own]
        if any(step.created for step in steps):
            return [self._uncreate(record, entry)]
        return [plan for step in reversed(steps) for plan in self._unstep(record, step)]

    def _uncreate(self, record: Record, entry: UndoEntry) -> Plan:
        if any(idx != self.book.change_log.idx for idx, _ in FieldVersions(record.dots).every()):
            raise Refused(OTHERS, number=record.number)
        above = getattr(record, record.kind.parent, None) if record.kind.parent else None
        with_it = any(saved.id == above for saved in entry.saves)
        said = "" if with_it else say(MADE, number=record.number)
        return Plan(lambda: self.book.void(record.id, str(REASON)), said, MOST_DEEP - _deep(record))

    def _unstep(self, record: Record, step: Step) -> list[Plan]:
        decided = self._undecide(record, step)
        if decided:
            return decided
        turns = {turn.field: turn for turn in step.turns}
        plans: list[Plan] = []
        if step.move is not None and not _follows_decision(record, step.move):
            plans.append(self._unmove(record, step.move))
        if "void" in turns:
            plans.append(self._unvoid(record, turns["void"].before))
        specs = type(record).specs()
        old: dict[str, Any] = {}
        for name, turn in turns.items():
            spec = specs.get(name)
            if spec is None or spec.by_move:
                continue
            if getattr(record, name) != turn.after:
                raise Refused(CHANGED, number=record.number, field=spec.label)
            old[name] = turn.before[0] if turn.before else None
        if old:
            labels = several(spec.label for name, spec in specs.items() if name in old)
            said = say(EDITED, number=record.number, fields=labels) if step.move is None else ""
            plans.append(Plan(lambda: self.book.edit(record.id, old), said))
        return plans

    def _undecide(self, record: Record, step: Step) -> list[Plan]:
        """A decision over a conflict: the values that it replaced are restored."""
        cls, dot = type(record), (step.device, step.seq)
        owner, plans = cls.register_of(), dict[str, Plan]()
        if (step.move or {}).get("move") == permissions.RESOLVE:
            plans["state"] = self._plan_back(record, "state", dot)
        elif step.move is None:
            for turn in step.turns:
                if len(turn.before) > 1:
                    register = owner.get(turn.field, turn.field)
                    plans[register] = self._plan_back(record, register, dot)
        return list(plans.values())

    def _plan_back(self, record: Record, register: str, dot: tuple[str, int]) -> Plan:
        fields = conflict_resolution.label(record, register)
        return Plan(
            lambda: conflict_resolution.unresolve(self.book, record.id, register, dot),
            say(DECIDED, number=record.number, fields=fields),
        )

    def _unvoid(self, record: Record, before: tuple[Any, ...]) -> Plan:
        reason = before[0] if before else None
        if reason is None:
            said, place = say(VOIDED, number=record.number), _deep(record)  # a row after its record
            return Plan(lambda: self.book.restore(record.id), said, place)
        return Plan(
            lambda: self.book.void(record.id, str(reason)), say(RESTORED, number=record.number)
        )

    def _unmove(self, record: Record, made: Any) -> Plan:
        """The move that leads back to where this one came from."""
        kind = record.kind
        move = kind.by_move.get(str(made["move"]))
        label = move.label if move is not None else made["move"]
        back = self._back(record, str(made["from"])) if record.state == made["to"] else None
        if back is None:
            can = [str(chance.move.label) for chance in self.book.chances(record) if chance.ok]
            ways = say(WAYS, moves=several(can)) if can else ""
            state = kind.state(record.state).label
            raise Refused(NO_WAY, move=label, number=record.number, state=state, ways=ways)
        comment = str(REASON) if back.requires_comment else ""
        return Plan(
            lambda: self.book.move(record.id, back.id, comment=comment),
            say(MOVED, number=record.number, move=label),
        )

    def _back(self, record: Record, origin: str) -> Move | None:
        """A move that does nothing but lead back, if there is one and the person may make it."""
        last = self.book.submitter(record)
        for move in record.kind.moves:
            plain = not (move.hidden or move.fills or move.needs)
            there = plain and move.to == origin and record.state in move.from_
            if there and self.book.why_not(record, move, last) is None:
                return move
        return None


def _now() -> int:
    return time_ns() // 1_000_000


def _named(plans: Iterable[Plan]) -> str:
    return _told([plan.said for plan in plans if plan.said])


def _make(book: Book, plans: Iterable[Plan]) -> None:
    """All of it, or nothing."""
    with book.saving():
        for plan in plans:
            plan.do()


def _follows_decision(record: Record, made: Any) -> bool:
    """Whether a rule made the move after a decision over a conflict: it takes it back with that."""
    causes = rules.causes_of(record.type, str(made["move"]))
    return any(move == permissions.RESOLVE for _, move in causes)


def _deep(record: Record) -> int:
    """How many records a row is below: 0 for what is no row."""
    deep, kind = 0, record.kind
    while kind.parent and deep < MOST_DEEP - 1:
        above = kinds.get(kinds[kind.name].specs()[kind.parent].target)
        if above is None:
            return deep + 1
        deep, kind = deep + 1, above.kind
    return deep


class UndoCommands:
    """What the keys about undo do in the app; before there is a book, nothing."""

    def __init__(self, app: AppContext) -> None:
        self.app = app
        self.undo: Undo | None = None
        """Takes back the saves of the open book."""

    def begin(self, book: Book) -> None:
        """Note the saves of this book from now on."""
        self.undo = Undo(book)

    def undo_last(self) -> None:
        """Take back the last change of what is on the screen; any other is named and asked."""
        if self.undo is not None and not self._typing():
            registry.load("tui.pages.general.undo_list:undo_last")(self.app, self.undo)

    def redo(self) -> None:
        """Bring back what was undone last."""
        if self.undo is not None and not self._typing():
            self.app.tell(self.undo.redo())

    def show_list(self) -> None:
        """The changes that can be undone."""
        if self.undo is not None and not self._typing():
            self.app.open_page("tui.pages.general.undo_list", "UndoList", self.undo)

    def taken_back(self, saved: Record, told: str, do: Callable[[], T]) -> T:
        """Let a page take back one save of its own: undo knows of it, and redo brings it back."""
        return self.undo.taken_back(saved, told, do) if self.undo is not None else do()

    def _typing(self) -> bool:
        """Where text is typed these keys belong to the text."""
        focused = self.app.screen.focused
        return focused is not None and focused.check_consume_key("z", "z")
