"""Year files: read, checked, written, or refused whole with the line that is wrong."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar.working_calendar import BUNDLED, bundled
from models.calendar.year_file import CalendarDay, Year, dump_year, fixed_days, load_year
from models.text.words import Refused, W

DAY = timedelta(days=1)


days = st.dates(date(2023, 6, 1), date(2028, 6, 1))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
def test_a_year_file_of_no_year_is_refused(day: str) -> None:
    with pytest.raises(Refused, match=day):
        load_year(f"date,day,statutory,name_zh,name_en\n{day},off,yes,元旦,x")


def year_text(year: int, *more: str) -> str:
    """A year file with the fixed days and some rows more."""
    rows = [f"{d},off,yes,{name.zh},{name.en}" for d, name in fixed_days(year).items()]
    return "\n".join(["date,day,statutory,name_zh,name_en", *rows, *more])


def test_year_file_may_begin_in_december() -> None:
    year = load_year(year_text(2027, "2026-12-31,off,no,元旦,", "2026-12-27,work,no,元旦,New Year"))
    calendar = BUNDLED.with_year(year)
    assert year.year == 2027 and year.days[1].name == W("元旦", "元旦")
    assert not calendar.is_workday(date(2026, 12, 31)) and calendar.is_workday(date(2026, 12, 27))
    assert not calendar.is_workday(date(2026, 10, 1))  # the year before stays known


def test_spreadsheet_habits_are_read() -> None:
    text = year_text(2027, "2027/2/8,休,否,春节,Spring Festival").replace("\n", "\r\n")
    assert CalendarDay(date(2027, 2, 8), False, False, W("春节", "Spring Festival")) in (
        load_year("\ufeff" + text + "\r\n,,,,\r\n").days
    )


@pytest.mark.parametrize("year", bundled(), ids=lambda y: str(y.year))
def test_written_year_reads_back(year: Year) -> None:
    assert load_year(dump_year(year)) == year


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks these columns: date, day"),
        ("date,day,statutory,name_zh\n", "name_en"),
        ("date,day,statutory,name_zh,name_en\n", "no day in it"),
        (year_text(2027, "2027-13-01,off,no,x,x"), "line 8: '2027-13-01' is no date"),
        (year_text(2027, "soon,off,no,x,x"), "line 8: 'soon' is no date"),
        (year_text(2027, "2027-02-08,holiday,no,x,x"), "off or work"),
        (year_text(2027, "2027-02-08,off,maybe,x,x"), "yes or no"),
        (year_text(2027, "2027-02-08,off"), "yes or no"),
        (year_text(2027, "2027-02-20,work,yes,x,x"), "both a statutory day off and worked"),
        (year_text(2027, "2027-02-22,work,no,x,x"), "no make-up workday"),
        (year_text(2027, "2027-10-01,off,no,x,x"), "stands there twice"),
        (year_text(2027, "2027-02-08,off,no,,"), "the name is empty"),
        (year_text(2027, "2027-02-08,off,no,x\x1b[31m,x"), "unprintable"),
        (year_text(2027, '2027-02-08,off,no,"x,x'), "quotation mark"),
        (year_text(2027, "2026-10-01,off,no,x,x"), "2026-10-01 is not of 2027"),
        (year_text(2027).rsplit("\n", 3)[0], "cut short"),
        ("date,day" + "x" * 70_000, "too large"),
    ],
)
def test_faulty_year_file_is_refused(text: str, says: str) -> None:
    from models.text.words import language

    language.now = "en"
    try:
        with pytest.raises(Refused) as refused:
            load_year(text)
        assert says in str(refused.value)
        language.now = "zh"
        assert "年" in str(refused.value)
    finally:
        language.now = "zh"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(Refused):
        load_year(text)


@given(
    st.lists(st.sampled_from(['"', ",", "\n", "2027-01-01", "off", "yes", "x", "\r"]), max_size=60)
)
def test_any_rows_are_read_or_refused(parts: list[str]) -> None:
    with pytest.raises(Refused):
        load_year("date,day,statutory,name_zh,name_en\n" + "".join(parts))
