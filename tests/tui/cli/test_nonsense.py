"""Every command over a book in which odd devices' changes hold values of no sense."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.schema.record import kinds
from models.storage import integrity
from sync.apply.open_book import open_book
from tests.support import nonsense_book
from tests.support.hostile import acting
from tests.support.hostile_book import Ids
from tests.tui.cli.conftest import Said, Shell

READS = (
    *(["status"], ["status", "--json"], ["list", "--void"], ["list", "--json"], ["digest"]),
    *(["conflicts"], ["conflicts", "--json"], ["check"], ["check", "--json"], ["calendar"]),
    *(["find", "HOSTILE"], ["find", "巨", "--json"], ["member", "list"], ["backup"]),
)
PAPERS = {
    "weekly": "weekly",
    "problem": "problem_report",
    "concession": "concession",
    "checklist": "sheet",
    "escalation": "escalation",
}
FEW = (0, 2, 7, 12)
"""Places of records that together hold most values."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ids]]:
    """The book, and its records by type."""
    home = tmp_path_factory.mktemp("nonsense") / "book"
    yield home, nonsense_book.make(home)
    shutil.rmtree(home)


@pytest.fixture
def odd(bare: Shell, written: tuple[Path, Ids]) -> Iterator[Shell]:
    """A shell on that book."""
    bare.home = written[0]
    yield bare


@pytest.fixture
def ids(written: tuple[Path, Ids]) -> Ids:
    """Its records by type."""
    return written[1]


def stands(said: Said, *codes: int) -> None:
    """It answered, or refused in a sentence; nothing failed, nothing acts on a terminal."""
    assert said.code in (0, *codes) and "程序出错" not in said.err, said.err
    assert acting(said.out.encode()) == [] and acting(said.err.encode()) == []


def test_what_reads_the_whole_book_stands(odd: Shell) -> None:
    for args in READS:
        stands(odd(*args))


def test_every_record_is_shown(odd: Shell, ids: Ids) -> None:
    for type in kinds:
        for at in FEW:
            for args in (["show"], ["show", "--json"], ["history"]):
                stands(odd(*args, ids[type][at]))
            stands(odd("paper", "names", ids[type][at]), 1)  # a week that is none has no document


def test_what_is_to_be_reviewed_is_told(odd: Shell, ids: Ids) -> None:
    assert "待核对：应为日期" in odd.ok("show", ids["milestone"][0]).out
    with closing(open_book(odd.home)) as book:
        every = [str(one) for one in integrity.odd(lambda sql, given: book.store.rows(sql, given))]
    assert any("“大小（字节）”待核对：超出允许范围" in one for one in every)
    told = odd("check").out  # one finding of a kind; which one goes by random ids
    assert re.search("附件.*的?“.+”待核对：.", told, re.S), told


def test_every_list_goes_out(odd: Shell, ids: Ids, tmp_path: Path) -> None:
    for type in kinds:
        for ending in ("xlsx", "csv", "jsonl"):
            file = tmp_path / f"{type}.{ending}"
            stands(odd("export", type, "--void", "-o", file))
            assert file.stat().st_size


def test_documents_of_what_has_some_sense(odd: Shell, ids: Ids, tmp_path: Path) -> None:
    for document, type in PAPERS.items():
        for at in FEW[1:3]:
            stands(odd("export", document, ids[type][at], "-o", tmp_path / "a.docx", "--force"), 1)
            stands(odd("export", document, ids[type][at], "-o", tmp_path / "a.md", "--force"), 1)
            stands(odd("export", "record", ids[type][at], "-o", tmp_path / "b.docx", "--force"))
    week = ["export", "weekly", "--week", "2026-W47", "--project", ids["project"][0]]
    stands(odd(*week, "-o", tmp_path / "w.docx"))
    for id in ids["issued"]:
        stands(odd("paper", "check", id), 1)


def test_what_is_wrong_can_be_mended(odd: Shell, ids: Ids) -> None:
    for type, field, value in (
        ("milestone", "due", "2026-12-01"),
        ("fix", "phenomenon", "好"),
        ("template_item", "low", "1"),
    ):
        id = next(id for id in ids[type] if odd("set", id, f"{field}={value}").code == 0)
        assert odd.ok("show", id, "--json").json[field] == value
