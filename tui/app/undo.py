"""Undo: takes back the saves made here, newest first, by ordinary changes that history shows.

An edit is undone by writing the old values, a creation by voiding, a void by restoring, a move
by the move that leads back, a decision over a conflict by restoring the values it replaced. What
was changed again since, or cannot be undone, is refused in one sentence, and nothing is half
undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from models.book import permissions, rules
from models.book.book import Book
from models.book.conflict import conflict_resolution
from models.queries.history import Step, story
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.text.words import Refused, W, say, several

MOST_DEEP = 99
KEPT = 50
"""Saves that can be taken back."""
NOTHING = W("没有可以撤销的改动。", "There is nothing to undo.")
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
    """Notes every save of a book, and takes back the last one."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._saves: list[list[Saved]] = []
        self._undoing = False
        book.saved.append(self._note)

    def __len__(self) -> int:
        return len(self._saves)

    def undo(self) -> str:
        """Take back the last save; a sentence saying what. Raises `Refused` when it cannot be."""
        if not self._saves:
            raise Refused(NOTHING)
        plans = [plan for saved in self._saves[-1] for plan in self._plans(saved)]
        plans.sort(key=lambda plan: plan.place)
        self._undoing = True
        try:
            with self.book.saving():
                for plan in plans:
                    plan.do()
        finally:
            self._undoing = False
        self._saves.pop()
        return say(UNDONE, what=_told([plan.said for plan in plans if plan.said]))

    def _note(self, touched: Iterable[tuple[str, str]]) -> None:
        if self._undoing:
            return
        saves = [Saved(type_, id, self._last(type_, id)) for type_, id in sorted(touched)]
        if saves:
            self._saves = [*self._saves[-KEPT + 1 :], saves]

    def _last(self, type_: str, id: str) -> int:
        """The newest sequence of this device among the record's versions."""
        row = self.book.store.row(f'SELECT dots FROM "{type_}" WHERE id=?', (id,))
        every = FieldVersions(row[0]).every() if row else set()
        return max((seq for idx, seq in every if idx == self.book.change_log.idx), default=0)

    # -- what to do -----------------------------------------------------------------------------

    def _plans(self, saved: Saved) -> list[Plan]:
        """How one record of a save is brought back to what it was before."""
        record = self.book.get(saved.id)
        entries = list(self.book.change_log.history(saved.id))
        here = self.book.change_log.device
        tx = next((e.tx for e in entries if (e.device, e.seq) == (here, saved.seq)), None)
        own = {(here, e.seq) for e in entries if e.device == here and e.tx == tx is not None}
        steps = [one for one in story(type(record), entries) if (one.device, one.seq) in own]
        if any(step.created for step in steps):
            return [self._uncreate(record)]
        return [plan for step in reversed(steps) for plan in self._unstep(record, step)]

    def _uncreate(self, record: Record) -> Plan:
        if any(idx != self.book.change_log.idx for idx, _ in FieldVersions(record.dots).every()):
            raise Refused(OTHERS, number=record.number)
        above = getattr(record, record.kind.parent, None) if record.kind.parent else None
        with_it = any(saved.id == above for saved in self._saves[-1])
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
            return Plan(lambda: self.book.restore(record.id), say(VOIDED, number=record.number))
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
