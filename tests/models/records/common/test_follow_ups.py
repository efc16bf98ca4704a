"""Follow-ups: the values with which a record begins that another one leads to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.book.book import Book
from models.records.common.follow_ups import follow_up, origins, values
from models.schema.record import Record
from models.text.words import Refused
from tests.support.new_area import new_area


@pytest.fixture(autouse=True)
def area() -> Iterator[None]:
    """An area in which sites and customers lead to notes."""
    with new_area():

        @follow_up("site", "customer", to="note")
        def noted(book: Book, record: Record) -> dict[str, Any]:
            return {"about": record.id, "text": None}

        yield


def test_a_record_leads_to_values_without_the_empty_ones(book: Book) -> None:
    site = book.add("site", {"name": "机房"})
    assert values(book, site, "note") == {"about": site.id}


def test_where_nothing_leads_the_types_that_do_are_named(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    assert origins("note") == ["site", "customer"] and origins("site") == []
    with pytest.raises(Refused, match="现场处置不能引出备注。请从这些记录开始：现场、客户。"):
        values(book, fix, "note")


def test_two_functions_for_one_pair_of_types_are_refused() -> None:
    with pytest.raises(ValueError, match="a site leads to a note"):

        @follow_up("site", to="note")
        def again(book: Book, record: Record) -> dict[str, Any]:
            return {}
