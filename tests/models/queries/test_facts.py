"""Facts that an area registers are shown on the record page, the command line and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, facts_of, json_facts, json_keys, json_of
from models.queries.record_json import plain
from models.schema.record import Record
from models.text.words import W
from sync.workspace.workspace import Workspace
from tests.support.new_area import new_area
from tui.display.values import Values
from tui.display.views.record_view import RecordView

PARTS = W("备件", "Spare parts")


@pytest.fixture(autouse=True)
def area() -> Iterator[None]:
    with new_area():

        @facts("fix")
        def parts(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:
            yield RecordFact("两件在途", "warn", short="在途 2")
            yield RecordFact("", "good", PARTS, records=(record.id,))

        @json_facts("fix", keys=("parts",))
        def number_of_parts(states: StateView, record: Record) -> dict[str, Any]:
            return {"parts": 2}

        yield


def test_facts_belong_to_their_type(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "甲"}, project=project)
    note = book.add("note", {"about": made.id, "text": "已催"})
    view = StateView(book.store)
    assert [fact.short for fact in facts_of(book, made, view)] == ["在途 2", ""]
    assert list(facts_of(book, note, view)) == []
    assert json_of(view, made) == {"state": "open", "holds": None, "parts": 2}
    assert json_of(view, note) == {"state": note.state}
    assert plain(made, store=book.store)["parts"] == 2 and "parts" not in plain(made)
    assert "parts" in json_keys("fix") and "parts" not in json_keys("note")


def test_every_key_of_json_that_is_no_field_is_known(book: Book, project: str) -> None:
    view = StateView(book.store)
    template = book.add("template", {"name_zh": "日检"})
    problem = book.add("escalation", {"phenomenon": "甲"}, project=project)
    for one in (template, problem, book.add("milestone", {"name": "初验"}, project=project)):
        assert json_of(view, one).keys() - json_keys(one.type) == {"state"}


def test_the_record_page_shows_them(workspace: Workspace, project: str) -> None:
    made = workspace.book.add("fix", {"phenomenon": "柜门松"}, project=project)
    parts = list(RecordView(workspace.book, Values(workspace), made).header())
    state = parts[0].body
    assert ("  两件在途", "warn") in state
    (line,) = [part for part in parts if part.label == PARTS]
    assert "柜门松" in str(line.body) and line.style == "good"
