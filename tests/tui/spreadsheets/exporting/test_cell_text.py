"""Cell text: what a cell says is found again by an import, and never more than Excel keeps."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.book.book import Book
from models.records.problems.fix import Fix
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.support.team import admit
from tui.display.terminal_text import show
from tui.spreadsheets.exporting.cell_text import EXCEL_TEXT, Outgoing, cleaned, fitting

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"


@pytest.fixture
def out(workspace: Workspace) -> Outgoing:
    """How values are written."""
    return Outgoing(workspace.book, SHANGHAI)


@pytest.mark.parametrize("ms", [0, 1_795_910_400_000, 1_795_910_400_123, -1, 253_000_000_000_000])
def test_an_instant_is_read_back_to_the_millisecond(book: Book, ms: int) -> None:
    said = Outgoing(book, SHANGHAI).moment(ms)
    there = datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(SHANGHAI))
    assert round(there.timestamp() * 1000) == ms


def test_the_hour_that_the_clock_shows_twice_has_its_offset(book: Book) -> None:
    american = Outgoing(book, NEW_YORK)
    first, second = 1_793_511_000_000, 1_793_511_000_000 + 3_600_000  # 2026-11-01 01:30, twice
    assert american.moment(first)[:16] == american.moment(second)[:16]
    assert american.moment(first)[-6:] == "-04:00" and american.moment(second)[-6:] == "-05:00"
    assert len(american.moment(first - 7_200_000)) == 19


def test_a_link_is_its_name_only_while_one_record_has_it(
    out: Outgoing, book: Book, project: str
) -> None:
    spec = Fix.specs()["site"]
    site = book.add("site", {"name": "主机房"}, project=project)
    assert out.text(spec, site.id) == "主机房"
    book.add("site", {"name": "主机房"}, project=project)
    assert Outgoing(book, SHANGHAI).text(spec, site.id) == site.id
    named = book.add("site", {"name": "主机房"}, project=project, ref="机房-1")
    assert Outgoing(book, SHANGHAI).text(spec, named.id) == "机房-1"


def test_what_is_not_here_stays_an_id(out: Outgoing) -> None:
    absent = "01a2278a-e956-7326-999c-f3f1aebf8661"
    assert out.text(Fix.specs()["site"], absent) == absent
    assert out.project(None) == "" and out.project(absent) == absent


def test_a_member_is_named_unless_another_has_the_name(
    workspace: Workspace, book: Book, out: Outgoing
) -> None:
    assert out.person(book.me) == "测试员"
    admit(workspace, "测试员", ["engineer"])
    assert Outgoing(book, SHANGHAI).person(book.me) == book.me


@pytest.mark.parametrize(("value", "zh", "en"), [(True, "是", "yes"), (False, "否", "no")])
def test_a_flag_is_a_word(out: Outgoing, value: bool, zh: str, en: str) -> None:
    spec = Fix.specs()["typical"]
    assert out.text(spec, value) == zh
    language.now = "en"
    assert out.text(spec, value) == en
    assert out.text(spec, None) == ""


@pytest.mark.parametrize("text", ["", "短", "x" * EXCEL_TEXT])
def test_what_fits_stays_whole(text: str) -> None:
    assert fitting(text) == text


@pytest.mark.parametrize("char", ["x", "长", "\U0001f527"])
def test_what_is_cut_ends_in_a_mark_and_at_a_whole_character(char: str) -> None:
    made = fitting(char * EXCEL_TEXT * 2)
    assert made.endswith("…") and len(made.encode("utf-16-le")) // 2 <= EXCEL_TEXT
    assert set(made[:-1]) == {char}


def test_text_that_looks_like_the_librarys_own_markup_is_cut_sooner() -> None:
    made = fitting("<r>" + "x" * EXCEL_TEXT + "</r>")
    assert len(made) < EXCEL_TEXT // 5 and made.endswith("…")


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_acts_is_shown_in_a_file_too(name: str) -> None:
    assert cleaned(PAYLOADS[name]) == show(PAYLOADS[name])
    assert cleaned(cleaned(PAYLOADS[name])) == cleaned(PAYLOADS[name])
