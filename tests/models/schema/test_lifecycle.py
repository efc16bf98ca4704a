"""Lifecycles as values: one state or move changes, moves are inserted, two are joined."""

from __future__ import annotations

from datetime import date

import pytest

from models.schema.lifecycle import FILLED, ME, Bar, Deadline, Move, Need, WorstRow, with_reason
from models.schema.lifecycles import review, verification
from models.schema.roles import LEADS, QUALITY
from models.text.words import W

WORD = W("字", "word")


def test_one_move_or_state_changes_and_the_others_stay() -> None:
    life = review(LEADS)
    changed = life.move("submit", id="inform", label=WORD).state("draft", tone="warn")
    assert [move.id for move in changed.moves] == ["inform", "take_back", "accept", "return"]
    assert changed.moves[0].label == WORD and changed.moves[0].to == "submitted"
    assert changed.moves[1:] == life.moves[1:]
    assert changed.states[0].tone == "warn" and changed.states[1:] == life.states[1:]
    assert life == review(LEADS)  # the shared one is as it was


def test_more_moves_are_placed_before_another_one() -> None:
    more = Move(id="more", label=WORD, from_=("draft",), to="accepted")
    life = review(LEADS).add(more, before="return")
    assert [move.id for move in life.moves] == ["submit", "take_back", "accept", "more", "return"]


def test_two_lifecycles_follow_each_other() -> None:
    life = review(LEADS) + verification(("accepted",), "accepted")
    assert [state.name for state in life.states[2:]] == [
        *("submitted", "accepted", "fixed", "verified", "closed"),
    ]
    assert len(life.moves) == 4 + 5


@pytest.mark.parametrize("change", ["move", "state", "add"])
def test_a_change_of_what_is_not_there_is_refused(change: str) -> None:
    life = review(LEADS)
    with pytest.raises(ValueError, match="'nothing' is not part of this lifecycle"):
        if change == "move":
            life.move("nothing", to="draft")
        elif change == "state":
            life.state("nothing", tone="bad")
        else:
            life.add(before="nothing")


def test_a_move_with_a_reason_asks_for_a_comment_and_requires_it() -> None:
    move = with_reason("stop", WORD, ("draft",), "accepted", (QUALITY,), asks=("due", "comment"))
    assert move.requires_comment and move.asks == ("due", "comment") and move.who == (QUALITY,)
    assert with_reason("stop", WORD, ("draft",), "accepted").asks == ("comment",)


def test_a_need_may_go_with_any_value_of_another_field() -> None:
    needs = (Need("cause", when=("follows", FILLED)), Need("risk", when=("kind", ("a", "b"))))
    move = Move(id="submit", label=WORD, from_=("draft",), to="sent", needs_when=needs)
    assert move.needed({"follows": "01a2", "kind": "a"}) == ("cause", "risk")
    assert move.needed({"follows": None, "kind": "c"}) == ()
    assert move.needed({"follows": ""}) == ()


def test_a_bar_is_a_value_any_value_or_the_person_themselves() -> None:
    bar = Bar("duty", "management", WORD, unless=(QUALITY,))
    assert bar.applies("management", "me", ()) and not bar.applies("main", "me", ())
    assert not bar.applies("management", "me", {QUALITY}) and not bar.applies(None, "me", ())
    assert Bar("person", FILLED, WORD).applies("x", "me", ())
    myself = Bar("person", ME, WORD)
    assert myself.applies("me", "me", ()) and not myself.applies("x", "me", ())


@pytest.mark.parametrize(
    ("when", "allowed"), [("until", (19, 20)), ("from", (20, 21)), ("after", (21,))]
)
def test_a_deadline_is_missed_on_the_other_days(when: str, allowed: tuple[int, ...]) -> None:
    deadline = Deadline("day", when, WORD)  # type: ignore[arg-type]
    day = date(2026, 11, 20)
    for one in (19, 20, 21):
        made = day.replace(day=one)
        assert deadline.missed(day, made, made) is (one not in allowed)


def test_a_deadline_holds_on_whatever_day_it_was_somewhere() -> None:
    day, last = date(2026, 11, 20), date(2026, 11, 21)
    for when in ("until", "from", "after"):
        assert not Deadline("day", when, WORD).missed(day, day, last)


def test_the_worst_row_gives_the_verdict() -> None:
    worst = WorstRow("verdict", "row", ("none", "minor", "major"))
    assert worst.of(["minor", "none", "open"]) == "minor" and worst.of([]) == "none"
