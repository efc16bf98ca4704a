"""Row rules: a binding move is held to the rows that it names, in the versions that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.book.approval import coverage
from models.schema.record import kinds
from sync.changes.change import Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.history import Lacking
from sync.validation.rules.row_rules import rows_as_needed
from tests.support.visits import visits
from tests.sync.validation.written import FIX, SHEET, SPACE, Pages, header, refused

VISIT, POINT, OTHER = FIX, SHEET, "0190a1b2-0000-7000-8000-000000000003"


@pytest.fixture
def pages() -> Iterator[Pages]:
    """A visit without points."""
    with visits():
        made = Pages()
        fields = {"state": "open", "subject": "x"}
        made.write(fields, record=VISIT, type="visit", header=header("p1"))
        yield made


def point(pages: Pages, id: str = POINT) -> Dot:
    """An open point of the visit."""
    fields = {"state": "open", "visit": VISIT, "text": "y"}
    return pages.write(fields, record=id, type="point", header=header("p1"))


def change(pages: Pages, fields: dict[str, Any], id: str = POINT) -> Dot:
    return pages.write(fields, record=id, type="point")


def ask(pages: Pages, rows: dict[str, set[Dot]] | None) -> None:
    """Whether the visit may be ready with these rows."""
    case = pages.case(pages.next({"state": "ready"}, record=VISIT, type="visit"))
    move = kinds["visit"].kind.by_move["ready"]
    said = {} if rows is None else {id: frozenset(dots) for id, dots in rows.items()}
    payload = {} if rows is None else {coverage.ROWS: coverage.encode(said)}
    rows_as_needed(case, move, payload)


def test_a_settled_row_is_enough_and_an_open_one_is_refused(pages: Pages) -> None:
    born = point(pages)
    refused(reasons.OTHER_ROWS, lambda: ask(pages, {POINT: {born}}))
    done = change(pages, {"state": "done"})
    ask(pages, {POINT: {born, done}})
    late = point(pages, OTHER)
    refused(reasons.OTHER_ROWS, lambda: ask(pages, {POINT: {born, done}, OTHER: {late}}))


def test_rows_that_it_does_not_name_are_not_its_concern(pages: Pages) -> None:
    born, done = point(pages), change(pages, {"state": "done"})
    point(pages, OTHER)
    ask(pages, {POINT: {born, done}})


@pytest.mark.parametrize("rows", [None, {}])
def test_without_a_row_it_is_refused(pages: Pages, rows: dict[str, set[Dot]] | None) -> None:
    point(pages)
    refused(reasons.OTHER_ROWS, lambda: ask(pages, rows))


def test_a_row_out_of_use_counts_as_none(pages: Pages) -> None:
    born, done = point(pages), change(pages, {"state": "done"})
    void = change(pages, {"void": "重复"})
    refused(reasons.OTHER_ROWS, lambda: ask(pages, {POINT: {born, done, void}}))
    back = change(pages, {"void": None})
    ask(pages, {POINT: {born, done, void, back}})


def test_of_rival_states_the_less_advanced_one_counts(pages: Pages) -> None:
    born = point(pages)
    done = change(pages, {"state": "done"})
    rival = pages.write({"state": "open"}, record=POINT, type="point", base={"state": [born]})
    refused(reasons.OTHER_ROWS, lambda: ask(pages, {POINT: {done, rival}}))


def test_the_state_that_two_devices_gave_a_row_is_past(pages: Pages) -> None:
    born, done = point(pages), change(pages, {"state": "done"})
    twin = pages.write({"state": "open"}, by="d0", record=POINT, type="point", header=header("p0"))
    ask(pages, {POINT: {born, done, twin}})
    refused(reasons.OTHER_ROWS, lambda: ask(pages, {POINT: {born, twin}}))


def test_what_is_not_here_leaves_it_open(pages: Pages) -> None:
    with pytest.raises(Lacking):
        ask(pages, {POINT: {("d1", 99)}})


def test_a_move_whose_state_is_pruned_leaves_it_open(pages: Pages) -> None:
    born, done = point(pages), change(pages, {"state": "done"})
    whole = pages.past.changes[done]
    bare = PrunedChange(SPACE, *done, whole.at, "point", POINT, whole.tx, {}, {"state": [born]})
    object.__setattr__(bare, "move", {"move": "settle"})
    pages.past.changes[done] = bare
    with pytest.raises(Lacking):
        ask(pages, {POINT: {done}})


def test_a_move_that_needs_no_rows_is_not_asked(pages: Pages) -> None:
    case = pages.case(pages.next({"state": "filed"}, record=VISIT, type="visit"))
    rows_as_needed(case, kinds["visit"].kind.by_move["file"], {coverage.ROWS: "nonsense"})
