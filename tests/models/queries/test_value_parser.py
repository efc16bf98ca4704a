"""What people type becomes values: every kind of field, in both languages and both widths."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.book.book import Book
from models.calendar import business_dates
from models.queries import value_parser
from models.schema import validation
from models.schema.fields import choices, money, persons, quarter, spec_of
from models.schema.record import Record, kinds
from models.schema.roles import ENGINEER
from models.text.words import Refused, language
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.team import admit

TOOLS = (("lamp", "手电", "lamp"), ("camera", "相机", "camera"))


def _one(book: Book, type: str, field: str, given: object) -> object:
    return value_parser.one(book, kinds[type].specs()[field], given)


@pytest.mark.parametrize(
    "typed", ["equipment", "设备故障", "Equipment Failure", " ＥＱＵＩＰＭＥＮＴ "]
)
def test_a_choice_by_its_name_or_by_either_word(book: Book, typed: str) -> None:
    assert _one(book, "fix", "cause_class", typed) == "equipment"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("yes", True),
        ("是", True),
        ("ＹＥＳ", True),
        ("1", True),
        ("no", False),
        ("否", False),
        (True, True),
        (False, False),
        ("", None),
        (None, None),
        ("maybe", "maybe"),
    ],
)
def test_a_flag(book: Book, typed: object, value: object) -> None:
    found = _one(book, "fix", "typical", typed)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("23.5", "23.5"),
        ("２３．５", "23.5"),
        ("23,5", "23.5"),
        ("1,234", "1,234"),  # refused by the schema, with its own words
        ("0,125", "0.125"),
        ("1，234．50", "1234.5"),
        ("-0", "0"),
        ("−7", "-7"),
        ("1e3", "1000"),
        ("23。5", "23.5"),
        (42, "42"),
        (Decimal("0.10"), "0.1"),
        ("1,23,456", "1,23,456"),
        ("abc", "abc"),
        ("", None),
    ],
)
def test_a_number(book: Book, typed: object, value: object) -> None:
    assert _one(book, "answer", "reading", typed) == value


def test_a_number_is_never_a_float_and_odd_ones_are_refused_in_words(book: Book) -> None:
    for odd in ("1,23,456", "abc", "Infinity", "NaN", "1e999999"):
        value = _one(book, "answer", "reading", odd)
        with pytest.raises(Refused, match="应为数字"):
            validation.check(kinds["answer"], {"reading": value})


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026/1/5", "2026-01-05"),
        ("2026.11.2", "2026-11-02"),
        ("２０２６年１１月２２日", "2026-11-22"),
        ("22.11.", "22.11."),
    ],
)
def test_a_day(book: Book, typed: str, value: str) -> None:
    assert _one(book, "sheet", "day", typed) == value


def test_today_and_yesterday_are_those_of_the_workspace(book: Book) -> None:
    today = business_dates.business_day(book.change_log.now())
    assert _one(book, "sheet", "day", "今天") == today.isoformat()
    assert str(_one(book, "sheet", "day", "Yesterday")) < today.isoformat()


@pytest.mark.parametrize("typed", ["2026-W07", "2026w7", "２０２６－Ｗ０７", "2026-W7"])
def test_a_week(book: Book, typed: str) -> None:
    assert _one(book, "weekly", "week", typed) == "2026-W07"


HALF_PAST_EIGHT = 1795307400000
"""2026-11-22 08:30 at UTC+8."""


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-22 08:30",
        "2026-11-22T08:30",
        "2026/11/22 08:30:00",
        "２０２６－１１－２２ ０８：３０",
        "2026-11-22T08:30:00.000+08:00",
        "2026-11-22T00:30:00Z",
        "2026-11-21 19:30-05:00",
    ],
)
def test_a_moment_in_the_workspace_zone_or_its_own(book: Book, typed: str) -> None:
    assert _one(book, "fix", "fixed_at", typed) == HALF_PAST_EIGHT


def test_a_moment_in_another_zone(book: Book) -> None:
    spec = kinds["fix"].specs()["fixed_at"]
    assert value_parser.one(book, spec, "2026-11-22 00:30", "UTC") == HALF_PAST_EIGHT


@pytest.mark.parametrize(
    "typed", ["soon", "2026-13-01 08:30", "2026-11-22 25:00", "8:30", 5, "0000"]
)
def test_what_is_no_moment_is_refused_by_name(book: Book, typed: object) -> None:
    with pytest.raises(Refused, match=r"处理时间.*应为时间"):
        _one(book, "fix", "fixed_at", typed)


def test_text_stays_exactly_as_typed(book: Book) -> None:
    typed = "  ＡＢＣ\r\n\t“x” \x1b[31m é "
    assert _one(book, "fix", "phenomenon", typed) == typed


def _site(book: Book, name: str, ref: str | None = None) -> Record:
    return book.add("site", {"name": name}, ref=ref)


def test_a_link_by_id_number_ref_or_the_only_such_name(book: Book) -> None:
    site = _site(book, "主机房", "R-1")
    for typed in (site.id, site.number, "R-1", "主机房"):
        assert _one(book, "fix", "site", typed) == site.id


def test_a_name_that_two_have_is_refused_with_both(book: Book) -> None:
    first, second = _site(book, "主机房"), _site(book, "主机房")
    with pytest.raises(Refused) as refused:
        _one(book, "fix", "site", "主机房")
    assert first.number in str(refused.value) and second.id in str(refused.value)


@pytest.mark.parametrize("typed", ["没有", "FX-2026-A-9999", "\ud800", "a\x00b", "' OR 1=1 --"])
def test_a_link_to_nothing_is_refused(book: Book, typed: str) -> None:
    _site(book, "主机房")
    with pytest.raises(Refused, match="没有找到"):
        _one(book, "fix", "site", typed)


def test_a_link_to_the_wrong_type_is_refused(book: Book, project: str) -> None:
    with pytest.raises(Refused, match="现场"):
        _one(book, "fix", "site", project)


def test_a_person_by_name_initials_or_me(workspace: Workspace) -> None:
    other = administration.add_person(workspace, "欧阳测试", "")
    book = workspace.book
    for typed in ("欧阳测试", "oycs", "ouyangceshi", other):
        assert _one(book, "fix", "fixed_by", typed) == other
    assert _one(book, "fix", "fixed_by", "me") == book.me == _one(book, "fix", "fixed_by", "我")
    with pytest.raises(Refused, match="没有找到成员"):
        _one(book, "fix", "fixed_by", "欧阳")


def test_two_people_of_one_name_are_told_apart_by_id(workspace: Workspace) -> None:
    both = [administration.add_person(workspace, "同名者", "") for _ in range(2)]
    with pytest.raises(Refused) as refused:
        _one(workspace.book, "fix", "fixed_by", "同名者")
    assert all(id in str(refused.value) for id in both)


def test_unknown_fields_pass_for_the_book_to_refuse(book: Book, project: str) -> None:
    values = value_parser.enter(book, kinds["fix"], {"nonsense": "x"})
    language.now = "en"
    with pytest.raises(Refused, match="no field “nonsense”"):
        book.add("fix", values, project=project)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("lamp", "lamp"),
        ("相机、手电", "camera,lamp"),
        ("camera; LAMP", "camera,lamp"),
        ("手电，相机，手电", "camera,lamp"),
        (["camera", "手电"], "camera,lamp"),
        ("、", None),
        ([], None),
        ("手电、没有", "lamp,没有"),
    ],
)
def test_several_choices(book: Book, typed: object, value: object) -> None:
    spec = spec_of(choices("携带", "Carried", TOOLS))
    assert value_parser.one(book, spec, typed) == value


def test_several_people(book: Book, workspace: Workspace) -> None:
    spec = spec_of(persons("同行人", "Company"))
    one, two = (admit(workspace, name, (ENGINEER,)) for name in ("周勤", "Smith, John"))
    assert value_parser.one(book, spec, "zq；我") == ",".join(sorted((one, book.me)))
    assert value_parser.one(book, spec, "Smith, John、周勤") == ",".join(sorted((one, two)))
    assert value_parser.one(book, spec, [two, book.me]) == ",".join(sorted((two, book.me)))
    with pytest.raises(Refused, match="没有找到成员“谁”"):
        value_parser.one(book, spec, "周勤,谁")


@pytest.mark.parametrize("typed", ["2026Q4", "2026-q4", "２０２６Ｑ４", "2026年第四季度"])
def test_a_quarter(book: Book, typed: str) -> None:
    assert value_parser.one(book, spec_of(quarter("季度", "Quarter")), typed) == "2026-Q4"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1,234.50元", "CNY 1234.5"), (Decimal("7.50"), "CNY 7.5"), (7, "CNY 7"), ("x", "x")],
)
def test_an_amount(book: Book, typed: object, value: object) -> None:
    assert value_parser.one(book, spec_of(money("费用", "Cost")), typed) == value
