"""Gates: what holds what, until which decision; derived at every look, never stored.

Two declarations make a gate. A type says which of its states nothing held may be brought into:

    gated("milestone", "done")

and an area says what holds, with the states of a holder that let pass:

    @gate("concession", passes=("approved", "in_force"))
    def held_by_concessions(asked: GateQuestion) -> Iterator[Hold]: ...

Everything else follows: the state `held` in every view, list, file and figure; the refusal of the
move, of an earlier due day and of voiding; who holds whom on the page, in JSON and on Today.

Some things are asked at the step alone, and hold nothing before or after it: that a paper is there.
An area says what a record still lacks then; the step is refused and its page says so:

    @before_passing("acceptance")
    def papers_there(store: Store, record: Acceptance) -> Iterator[Lack]: ...

What was passed stays passed by what its author knew, not by clocks: the holder saw it as passed
when it was written (`passed_before`), or the move names a version of a decision that let pass
(`models.book.approval.passage`). All else was brought about at once, and is held.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from models.book.approval import passage
from models.book.approval.passage import Passage
from models.book.derived_state import DerivedState, derived_state
from models.book.log.change_log import Dot
from models.frozen import Frozen, NamedTuple
from models.schema.fields import prose
from models.schema.kind import Kind
from models.schema.natural_keys import space_of
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.storage.store import places
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.storage.store import Store

FIRST = 10
HELD = "held"
"""The state that is shown of what is held, whatever else may be said of it; a gated type declares
it, and no move leads to it."""
HELD_BY = W(
    "{number}“{name}”已挂起，不能进入“{state}”：{by}。{way}",
    "{number} “{name}” is on hold and cannot become “{state}”: {by}. {way}",
)
NOT_YET = W(
    "{number}“{name}”还不能进入“{state}”：{by}。{way}",
    "{number} “{name}” cannot become “{state}” yet: {by}. {way}",
)
NO_VOID = W(
    "{number}“{name}”已挂起，不能作废：{by}。{way}",
    "{number} “{name}” is on hold and cannot be voided: {by}. {way}",
)
NOT_EARLIER = W(
    "{number}“{name}”已挂起，日期不能早于 {day}：{by}。{way}",
    "{number} “{name}” is on hold and cannot be due before {day}: {by}. {way}",
)
ONE = W("{type} {number} {why}", "{type} {number} {why}")
MORE = W("另有 {n} 项", "{n} more")
MOST = 4
"""Reasons of one record that are told; the others are counted."""


class GatedRecord(NamedTuple):
    """What a gate needs to know of a record that may be held."""

    type: str
    id: str
    project: str
    state: str
    due: str | None
    void: str | None
    dots: str


class GateDecision(NamedTuple):
    """A record whose decision lets pass, up to and including a day (None: without end)."""

    id: str
    type: str
    until: str | None = None


class Hold(Frozen, kw_only=True):
    """What holds some records of a project now, or would but for a decision."""

    by: tuple[Record, ...]
    """The records that people are told of."""
    why: W
    """Why they hold, after their number: “is undecided”."""
    way: W
    """What ends it: a sentence."""
    project: str
    covers: Callable[[GatedRecord], bool]
    decisions: tuple[GateDecision, ...]
    lifted: tuple[Record, ...] = ()
    """The records whose present state lets pass; empty while it holds."""
    seen: Mapping[str, frozenset[Dot]]
    """The versions in which it saw records as passed when it was written."""
    beside: frozenset[str] = frozenset()
    """Ids of further records that it holds while they are not passed, and not afterwards."""
    named: frozenset[str] = frozenset()
    """Ids of what it names itself."""
    starts: str | None = None
    """The day before which nothing else that it holds may be moved."""


class Holder(NamedTuple):
    """A record that holds others."""

    record: Record
    why: W
    """Why it holds, in the words of its holds."""
    held: tuple[str, ...]
    """The ids of what it holds."""


class Lack(NamedTuple):
    """Something that a record lacks before it may pass."""

    by: tuple[Record, ...]
    """The records that people are told of: where it can be made good."""
    why: W
    """What is lacking, after their number: “has no signature”."""
    way: W
    """How it is made good: a sentence."""


class GateQuestion(NamedTuple):
    """What a gate is asked."""

    store: Store
    today: str
    """The business day, 'YYYY-MM-DD'."""
    project: str | None = None
    """Only the holds of this project; None = of all."""
    lifted: bool = False
    """Whether holds are wanted, too, past which a decision lets now."""


Gate = Callable[[GateQuestion], Iterable[Hold]]
LackRule = Callable[["Store", Any], Iterable[Lack]]
AnyGate = TypeVar("AnyGate", bound=Gate)
AnyLack = TypeVar("AnyLack", bound=LackRule)
_gated: dict[str, tuple[str, ...]] = {}
_passes: dict[str, tuple[str, ...]] = {}
_gates: list[Gate] = []
_lacks: dict[str, list[LackRule]] = {}
_last: dict[str, None] = {}


def gated(type: str, *passed: str, last: bool = False) -> None:
    """Declare the states of a type that nothing held may be brought into.

    One that is `last` comes after all else in its project, whatever its day.
    """
    _gated[type] = passed
    if last:
        _last[type] = None
    derived_state(type, place=FIRST)(held_now)


def before_passing(type: str) -> Callable[[AnyLack], AnyLack]:
    """Register `(store, record)`: what a record of a gated type lacks before it may pass."""

    def register(rule: AnyLack) -> AnyLack:
        _lacks.setdefault(type, []).append(rule)
        return rule

    return register


def gate(*holders: str, passes: Sequence[str]) -> Callable[[AnyGate], AnyGate]:
    """Register what holds; `passes` are the states of the holders' types that let pass."""

    def register(rule: AnyGate) -> AnyGate:
        _passes.update(dict.fromkeys(holders, tuple(passes)))
        _gates.append(rule)
        return rule

    return register


