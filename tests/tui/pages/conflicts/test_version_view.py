"""Version view: what stands in a conflict, stacked or side by side, differences underlined."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.conflict.conflicts import Conflict, conflict_of
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS, acting
from tui.display.parts import plain
from tui.display.values import Values
from tui.pages.conflicts.version_view import LONG, WIDE, VersionView, marked


@pytest.fixture
def conflict(book: Book, project: str) -> Conflict:
    """Two values of one field, written without seeing each other's."""
    fix = book.add("fix", {"phenomenon": "UPS 告警", "place": "A 区一层"}, project=project)
    for place in ("A 区二层", "B 区一层"):
        book.edit(fix.id, {"place": place}, seen=fix.dots)
    found = conflict_of(book, book.get(fix.id), "place")
    assert found is not None
    return found


def versions(workspace: Workspace, conflict: Conflict) -> VersionView:
    """The view of a conflict."""
    return VersionView(workspace.book, Values(workspace), conflict)


def test_narrow_versions_are_stacked(workspace: Workspace, conflict: Conflict) -> None:
    text = plain(versions(workspace, conflict).parts(80))
    assert text.startswith("原值\nA 区一层\n")
    assert "1 测试员  我的  现在显示" in text and "2 测试员  我的" in text
    assert "A 区二层" in text and "B 区一层" in text and " | " not in text


def test_wide_versions_stand_side_by_side(workspace: Workspace, conflict: Conflict) -> None:
    lines = plain(versions(workspace, conflict).parts(WIDE)).split("\n")
    assert all(line.count(" | ") == 2 for line in lines)
    heads = [piece.split()[0] for piece in lines[0].split(" | ")]
    assert heads == ["原值", "1", "2"]


def test_a_value_of_the_state_is_its_word(workspace: Workspace, conflict: Conflict) -> None:
    made = versions(workspace, conflict)
    kind = conflict.record.kind
    state = Conflict(conflict.record, "state", conflict.stands, conflict.dots, ())
    assert VersionView(made.book, made.values, state).value(kind.states[0].name) == str(
        kind.states[0].label
    )
    void = Conflict(conflict.record, "void", conflict.stands, conflict.dots, ())
    said = VersionView(made.book, made.values, void)
    assert said.value(None).startswith("继续使用") and said.value("重复") == "作废：重复"
    assert made.value(None) == "（空）"


def test_pieces_that_the_other_text_has_not_are_marked() -> None:
    assert marked("A 区二层", "A 区一层") == [("A 区", ""), ("二", "hit"), ("层", "")]
    assert marked("一", "一") == [("一", "")]
    assert marked("", "一") == []
    assert marked("新增", "") == [("新增", "hit")]


def test_very_long_texts_are_not_compared() -> None:
    text = "长" * (LONG + 1)
    assert marked(text, "短") == [(text, "")]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_hostile_text_is_cleaned(payload: str) -> None:
    shown = "".join(text for text, _ in marked(payload, "x"))
    assert acting(shown.encode()) == []
