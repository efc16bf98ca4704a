"""A sample says whether drawing again gives the same."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of, json_of
from tests.models.records.checks.samples.test_sample_rules import PEOPLE, sheet


def test_a_changed_draw_is_told(book: Book, project: str) -> None:
    made = sheet(book, project, sample_least=5)
    values = {"sheet": made.id, "subject": "帐号", "population": PEOPLE}
    sample = book.add("check_sample", values)
    states = StateView(book.store)
    assert [fact.text for fact in facts_of(book, sample, states)] == ["结果一致"]
    book.store.db.execute_sql("UPDATE check_sample SET drawn='user001'")
    sample = book.get(sample.id)
    assert [fact.tone for fact in facts_of(book, sample, states)] == ["bad"]
    assert json_of(states, sample)["draw_agrees"] is False
