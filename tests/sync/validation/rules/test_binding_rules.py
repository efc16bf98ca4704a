"""Binding rules: a move that binds names its own record and rows, and nothing in conflict."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.approval import coverage
from models.text.words import W
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.history import Lacking
from sync.validation.rules.binding_rules import bound
from tests.sync.validation.written import FIX, SHEET, SPACE, Pages, header, refused

LABEL = W("批准", "Approve")


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.begin(cause="a")
    return made


def ask(pages: Pages, said: Any) -> None:
    """Hold the payload of a binding move of the fix to the rule."""
    bound(pages.case(pages.next({"state": "closed"})), LABEL, said)


def test_the_content_of_the_record_is_named(pages: Pages) -> None:
    ask(pages, {"saw": {"cause": pages.latest(FIX, "cause")}})
    nothing: list[Any] = [{}, {"saw": None}, {"saw": {}}, {"saw": []}, {"saw": {"cause": []}}]
    for said in nothing:
        refused(reasons.UNSEEN, lambda said=said: ask(pages, said))  # type: ignore[misc]


def test_another_record_is_not_what_it_is_about(pages: Pages) -> None:
    other = pages.write({"state": "open"}, record=SHEET, header=header("p1"))
    refused(reasons.OTHER_SEEN, lambda: ask(pages, {"saw": {"cause": [other]}}))
    ask(pages, {"saw": {"cause": [("d9", 4)]}})  # one that is not here may be of this record


def test_two_values_of_one_register_are_not_approved_together(pages: Pages) -> None:
    before = pages.latest(FIX, "cause")
    one = pages.write({"cause": "x"}, base={"cause": before})
    two = pages.write({"cause": "y"}, by="d0", base={"cause": before})
    same = pages.write({"cause": "x"}, by="d0", base={"cause": before})
    refused(reasons.SAW_CONFLICT, lambda: ask(pages, {"saw": {"cause": [one, two]}}))
    ask(pages, {"saw": {"cause": [one, same]}})
    ask(pages, {"saw": {"cause": [*before, one]}})  # one replaced the other


def test_rows_are_held_to_the_same_rule(pages: Pages) -> None:
    saw = {"cause": pages.latest(FIX, "cause")}
    row = pages.write({"state": "open", "remark": "a"}, record=SHEET, header=header("p1"))
    one = pages.write({"remark": "x"}, record=SHEET, base={"remark": [row]})
    two = pages.write({"remark": "y"}, by="d0", record=SHEET, base={"remark": [row]})

    def rows(id: str, *dots: tuple[str, int]) -> Any:
        return {"saw": saw, coverage.ROWS: coverage.encode({id: frozenset(dots)})}

    ask(pages, rows(SHEET, one))
    refused(reasons.OTHER_SEEN, lambda: ask(pages, rows("another", one)))
    refused(reasons.SAW_CONFLICT, lambda: ask(pages, rows(SHEET, one, two)))


def test_values_that_are_not_kept_leave_it_open(pages: Pages) -> None:
    before = pages.latest(FIX, "cause")
    one = pages.write({"cause": "x"}, base={"cause": before})
    two = pages.write({"cause": "y"}, by="d0", base={"cause": before})
    pages.past.changes[two] = PrunedChange(
        SPACE, *two, 1, "fix", FIX, two[1], {}, {"cause": before}
    )
    with pytest.raises(Lacking):
        ask(pages, {"saw": {"cause": [one, two]}})


def test_a_version_that_others_replaced_is_no_conflict(pages: Pages) -> None:
    """It is still the current one of registers that nobody wrote since."""
    saw = {"cause": pages.latest(FIX, "cause")}
    born = {"state": "open", "remark": "a", "place": "A"}
    row = pages.write(born, record=SHEET, header=header("p1"))
    twin = pages.write({**born, "remark": "b"}, by="d0", record=SHEET, header=header("p0"))
    first = pages.write({"remark": "c"}, record=SHEET, base={"remark": [row, twin]})
    last = pages.write({"remark": "d"}, record=SHEET, base={"remark": [first]})
    covered = {SHEET: frozenset({row, twin, last})}
    ask(pages, {"saw": saw, "rows": coverage.encode(covered)})
    rival = pages.write({"remark": "e"}, by="d0", record=SHEET, base={"remark": [first]})
    covered = {SHEET: frozenset({row, twin, last, rival})}
    rows = {"saw": saw, "rows": coverage.encode(covered)}
    refused(reasons.SAW_CONFLICT, lambda: ask(pages, rows))


def test_the_state_that_two_devices_gave_is_no_rival_of_a_move(pages: Pages) -> None:
    """Both created the row of one natural key; one has moved it since."""
    saw = {"cause": pages.latest(FIX, "cause")}
    row = pages.write({"state": "open", "place": "A"}, record=SHEET, header=header("p1"))
    twin = pages.write({"state": "open", "place": "A"}, by="d0", record=SHEET, header=header("p0"))
    moved = pages.write({"state": "submitted"}, record=SHEET, base={"state": [row]})
    covered = {SHEET: frozenset({row, twin, moved})}
    ask(pages, {"saw": saw, "rows": coverage.encode(covered)})
    other = pages.write({"state": "returned"}, by="d0", record=SHEET, base={"state": [twin]})
    covered = {SHEET: frozenset({row, twin, moved, other})}
    rows = {"saw": saw, "rows": coverage.encode(covered)}
    refused(reasons.SAW_CONFLICT, lambda: ask(pages, rows))
