"""What a move needs of the rows of its record, at the door and after a merge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.book.approval import apart, row_needs
from models.book.book import Book
from models.book.derived_state import StateView
from models.queries import facts
from models.queries.record_json import type_plain
from models.schema.lifecycle import AtLeast, Life, Move, Need, NoRow, State
from models.schema.record import kinds
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tests.support.declared_types import declared
from tests.support.visits import visits


@pytest.fixture(autouse=True)
def area(workspace: Workspace) -> Iterator[None]:
    with visits():
        workspace.store.grow()
        yield


def test_rows_that_are_open_or_missing_refuse_the_move(book: Book, project: str) -> None:
    made = book.add("visit", {"subject": "x"}, project=project)
    with pytest.raises(Refused) as refused:
        book.move(made.id, "ready")
    assert refused.value.word == row_needs.NO_ROW
    why = book.chance(made, "ready").why
    assert (
        why is not None and str(why) == "“完成”至少需要 1 条要点，现有 0 条。请先在这条记录上添加。"
    )
    points = [book.add("point", {"visit": made.id, "text": f"第 {n} 点"}).id for n in range(5)]
    with pytest.raises(Refused, match="另有 2 条") as refused:
        book.move(made.id, "ready")
    assert refused.value.word == row_needs.OPEN_ROWS
    for point in points[:3]:
        book.move(point, "settle")
    book.void(points[3], "重复")
    with pytest.raises(Refused, match="第 4 点"):
        book.move(made.id, "ready")
    book.move(points[4], "settle")
    assert book.move(made.id, "ready").state == "ready"


def test_open_rows_are_named_in_their_order(book: Book, project: str) -> None:
    made = book.add("visit", {"subject": "x"}, project=project)
    later = book.add("point", {"visit": made.id, "text": "后写的"}, occurred=book.change_log.now())
    book.add("point", {"visit": made.id, "text": "早发生的"}, occurred=later.occurred - 60_000)
    with pytest.raises(Refused, match=r"早发生的.*后写的"):
        book.move(made.id, "ready")


def test_a_field_is_needed_where_another_one_says_so(book: Book, project: str) -> None:
    made = book.add("visit", {"subject": "x", "sort": "corrective"}, project=project)
    book.move(book.add("point", {"visit": made.id, "text": "y"}).id, "settle")
    with pytest.raises(Refused, match="原因"):
        book.move(made.id, "ready")
    assert book.move(made.id, "ready", {"cause": "老化"}).state == "ready"
    other = book.add("visit", {"subject": "x", "sort": "correction"}, project=project)
    book.move(book.add("point", {"visit": other.id, "text": "y"}).id, "settle")
    with pytest.raises(Refused, match="原因"):
        book.move(other.id, "ready", {"sort": "corrective"})
    assert book.move(other.id, "ready").state == "ready"


def test_what_lacks_in_the_present_state_is_shown(book: Book, project: str) -> None:
    made = book.add("visit", {"subject": "x"}, project=project)
    point = book.add("point", {"visit": made.id, "text": "y"})
    book.move(point.id, "settle")
    ready = book.move(made.id, "ready")
    assert not row_needs.lacking(book.store, ready)
    assert facts.json_of(StateView(book.store), ready)["not_as_required"] is None
    book.add("point", {"visit": made.id, "text": "又一点"})
    (said,) = row_needs.lacking(book.store, ready)
    assert said.word == row_needs.OPEN_ROWS
    shown = [fact.text for fact in facts.facts_of(book, ready, StateView(book.store))]
    assert str(said) in shown
    assert facts.json_of(StateView(book.store), ready)["not_as_required"] == [said.both().en]


def test_scripts_see_the_needs(book: Book) -> None:
    ready = type_plain(kinds["visit"])["moves"][0]
    assert ready["needs_when"] == [{"field": "cause", "when": "sort", "is": ["corrective"]}]
    assert ready["needs_rows"] == [
        {"type": "point", "states": ["open"], "at_least": 0, "at_most": 0},
        {"type": "point", "states": [], "at_least": 1, "at_most": None},
    ]


@pytest.mark.parametrize("need", [NoRow("nothing"), AtLeast("visit"), NoRow("point", ("gone",))])
def test_a_need_of_what_are_no_rows_is_found(need: NoRow | AtLeast) -> None:
    word = W("做", "Do")
    life = Life((State("open", word),), (_move(needs_rows=(need,)),))
    with declared("odd", life, {}) as cls, pytest.raises(ValueError, match=r"rows|states"):
        row_needs.check(cls)
    for cls in kinds.values():
        row_needs.check(cls)
        apart.check(cls)


def test_a_condition_names_fields_that_exist() -> None:
    life = Life((State("open", W("做", "Do")),), (_move(needs_when=(Need("a", ("b", "c")),)),))
    with pytest.raises(TypeError, match="unknown field"), declared("odd", life, {}):
        pass


def _move(**more: object) -> Move:
    return Move(id="do", label=W("做", "Do"), from_=("open",), to="open", **more)  # type: ignore[arg-type]
