"""Sync rows: with whom to sync, and what wants a decision, before what merely waits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.book.book import Book
from sync.transport import recent_peers
from sync.workspace.workspace import Workspace
from tests.support.team import admit
from tui.display.row_layout import RowLayout
from tui.display.row_source import ListRow
from tui.display.terminal_text import width
from tui.display.values import Values
from tui.pages.sync import sync_rows
from tui.pages.sync.sync_rows import COLUMNS, SyncRows


def read(workspace: Workspace, peer: str | None = None) -> tuple[Sequence[ListRow], SyncRows]:
    """The rows as they are now."""
    made = SyncRows(workspace, Values(workspace))
    return made.rows(peer), made


def lines(rows: Sequence[ListRow], cells: int = 100) -> list[str]:
    """Rows as they are drawn."""
    layout = RowLayout(COLUMNS, cells)
    return [row.segments(layout)[0] for row in rows]


def test_one_alone_is_told_how_to_share_and_nothing_else(workspace: Workspace) -> None:
    rows, _ = read(workspace)
    assert [row.id for row in rows if row.id] == ["new:folder", "new:write", "new:read", "new:join"]
    assert "只在本机" in lines(rows)[0]


def test_a_folder_is_said_by_its_name_and_its_whole_path_is_kept(workspace: Workspace) -> None:
    admit(workspace, "工程师乙", ["engineer"])
    rows, made = read(workspace, "/mnt/share/sitebook")
    line = next(line for row, line in zip(rows, lines(rows), strict=True) if "peer:" in row.id)
    assert "文件夹" in line and "sitebook  还没有同步过" in line and "/mnt" not in line
    assert made.more["peer:/mnt/share/sitebook"] == "/mnt/share/sitebook"


def test_what_is_here_only_is_listed_by_record(
    workspace: Workspace, book: Book, project: str
) -> None:
    admit(workspace, "工程师乙", ["engineer"])
    fix = book.add("fix", {"phenomenon": "UPS 告警"}, project=project)
    text = "\n".join(lines(read(workspace)[0]))
    assert "待同步，只在本机" in text and fix.number in text and "UPS 告警" in text


def test_a_conflict_stands_before_what_waits(
    workspace: Workspace, book: Book, project: str
) -> None:
    admit(workspace, "工程师乙", ["engineer"])
    fix = book.add("fix", {"phenomenon": "UPS 告警", "place": "A"}, project=project)
    for place in "BC":
        book.edit(fix.id, {"place": place}, seen=fix.dots)
    rows, _ = read(workspace)
    ids = [row.id for row in rows]
    assert f"conflict:{fix.id}:place" in ids
    text = "\n".join(lines(rows))
    assert text.index("待解决的冲突") < text.index("待同步，只在本机")


def test_a_long_section_counts_all_and_shows_the_first(
    workspace: Workspace, book: Book, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(workspace, "工程师乙", ["engineer"])
    monkeypatch.setattr(sync_rows, "MOST", 3)
    for at in range(5):
        fix = book.add("fix", {"phenomenon": f"泵 {at}", "place": "A"}, project=project)
        for place in "BC":
            book.edit(fix.id, {"place": place}, seen=fix.dots)
    rows, _ = read(workspace)
    assert sum(row.id.startswith("conflict:") for row in rows) == 3
    assert any("待解决的冲突  5（列出 3）" in line for line in lines(rows))


def test_every_row_fits(workspace: Workspace, book: Book, project: str) -> None:
    admit(workspace, "工程师乙", ["engineer"])
    book.add("fix", {"phenomenon": "很长的现象" * 40}, project=project)
    rows, _ = read(workspace, "https://hub.example/sitebook")
    assert recent_peers.of(workspace) == []
    for cells in (30, 80, 120):
        assert {width(line) for line in lines(rows, cells)} == {cells}
