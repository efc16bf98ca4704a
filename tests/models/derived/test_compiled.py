"""Compiled reports: what is issued is kept whole, and nothing else passes for it."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.derived import compiled
from models.derived.compiled import NewerForm, pack, unpack
from models.records.weekly.week import issued_week, supplements
from models.records.weekly.week.issued_week import REPORT
from models.records.weekly.weekly_report import WeeklyReport
from models.schema.fields import TEXT_LIMIT
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import issued_weeks
from tests.support.entry_weeks import fix, the

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """Friday afternoon of the week."""
    with time_machine.travel(instant(date(2026, 11, 20), 16 * 60) / 1000):
        yield


@pytest.fixture
def report(book: Book, project: str) -> WeeklyReport:
    """The report of the week, begun."""
    return supplements.compiled(book, project, WEEK)


def again(book: Book, report: WeeklyReport) -> WeeklyReport:
    """The report as it is now."""
    found = book.get(report.id)
    assert isinstance(found, WeeklyReport)
    return found


def test_it_is_compiled_until_it_is_issued(book: Book, report: WeeklyReport) -> None:
    assert not compiled.content(book, report).issued and compiled.news(book, report) == ()
    fix(book, str(report.project))
    before = compiled.content(book, report).data
    book.move(report.id, "issue")
    report = again(book, report)
    fix(book, str(report.project), "后来的")
    found = compiled.content(book, report)
    assert found.issued and found.data == before and len(found.data.problems) == 1
    assert len(issued_week.compile_week(book, the(book), WEEK).problems) == 2
    assert [one.texts[0][1] for one in compiled.news(book, report)] == ["后来的"]


def test_an_import_of_the_issued_state_keeps_it_too(book: Book, report: WeeklyReport) -> None:
    book.imported(report.id, "issued")
    assert compiled.content(book, again(book, report)).issued


def test_what_is_kept_is_not_typed(book: Book, report: WeeklyReport) -> None:
    with pytest.raises(Refused):
        book.edit(report.id, {"content": "x"})


def test_a_solved_problem_without_a_cause_asks_for_a_word(book: Book, report: WeeklyReport) -> None:
    made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=report.project)
    book.move(made.id, "fix")
    with pytest.raises(Refused) as refused:
        book.move(report.id, "issue")
    assert refused.value.word == compiled.OPEN_POINTS and made.number in str(refused.value)
    assert again(book, report).state == "compiled"
    book.move(report.id, "issue", comment="厂家在查")
    (problem,) = compiled.content(book, again(book, report)).data.problems
    assert problem.cause_open


def test_too_much_to_keep_is_refused(
    book: Book, report: WeeklyReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TEXT_LIMIT == 256 * 1024
    monkeypatch.setattr(compiled, "TEXT_LIMIT", 100)
    with pytest.raises(Refused) as refused:
        book.move(report.id, "issue")
    assert refused.value.word == compiled.TOO_LARGE and again(book, report).state == "compiled"


def _packed(whole: object) -> str:
    return base64.b85encode(zlib.compress(json.dumps(whole).encode())).decode()


def test_what_was_damaged_is_said(book: Book, report: WeeklyReport) -> None:
    book.move(report.id, "issue")
    report = again(book, report)
    right = report.content
    other = issued_weeks.packed(str(report.project), "2026-W46")
    for odd in (
        "{",
        "[" * 50_000,
        "é",
        right[:-5] if right else "",
        other,
        _packed([]),
        _packed(5),
    ):
        report.content = odd
        found = compiled.content(book, report)
        assert not found.issued and found.fault == compiled.UNREADABLE
        assert compiled.news(book, report) == ()
    report.content = None
    assert compiled.content(book, report).fault == compiled.NOT_KEPT


def test_a_bomb_stops_at_the_limit(report: WeeklyReport) -> None:
    bomb = base64.b85encode(zlib.compress(b" " * (compiled.LIMIT + 10), 9)).decode()
    with pytest.raises(ValueError, match="too long"):
        unpack(REPORT, bomb, report.id)


def test_only_its_own_record_can_have_it(report: WeeklyReport) -> None:
    project = str(report.project)
    mine = issued_weeks.content(project, WEEK, health="green")
    assert unpack(REPORT, pack(REPORT, mine), report.id) == mine
    for other in (issued_weeks.content(project, "2026-W46"), issued_weeks.content("x", WEEK)):
        with pytest.raises(ValueError):
            unpack(REPORT, pack(REPORT, other), report.id)


def test_a_newer_form_is_told_apart(report: WeeklyReport) -> None:
    with pytest.raises(NewerForm):
        unpack(REPORT, _packed({"form": REPORT.version + 1, "data": {"x": 1}}), report.id)


def test_json_says_what_was_issued_and_what_came(
    workspace: Workspace, report: WeeklyReport
) -> None:
    book = workspace.book
    assert compiled.json_of(book, book.get(str(report.project))) == {}
    assert not compiled.json_of(book, report)["content_issued"]
    book.move(report.id, "issue")
    fix(book, str(report.project), "后来的")
    said = json.loads(json.dumps(compiled.json_of(book, again(book, report))))
    assert said["content_issued"] and said["content"]["week"] == WEEK
    assert said["supplements"][0]["texts"] == ["后来的", "电池老化", "更换电池"]
