"""Follow-ups: an area says how a record of one type leads to one of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.book.book import Book
from models.records.common import follow_ups
from models.records.common.follow_ups import destinations, follow_up, origins, values
from models.schema import late_modules
from models.schema.record import Record
from models.text.words import Refused


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What is registered here is forgotten after the test."""
    late_modules.load("follow_ups")
    before = dict(follow_ups._rules)
    yield
    follow_ups._rules.clear()
    follow_ups._rules.update(before)


@pytest.fixture
def customer(book: Book) -> Record:
    """A customer, which leads to nothing by itself."""
    return book.add("customer", {"name": "地铁公司"})


def test_the_values_are_those_that_the_area_gives_without_the_empty_ones(
    book: Book, customer: Record
) -> None:
    @follow_up("customer", to="site")
    def _(given: Book, record: Record) -> dict[str, Any]:
        assert given is book and record is customer
        return {"name": record.title(), "address": None}

    assert values(book, customer, "site") == {"name": "地铁公司"}


def test_a_type_that_leads_nowhere_is_refused_and_told_which_do(
    book: Book, customer: Record
) -> None:
    with pytest.raises(Refused) as refused:
        values(book, customer, "problem_report")
    assert str(refused.value) == (
        "问题分析处理报告要从这些记录新建：现场处置、问题升级、质量事故。请先打开其中一条。"
    )


def test_several_types_lead_to_one_and_keep_their_order() -> None:
    @follow_up("customer", "site", to="equipment")
    def _(_book: Book, _record: Record) -> dict[str, Any]:
        return {}

    assert origins("equipment") == ["customer", "site"]
    assert origins("problem_report") == ["fix", "escalation", "incident"]
    known = {"fix", "escalation", "milestone", "delivery", "project_summary"}
    assert set(origins("concession")) == known


def test_two_functions_for_one_pair_are_a_fault() -> None:
    with pytest.raises(ValueError, match="fix leads to a concession"):

        @follow_up("fix", to="concession")
        def _(_book: Book, _record: Record) -> dict[str, Any]:
            return {}


def test_what_a_type_leads_to() -> None:
    @follow_up("customer", to="site")
    @follow_up("customer", to="equipment")
    def _(_book: Book, _record: Record) -> dict[str, Any]:
        return {}

    assert set(destinations("customer")) == {"equipment", "site"}
    assert {"problem_report", "concession"} <= set(destinations("fix"))
    assert destinations("note") == []
