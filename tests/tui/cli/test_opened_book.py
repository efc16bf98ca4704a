"""Opened book: closed whatever happens; what the database reports is a sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import peewee
import pytest

from models.storage import settings
from models.text.words import Refused
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE
from tui.cli.opened_book import opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a book, which nobody has open."""
    made = begin(tmp_path / "book", name="测试员", lang="zh", project="项目")
    made.close()
    return tmp_path / "book"


def closed(home: Path) -> bool:
    """Whether nobody holds the database: nothing but the file itself is left."""
    return not list(home.glob(f"{DATABASE}-*"))


def test_it_is_open_within_and_closed_after(home: Path) -> None:
    with opened(home) as workspace:
        assert workspace.book.me and not closed(home)
    assert closed(home)


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt()])
def test_it_is_closed_when_the_command_fails(home: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), opened(home):
        raise error
    assert closed(home)


@pytest.mark.parametrize(
    "error",
    [sqlite3.OperationalError("disk I/O error"), peewee.OperationalError("database is locked")],
)
def test_what_the_database_reports_is_a_sentence(home: Path, error: Exception) -> None:
    with pytest.raises(Refused) as raised, opened(home):
        raise error
    assert DATABASE in str(raised.value) and closed(home)


def test_where_there_is_no_book_the_way_to_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused), opened(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()


def test_warnings_about_settings_go_to_the_error_stream(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / settings.FILE
    file.write_text(file.read_text(encoding="utf-8") + '\nlang = "xx', encoding="utf-8")
    with opened(home) as workspace:
        count = len(workspace.warnings)
    said = capsys.readouterr()
    assert count == said.err.count("\n") > 0 and said.out == ""
