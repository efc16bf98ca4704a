"""Fixtures shared by all tests: a real workspace in a temporary folder."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.storage.store import Store
from models.text.words import language
from sync.workspace.workspace import Workspace, open_book
from tests.support import memory_folder, prepared_book, prepared_tables

memory_folder.use()

if threading.current_thread() is threading.main_thread():
    # A shell's background job ignores these, and hands that on to every process tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for ignored in {"SIGQUIT", "SIGHUP"} & {one.name for one in signal.Signals}:
        signal.signal(getattr(signal, ignored), signal.SIG_DFL)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs are left out unless asked for by `-m long`, whichever folder is run."""
    if "long" not in str(config.getoption("markexpr")):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="a long run: pytest -m long"))


@pytest.fixture(scope="session", autouse=True)
def tables() -> Iterator[None]:
    """New books have their tables copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "create", prepared_tables.copied)
        yield


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test begins in Chinese, whatever the one before chose."""
    language.now = "zh"
    yield
    language.now = "zh"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace begun by one person who has every role."""
    prepared_book.begun(tmp_path / "book")
    opened = open_book(tmp_path / "book")
    yield opened
    opened.close()


@pytest.fixture
def book(workspace: Workspace) -> Book:
    """The book of that workspace."""
    return workspace.book


@pytest.fixture
def project(book: Book) -> str:
    """The id of its first project."""
    from models.book.projects import all_projects

    return str(all_projects(book.store)[0].id)
