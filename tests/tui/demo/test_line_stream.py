"""The stream of the demonstration: working days counted from the end, and lines in order."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.text.words import Lang, W
from tui.demo.data_files import lines
from tui.demo.line_stream import DAYS, Span, Stream

FRIDAY = date(2026, 11, 20)
NAME = W("机房", "Server room")


def stream(lang: Lang = "zh") -> Stream:
    """An empty stream that ends on a Friday."""
    return Stream(lang, Span(FRIDAY, BUNDLED))


def test_days_are_working_days_counted_from_the_last_one() -> None:
    span = Span(FRIDAY, BUNDLED)
    assert len(span.days) == DAYS and all(BUNDLED.workdays(day, day) for day in span.days)
    assert (span.day(0), span.day(4), span.day(5)) == (
        FRIDAY,
        date(2026, 11, 16),
        date(2026, 11, 13),
    )
    assert span.day(-1) == date(2026, 11, 23)  # after the weekend


@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2026, 11, 22)])
def test_on_a_weekend_the_last_day_is_the_friday_before(today: date) -> None:
    assert Span(today, BUNDLED).day(0) == FRIDAY


def test_what_would_be_later_than_the_last_morning_is_put_there() -> None:
    span = Span(FRIDAY, BUNDLED)
    morning = instant(FRIDAY, 8 * 60 + 50)
    assert span.at(0, "15:00") == span.at(-3, "07:00") == morning
    assert span.at(0, "08:10") == instant(FRIDAY, 8 * 60 + 10)
    assert span.at(1, "15:00") == instant(date(2026, 11, 19), 15 * 60)


def test_weeks_are_listed_latest_first_with_their_days() -> None:
    span = Span(FRIDAY, BUNDLED)
    assert span.weeks()[:2] == ["2026-W47", "2026-W46"]
    assert span.in_week("2026-W47") == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(("lang", "name"), [("zh", "机房"), ("en", "Server room")])
def test_texts_are_in_the_language_and_empty_fields_are_left_out(lang: Lang, name: str) -> None:
    out = stream(lang)
    out.add("site", "s1", "lin", 1000, name=NAME, address="", access=None)
    assert out.sorted() == [{"type": "site", "ref": "s1", "by": "lin", "at": 1000, "name": name}]


def test_a_line_is_later_than_every_record_that_it_names() -> None:
    out = stream()
    out.add("site", "s1", "lin", 50_000, name=NAME)
    assert out.add("equipment", "e1", "lin", 1000, site="s1") == 51_000
    assert out.edit("e1", "lin", 2000, model="LS") == 51_000 + 60_000
    assert out.move("confirm", "e1", "gu", 0) == 51_000 + 120_000
    assert [line["at"] for line in out.sorted()] == [50_000, 51_000, 111_000, 171_000]


def test_lines_are_sorted_by_time_and_one_instant_keeps_its_order() -> None:
    out = stream()
    for ref, at in (("b", 2000), ("c", 1000), ("a", 2000)):
        out.add("note", ref, "lin", at, text="x")
    assert [line["ref"] for line in out.sorted()] == ["c", "b", "a"]


def test_a_ref_is_given_once() -> None:
    out = stream()
    out.add("site", "s1", "lin", 1, name=NAME)
    with pytest.raises(ValueError, match="s1 is given twice"):
        out.add("site", "s1", "lin", 2, name=NAME)


def test_the_record_that_a_move_makes_can_be_named_afterwards() -> None:
    out = stream()
    out.add("fix", "f1", "lin", 1000, phenomenon=NAME)
    at = out.move("escalate", "f1", "lin", 2000, makes="x1")
    assert out.edit("x1", "lin", 0, severity="high") == at + 60_000


def test_lines_of_a_file_have_their_time_texts_days_and_digest(tmp_path: Path) -> None:
    text = (
        '{"type": "milestone", "ref": "m1", "by": "gu", "at": [2, "09:20"],'
        ' "name": {"zh": "初验", "en": "First"}, "due": {"workday": -1}}\n'
        '{"type": "attachment", "ref": "a1", "by": "gu", "at": [1, "10:00"], "about": "m1",'
        ' "content": {"zh": "同意\\n", "en": "Agreed\\n"}}\n'
        '{"edit": true, "ref": "m1", "by": "gu", "at": [1, "10:30"], "due": {"workday": 0}}\n'
        '{"move": "done", "ref": "m1", "by": "gu", "at": [1, "11:00"]}\n'
    )
    (tmp_path / "plan.jsonl").write_text(text, encoding="utf-8")
    out = stream()
    out.put_written(lines("plan", tmp_path))
    milestone, file, edit, done = out.sorted()
    assert (milestone["name"], milestone["due"]) == ("初验", "2026-11-23")
    assert milestone["at"] == instant(date(2026, 11, 18), 9 * 60 + 20)
    assert file["sha256"] == hashlib.sha256("同意\n".encode()).hexdigest()
    assert (file["content"], file["about"]) == ("同意\n", "m1")
    assert (edit["due"], "edit" in edit, "move" in edit) == ("2026-11-20", False, False)
    assert (done["move"], done["ref"], "type" in done) == ("done", "m1", False)


def test_the_quarter_of_a_day_and_rows_that_the_book_adds(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_text(
        '{"type": "quarterly_check", "ref": "qc", "by": "lin", "at": [2, "09:00"],'
        ' "quarter": {"quarter_of": 20}, "rows": {"qa": ["quarterly_answer", "faults"]}}\n'
        '{"move": "na", "ref": "qa", "by": "lin", "at": [3, "09:00"], "basis": "x"}\n',
        encoding="utf-8",
    )
    out = stream()
    out.put_written(lines("some", tmp_path))
    first, second = out.sorted()
    assert first["quarter"] == "2026-Q4" and first["rows"] == {"qa": ["quarterly_answer", "faults"]}
    assert second["ref"] == "qa" and int(str(second["at"])) > int(str(first["at"]))