def gated_types() -> tuple[str, ...]:
    """The types that may be held."""
    return tuple(_gated)


def last_types() -> tuple[str, ...]:
    """Those of them that come after all else in their project."""
    return tuple(_last)


def holder_types() -> tuple[str, ...]:
    """The types that hold others."""
    return tuple(_passes)


def is_passed(type: str, state: object) -> bool:
    """Whether a record of this type is passed in a state."""
    return state in _gated.get(type, ())


def lets_pass(type: str, state: object) -> bool:
    """Whether a holder of this type lets pass in a state."""
    return state in _passes.get(type, ())


def passed_before() -> Any:
    """The field in which a holder notes what it saw as passed when it was written."""
    return prose("当时已通过", "Passed before", computed=True, at_birth=True, internal=True)


class HeldState(DerivedState):
    """One look at many records: what is held is asked once."""

    def __init__(self, store: Store, project: str | None = None) -> None:
        """`project` looks at what is held in one project alone."""
        self._store, self._project = store, project
        self._records: dict[str, list[GatedRecord]] = {}
        self._lacking: dict[str, list[Lack]] = {}
        self._passed: set[str] = set()
        """What was passed though something covers it."""

    # -- as the views ask ------------------------------------------------------------------------

    def by(self, record: Record) -> list[Record]:
        """The records that hold this one, oldest first; none where it is not held."""
        return self.by_id(record.id)

    def by_id(self, id: str) -> list[Record]:
        """The same of a record by its id."""
        found = {one.id: one for hold in self._held.get(id, ()) for one in hold.by}
        return sorted(found.values(), key=lambda one: (one.recorded, one.id))

    def held_by(self, holder: str) -> list[str]:
        """The ids of what a record holds, in the order of types and due days."""
        return [
            id
            for id, holds in self._held.items()
            if any(one.id == holder for hold in holds for one in hold.by)
        ]

    def holders(self) -> list[Holder]:
        """Every record that holds something, oldest first: why, and the ids of what it holds."""
        holds = [hold for some in self._held.values() for hold in some]
        found = [Holder(one, why, tuple(self.held_by(one.id))) for one, why in _reasons(holds)]
        return sorted(found, key=lambda one: (one.record.recorded, one.record.id))

    @property
    def all_held(self) -> list[GatedRecord]:
        """Everything that is held."""
        held = self._held
        return [one for some in self._records.values() for one in some if one.id in held]

    def to_mind(self, until: str) -> list[GatedRecord]:
        """Of everything that is held what people should know of: it is named, was marked as passed
        all the same, or is due until a day.
        """
        named = {id for some in self._active.values() for hold in some for id in hold.named}
        return [
            one
            for one in self.all_held
            if one.id in named
            or is_passed(one.type, one.state)
            or (one.due is not None and one.due <= until)
        ]

    def state(self, record: Record) -> str | None:
        """`held` while something holds the record."""
        return HELD if record.id in self._held else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The SQL expression of the shown state and its parameters."""
        if not self._held:
            return None
        sql = f"CASE WHEN id IN (SELECT value FROM json_each(?)) THEN '{HELD}' ELSE state END"
        return sql, [json.dumps(list(self._held))]

    # -- as the book asks ------------------------------------------------------------------------

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """Nothing held is brought into a state that says it was passed."""
        if not is_passed(record.type, to):
            return None
        held, state = self._over(record), record.kind.state(to).label
        if held or is_passed(record.type, record.state):
            return _refused(HELD_BY, record, held, state=state)
        return _refused(NOT_YET, record, self.lacks(record), state=state)

    def lacks(self, record: Record) -> list[Lack]:
        """What a record lacks before it may pass, beside what holds it."""
        if record.id not in self._lacking:
            rules = _lacks.get(record.type, ()) if record.void is None else ()
            found = [lack for rule in rules for lack in rule(self._store, record)]
            self._lacking[record.id] = found
        return self._lacking[record.id]

    def bars_void(self, record: Record) -> Refused | None:
        """Nothing held is voided."""
        return _refused(NO_VOID, record, self._held.get(record.id, ()))

    def bars_edit(self, record: Record, values: Mapping[str, Any]) -> Refused | None:
        """Nothing held becomes due before what its holder names."""
        day = values.get(record.kind.due) if record.kind.due else None
        if day is None or day == getattr(record, record.kind.due):
            return None
        for hold in self._over(record):
            if hold.starts is not None and str(day) < hold.starts and record.id not in hold.named:
                return _refused(NOT_EARLIER, record, [hold], day=hold.starts)
        return None

    def noted(self, record: Record, to: str) -> dict[str, Any]:
        """What a move into a passed state names: the decisions without which it were held."""
        if not is_passed(record.type, to):
            return {}
        this = _gated_record(record)
        own = space_of(record.kind, record.project, record.id)
        by: dict[str, frozenset[Dot]] = {}
        beyond: dict[str, frozenset[Dot]] = {}
        for hold in self._holds(this.project, lifted=True):
            if hold.lifted and hold.covers(this):
                for one in hold.lifted:
                    here = space_of(one.kind, one.project, one.id) == own
                    (by if here else beyond)[one.id] = self.versions(one.dots)
        return passage.payload(self._store.today().isoformat(), by, beyond)

    # -- what holds ------------------------------------------------------------------------------

    def _holds(self, project: str | None = None, *, lifted: bool = False) -> Iterator[Hold]:
        today = self._store.today().isoformat()
        asked = GateQuestion(self._store, today, project, lifted)
        for rule in _gates:
            yield from rule(asked)

    @cached_property
    def _active(self) -> dict[str, list[Hold]]:
        """Project -> what holds in it now."""
        found: dict[str, list[Hold]] = {}
        for hold in self._holds(self._project):
            if not hold.lifted:
                found.setdefault(hold.project, []).append(hold)
        return found

    def _over(self, record: Record) -> list[Hold]:
        """What bars a record from being passed now, whether it was passed before or not."""
        this = _gated_record(record)
        found = self._active.get(this.project, [])
        return [hold for hold in found if hold.covers(this) or this.id in hold.beside]

    @cached_property
    def _held(self) -> dict[str, list[Hold]]:
        """Id -> what holds it, of everything that is held."""
        if not self._active:
            return {}
        found: dict[str, list[Hold]] = {}
        passed: list[tuple[GatedRecord, Hold]] = []
        self._records = gated_records(self._store, list(self._active))
        for one in (one for some in self._records.values() for one in some):
            done = is_passed(one.type, one.state)
            for hold in self._active[one.project] if one.void is None else ():
                if hold.covers(one):
                    found.setdefault(one.id, []).append(hold)
                    if done:
                        passed.append((one, hold))
                elif one.id in hold.beside and not done:
                    found.setdefault(one.id, []).append(hold)
        self._passed = {one.id for one, _ in passed}
        for one, hold in passed:
            if self._stays(one, hold):
                found[one.id].remove(hold)
        return {id: holds for id, holds in found.items() if holds}

    # -- what stays passed -----------------------------------------------------------------------

    def _stays(self, one: GatedRecord, hold: Hold) -> bool:
        """Whether a record was passed before the holder, or by a decision that let pass."""
        dots = self.versions(one.dots)
        if dots & hold.seen.get(one.id, frozenset()):
            return True
        for dot in dots:
            said = self._passages.get((one.id, *dot))
            if said is not None and any(self._let(said, key) for key in hold.decisions):
                return True
        return False

    @cached_property
    def _passages(self) -> dict[tuple[str, str, int], Passage]:
        return _passages(self._store, self._passed)

    def _let(self, said: Passage, decision: GateDecision) -> bool:
        """Whether a passage names a version of a decision that let pass, on a day that counts."""
        if decision.until is not None and said.day > decision.until:
            return False
        return any((decision.id, *dot) in self._decided for dot in said.versions(decision.id))

    @cached_property
    def _decided(self) -> set[tuple[str, str, int]]:
        """(Record, device, sequence) of every decision that let pass, of those asked for."""
        holds = [hold for some in self._active.values() for hold in some]
        keys = {key.id: key.type for hold in holds for key in hold.decisions}
        sql = (
            "SELECT record, device, seq, state FROM transition"
            " WHERE record IN (SELECT value FROM json_each(?))"
        )
        found = self._store.rows(sql, (json.dumps(list(keys)),))
        return {
            (record, device, seq)
            for record, device, seq, state in found
            if lets_pass(keys[record], state)
        }

    def versions(self, dots: str) -> frozenset[Dot]:
        """The versions of a record's state, by the ids of their devices."""
        names = self._devices
        return frozenset((names[idx], seq) for idx, seq in FieldVersions(dots).of("state"))

    @cached_property
    def _devices(self) -> dict[int, str]:
        return {idx: str(id) for idx, id in self._store.rows("SELECT idx, id FROM device")}


