"""Row rules: a binding move is held to the rows that it names, as they are in these versions."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.approval import coverage
from models.schema.lifecycle import AtLeast, Move, NoRow
from models.text.words import W
from sync.changes.change import Dot
from sync.validation import reasons
from sync.validation.history import Lacking
from sync.validation.rules.row_rules import rows_as_needed
from tests.sync.validation.written import SHEET, Pages, header, refused

ROW = "0190a1b2-0000-7000-8000-000000000009"
KEPT = NoRow("answer", states=("kept",))
SOME = AtLeast("answer", 1)


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.write({"state": "open"}, record=SHEET, type="sheet", header=header("p1"))
    return made


def answer(pages: Pages, **fields: Any) -> Dot:
    """A row of the sheet."""
    return pages.write({"state": "kept", **fields}, record=ROW, type="answer", header=header("p1"))


def ask(pages: Pages, need: NoRow | AtLeast, *dots: Dot) -> None:
    """Hold a move of the sheet that names these versions of its row to a need."""
    move = Move(
        id="review",
        label=W("审核", "Review"),
        from_=("open",),
        to="reviewed",
        binds=True,
        needs_rows=(need,),
    )
    case = pages.case(pages.next({"state": "reviewed"}, record=SHEET, type="sheet"))
    covered = {ROW: frozenset(dots)} if dots else {}
    rows_as_needed(case, move, {coverage.ROWS: coverage.encode(covered)})


def test_a_row_in_a_state_that_may_not_be_is_refused(pages: Pages) -> None:
    row = answer(pages)
    refused(reasons.OTHER_ROWS, lambda: ask(pages, KEPT, row))
    ask(pages, KEPT)
    ask(pages, NoRow("answer", states=("closed",)), row)


def test_so_many_rows_are_asked_for(pages: Pages) -> None:
    refused(reasons.OTHER_ROWS, lambda: ask(pages, SOME))
    ask(pages, SOME, answer(pages))


def test_a_void_row_does_not_count(pages: Pages) -> None:
    row = answer(pages)
    void = pages.write({"void": "重复"}, record=ROW, type="answer", base={"void": [row]})
    refused(reasons.OTHER_ROWS, lambda: ask(pages, SOME, row, void))
    ask(pages, KEPT, row, void)
    again = pages.write({"void": None}, record=ROW, type="answer", base={"void": [void]})
    ask(pages, SOME, row, void, again)


def test_a_version_that_is_not_here_is_waited_for(pages: Pages) -> None:
    with pytest.raises(Lacking):
        ask(pages, SOME, ("d9", 4))
