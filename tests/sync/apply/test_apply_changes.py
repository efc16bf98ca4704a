"""Apply changes: what counts becomes rows and moves, what does not is quarantined or parked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused, W
from sync.apply.apply_changes import Applying, ApplyOutcome
from sync.apply.transaction import Transaction, begin
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.validation.reasons import Newer
from tests.support.replicas import Team
from tests.sync.apply.rows.test_record_state import HEADER, NOW

WHY = Refused(W("不行", "no"))
FIRST = "0190a1b2-0000-7000-8000-000000000001"


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    team = Team.copied(tmp_path)
    one = team.founder
    with begin(one.workspace, one.exchange.trust, f"p:{team.project}") as found:
        yield found
    team.close()


def change(seq: int, fields: dict[str, object], **more: Any) -> Change:
    """A change of the first fix by device a; a creation with `header`."""
    record, base = more.pop("record", FIRST), more.pop("base", {})
    type = more.pop("type", "fix")
    return Change(
        "p:one",
        "a",
        seq,
        (NOW + seq) << 20,
        type,
        record,
        seq,
        fields,
        base,
        **more,
    )


CREATED = change(1, {"state": "open", "phenomenon": "a"}, header=HEADER)
EDITED = change(2, {"phenomenon": "b"}, base={"phenomenon": [("a", 1)]})


def take(
    tx: Transaction, *changes: Change, faults: dict[int, Refused] | None = None
) -> ApplyOutcome:
    """Apply changes and write the rows."""
    applying = Applying(tx)
    applying.load(changes)
    done = applying.take(changes, faults or {})
    done.add(applying.finish())
    return done


def fixes(tx: Transaction) -> list[tuple[object, ...]]:
    """What the rows show."""
    return list(tx.db.execute("SELECT id, state, phenomenon FROM fix ORDER BY n").fetchall())


def test_a_creation_and_its_edit_become_one_row(tx: Transaction) -> None:
    done = take(tx, CREATED, EDITED)
    assert fixes(tx) == [(FIRST, "open", "b")]
    assert (done.applied, done.touched) == (2, {("fix", FIRST)})
    assert (done.quarantined, done.parked, done.conflicts, done.stale) == (0, 0, {}, set())


def test_what_is_refused_is_quarantined_and_changes_nothing(tx: Transaction) -> None:
    done = take(tx, CREATED, EDITED, faults={2: WHY})
    assert fixes(tx) == [(FIRST, "open", "a")] and (done.applied, done.quarantined) == (2, 1)
    assert tx.db.execute("SELECT seq, record FROM quarantine").fetchall() == [(2, FIRST)]


def test_what_only_a_newer_version_can_judge_is_parked(tx: Transaction) -> None:
    done = take(tx, CREATED, EDITED, faults={2: Newer(W("新", "new"))})
    assert fixes(tx) == [(FIRST, "open", "a")] and (done.parked, done.quarantined) == (1, 0)
    assert tx.db.execute("SELECT seq, what FROM parked").fetchall() == [(2, "judge")]


def test_of_a_field_that_is_not_declared_the_rest_counts(tx: Transaction) -> None:
    odd = change(2, {"phenomenon": "b", "colour": "red"}, base={"phenomenon": [("a", 1)]})
    done = take(tx, CREATED, odd)
    assert fixes(tx) == [(FIRST, "open", "b")] and done.parked == 1
    assert tx.db.execute("SELECT what, name FROM parked").fetchall() == [("field", "colour")]


@pytest.mark.parametrize(
    "odd",
    [
        change(2, {"x": 1}, type="unheard", header=HEADER),
        change(2, {"state": "in orbit"}, base={"state": [("a", 1)]}),
        change(2, {"state": "fixed"}, base={"state": [("a", 1)]}, move={"move": "warp"}),
    ],
    ids=["type", "state", "move"],
)
def test_what_is_not_understood_as_a_whole_shows_nothing(tx: Transaction, odd: Change) -> None:
    take(tx, CREATED, odd)
    assert fixes(tx) == [(FIRST, "open", "a")]
    assert tx.db.execute("SELECT count(*) FROM transition").fetchone() == (0,)


def test_what_builds_on_a_parked_value_is_in_no_conflict_with_the_one_before(
    tx: Transaction,
) -> None:
    odd = change(2, {"found_during": "unheard"}, base={"found_during": [("a", 1)]})
    after = change(3, {"found_during": "customer"}, base={"found_during": [("a", 2)]})
    known = change(1, {"state": "open", "found_during": "other"}, header=HEADER)
    with tx.store.write():
        applying = Applying(tx)
        applying.load([known, odd, after])
        tx.log.extend_linked(
            tx.space, "a", [(one, one.canonical(), bytes(32)) for one in (known, odd, after)]
        )
        done = applying.take([known, odd, after], {})
        done.add(applying.finish())
    assert done.conflicts == {} and done.parked == 1
    assert tx.db.execute("SELECT found_during FROM fix").fetchone() == ("customer",)


def test_a_move_is_noted(tx: Transaction) -> None:
    said = {"move": "fix", "from": "open", "to": "fixed", "role": "engineer", "members": 1}
    take(tx, CREATED, change(2, {"state": "fixed"}, base={"state": [("a", 1)]}, move=said))
    assert fixes(tx) == [(FIRST, "fixed", "a")]
    assert tx.db.execute("SELECT record, move, project FROM transition").fetchall() == [
        (FIRST, "fix", "one")
    ]


def test_an_adoption_is_left_to_the_reevaluation(tx: Transaction) -> None:
    adopting = change(2, {ADOPT: None}, base={ADOPT: [("b", 7)]})
    done = take(tx, CREATED, adopting)
    assert done.stale == {("fix", FIRST)} and done.parked == 0
    assert take(tx, adopting, faults={2: WHY}).stale == set()


def test_many_alike_are_written_together_and_still_edited(tx: Transaction) -> None:
    some = [
        change(
            seq, {"state": "open", "phenomenon": f"{seq}"}, header=HEADER,
            record=f"0190a1b2-0000-7000-8000-{seq:012x}",
        )
        for seq in range(1, 9)
    ]  # fmt: skip
    done = take(tx, *some, change(9, {"phenomenon": "z"}, base={"phenomenon": [("a", 1)]}))
    assert len(done.touched) == len(fixes(tx)) == 8
    assert ("0190a1b2-0000-7000-8000-000000000001", "open", "z") in fixes(tx)


def test_outcomes_are_summed_up() -> None:
    one = ApplyOutcome(1, {("fix", "a")}, {"a": {"x"}}, 1, 2, {("fix", "a")})
    one.add(ApplyOutcome(2, {("fix", "b")}, {"a": {"y"}, "b": {"z"}}, 3, 4, {("fix", "b")}))
    both = {("fix", "a"), ("fix", "b")}
    assert one == ApplyOutcome(3, both, {"a": {"x", "y"}, "b": {"z"}}, 4, 6, both)
