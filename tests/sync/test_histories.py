"""Random histories against the oracle, and faulty merges that the same check must catch.

Sync cases 8, 12, 18, 19, 20, 42.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peewee import SqliteDatabase

import sync.changes.merge as rule
from sync.changes.change import Change, Dot, chain
from sync.changes.merge import Register, State, Vector, Version
from sync.log.change_log import Log, LogOutcome
from tests.support.random_histories import Outcome, Replica, Rules, World, history

HISTORIES = 1600
MET = {
    "conflict": 100_000,
    "built on another's": 30_000,
    "stale form": 1000,
    "duplicate": 3000,
    "waiting": 500,
    "join of two sides": 500,
    "edited against void": 10_000,
    "restored": 500,
}
"""How often each hard situation must arise at least, or the run proves little."""


def _sum(outcomes: Iterable[Outcome]) -> Outcome:
    total = Outcome()
    for outcome in outcomes:
        total.faults += outcome.faults
        total.met += outcome.met
    return total


def test_random_histories_show_exactly_the_concurrent_edits() -> None:
    total = _sum(history(seed, Rules()) for seed in range(HISTORIES))
    assert total.faults == Counter()
    assert {what for what, least in MET.items() if total.met[what] < least} == set()


@pytest.mark.long
def test_many_long_histories() -> None:
    total = _sum(history(seed, Rules(), steps=120) for seed in range(10_000, 15_000))
    assert total.faults == Counter()


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(5, 40))
def test_histories_that_hypothesis_looks_for(random: Random, steps: int) -> None:
    assert World(random, Rules()).run(steps).faults == Counter()


class Logged(Replica):
    """A replica whose changes go through the real log: bytes, chains, SQL."""

    def __init__(self, name: str, rules: Rules, skew: int) -> None:
        super().__init__(name, rules, skew)
        self.wall = 0
        self.db = SqliteDatabase(":memory:")
        Log.create(self.db)
        self.change_log = Log(self.db, name, ord(name), ord, chr, lambda: self.wall)

    def log(
        self, record: str, fields: dict[str, object], base: dict[str, list[Dot]], now: int
    ) -> Change:
        self.wall = now
        with self.db.atomic("IMMEDIATE"):
            seq, _ = self.change_log.append(
                space="p:1", type="fix", record=record, fields=fields, base=base
            )
            return self.change_log.find("p:1", self.name, seq)

    def keep(self, change: Change) -> None:
        body = change.canonical()
        with self.db.atomic("IMMEDIATE"):
            _, prev = self.change_log.tip(change.space, change.device)
            taken = self.change_log.accept(change, body, chain(prev, body))
        assert taken is LogOutcome.NEW
        super().keep(change)

    def since(self, held: Vector) -> list[Change] | None:
        return [Change.parse(body) for body in self.change_log.since("p:1", held)]


def test_histories_through_the_real_log() -> None:
    made: list[Logged] = []

    def make(name: str, rules: Rules, skew: int) -> Replica:
        made.append(Logged(name, rules, skew))
        return made[-1]

    total = _sum(history(seed, Rules(), make) for seed in range(60))
    assert not any(replica.change_log.verify_chain() for replica in made)
    for replica in made:
        replica.db.close()
    assert total.faults == Counter()
    assert total.met["conflict"] and total.met["waiting"]


Apply = Callable[[Register, Iterable[Dot], Version], Register]


def _merging(apply: Apply) -> Rules:
    """The rules with another `apply`."""

    def merged(state: State, change: Change) -> dict[str, Register]:
        out = dict(state)
        for name, value in change.fields.items():
            new = Version(change.device, change.seq, change.at, value)
            out[name] = apply(out.get(name, ()), change.base.get(name, ()), new)
        return out

    return Rules(merge=merged)


def _latest(register: Register, base: Iterable[Dot], new: Version) -> Register:
    return (max(*register, new, key=lambda v: v.at),) if register else (new,)


def _older_times_gone(register: Register, base: Iterable[Dot], new: Version) -> Register:
    return (*(v for v in rule.apply(register, base, new) if v.at >= new.at),)


def _own_replaced(register: Register, base: Iterable[Dot], new: Version) -> Register:
    own = [v.dot for v in register if v.device == new.device]
    return rule.apply(register, [*base, *own], new)


def _base_as_vector(register: Register, base: Iterable[Dot], new: Version) -> Register:
    upto = dict(sorted(base))
    gone = [v.dot for v in register if v.seq <= upto.get(v.device, 0)]
    return rule.apply(register, gone, new)


def _equal_dropped(register: Register, base: Iterable[Dot], new: Version) -> Register:
    kept = [v for v in rule.apply(register, base, new) if v.dot != new.dot]
    return tuple(kept) if any(v.value == new.value for v in kept) else tuple(sorted([*kept, new]))


def _only_the_shown(changes: Iterable[Change]) -> set[Dot]:
    """Of rivals only the last one written goes along."""
    every = list(changes)
    last = {(c.record, name): c.dot for c in every for name in c.fields}
    return {*last.values(), *(c.dot for c in every if "void" in c.fields)}


def _nothing_replaced(state: State, change: Change) -> dict[str, Register]:
    return dict(state)


def _all_replaced(state: State, change: Change) -> dict[str, Register]:
    return {name: () if name in change.base else r for name, r in state.items()}


def _own_gone(state: State, change: Change) -> dict[str, Register]:
    mine = rule.passed(state, change)
    return {n: tuple(v for v in r if v.device != change.device) for n, r in mine.items()}


def _disputed_loosely(state: State) -> list[str]:
    differ = {name: any(v.value != r[0].value for v in r) for name, r in state.items()}
    return [name for name in rule.in_conflict(state) if differ[name]]


def _disputed_reasons(state: State) -> list[str]:
    return [name for name, register in state.items() if rule.conflicts(register)]


def _only_gaps(change: Change, held: Vector) -> list[Dot]:
    return [dot for dot in rule.missing(change, held) if dot[0] == change.device]


def _no_rank(register: Register, rank: Mapping[object, int] | None) -> Version:
    return rule.shown(register)


def _time_alone(register: Register, rank: Mapping[object, int] | None) -> Version:
    place = rank or {}
    return min(register, key=lambda v: (place.get(str(v.value), 9), -v.at))


def _never(state: State, saw: Collection[Dot]) -> bool:
    return False


def _whoever(state: State, saw: Collection[Dot]) -> bool:
    return rule.edited_against_void(state, ())


MUTANTS = {
    "the latest time wins": (_merging(_latest), "missed conflict"),
    "a later time replaces earlier ones": (_merging(_older_times_gone), "missed conflict"),
    "every save replaces all": (_merging(lambda r, b, n: (n,)), "missed conflict"),
    "no save replaces anything": (_merging(lambda r, b, n: (*r, n)), "false conflict"),
    "a device replaces its own versions": (_merging(_own_replaced), "missed conflict"),
    "a base covers earlier versions": (_merging(_base_as_vector), "missed conflict"),
    "an equal value is not kept": (_merging(_equal_dropped), "false conflict"),
    "the base is taken at saving": (Rules(base=lambda opened, now: now), "missed conflict"),
    "an edit names rivals too": (
        Rules(seen=lambda r, rank: [v.dot for v in r]),
        "missed conflict",
    ),
    "an edit names one of equal versions": (
        Rules(seen=lambda r, rank: [rule.shown(r, rank).dot]),
        "false conflict",
    ),
    "a snapshot has no rivals": (Rules(needed=_only_the_shown), "missed conflict"),
    "what was left out replaced nothing": (Rules(passed=_nothing_replaced), "false conflict"),
    "what was left out replaced all": (Rules(passed=_all_replaced), "missed conflict"),
    "what was left out was its device's last": (Rules(passed=_own_gone), "versions"),
    "nothing waits for its base": (Rules(missing=_only_gaps), "false conflict"),
    "true is one": (Rules(in_conflict=_disputed_loosely), "missed conflict"),
    "reasons for voiding conflict": (Rules(in_conflict=_disputed_reasons), "false conflict"),
    "the more advanced state is shown": (Rules(shown=_no_rank), "shown"),
    "time alone decides what is shown": (Rules(shown=_time_alone), "shown"),
    "a void hides what it did not see": (Rules(against_void=_never), "void"),
    "a void saw nothing": (Rules(against_void=_whoever), "void"),
}


@pytest.mark.parametrize(("rules", "fault"), MUTANTS.values(), ids=MUTANTS)
def test_a_faulty_merge_is_caught(rules: Rules, fault: str) -> None:
    assert any(history(seed, rules).faults[fault] for seed in range(300))
