"""Facts: a record says which procedure it follows, with every step; JSON has the same."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of, json_of
from models.text.words import language


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_steps_are_told_with_role_and_time(book: Book, project: str, lang: str) -> None:
    language.now = lang  # type: ignore[assignment]
    made = book.add("complaint", {"subject": "响应慢"}, project=project)
    (fact,) = [
        one
        for one in facts_of(book, made, StateView(book.store))
        if one.label is not None and one.label.en == "Follows"
    ]
    lines = fact.text.split("\n")
    assert len(lines) == 6
    said = {
        "zh": (
            "《客户投诉处理流程》（程序自带）",
            "1. 登记并向客户确认收到（服务台专员，1 个工作日内）",
        ),
        "en": (
            "Complaint handling procedure (as shipped)",
            "1. Record it and acknowledge it to the customer (Service desk, working days: 1)",
        ),
    }[lang]
    assert tuple(lines[:2]) == said


def test_json_has_the_steps(book: Book, project: str) -> None:
    made = book.add("complaint", {"subject": "响应慢"}, project=project)
    found = json_of(StateView(book.store), made)["procedure_steps"]
    assert found == ["acknowledge", "assign", "handle", "reaction", "close"]
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    assert "procedure_steps" not in json_of(StateView(book.store), fix)
