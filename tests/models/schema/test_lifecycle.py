"""Lifecycles as values: one state or move changes, moves are inserted, two are joined."""

from __future__ import annotations

import pytest

from models.schema.lifecycle import Move, with_reason
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
