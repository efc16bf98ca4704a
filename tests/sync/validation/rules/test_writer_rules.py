"""Writer rules: whose work a four-eyes move decides on, by the versions that it names."""

from __future__ import annotations

import pytest

from models.schema.lifecycle import Move
from models.text.words import W
from sync.validation import reasons
from sync.validation.rules.writer_rules import content_named, named, writers_of
from tests.sync.validation.written import FIX, Pages, refused


def approve(**more: object) -> Move:
    """A four-eyes move of a fix."""
    word = W("批准", "Approve")
    plain = Move(id="approve", label=word, from_=("open",), to="closed", four_eyes=True)
    return Move(**{**{name: getattr(plain, name) for name in plain.__slots__}, **more})


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.begin(cause="a", correction="b")
    return made


def test_the_authors_of_the_versions_named_are_the_writers(pages: Pages) -> None:
    own = pages.latest(FIX, "cause")
    other = pages.write({"cause": "x"}, by="d0")
    case = pages.case(pages.next({"state": "closed"}))
    assert set(named(case, approve(), {"saw": {"cause": own}})) == {"p1"}
    assert set(named(case, approve(), {"saw": {"cause": [other]}})) == {"p0"}


def test_a_move_may_be_about_one_field_only(pages: Pages) -> None:
    other = pages.write({"cause": "x"}, by="d0")
    said = {"saw": {"cause": [other], "correction": pages.latest(FIX, "correction")}}
    case = pages.case(pages.next({"state": "closed"}))
    assert set(named(case, approve(about=("cause",)), said)) == {"p0"}


def test_content_that_comes_with_the_decision_is_ones_own_work(pages: Pages) -> None:
    said = {"saw": {"correction": [pages.write({"correction": "y"}, by="d0")]}}
    bare = pages.case(pages.next({"state": "closed"}))
    assert "p1" not in set(writers_of(bare, said)(approve(about=("correction",))))
    along = pages.case(pages.next({"state": "closed", "correction": "z"}))
    assert "p1" in set(writers_of(along, said)(approve(about=("correction",))))


def test_the_field_that_is_decided_on_is_not_left_out(pages: Pages) -> None:
    move = approve(about=("cause",), needs=("cause",))
    case = pages.case(pages.next({"state": "closed"}))
    content_named(case, move, {"saw": {"cause": pages.latest(FIX, "cause")}})
    refused(
        reasons.LEFT_OUT,
        lambda: content_named(case, move, {"saw": {"correction": pages.latest(FIX, "cause")}}),
    )
