"""Filters: the grammar in both languages and widths, and what is not understood."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.calendar.business_dates import business_day, week_of
from models.queries import filters
from models.queries.filters import Filter
from models.schema.fields import line
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.text.words import W, language
from sync.log.change_log import Log
from sync.workspace.workspace import Workspace
from tests.support.new_area import new_area
from tests.support.team import admit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Filter()),
        ("机房 空调", Filter(words="机房 空调")),
        ("state:open", Filter(states=("open",))),
        ("状态：待处理,待验证", Filter(states=("open", "fixed"))),
        ("STATE:To x", Filter(words="x", states=("fixed",))),
        ("是:作废 is:overdue", Filter(marks=frozenset({"void", "overdue"}))),
        ("是:超期", Filter(marks=frozenset({"overdue"}))),
        ("排序:-问题现象", Filter(sort="-phenomenon")),
        ("10:30 http://a", Filter(words="10:30 http://a")),
        ("week:2026-W47", Filter(week="2026-W47")),
        ("排序:-编号", Filter(sort="-number")),
        ("state:", Filter()),
        ('state:"open', Filter(states=("open",))),
    ],
)
def test_the_grammar(book: Book, text: str, expected: Filter) -> None:
    found = filters.read(book, text, kinds["fix"])
    assert found == expected
    assert not found.wrong


def test_people_projects_and_weeks_by_their_names(book: Book, project: str) -> None:
    this = week_of(business_day(book.change_log.now()))
    for text in (
        "by:me 项目:测试 周:本周",
        f'填写人:我 project:"测试项目" week:{this}',
        "by:测试员",
    ):
        assert filters.read(book, text).by == book.me
    assert filters.read(book, "项目:测试").project == project
    assert filters.read(book, "周:本周").week == this


def test_this_week_is_that_of_the_books_time_zone(book: Book) -> None:
    assert isinstance(book.change_log, Log)
    book.change_log._now = lambda: 1_795_388_400_000  # 2026-11-22 23:00 UTC, a Sunday
    for zone, week in {"Asia/Shanghai": "2026-W48", "America/New_York": "2026-W47"}.items():
        book.zone = zone
        assert filters.read(book, "周:本周").week == week


def test_what_is_not_understood_is_named_and_narrows_nothing(book: Book) -> None:
    found = filters.read(book, "机房 state:nonsense week:99 by:无此人 project:不存在", kinds["fix"])
    assert found == Filter(words="机房")
    assert len(found.wrong) == 4
    assert "nonsense" in str(found.wrong[0])


def test_said_in_either_language_means_the_same(book: Book, project: str) -> None:
    wanted = Filter(
        words="泵",
        states=("open", "closed"),
        project=project,
        by=book.me,
        week="2026-W47",
        marks=frozenset({"overdue"}),
        sort="-number",
    )
    texts = []
    for language.now in ("zh", "en"):
        texts.append(filters.said(book, wanted, kinds["fix"]))
        assert filters.read(book, texts[-1], kinds["fix"]) == wanted
    assert texts[0] != texts[1]
    assert "状态:" in texts[0] and "state:" in texts[1]


def test_a_line_that_was_saved_with_an_earlier_word_is_said_with_the_present_one(
    book: Book,
) -> None:
    found = filters.read(book, "机房 是:超期,作废", kinds["fix"])
    assert not found.wrong
    assert filters.said(book, found, kinds["fix"]) == "机房 是:作废,逾期"
    refused = filters.read(book, "是:无此", kinds["fix"]).wrong
    assert "超期" not in str(refused[0]) and "逾期" in str(refused[0])


@pytest.mark.parametrize("type_", sorted(kinds))
def test_a_sort_is_said_by_the_word_of_its_field_and_means_the_same(book: Book, type_: str) -> None:
    cls = kinds[type_]
    for language.now in ("zh", "en"):
        for name in ("number", "state", *cls.specs()):
            for turned in ("", "-"):
                wanted = Filter(sort=turned + name)
                line = filters.said(book, wanted, cls)
                assert filters.read(book, line, cls) == wanted, line


def test_a_word_that_two_fields_have_is_no_word_to_sort_by(book: Book) -> None:
    wanted = Filter(sort="-state")
    assert filters.said(book, wanted, kinds["fix"]) == "排序:-状态"
    with new_area():

        class Condition(Record):
            """A type with a field that is called as the state is."""

            kind = Kind(name="condition", label=W("状况", "Condition"), code="CDN")
            light = line("状态", "State of the light")

        assert filters.said(book, wanted, Condition) == "排序:-state"


def test_a_week_is_short_or_whole(book: Book) -> None:
    year = week_of(book.today)[:4]
    assert filters.read(book, "week:7").week == filters.read(book, "周:W7").week == f"{year}-W07"
    assert filters.read(book, "week:2026-w47").week == "2026-W47"
    assert filters.read(book, "week:477").wrong


def test_a_project_is_meant_by_its_code_and_a_colleague_is_said_by_name(
    workspace: Workspace, book: Book, project: str
) -> None:
    book.edit(project, {"code": "JF-01"})
    assert filters.read(book, "project:jf-01").project == project
    lin = admit(workspace, "林工", ["engineer"])
    assert filters.said(book, Filter(by=lin)) == "填写人:林工"
    assert filters.said(book, Filter(by=book.me)) == "填写人:我"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("机房 foo:bar state:open", "foo"),
        ("级别：高", "级别"),
        ("state:open 项目:甲", ""),
        ("10:30 http://a FX-1:2 机房", ""),
    ],
)
def test_a_word_before_a_colon_that_is_no_key_is_named(text: str, key: str) -> None:
    assert filters.unknown_key(text) == key