def gated_records(store: Store, projects: Sequence[str]) -> dict[str, list[GatedRecord]]:
    """What may be held in some projects, by type, in the order of due days."""
    found: dict[str, list[GatedRecord]] = {}
    for type in sorted(_gated, key=lambda one: kinds[one].kind.project == "none"):
        kind = kinds[type].kind  # a project comes after what belongs to it
        due = f'"{kind.due}"' if kind.due else "NULL"
        project = _project(kind)
        sql = (
            f'SELECT id, {project}, state, {due}, void, dots FROM "{type}"'
            f" WHERE {project} IN ({places(projects)}) ORDER BY {due} IS NULL, {due}, n"
        )
        found[type] = [GatedRecord(type, *row) for row in store.rows(sql, projects)]
    return found


def held_now(store: Store) -> HeldState:
    """The look at everything that is held, the same one until anything is written."""
    return store.look(HeldState)


def passed_versions(store: Store, project: str) -> dict[str, frozenset[Dot]]:
    """Id -> versions of the state, of what is passed in a project now."""
    look = held_now(store)
    return {
        one.id: look.versions(one.dots)
        for some in gated_records(store, [project]).values()
        for one in some
        if one.void is None and is_passed(one.type, one.state)
    }


def _project(kind: Kind) -> str:
    """The column that says to which project a gated record belongs; a project is its own."""
    return "id" if kind.name == "project" else "project"


