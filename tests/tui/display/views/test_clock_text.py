"""Clock text: a clock that was wrong is told by status, check, pages, history and documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.projects import all_projects
from sync.log.change_log import wall
from sync.workspace.device_clocks import HubOffset, measured
from sync.workspace.workspace import Workspace, open_book
from tests.tui.cli.conftest import Shell, bare, shell  # noqa: F401
from tests.tui.documents.makers import text_of
from tests.tui.seen import opened, press, text, whole
from tui.display.parts import plain
from tui.display.views import clock_text
from tui.widgets.document_view import DocumentView

DAY = 86_400_000


def written(home: Path) -> str:
    """A fix written, and fixed, two years ahead; then one with the clock right; the first's number.

    The hub said that our clock is 12 minutes fast.
    """
    workspace = open_book(home)
    number = wrong(workspace)
    workspace.close()
    return number


def wrong(workspace: Workspace) -> str:
    """The same in an open book."""
    book, log = workspace.book, workspace.log
    project = all_projects(book.store)[0].id
    log._now = lambda: wall() + 731 * DAY
    made = book.add("fix", {"phenomenon": "未来", "cause": "x", "correction": "y"}, project=project)
    book.move(made.id, "fix")
    log._now = wall
    book.add("fix", {"phenomenon": "现在"}, project=project)
    measured(workspace, -12 * 60_000)
    return made.number


@pytest.mark.shows(75)
def test_commands_and_documents_tell_it(shell: Shell, tmp_path: Path) -> None:  # noqa: F811
    assert shell.ok("status", "--json").json["clocks"] == []
    number = written(shell.home)
    told = shell.ok("status").out
    assert "本机的时钟曾差 730 天" in told or "本机的时钟曾差 731 天" in told
    assert "本机时钟比同步服务器快 12 分钟" in told
    found = shell.ok("status", "--json").json
    assert found["clocks"][0]["ahead_ms"] > 700 * DAY and found["ahead_of_hub_ms"] == 720_000
    checked = shell("check", "--json").json
    assert any("本机的时钟曾差" in note for note in checked["notes"])
    assert "时钟不准，实际不晚于" in shell.ok("history", number).out
    steps = shell.ok("history", number, "--json").lines
    assert all(step["no_later_than"] < step["at"] for step in steps)
    shell.ok("export", "record", number, "-o", tmp_path / "a.docx")
    assert "时钟不准，实际不晚于" in text_of(tmp_path / "a.docx")


async def test_pages_tell_it(workspace: Workspace) -> None:
    wrong(workspace)
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "9")
        whole(app)
        assert "时钟不准的电脑" in text(app) and "快 12 分钟" in text(app)
        await press(pilot, "0")
        assert "时钟差过" in plain(app.screen.query_one(DocumentView).parts)
        await press(pilot, "f9")
        assert "clock was" in plain(app.screen.query_one(DocumentView).parts)


def test_a_difference_in_its_largest_unit() -> None:
    assert clock_text.length(3 * DAY) == "3 天"
    assert clock_text.length(-5 * 3_600_000) == "5 小时"
    assert clock_text.length(7 * 60_000) == "7 分钟"
    assert "慢 10 分钟" in clock_text.hub(HubOffset(-600_000, 0))
