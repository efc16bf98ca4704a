"""Row groups: rows that tell of one thing come together, however far apart they stand."""

from __future__ import annotations

from models.text.words import Refused, W
from tui.spreadsheets.importing.row_groups import gather
from tui.spreadsheets.reading.table import TableRow

BROKEN = Refused(W("读不出", "cannot be read"))


def rows(*cells: dict[str, str]) -> list[TableRow]:
    """Rows with these cells, numbered from 1."""
    return [TableRow(at, one) for at, one in enumerate(cells, 1)]


def numbers(groups: object) -> list[list[int]]:
    """The numbers of the rows of each group."""
    return [[row.number for row in group] for group in groups]  # type: ignore[attr-defined]


def test_groups_come_in_the_order_of_their_first_rows() -> None:
    events = rows({"id": "b"}, {"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "a"})
    assert numbers(gather(events, ["id"])) == [[1, 3], [2, 5], [4]]


def test_rows_are_equal_in_all_columns_named() -> None:
    events = rows({"day": "1", "id": "a"}, {"day": "2", "id": "a"}, {"day": "1", "id": "a"})
    assert numbers(gather(events, ["day", "id"])) == [[1, 3], [2]]


def test_numbers_are_ordered_as_numbers_and_before_text() -> None:
    events = rows(*({"id": "a", "n": n} for n in ("10", "9", "x", "-1.5", "", "１")))
    assert numbers(gather(events, ["id"], "n")) == [[4, 2, 1, 5, 3, 6]]


def test_equal_places_keep_the_order_of_the_file() -> None:
    events = rows(*({"id": "a", "n": "1"} for _ in range(4)))
    assert numbers(gather(events, ["id"], "n")) == [[1, 2, 3, 4]]


def test_a_row_without_its_key_comes_alone_and_says_so() -> None:
    ((lone,), (kept,)) = list(gather(rows({"id": ""}, {"id": "a"}), ["id"]))
    assert lone.column == "id" and "“id”为空" in str(lone.fault) and kept.fault is None


def test_a_row_that_cannot_be_read_comes_alone() -> None:
    broken = TableRow(1, {"id": "a"})._replace(fault=BROKEN)
    found = list(gather([broken, *rows({"id": "a"})], ["id"]))
    assert found[0] == (broken,) and len(found) == 2


def test_nothing_gives_no_group() -> None:
    assert list(gather([], ["id"])) == []
