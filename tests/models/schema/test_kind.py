"""Kinds: states and moves by name, in their order of advancement."""

from __future__ import annotations

from models.schema.kind import HEADER, RESERVED, Kind
from models.schema.lifecycle import Move, State
from models.text.words import W

WORD = W("字", "word")
KIND = Kind(
    name="thing",
    label=WORD,
    code="ZZ",
    states=(State("draft", WORD), State("done", WORD, ended=True)),
    moves=(Move(id="finish", label=WORD, from_=("draft",), to="done"),),
)


def test_states_are_ranked_in_the_order_of_their_declaration() -> None:
    assert KIND.rank == {"draft": 0, "done": 1}


def test_states_and_moves_are_found_by_name() -> None:
    assert KIND.by_state["done"].ended and KIND.state("done") is KIND.by_state["done"]
    assert KIND.by_move["finish"].to == "done"


def test_a_state_of_a_newer_version_is_shown_by_its_name_and_bars_nothing() -> None:
    state = KIND.state("archived")
    assert str(state.label) == "archived" and not (state.frozen or state.ended or state.reopen)


def test_a_kind_without_states_has_one_that_is_never_left() -> None:
    kind = Kind(name="note", label=WORD, code="ZY")
    assert [state.name for state in kind.states] == ["kept"] and kind.moves == ()


def test_names_of_the_header_and_of_the_json_form_are_reserved() -> None:
    assert set(HEADER) < RESERVED
    assert {"type", "comment", "move", "occurred_at"} <= RESERVED


def test_a_state_may_be_due_on_a_day_of_its_own() -> None:
    done = State("done", WORD, due="check_on")
    states = (KIND.states[0], done, State("filed", WORD, due=""))
    kind = Kind(name="thing", label=WORD, code="ZZ", states=states, due="due")
    found = [kind.due_in(state.name) for state in states]
    assert found == ["due", "check_on", ""] and kind.due_fields == ("due", "check_on")
    cases = """WHEN 'done' THEN "check_on" WHEN 'filed' THEN NULL"""
    assert kind.due_sql == f'CASE state {cases} ELSE "due" END'
    assert (KIND.due_in("done"), KIND.due_fields, KIND.due_sql) == ("", (), "")
