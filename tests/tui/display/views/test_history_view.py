"""History view: who changed what from what to what, newest first."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tui.display.parts import TextPart, plain
from tui.display.values import Values
from tui.display.views import history_view


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix."""
    return book.add("fix", {"phenomenon": "UPS 告警", "place": "A 区"}, project=project)


def told(workspace: Workspace, id: str) -> list[TextPart]:
    """The history of a record as it is now."""
    book = workspace.book
    return list(history_view.parts(book, Values(workspace), book.get(id)))


def steps(parts: list[TextPart]) -> list[str]:
    """The heads of the steps."""
    return [plain([part]) for part in parts if part.id.startswith("step:")]


def test_a_record_begins_with_what_it_was_made_with(workspace: Workspace, fix: Record) -> None:
    parts = told(workspace, fix.id)
    (made,) = steps(parts)
    assert "测试员 新建" in made and "电脑" in made
    lines = [plain([part]).strip() for part in parts]
    assert lines[1] == "历史 (1)"
    assert lines[3:] == ["问题现象: UPS 告警", "具体位置: A 区"]


def test_the_newest_step_is_first_and_says_from_what_to_what(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    book.edit(fix.id, {"place": "B 区"})
    book.edit(fix.id, {"place": None})
    parts = told(workspace, fix.id)
    heads = steps(parts)
    assert len(heads) == 3 and "修改" in heads[0] and "新建" in heads[2]
    text = plain(parts)
    assert "A 区 > B 区" in text and "B 区 > 空" in text
    assert text.index("B 区 > 空") < text.index("A 区 > B 区")


def test_a_move_says_its_states_and_its_comment(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    book.move(fix.id, "fix", {"correction": "复位"}, comment="现场有人")
    parts = told(workspace, fix.id)
    kind = fix.kind
    before, after = kind.state(fix.state).label, kind.state(book.get(fix.id).state).label
    assert f"{before} > {after}" in steps(parts)[0]
    assert "    “现场有人”" in plain(parts).split("\n")


def test_taking_out_of_use_and_back_are_steps(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    book.void(fix.id, "重复")
    book.restore(fix.id)
    heads = steps(told(workspace, fix.id))
    assert "恢复使用" in heads[0] and "作废：重复" in heads[1]


def test_only_the_newest_steps_are_shown(
    workspace: Workspace, book: Book, fix: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_view, "MOST", 2)
    for place in "BCD":
        book.edit(fix.id, {"place": place})
    parts = told(workspace, fix.id)
    assert len(steps(parts)) == 2 and plain(parts[-1:]) == "还有更早的 2 条"


def test_a_long_value_is_one_short_line(workspace: Workspace, book: Book, fix: Record) -> None:
    book.edit(fix.id, {"phenomenon": "长\n" * 500})
    line = next(plain([part]) for part in told(workspace, fix.id) if "UPS 告警 > " in plain([part]))
    assert "\n" not in line and len(line) < 200 and line.endswith("…")
