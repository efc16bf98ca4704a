"""Edits: which values are taken, and which registers they change."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.writing import edits
from models.schema.record import kinds
from models.text.words import Refused, language


def fix(book: Book, project: str, **values: object) -> str:
    return book.add("fix", {"phenomenon": "UPS 告警", **values}, project=project).id


def test_an_edit_changes_only_what_differs(book: Book, project: str) -> None:
    id = fix(book, project)
    before = len(list(book.change_log.history(id)))
    book.edit(id, {"phenomenon": "UPS 告警"})
    assert len(list(book.change_log.history(id))) == before
    book.edit(id, {"cause": "电池老化"})
    last = list(book.change_log.history(id))[-1]
    assert dict(last.fields) == {"cause": "电池老化"}
    assert book.get(id).values()["cause"] == "电池老化"


def test_a_form_opened_before_another_save_keeps_both(book: Book, project: str) -> None:
    """Sync case 7, on one device: two windows."""
    id = fix(book, project)
    seen = book.get(id).dots
    book.edit(id, {"cause": "电池"}, seen=seen)
    book.edit(id, {"cause": "电容"}, seen=seen)
    beside = book.writer.siblings(id)["cause"]
    assert book.get(id).values()["cause"] == "电容"
    assert [version[3] for version in beside] == ["电池"]


def test_clearing_a_field_is_a_change_like_any_other(book: Book, project: str) -> None:
    id = fix(book, project, cause="电池")
    book.edit(id, {"cause": ""})
    assert book.get(id).values()["cause"] is None
    assert dict(list(book.change_log.history(id))[-1].fields) == {"cause": None}


def test_a_group_merges_as_one_value(book: Book, project: str) -> None:
    changed = book.edit(project, {"service_from": "2026-01-01"})
    changed = book.edit(project, {"service_to": "2026-12-31"})
    last = list(book.change_log.history(project))[-1]
    period = {"service_from": "2026-01-01", "service_to": "2026-12-31"}
    assert dict(last.fields) == {"service_period": period}
    assert changed.values()["service_from"] == "2026-01-01"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"phenomenon": "a\0b"}, "不能保存的字符"),
        ({"phenomenon": "\ud800"}, "不能保存的字符"),
        ({"phenomenon": "长" * 90_000}, "256 KiB"),
        ({"place": "a\nb"}, "只能写一行"),
        ({"place": "长" * 201}, "最多 200 个字"),
        ({"cause_class": "magic"}, "只能是以下之一"),
        ({"fixed_at": "yesterday"}, "整数"),
        ({"nothing": "x"}, "没有字段"),
        ({"verify_method": "x"}, "只能通过操作填写"),
    ],
)
def test_a_bad_value_is_one_sentence_and_nothing_is_saved(
    book: Book, project: str, values: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        book.add("fix", values, project=project)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert book.store.rows("SELECT COUNT(*) FROM fix") == [(0,)]
    language.now = "en"
    assert str(refused.value).isascii() or "“" in str(refused.value)


def test_text_is_kept_exactly_as_typed(book: Book, project: str) -> None:
    """Sync case 49."""
    text = " 温度<5℃ & 湿度\r\n\t😀 e\u0301 é [/b] \x1b[31m "
    assert book.get(fix(book, project, cause=text)).values()["cause"] == text


@pytest.mark.parametrize("rounds", [0, 10, -1, 1 << 70])
def test_a_whole_number_keeps_its_bounds(book: Book, rounds: int) -> None:
    with pytest.raises(Refused, match="每日轮次"):
        book.add("template", {"name_zh": "机房", "rounds": rounds})
    assert book.add("template", {"name_zh": "机房", "rounds": 9}).number


def test_a_moment_beyond_every_calendar_is_refused(book: Book, project: str) -> None:
    with pytest.raises(Refused, match="处理时间"):
        book.add("fix", {"phenomenon": "x", "fixed_at": 1 << 70}, project=project)


def test_a_register_is_written_where_it_differs_or_was_typed_over_an_older_view(
    book: Book, project: str
) -> None:
    seen = book.get(fix(book, project, cause="电池")).dots
    made = book.edit(book.find("FX-2026-A-0001").id, {"place": "一层"})  # type: ignore[union-attr]
    assert edits.changed_registers(made, {"cause": "电池", "place": "一层"}, None) == {}
    assert edits.changed_registers(made, {"cause": "电容"}, None) == {"cause": "电容"}
    assert edits.changed_registers(made, {"place": "一层"}, seen) == {"place": "一层"}


def test_a_field_settled_when_the_record_is_made_keeps_its_value(book: Book, project: str) -> None:
    milestone = book.add("milestone", {"name": "上线", "due": "2026-12-01"}, project=project)
    made = book.add("concession", {"situation": "x", "milestone": milestone.id}, project=project)
    edits.keep_settled(made, {"milestone": milestone.id, "situation": "y"})
    with pytest.raises(Refused, match="在新建时确定"):
        edits.keep_settled(made, {"milestone": None})


def test_fields_are_named_by_their_words() -> None:
    assert edits.labels(kinds["fix"], ["cause", "correction"]).count("、") == 1