def _gated_record(record: Record) -> GatedRecord:
    kind = record.kind
    project = str(getattr(record, _project(kind)))
    due = getattr(record, kind.due) if kind.due else None
    state = record.state
    return GatedRecord(kind.name, record.id, project, state, due, record.void, record.dots)


def _passages(store: Store, ids: Iterable[str]) -> dict[tuple[str, str, int], Passage]:
    """(Record, device, sequence) -> what a move of these records named, where it named anything."""
    sql = (
        "SELECT c.record, d.id, c.seq, c.body FROM change c JOIN device d ON d.idx=c.idx"
        " WHERE c.record IN (SELECT value FROM json_each(?))"
    )
    found: dict[tuple[str, str, int], Passage] = {}
    for record, device, seq, body in store.rows(sql, (json.dumps(sorted(ids)),)):
        if passage.PASSING.encode() in bytes(body or b""):
            try:
                said = passage.read(json.loads(body).get("m"))
            except ValueError:
                continue
            if said is not None:
                found[record, device, seq] = said
    return found


def _refused(
    word: W, record: Record, holds: Sequence[Hold | Lack], **more: object
) -> Refused | None:
    if not holds:
        return None
    by, way = listed(_told(holds)), holds[0].way
    return Refused(word, number=record.number, name=record.title(), by=by, way=way, **more)


def _told(holds: Sequence[Hold | Lack]) -> Iterator[W]:
    """Each record that holds, with all that it holds for."""
    for one, why in _reasons(holds):
        label = one.kind.label
        yield W(
            ONE.zh.format(type=label.zh, number=one.number, why=why.zh),
            ONE.en.format(type=label.en, number=one.number, why=why.en),
        )


def _reasons(holds: Sequence[Hold | Lack]) -> Iterator[tuple[Record, W]]:
    """Each record that holds, and why: the first reasons, the others counted."""
    by = {one.id: one for hold in holds for one in hold.by}
    for id, one in by.items():
        whys = dict.fromkeys(hold.why for hold in holds if id in {it.id for it in hold.by})
        said = list(whys)[:MOST]
        left = len(whys) - len(said)
        said += [W(MORE.zh.format(n=left), MORE.en.format(n=left))] if left else []
        yield one, listed(said)
