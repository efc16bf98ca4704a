"""A sample is drawn by the rule of the sheet's template, and by nothing that a person types."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.checks.samples import sample_draw
from models.records.checks.samples.check_sample import CheckSample
from models.schema.record import Record
from tests.support.checks import template
from tests.support.staff import no_add, no_edit

PEOPLE = "\n".join(f"user{n:03}" for n in range(60))


def sheet(book: Book, project: str, **rule: Any) -> Record:
    """A checklist by a template with this rule."""
    named = {"template": template(book, **rule), "day": book.today.isoformat(), "round": 1}
    return book.add("sheet", named, project=project)


@pytest.mark.shows(18)
def test_as_many_are_drawn_as_the_rule_says(book: Book, project: str) -> None:
    made = sheet(book, project, sample_share="10", sample_least=4)
    given = {"sheet": made.id, "subject": "普通帐号", "population": PEOPLE}
    sample = book.add("check_sample", given)
    assert isinstance(sample, CheckSample)
    assert sample.size == 6 == len(sample_draw.members(sample.drawn or ""))
    assert sample_draw.agrees(sample)
    again = book.add("check_sample", given).values()
    assert (again["seed"], again["drawn"]) == (sample.seed, sample.drawn)  # no better luck
    assert no_edit(book, sample.id, population="user001")
    typed = book.add("check_sample", {**given, "drawn": "user001", "size": 1}).values()
    assert (typed["drawn"], typed["size"]) == (sample.drawn, sample.size)


def test_without_a_rule_nothing_is_drawn(book: Book, project: str) -> None:
    made = sheet(book, project)
    values = {"sheet": made.id, "subject": "帐号", "population": "a"}
    assert "没有写明抽样比例" in no_add(book, "check_sample", values)
