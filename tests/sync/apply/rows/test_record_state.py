"""Record state: others' changes in any order come out as the plain merge says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.schema.record import kinds
from sync.apply.reevaluation.rebuild import state_of
from sync.apply.rows.record_state import RecordState, born
from sync.apply.transaction import Transaction, begin
from sync.changes.change import Change
from sync.changes.merge import shown
from sync.changes.pruned import PrunedChange
from tests.support.replicas import Team

CLS, ID, NOW = kinds["fix"], "0190a1b2-0000-7000-8000-000000000001", 1_764_000_000_000
HEADER = {"author": "p1", "number": "FX-1", "project": "one", "ref": None, "occurred": NOW,
          "recorded": NOW}  # fmt: skip


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    team = Team.copied(tmp_path_factory.mktemp("team"))
    one = team.founder
    with begin(one.workspace, one.exchange.trust, f"p:{team.project}") as found:
        yield found
    team.close()


def change(device: str, seq: int, fields: dict[str, Any], **base: Any) -> Change:
    """An edit; later sequences were written later."""
    return Change(
        "p:one", device, seq, (NOW + seq) << 20, "fix", ID, seq, fields,
        {name: dots if isinstance(dots, list) else [dots] for name, dots in base.items()},
    )  # fmt: skip


def created(**fields: Any) -> Change:
    """The creation, by device a."""
    said = {"state": "open", **fields}
    return Change("p:one", "a", 1, NOW << 20, "fix", ID, 1, said, {}, HEADER)


def record(tx: Transaction, *changes: Change) -> RecordState:
    """The record after these changes, the creation first; the log knows their times."""
    held = born(CLS, changes[0], tx.names)
    for one in changes:
        tx.names._at[tx.names.idx(one.device), one.seq] = one.at
        held.take(one)
    return held


def test_a_creation_makes_a_new_row(tx: Transaction) -> None:
    held = record(tx, created(cause="x"))
    assert held.new and held.whole()["cause"] == "x" and held.changed == frozenset()
    assert (held.id, held.author, held.project, held.number) == (ID, "p1", "one", "FX-1")
    assert (held.state, held.void, held.kind.name) == ("open", None, "fix")
    assert held.row["dots"] == f"{tx.names.idx('a')}.1" and held.row["synced"] == tx.now


def test_what_replaces_the_value_shown_is_shown(tx: Transaction) -> None:
    held = record(tx, created(cause="x"), change("b", 2, {"cause": "y"}, cause=("a", 1)))
    assert held.row["cause"] == "y" and held.siblings == {}
    assert held.standing("cause") == ((tx.names.idx("b"), 2),)
    assert held.has(("b", 2)) and not held.has(("b", 3))
    assert held.without({"cause": [("b", 2), ("c", 9)]}) == [("c", 9)]
    assert held.of_state([("a", 1)]) and not held.of_state([("b", 2)])


def test_what_was_written_apart_is_a_sibling_until_somebody_decides(tx: Transaction) -> None:
    apart = (
        change("b", 2, {"cause": "y"}, cause=("a", 1)),
        change("c", 3, {"cause": "z"}, cause=("a", 1)),
    )
    held = record(tx, created(cause="x"), *apart)
    assert held.row["cause"] == "z" and [v.value for v in held.siblings["cause"]] == ["y"]
    assert held.dirty_siblings == {"cause"}
    held.take(change("a", 4, {"cause": "w"}, cause=[("b", 2), ("c", 3)]))
    assert held.row["cause"] == "w" and held.siblings == {}


def test_the_same_value_twice_is_no_conflict(tx: Transaction) -> None:
    alike = (
        change("b", 2, {"cause": "y"}, cause=("a", 1)),
        change("c", 3, {"cause": "y"}, cause=("a", 1)),
    )
    held = record(tx, created(cause="x"), *alike)
    assert held.siblings == {} and len(held.standing("cause")) == 2


def test_a_voiding_hides_only_what_it_had_seen(tx: Transaction) -> None:
    voided = change("b", 2, {"void": "重复"}, cause=("a", 1), state=("a", 1))
    void = tx.names.idx("b"), 2
    tx.names._saw[void] = frozenset({(tx.names.idx("a"), 1), void})
    held = record(tx, created(cause="x"), voided)
    assert held.row["void"] == held.void == "重复"
    edited = change("c", 3, {"cause": "y"}, cause=("a", 1))
    tx.names._at[tx.names.idx("c"), 3] = edited.at
    held.take(edited)
    assert [v.value for v in held.siblings["void"]] == ["重复"] and held.row["void"] is None


def test_a_pruned_change_takes_away_what_it_replaced(tx: Transaction) -> None:
    held = record(tx, created(cause="x"))
    base = {"cause": [("a", 1)], "unheard": [("a", 1)], "@adopt": [("a", 1)]}
    held.pass_over(PrunedChange("p:one", "b", 2, 2, "fix", ID, 2, {}, base))
    assert (held.row["cause"], held.standing("cause")) == (None, ())
    held.take(change("c", 3, {"cause": "z"}, cause=("b", 2)))
    assert (held.row["cause"], held.siblings) == ("z", {})


def test_of_two_creations_the_earlier_header_counts(tx: Transaction) -> None:
    held = record(tx, created())
    held.header({**HEADER, "recorded": NOW + 1, "author": "p2"}, "a")
    assert held.author == "p1"
    held.header({**HEADER, "recorded": NOW - 1, "author": "p2", "occurred": NOW - 9}, "b")
    assert (held.author, held.row["device"], held.moved) == ("p2", "b", True)


def test_a_value_that_says_the_same_is_not_written(tx: Transaction) -> None:
    row = record(tx, created(typical=True)).whole()
    held = RecordState(CLS, dict(row), tx.names, new=False)
    held.set("cause", None)
    held.set("typical", True)
    assert held.changed == frozenset()
    held.set("typical", 1)
    assert held.changed == {"typical"}


def test_the_shortest_form_of_the_versions_is_written(tx: Transaction) -> None:
    held = record(tx, created(cause="x"))
    held.show("cause", held.standing("cause"), "x")
    held.dots.listed["cause"] = (held.dots.default,)
    held.tidy()
    assert held.row["dots"] == f"{tx.names.idx('a')}.1"


edits = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["cause", "place", "state"]),
        st.sampled_from(["x", "y", None]),
        st.sets(st.integers(1, 8), max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_it_shows_what_the_plain_merge_shows(
    tx: Transaction, some: list[tuple[str, str, str | None, set[int]]]
) -> None:
    made = [created(cause="w", place="w")]
    states = {"x": "fixed", "y": "closed", None: "open"}
    for seq, (device, register, value, seen) in enumerate(some, 2):
        known = [made[n - 1].dot for n in sorted(seen) if n < seq]
        said = states[value] if register == "state" else value
        made.append(change(device, seq, {register: said}, **{register: known}))
    held, plain = record(tx, *made), state_of(tx.names, made)
    for register, versions in plain.items():
        if not versions:
            continue
        rank = CLS.kind.rank if register == "state" else None
        first = shown(versions, rank)
        assert held.row[register] == first.value, register
        assert {v.dot for v in held.versions(register)} == {v.dot for v in versions}
