"""The current book: what every page shows of it, and what is read again when, without an app."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.schema.roles import ENGINEER
from models.storage.settings import Settings
from models.text.words import Refused, language
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.support.team import admit
from tui.app.current_book import CurrentBook
from tui.display.terminal_text import width


@pytest.fixture
def current(workspace: Workspace) -> CurrentBook:
    """The book of the workspace, as the app has it."""
    return CurrentBook(workspace, None)


def test_without_a_book_it_is_closed_and_says_where_it_looked(tmp_path: Path) -> None:
    none = CurrentBook(None, tmp_path)
    assert not none.is_open and none.home == tmp_path
    assert none.settings == Settings() and none.corner(80, "") == ""
    with pytest.raises(Refused, match=str(tmp_path)):
        _ = none.workspace
    assert not none.written_elsewhere()
    none.forget()  # nothing to forget, and no fault
    none.catch_up()


def test_an_open_book_brings_its_folder_and_its_language(workspace: Workspace) -> None:
    workspace.change(replace(workspace.settings, lang="en"))
    current = CurrentBook(workspace, Path("elsewhere"))
    assert current.is_open and current.workspace is workspace
    assert current.home == workspace.home and language.now == "en"
    assert current.settings is workspace.settings


def test_it_is_closed_once_and_opened_from_its_folder_again(tmp_path: Path) -> None:
    begin(tmp_path / "book", name="甲", lang="zh", project="一").close()
    current = CurrentBook(open_book(tmp_path / "book"), None)
    seen = []
    for do in (current.close, current.close, current.open, current.default_project, current.close):
        do()
        seen.append(current.is_open)
    assert seen == [False, False, True, True, False]


def test_another_process_is_noticed_once(workspace: Workspace, current: CurrentBook) -> None:
    other = open_book(workspace.home)
    assert not current.written_elsewhere()
    other.book.add("project", {"name": "乙"})
    assert current.written_elsewhere()
    assert not current.written_elsewhere()
    other.close()


def test_own_writing_is_nothing_from_elsewhere(workspace: Workspace, current: CurrentBook) -> None:
    workspace.book.add("project", {"name": "乙"})
    assert not current.written_elsewhere()


def test_what_came_by_a_round_is_known_already(workspace: Workspace, current: CurrentBook) -> None:
    other = open_book(workspace.home)
    other.book.add("project", {"name": "乙"})
    current.catch_up()
    assert not current.written_elsewhere()
    other.close()


def test_the_state_of_the_sync_is_counted_once_until_something_is_written(
    workspace: Workspace, project: str, current: CurrentBook
) -> None:
    admit(workspace, "同事", [ENGINEER])
    before = current.standing()
    workspace.book.add("fix", {"phenomenon": "泵"}, project=project)
    assert current.standing() is before
    current.forget()
    assert current.standing().unsent > before.unsent


def test_new_records_belong_to_the_only_running_project(
    workspace: Workspace, project: str, current: CurrentBook
) -> None:
    assert current.default_project() == project
    other = workspace.book.add("project", {"name": "乙"})
    assert current.default_project() is None
    workspace.book.move(other.id, "complete")
    assert current.default_project() == project


def test_of_several_projects_the_chosen_one_is_taken_while_it_runs(
    workspace: Workspace, current: CurrentBook
) -> None:
    chosen = workspace.book.add("project", {"name": "乙"})
    workspace.book.add("project", {"name": "丙"})
    workspace.change(replace(workspace.settings, project=chosen.id))
    assert current.default_project() == chosen.id
    workspace.book.move(chosen.id, "complete")
    assert current.default_project() is None


def test_the_corner_has_the_project_where_there_is_room(current: CurrentBook) -> None:
    assert current.corner(40, "") == "测试项目"
    assert current.corner(40, "⇅ 20%") == "测试项目  ⇅ 20%"


def test_the_state_of_the_sync_outlives_the_project_name_in_a_narrow_corner(
    workspace: Workspace, project: str
) -> None:
    admit(workspace, "同事", [ENGINEER])
    workspace.book.add("fix", {"phenomenon": "泵"}, project=project)
    current = CurrentBook(workspace, None)
    wide = current.corner(60, "")
    assert wide.startswith("测试项目  ") and "待同步" in wide
    narrow = current.corner(width(wide) - 1, "")
    assert narrow and "测试项目" not in narrow and wide.endswith(narrow)


def test_the_corner_is_never_empty_for_want_of_room(workspace: Workspace, project: str) -> None:
    admit(workspace, "同事", [ENGINEER])
    workspace.book.add("fix", {"phenomenon": "泵"}, project=project)
    assert "待同步" in CurrentBook(workspace, None).corner(1, "")
