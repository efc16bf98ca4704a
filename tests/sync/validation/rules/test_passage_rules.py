"""Passage rules: what a change says of a gate is so, by the versions that it names."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.approval import passage
from models.derived.gates import holder_types, lets_pass
from sync.changes.change import Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.history import Lacking
from sync.validation.rules.passage_rules import passed, seen_as_passed
from tests.sync.validation.written import FIX, SHEET, SPACE, Pages, header, refused


@pytest.fixture
def pages() -> Pages:
    """A fix that was verified."""
    made = Pages()
    made.begin()
    return made


def by(id: str, *dots: Dot) -> dict[str, Any]:
    """The payload of a move that these versions of a record allow."""
    return passage.payload("2026-11-29", {id: frozenset(dots)}, {})


def ask(pages: Pages, said: dict[str, Any]) -> None:
    passed(pages.case(pages.next({"state": "done"}, record=SHEET, type="milestone")), said)


def born(pages: Pages, seen: Any) -> None:
    fields = {"state": "draft", passage.PASSED_BEFORE: seen}
    more: dict[str, Any] = {"record": SHEET, "type": "concession", "header": header("p1")}
    seen_as_passed(pages.case(pages.next(fields, **more)))


def test_a_decision_that_lets_pass_is_taken_and_no_other(pages: Pages) -> None:
    opened = pages.latest(FIX, "state")[0]
    verified = pages.write({"state": "verified"})
    ask(pages, {})
    ask(pages, by(FIX, verified))
    refused(reasons.NO_DECISION, lambda: ask(pages, by(FIX, opened)))
    refused(reasons.NO_DECISION, lambda: ask(pages, by(FIX, opened, verified)))
    refused(reasons.NO_DECISION, lambda: ask(pages, by("another", verified)))
    edited = pages.write({"cause": "x"})
    refused(reasons.NO_DECISION, lambda: ask(pages, by(FIX, edited)))


def test_what_was_quarantined_decides_nothing(pages: Pages) -> None:
    verified = pages.write({"state": "verified"})
    pages.past.faults[verified] = None  # type: ignore[assignment]
    refused(reasons.NO_DECISION, lambda: ask(pages, by(FIX, verified)))


def test_what_is_not_here_leaves_it_open(pages: Pages) -> None:
    with pytest.raises(Lacking):
        ask(pages, by(FIX, ("d9", 4)))
    ask(pages, passage.payload("2026-11-29", {}, {FIX: frozenset([("d9", 4)])}))  # elsewhere


def test_what_was_pruned_was_no_move(pages: Pages) -> None:
    edited = pages.write({"cause": "x"})
    one = pages.past.changes[edited]
    stub = PrunedChange(SPACE, "d1", one.seq, one.at, "fix", FIX, one.tx, {}, one.base)
    pages.past.changes[edited] = stub
    refused(reasons.NO_DECISION, lambda: ask(pages, by(FIX, edited)))


def test_only_what_was_passed_is_listed(pages: Pages) -> None:
    planned = pages.write({"state": "planned"}, record=SHEET, type="milestone", header=header("p1"))
    done = pages.write({"state": "done"}, record=SHEET, type="milestone")
    born(pages, None)
    born(pages, passage.seen_text({SHEET: frozenset([done])}))
    for id, dot in ((SHEET, planned), (FIX, done), (FIX, pages.latest(FIX, "state")[0])):
        text = passage.seen_text({id: frozenset([dot])})
        refused(reasons.NOT_PASSED, lambda text=text: born(pages, text))  # type: ignore[misc]


def test_every_holder_says_what_lets_pass() -> None:
    assert set(holder_types()) >= {"concession", "fix", "escalation"}
    assert lets_pass("concession", "approved") and not lets_pass("concession", "refused")
    assert not lets_pass("note", "kept")
