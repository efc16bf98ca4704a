"""Batches: durable together, told once, and one refused save takes only itself back."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.book import Book
from models.book.writing.batch import Touched, alone, batch
from models.text.words import Refused
from sync.workspace.workspace import Workspace, open_book


def _add(book: Book, text: str, project: str) -> str:
    return book.add("fix", {"phenomenon": text}, project=project, ref=text).id


def test_another_connection_sees_all_or_nothing(workspace: Workspace, project: str) -> None:
    other = open_book(workspace.home)
    with batch(workspace.book):
        _add(workspace.book, "a", project)
        _add(workspace.book, "b", project)
        assert other.book.find("a") is None
    assert other.book.find("a") is not None and other.book.find("b") is not None
    other.close()


def test_those_who_wait_are_told_once_of_what_stayed(book: Book, project: str) -> None:
    told: list[Touched] = []
    book.saved.append(told.append)
    with batch(book):
        first = _add(book, "a", project)
        with pytest.raises(Refused), alone(book):
            _add(book, "b", project)
            book.add("fix", {"phenomenon": "c"}, project=project, ref="a")
        assert not told
    assert told == [{("fix", first), *told[0]}] and len(told) == 1
    assert book.find("b") is None and book.find("a") is not None


def test_a_failing_batch_saves_nothing_and_tells_nobody(book: Book, project: str) -> None:
    told: list[Touched] = []
    book.saved.append(told.append)
    before = book.store.rows("SELECT space, seq FROM head ORDER BY 1")
    with pytest.raises(RuntimeError), batch(book):
        _add(book, "a", project)
        raise RuntimeError("the disk is gone")
    assert not told and book.find("a") is None
    assert book.store.rows("SELECT space, seq FROM head ORDER BY 1") == before
    _add(book, "a", project)
    assert len(told) == 1


def test_every_save_is_a_transaction_of_its_own(
    workspace: Workspace, book: Book, project: str, tmp_path: Path
) -> None:
    with batch(book):
        first, second = _add(book, "a", project), _add(book, "b", project)
    numbers = [next(iter(book.change_log.history(id))).tx for id in (first, second)]
    assert len(set(numbers)) == 2
    assert workspace.log.verify_chain() is None
