"""A world of replicas that edit, carry and join at random; the oracle looks at every step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

import sync.changes.merge as rule
from sync.changes.change import Change, Dot
from sync.changes.hybrid_clock import tick, witness
from sync.changes.merge import Register, State, Vector, Version
from sync.changes.pruned import PrunedChange
from sync.validation.pruning import RemainingValues
from tests.support.oracle import STATES, Oracle, Sight

RANK: dict[object, int] = {state: place for place, state in enumerate(STATES)}
RECORDS = ("R1", "R2")
VALUES = (
    None,
    "x",
    "y",
    "z",
    1,
    True,
    "1",
    {"value": "23.5", "unit": "C"},
    {"value": "23.5", "unit": "F"},
)
FIELDS = ("cause", "place")
YEAR = 365 * 24 * 3600 * 1000


def rank_of(register: str) -> Mapping[object, int] | None:
    """The order that decides which of several versions of a register is shown."""
    return {"state": RANK, "void": rule.LIVING}.get(register)


class Form(NamedTuple):
    """A form open on a screen: the versions it was opened with."""

    record: str
    seen: Mapping[str, list[Dot]]
    """Per register the versions of the value shown."""
    listed: Mapping[str, list[Dot]]
    """Per register all versions, as the review page lists them."""
    void: bool


@dataclass(frozen=True)
class Rules:
    """The functions under test; a mutant replaces one of them."""

    merge: Callable[[State, Change], dict[str, Register]] = rule.merge
    passed: Callable[[State, Change], dict[str, Register]] = rule.passed
    needed: Callable[[Iterable[Change]], set[Dot]] = lambda changes: needed(changes)
    seen: Callable[[Register, Mapping[object, int] | None], list[Dot]] = rule.seen
    shown: Callable[[Register, Mapping[object, int] | None], Version] = rule.shown
    in_conflict: Callable[[State], list[str]] = rule.in_conflict
    missing: Callable[[Change, Vector], list[Dot]] = rule.missing
    against_void: Callable[[State, Collection[Dot]], bool] = rule.edited_against_void
    base: Callable[[Form, Form], Form] = lambda opened, now: opened
    """Which form gives the base: the one opened, not the one that would be opened now."""


def needed(changes: Iterable[Change]) -> set[Dot]:
    """The changes that go into a snapshot with their values."""
    standing = RemainingValues()
    for change in changes:
        standing.add(change)
    return standing.needed()


class Snapshot(NamedTuple):
    """All that a replica holds, in its order; without values what no longer stands."""

    changes: list[Change]


class Replica:
    """A device as the merge sees it: registers, a vector, a log and an inbox."""

    def __init__(self, name: str, rules: Rules, skew: int = 0) -> None:
        self.name = name
        self.rules = rules
        self.skew = skew
        self.clock = 0
        self.held: dict[str, int] = {}
        self.states: dict[str, dict[str, Register]] = {}
        self.bodies: dict[Dot, Change] = {}
        self.inbox: dict[Dot, Change] = {}

    def open(self, record: str) -> Form:
        """Open a form: the base is taken now."""
        state = self.states.get(record, {})
        seen = {name: self.rules.seen(r, rank_of(name)) for name, r in state.items()}
        listed = {name: [v.dot for v in r] for name, r in state.items()}
        void = "void" in state and self.rules.shown(state["void"], rule.LIVING).value is not None
        return Form(record, seen, listed, void)

    def save(
        self, form: Form, values: Mapping[str, object], now: int = 0, resolve: bool = False
    ) -> Change:
        """Save a form opened earlier; resolving names every version listed in it."""
        form = self.rules.base(form, self.open(form.record))
        fields = dict(values)
        if form.void and "void" not in fields:
            fields["void"] = None
        source = form.listed if resolve else form.seen
        base = {name: source[name] for name in fields if name in source}
        if fields.get("void") is not None:
            base = dict(form.listed)
        change = self.log(form.record, fields, base, now + self.skew)
        self._apply(change)
        return change

    def log(
        self, record: str, fields: dict[str, object], base: dict[str, list[Dot]], now: int
    ) -> Change:
        """Give the change its number and time."""
        self.clock = tick(self.clock, now)
        seq = self.held.get(self.name, 0) + 1
        return Change("p:1", self.name, seq, self.clock, "fix", record, seq, fields, base)

    def receive(self, changes: Iterable[Change], now: int = 0) -> None:
        """Take changes in any order, known ones too; what lacks its cause waits."""
        for change in changes:
            if change.seq > self.held.get(change.device, 0):
                self.inbox.setdefault(change.dot, change)
        self._drain(now)

    def _drain(self, now: int) -> None:
        ready = True
        while ready:
            known = [d for d in self.inbox if d[1] <= self.held.get(d[0], 0)]
            for dot in known:
                del self.inbox[dot]
            ready = False
            for dot, change in list(self.inbox.items()):
                if not self.rules.missing(change, self.held):
                    ready = True
                    self.clock = witness(self.clock, [change.at], now + self.skew)
                    self.keep(self.inbox.pop(dot))

    def keep(self, change: Change) -> None:
        """Store and apply one change of another device."""
        self._apply(change)

    def _apply(self, change: Change) -> None:
        self.bodies[change.dot] = change
        self.held[change.device] = change.seq
        state = self.states.get(change.record, {})
        rule = self.rules.passed if isinstance(change, PrunedChange) else self.rules.merge
        self.states[change.record] = rule(state, change)

    def since(self, held: Vector) -> list[Change] | None:
        """What a holder of `held` lacks, in our order; None when not all values are here."""
        found = [c for c in self.bodies.values() if c.seq > held.get(c.device, 0)]
        return None if any(isinstance(c, PrunedChange) for c in found) else found

    def snapshot(self) -> Snapshot:
        """Everything, in our order; what no longer stands without its values."""
        kept = self.rules.needed(self.bodies.values())
        return Snapshot([c if c.dot in kept else _bare(c) for c in self.bodies.values()])

    def take(self, snapshot: Snapshot, now: int = 0) -> None:
        """Join a snapshot into what we have, unsent work included."""
        for change in snapshot.changes:
            if change.seq > self.held.get(change.device, 0):
                self._apply(change)
        self._drain(now)

    def against_void(self, record: str) -> bool:
        """Whether the record is void and was edited by somebody unaware of it."""
        state = self.states.get(record, {})
        voids = [self.bodies[v.dot] for v in state.get("void", ()) if v.dot in self.bodies]
        return self.rules.against_void(state, rule.saw(voids))


def _bare(c: Change) -> PrunedChange:
    base = {name: c.base.get(name, ()) for name in c.fields} if c.fields else c.base
    return PrunedChange(c.space, c.device, c.seq, c.at, c.type, c.record, c.tx, {}, base)


@dataclass
class Outcome:
    """What a history showed: faults by kind, and how often each hard situation arose."""

    faults: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)


class _Open(NamedTuple):
    replica: Replica
    form: Form
    sight: Sight


class _Mail(NamedTuple):
    to: Replica
    changes: list[Change] | None
    snapshot: Snapshot | None
    dots: frozenset[Dot]


class World:
    """Replicas, the forms left open on them and the mail between them, driven by one Random."""

    def __init__(
        self, random: Random, rules: Rules, make: Callable[[str, Rules, int], Replica] = Replica
    ) -> None:
        self.random = random
        self.oracle = Oracle()
        self.outcome = Outcome()
        self.now = 1_700_000_000_000
        skews = (0, 0, 60_000, -3_600_000, -YEAR, 75 * YEAR)
        names = "ABCDEF"[: random.randint(2, 6)]
        self.replicas = [make(name, rules, random.choice(skews)) for name in names]
        self.forms: list[_Open] = []
        self.mail: list[_Mail] = []

    def run(self, steps: int, snapshots: bool = True) -> Outcome:
        """Random steps, then everybody meets everybody."""
        acts = [self.edit] * 8 + [self.open] * 3 + [self.save] * 3
        acts += [self.carry] * 8 + [self.post] * 4 + [self.deliver] * 4
        acts += [self.skew] + [self.freeze] * 2 * snapshots
        for _ in range(steps):
            self.now += self.random.choice((0, 0, 1, 5, 70_000))
            self.random.choice(acts)()
        self.meet()
        return self.outcome

    def edit(self) -> None:
        """Somebody opens a record and saves it at once."""
        self.open()
        self._save(self.forms.pop())

    def open(self) -> None:
        """Somebody opens a record, and may leave the form open for long."""
        replica, record = self.random.choice(self.replicas), self.random.choice(RECORDS)
        sight = self.oracle.look(replica.name, record)
        self.forms.append(_Open(replica, replica.open(record), sight))

    def save(self) -> None:
        """Somebody saves a form left open, and perhaps leaves it open still."""
        if self.forms:
            opened = self.random.choice(self.forms)
            if self.random.random() < 0.9:
                self.forms.remove(opened)
            self._save(opened)

    def _save(self, opened: _Open) -> None:
        """An edit, a move, a resolution or a voiding."""
        replica, form, sight = opened
        resolve = self.random.random() < 0.6
        values = self._values(sight)
        if replica.open(form.record) != form:
            self.outcome.met["stale form"] += 1
        change = replica.save(form, values, self.now, resolve)
        seen = sight.listed if resolve else sight.shown
        wrote = dict(values)
        if self._void(sight) and "void" not in values:
            wrote["void"] = None
            self.outcome.met["restored"] += 1
        known = {name: dots for name, dots in seen.items() if name in wrote}
        if wrote.get("void") is not None:
            known = dict(sight.listed)
        self.oracle.write(change.dot, change.at, form.record, wrote, known, sight)
        self.look(replica)

    def _values(self, sight: Sight) -> dict[str, object]:
        draw = self.random.random()
        if not sight.shown:
            return {"state": "open", "cause": self.random.choice(VALUES)}
        if draw < 0.15:
            return {"void": self.random.choice(("twice", "wrong site"))}
        if draw < 0.4:
            return {"state": self.random.choice(STATES)}
        names = self.random.sample(FIELDS, self.random.randint(1, 2))
        return {name: self.random.choice(VALUES) for name in names}

    def _void(self, sight: Sight) -> bool:
        return any(self.oracle.writes[d].values["void"] for d in sight.shown.get("void", ()))

    def post(self) -> None:
        """Somebody packs what another lacks: whole, cut, with a hole, shuffled or too much."""
        giver, taker = self.random.sample(self.replicas, 2)
        whole = giver.since(taker.held if self.random.random() < 0.7 else {})
        if not whole:
            return
        how = self.random.choice(
            ("whole", "whole", "cut", "hole", "shuffled", "own only", "own only")
        )
        changes = list(whole)
        if how == "cut":
            del changes[self.random.randint(1, len(changes)) :]
        if how == "hole":
            changes.remove(self.random.choice(changes))
        if how == "shuffled":
            self.random.shuffle(changes)
        if how == "own only":
            changes = [c for c in changes if c.device == giver.name]
        self.mail.append(_Mail(taker, changes, None, frozenset(c.dot for c in changes)))

    def carry(self) -> None:
        """Somebody packs and hands over at once."""
        before = len(self.mail)
        self.post()
        if len(self.mail) > before:
            self.hand(self.mail.pop())

    def freeze(self) -> None:
        """Somebody makes a snapshot for another, which may arrive much later."""
        giver, taker = self.random.sample(self.replicas, 2)
        known = self.oracle.known(giver.name)
        self.mail.append(_Mail(taker, None, giver.snapshot(), known))

    def deliver(self) -> None:
        """Any piece of mail arrives, and perhaps not for the last time."""
        if not self.mail:
            return
        piece = self.random.choice(self.mail)
        if self.random.random() < 0.7:
            self.mail.remove(piece)
        self.hand(piece)

    def hand(self, piece: _Mail) -> None:
        """One delivery, to the replica and to the oracle."""
        taker = piece.to
        known = self.oracle.known(taker.name)
        self.outcome.met["duplicate"] += bool(known & piece.dots)
        if piece.changes is not None:
            taker.receive(piece.changes, self.now)
        if piece.snapshot is not None:
            self.outcome.met["join of two sides"] += not (
                known <= piece.dots or piece.dots <= known
            )
            taker.take(piece.snapshot, self.now)
        self.outcome.met["waiting"] += bool(taker.inbox)
        self.oracle.receive(taker.name, piece.dots)
        self.look(taker)

    def skew(self) -> None:
        """Somebody's clock is set, forward or back."""
        self.random.choice(self.replicas).skew = self.random.choice((0, -YEAR, 60_000))

    def meet(self) -> None:
        """Everybody gives everybody what they lack, twice; then all must be equal."""
        for _ in range(2):
            for giver in self.replicas:
                for taker in self.replicas:
                    changes = giver.since(taker.held)
                    snapshot = giver.snapshot() if changes is None else None
                    known = self.oracle.known(giver.name)
                    dots = known if changes is None else frozenset(c.dot for c in changes)
                    self.hand(_Mail(taker, changes, snapshot, dots))
        first = self.replicas[0]
        for replica in self.replicas:
            same = replica.states == first.states and replica.held == first.held
            self.outcome.faults["unequal"] += not same
            self.outcome.faults["stuck"] += bool(replica.inbox)
            self.look(replica)

    def look(self, replica: Replica) -> None:
        """Compare a replica with the oracle."""
        faults = self.outcome.faults
        held = {dot for dot in self.oracle.writes if dot[1] <= replica.held.get(dot[0], 0)}
        faults["held"] += held != self.oracle.known(replica.name)
        for record in RECORDS:
            state = replica.states.get(record, {})
            in_conflict = replica.rules.in_conflict(state)
            truth = self.oracle.fields(replica.name, record)
            for name, expected in truth.items():
                register = state.get(name, ())
                self.outcome.met["conflict"] += expected.conflict
                faults["missed conflict"] += expected.conflict and name not in in_conflict
                faults["false conflict"] += name in in_conflict and not expected.conflict
                faults["versions"] += [v.dot for v in register] != sorted(expected.heads)
                self.outcome.met["built on another's"] += not expected.conflict and any(
                    dot[0] != expected.shown[0]
                    for dot in self.oracle.writes[expected.shown].ancestors[name]
                )
                if register:
                    shown = replica.rules.shown(register, rank_of(name)).value
                    wanted = self.oracle.writes[expected.shown].values[name]
                    faults["shown"] += _exact(shown) != _exact(wanted)
            against = self.oracle.against_void(replica.name, record)
            self.outcome.met["edited against void"] += against
            faults["void"] += replica.against_void(record) != against


def _exact(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def history(
    seed: int, rules: Rules, make: Callable[[str, Rules, int], Replica] = Replica, steps: int = 40
) -> Outcome:
    """One random history from a seed."""
    return World(Random(seed), rules, make).run(steps, snapshots=make is Replica)
