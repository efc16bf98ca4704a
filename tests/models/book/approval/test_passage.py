"""What a move past a gate names, and what a holder saw: read as strictly as it is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book.approval import passage
from models.text.words import Refused
from sync.changes.change import Change
from sync.changes.merge import missing

dots = st.frozensets(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 99)), min_size=1)
covered = st.dictionaries(st.sampled_from(["x", "y", "z"]), dots)


@given(covered, covered)
def test_what_is_written_is_read_again(by: Any, beyond: Any) -> None:
    move = passage.payload("2026-11-29", by, beyond)
    said = passage.read(move)
    if not by and not beyond:
        assert move == {} and said is None
        return
    assert said is not None and (dict(said.by), dict(said.beyond)) == (by, beyond)
    for id in "xyz":
        assert said.versions(id) == by.get(id, frozenset()) | beyond.get(id, frozenset())
    named = set(passage.named(move, {}))
    assert named == {dot for some in by.values() for dot in some}


@given(covered)
def test_what_was_seen_is_read_again(seen: Any) -> None:
    text = passage.seen_text(seen)
    assert passage.seen(text) == seen
    fields = {passage.PASSED_BEFORE: text} if text else {}
    assert set(passage.named(None, fields)) == {dot for some in seen.values() for dot in some}


WRONG: list[Any] = [
    *([], "x", {"day": "2026-11-29", "other": {}}, {"day": "soon"}, {"by": {}}),
    {"day": "2026-11-29", "by": {"by": [], "ids": ["x"], "at": []}},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_malformed_is_refused_with_its_change(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        passage.read({passage.PASSING: wrong})
    body = change(move={passage.PASSING: wrong}).canonical()
    with pytest.raises(Refused):
        Change.parse(body)


@pytest.mark.parametrize("wrong", [1, "", "{", "[]", "[" * 100_000, '{"by":1}'])
def test_a_malformed_field_is_refused_with_its_change(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        passage.seen(wrong)
    with pytest.raises(Refused):
        Change.parse(change(fields={passage.PASSED_BEFORE: wrong}).canonical())


def change(**more: Any) -> Change:
    """A change of device a, its tenth."""
    fields = {"s": "done"} | more.pop("fields", {})
    return Change("p:1", "a", 10, 1, "milestone", "m", 10, fields, {}, None, more.get("move"))


def test_a_change_waits_for_all_that_it_names_so() -> None:
    seen = {"x": frozenset([("b", 7)])}
    for one in (
        change(move=passage.payload("2026-11-29", seen, {"y": frozenset([("c", 3)])})),
        change(fields={passage.PASSED_BEFORE: passage.seen_text(seen)}),
    ):
        assert missing(one, {"a": 9}) == [("b", 7)]
        assert missing(one, {"a": 9, "b": 7}) == []


def test_it_names_no_version_of_its_own_future() -> None:
    own = {"x": frozenset([("a", 10)])}
    with pytest.raises(Refused):
        change(move=passage.payload("2026-11-29", own, {})).check()
    with pytest.raises(Refused):
        change(fields={passage.PASSED_BEFORE: passage.seen_text(own)}).check()
