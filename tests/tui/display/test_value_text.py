"""Value text: every kind of value in words, in both languages; what is not here stays an id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.book.book import Book
from models.records.problems.fix import Fix
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.display import value_text
from tui.display.terminal_text import width

MOMENT = 1_795_910_400_000  # 2026-11-29 00:00 UTC


def text(workspace: Workspace, field: str, held: Any) -> str:
    """A fix's field in words."""
    return value_text.of_field(workspace, Fix, field, held)


@pytest.mark.parametrize(
    ("field", "held", "zh", "en"),
    [
        ("cause", None, "（空）", "(empty)"),
        ("cause", "", "（空）", "(empty)"),
        ("cause", "风扇", "风扇", "风扇"),
        ("typical", True, "是", "yes"),
        ("typical", False, "否", "no"),
        ("state", "open", "待处理", "open"),
        ("of_a_newer_version", 7, "7", "7"),
    ],
)
def test_a_value_is_said_in_the_language_of_now(
    workspace: Workspace, field: str, held: Any, zh: str, en: str
) -> None:
    assert text(workspace, field, held) == zh
    language.now = "en"
    assert text(workspace, field, held) == en


def test_a_moment_is_on_the_wall_clock_of_the_workspace(workspace: Workspace) -> None:
    assert value_text.moment(workspace, MOMENT) == "2026-11-29 08:00"
    workspace.settings = replace(workspace.settings, zone="America/New_York")
    assert value_text.moment(workspace, MOMENT) == "2026-11-28 19:00"


def test_a_link_is_number_and_title_or_a_word_while_it_is_not_here(
    workspace: Workspace, book: Book, project: str
) -> None:
    site = book.add("site", {"name": "主机房"}, project=project)
    assert text(workspace, "site", site.id) == f"{site.number} 主机房"
    absent = "01a2278a-e956-7326-999c-f3f1aebf8661"
    assert text(workspace, "site", absent) == "（不在本机的记录）"
    assert value_text.link(workspace, Fix.specs()["verified_by"], book.me) == "测试员"


def test_a_long_title_is_cut_to_cells_not_characters(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "很长的现象" * 40}, project=project)
    said = value_text.named(made)
    assert said.startswith(f"{made.number} 很长") and said.endswith("…")
    assert width(said) <= len(made.number) + 1 + value_text.TITLE


def test_a_group_is_said_by_its_members_and_without_the_empty_ones(workspace: Workspace) -> None:
    held = {"cause": "风扇", "correction": None, "typical": True}
    said = text(workspace, "group", held)
    assert said.split("; ") == [
        f"{Fix.specs()['cause'].label} 风扇",
        f"{value_text.label(Fix, 'typical')} 是",
    ]
    assert text(workspace, "group", {"cause": None}) == "（空）"


def test_the_registers_every_record_has_are_named_too() -> None:
    names = [value_text.label(Fix, field) for field in ("state", "void", "unknown")]
    assert names == ["状态", "作废", "unknown"]
