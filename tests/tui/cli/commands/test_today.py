"""`today`: the counts are those of Today and of `status`; what is expected has its standing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.tui.cli.conftest import Shell
from tests.tui.seen import lines, opened


@pytest.fixture
def shell(
    workspace: Workspace, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """The command line on the workspace of the tests."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return Shell(workspace.home, capfdbinary, monkeypatch)


def listed(shell: Shell) -> list[dict[str, Any]]:
    """What the command prints for scripts."""
    return [json.loads(line) for line in shell.ok("today", "--json").out.splitlines()]


def test_what_is_not_begun_is_listed_with_its_standing(
    shell: Shell, book: Book, project: str
) -> None:
    template(book)
    made = book.add("fix", {"phenomenon": "风扇异响"}, project=project)
    found = {item["type"]: item for item in listed(shell)}
    assert found.keys() == {"sheet", "weekly", "fix"}
    assert (found["sheet"]["standing"], found["sheet"]["record"]) == ("due", None)
    assert (found["fix"]["group"], found["fix"]["number"]) == ("work", made.number)
    said = shell.ok("today").out
    assert "日常检查  1\n" in said and "未开始" in said and "待办 3 件，逾期 0 件" in said
    assert json.loads(shell.ok("status", "--json").out)["todo"] == 3


async def test_the_page_counts_the_same(workspace: Workspace, book: Book, project: str) -> None:
    template(book)
    async with opened(workspace) as (app, _):
        assert any("待办 2 件" in line for line in lines(app))
