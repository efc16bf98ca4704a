"""Field rules: what a plain edit, a creation and a move may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.calendar.business_dates import instant
from models.schema.lifecycle import Deadline
from models.schema.record import kinds
from models.text.words import Refused
from sync.changes.hybrid_clock import COUNTER_BITS
from sync.validation import reasons
from sync.validation.rules.field_rules import (
    as_needed,
    at_birth,
    by_move,
    filled,
    no_at_birth,
    no_by_move,
    reserved,
)
from tests.sync.validation.written import Pages, move, refused

FIX = kinds["fix"]


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.begin()
    return made


def test_what_only_moves_fill_is_refused_without_one(pages: Pages) -> None:
    assert by_move(FIX) >= {"verified_by", "verify_result"} and "cause" not in by_move(FIX)
    no_by_move(pages.case(pages.next({"cause": "x"})))
    case = pages.case(pages.next({"verified_by": "p1", "cause": "x"}))
    assert "{" not in str(refused(reasons.BY_MOVE, lambda: no_by_move(case)))


def test_what_is_settled_at_creation_is_not_written_later(pages: Pages) -> None:
    settled = {name: at_birth(cls) for name, cls in kinds.items() if at_birth(cls)}
    assert settled
    name, registers = sorted(settled.items())[0]
    register = min(registers)
    case = pages.case(pages.next({register: None}, type=name))
    refused(reasons.AT_BIRTH, lambda: no_at_birth(case))
    no_at_birth(pages.case(pages.next({"cause": "x"})))


def test_reserved_is_what_a_plain_edit_may_not_write() -> None:
    for cls in kinds.values():
        assert reserved(cls) == by_move(cls) | at_birth(cls)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ({"verified_by": "p1", "verify_result": "conforms"}, True),
        ({"verified_by": "p0", "verify_result": "conforms"}, False),
        ({"verified_by": "p1", "verify_result": "fails"}, False),
        ({"verified_by": None}, False),
        ({}, True),
        ({"verified_at": 5}, True),  # a time is the writer's to say
    ],
)
def test_a_move_fills_in_what_the_program_fills_in(
    pages: Pages, written: dict[str, Any], right: bool
) -> None:
    verify = FIX.kind.by_move["verify"]
    case = pages.case(
        pages.next({"state": "verified", **written}, move=move("verify", "fixed", "verified"))
    )
    if right:
        filled(case, verify)
    else:
        refused(reasons.OTHER_FILL, lambda: filled(case, verify))


@pytest.mark.parametrize("value", [None, ""])
def test_a_move_does_not_empty_what_it_needs(pages: Pages, value: object) -> None:
    close = FIX.kind.by_move["close"]
    case = pages.case(pages.next({"state": "closed", "cause": value}))
    refused(reasons.NEEDED, lambda: as_needed(case, close, ()))
    as_needed(pages.case(pages.next({"state": "closed", "cause": "磨损"})), close, ())
    as_needed(pages.case(pages.next({"state": "closed"})), close, ())


def test_a_version_that_counts_for_nothing_is_not_what_a_move_goes_by(pages: Pages) -> None:
    """A binding move that names a quarantined value is held to the one before it."""
    good = pages.write({"result": "conforms", "verified_by": "p1"})
    bad = pages.write({"verified_by": None})
    pages.past.faults[bad] = Refused(reasons.BY_MOVE)
    strict = FIX.kind.by_move["close"].but(binds=True, needs=("verified_by",))
    said = move("close", "verified", "closed") | {"saw": {"verified_by": [bad]}}
    as_needed(pages.case(pages.next({"state": "closed"}, move=said)), strict, ())
    pages.past.faults[good] = pages.past.faults.pop(bad)
    case = pages.case(pages.next({"state": "closed"}, move=said))
    refused(reasons.NEEDED, lambda: as_needed(case, strict, ()))


@pytest.mark.parametrize(("hour", "late"), [(11, False), (12, True)])
def test_a_day_is_over_once_it_is_over_everywhere(pages: Pages, hour: int, late: bool) -> None:
    deadline = Deadline("due", "until", reasons.NOTHING)
    close = kinds["escalation"].kind.by_move["close"].but(dated=(deadline,), needs=())
    change = pages.next({"state": "closed", "due": "2026-11-20"}, type="escalation")
    at = instant(date(2026, 11, 21), hour * 60, "UTC") << COUNTER_BITS
    case = pages.case(replace(change, at=at))
    if late:
        refused(reasons.OUT_OF_TIME, lambda: as_needed(case, close, ()))
    else:
        as_needed(case, close, ())
