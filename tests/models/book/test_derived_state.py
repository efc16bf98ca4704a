"""A state that an area derives is what everybody sees, and it bars moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.book.book import Book
from models.book.derived_state import (
    DerivedState,
    StateView,
    bars_move,
    bars_void,
    derived_state,
    noted,
    shown_state,
)
from models.queries.filters import Filter
from models.queries.paging import pages
from models.queries.record_json import plain
from models.schema.record import Record
from models.storage.store import Store
from models.text.words import Refused, W
from tests.support.new_area import new_area

BARRED = W("{number} 缺备件。", "{number} lacks spare parts.")
KNOWN = W("{number} 的原因已知。", "The cause of {number} is known.")


@pytest.fixture
def looks() -> Iterator[list[Store]]:
    """Fixes without a place are shown as closed; the list says how often one looked."""
    made: list[Store] = []
    with new_area():

        @derived_state("fix")
        class WithoutPlace(DerivedState):
            def __init__(self, store: Store) -> None:
                made.append(store)

            def state(self, record: Record) -> str | None:
                return "closed" if record.values()["place"] is None else None

            def sql(self, type: str) -> tuple[str, list[Any]] | None:
                return "CASE WHEN place IS NULL THEN ? ELSE state END", ["closed"]

            def bars_move(self, record: Record, to: str) -> Refused | None:
                barred = to == "fixed" and self.state(record) is not None
                return Refused(BARRED, number=record.number) if barred else None

            def bars_void(self, record: Record) -> Refused | None:
                return Refused(BARRED, number=record.number) if self.state(record) else None

        yield made


def test_views_show_the_derived_state_and_look_once(
    book: Book, project: str, looks: list[Store]
) -> None:
    without = book.add("fix", {"phenomenon": "甲"}, project=project)
    placed = book.add("fix", {"phenomenon": "乙", "place": "一层"}, project=project)
    looks.clear()
    view = StateView(book.store)
    assert [view.state(one).name for one in (without, placed)] == ["closed", "open"]
    assert view.narrowed("fix", ["closed"])[1] == ["closed", "closed"]
    assert len(looks) == 1
    assert shown_state(book.store, without).name == "closed"
    assert plain(without, store=book.store)["state"] == "closed"
    assert plain(without)["state"] == "open"
    found = pages(book.store, type(without), ["id"], Filter(states=("closed",)))
    assert found.count() == 1
    assert [row[found.names.index("id")] for row in found.window(0, 5)] == [without.id]


def test_a_derived_state_bars_moves_imports_and_voiding(
    book: Book, project: str, looks: list[Store]
) -> None:
    without = book.add("fix", {"phenomenon": "甲"}, project=project)
    move = without.kind.by_move["fix"]
    assert str(book.why_not(without, move)).startswith(without.number)
    with pytest.raises(Refused, match="缺备件"):
        book.move(without.id, "fix", {"cause": "x", "correction": "y"})
    with pytest.raises(Refused, match="缺备件"):
        book.imported(without.id, "fixed")
    with pytest.raises(Refused, match="缺备件"):
        book.void(without.id, "重复")
    assert bars_move(book.store, without, "escalated") is None
    assert bars_void(book.store, without) is not None
    book.edit(without.id, {"place": "二层"})
    assert book.void(without.id, "重复").void == "重复"


def test_types_without_a_derivation_show_what_is_stored(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "甲"}, project=project)
    view = StateView(book.store)
    assert view.state(made).name == "open" and view.sql("fix") == ("state", [])
    assert view.derivations("fix") == []
    assert bars_move(book.store, made, "fixed") is bars_void(book.store, made) is None


def test_of_several_derivations_the_first_that_says_something_is_shown(
    book: Book, project: str, looks: list[Store]
) -> None:
    @derived_state("fix", place=10)
    class WithCause(DerivedState):
        def __init__(self, store: Store) -> None:
            self.store = store

        def state(self, record: Record) -> str | None:
            return "verified" if record.values()["cause"] else None

        def sql(self, type: str) -> tuple[str, list[Any]] | None:
            return "CASE WHEN cause=? OR cause IS NOT NULL THEN 'verified' ELSE state END", ["x"]

        def bars_move(self, record: Record, to: str) -> Refused | None:
            return Refused(KNOWN, number=record.number) if to == "escalated" else None

        def noted(self, record: Record, to: str) -> dict[str, Any]:
            return {"noted": to}

    made = {
        name: book.add("fix", {"phenomenon": name, **values}, project=project)
        for name, values in {
            "both": {"cause": "老化"},
            "first": {"cause": "老化", "place": "一层"},
            "second": {},
            "none": {"place": "一层"},
        }.items()
    }
    wanted = {"both": "verified", "first": "verified", "second": "closed", "none": "open"}
    view = StateView(book.store)
    assert {name: view.state(one).name for name, one in made.items()} == wanted
    shown, params = view.sql("fix")
    found = dict(book.store.rows(f"SELECT phenomenon, {shown} FROM fix", params))
    assert found == wanted
    assert view.find("fix", WithCause) is view.derivations("fix")[0]
    assert bars_move(book.store, made["none"], "escalated") is not None
    assert bars_void(book.store, made["both"]) is not None
    assert noted(book.store, made["none"], "fixed") == {"noted": "fixed"}
