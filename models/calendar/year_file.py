"""A year file: the days that a yearly notice sets apart from the ordinary Monday-to-Friday week.

One CSV a year, columns in any order: `date` (2026-02-16), `day` (off or work), `statutory`
(yes or no), `name_zh`, `name_en`. Listed are statutory days off, days swapped off around them
with the weekends between, and make-up workdays. The statutory flag stays apart from the swaps.
"""

from __future__ import annotations

from datetime import date

from models.calendar.business_dates import day_of
from models.frozen import NamedTuple
from models.text.words import Refused, W

COLUMNS = ("date", "day", "statutory", "name_zh", "name_en")
MOST_TEXT = 64 * 1024
_LONGEST_NAME = 60
_DAY = {"off": False, "休": False, "work": True, "班": True}
_FLAG = {"yes": True, "是": True, "no": False, "否": False}
_LABOUR, _NATIONAL = W("劳动节", "Labour Day"), W("国庆节", "National Day")


class CalendarDay(NamedTuple):
    """One day that the notice names: a make-up workday, or a day off, statutory or swapped."""

    day: date
    work: bool
    statutory: bool
    name: W


class Year(NamedTuple):
    """The notice for one year; it may begin with days of the December before."""

    year: int
    days: tuple[CalendarDay, ...]


def fixed_days(year: int) -> dict[date, W]:
    """The statutory days off on fixed dates, which need no notice.

    New Year's Day, Labour Day (two days since 2025), National Day (three days). The others
    follow the moon or the sun and are not guessed.
    """
    days = {date(year, 1, 1): W("元旦", "New Year's Day"), date(year, 5, 1): _LABOUR}
    if year >= 2025:
        days[date(year, 5, 2)] = _LABOUR
    return days | {date(year, 10, n): _NATIONAL for n in (1, 2, 3)}


def load_year(text: str) -> Year:
    """Read and check a year file. A fault refuses it whole and says in which line and why."""
    entries: dict[date, CalendarDay] = {}
    for number, row in _rows(text):
        entry = _entry(number, row)
        if entry.day in entries:
            raise _fault(W("{day} 出现了两次", "{day} stands there twice"), number, day=entry.day)
        entries[entry.day] = entry
    if not entries:
        raise Refused(
            W("年历文件里没有任何日期，请检查文件。", "The year file has no day in it; check it.")
        )
    return _checked(Year(max(entries).year, tuple(entries[day] for day in sorted(entries))))


def dump_year(year: Year) -> str:
    """The text of a year file, as `load_year` reads it: a pattern for writing the next one."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in year.days:
        kind, flag = "work" if entry.work else "off", "yes" if entry.statutory else "no"
        writer.writerow((entry.day.isoformat(), kind, flag, *entry.name))
    return out.getvalue()


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The filled rows with their line numbers, cells by column name."""
    import csv

    if len(text) > MOST_TEXT:
        raise Refused(
            W(
                "年历文件太大，这不像是一年的放假安排。",
                "The file is too large for one year's days.",
            )
        )
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        if missing := [name for name in COLUMNS if name not in head]:
            raise Refused(
                W(
                    "年历文件第一行缺少这些列：{missing}。",
                    "The first line of the year file lacks these columns: {missing}.",
                ),
                missing=", ".join(missing),
            )
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        raise _fault(W("引号没有成对", "a quotation mark is not closed"), reader.line_num) from None
    return [
        (n, dict(zip(head, [*row, *[""] * len(head)], strict=False))) for n, row in rows if any(row)
    ]


def _entry(number: int, row: dict[str, str]) -> CalendarDay:
    """One row, checked for itself."""
    day = _date(number, row["date"])
    kind, flag = row["day"].lower(), row["statutory"].lower()
    if kind not in _DAY:
        raise _fault(W("day 列应为 off 或 work", "the column day must be off or work"), number)
    if flag not in _FLAG:
        raise _fault(W("statutory 列应为 yes 或 no", "statutory must be yes or no"), number)
    if _DAY[kind] and _FLAG[flag]:
        raise _fault(
            W("{day} 既是法定假日又要上班", "{day} is both a statutory day off and worked"),
            number,
            day=day,
        )
    if _DAY[kind] and day.weekday() < 5:
        raise _fault(
            W("{day} 不是周末，不会是补班日", "{day} is no weekend day, so no make-up workday"),
            number,
            day=day,
        )
    name = W(row["name_zh"] or row["name_en"], row["name_en"] or row["name_zh"])
    if not name.zh or max(map(len, name)) > _LONGEST_NAME or not all(map(str.isprintable, name)):
        raise _fault(
            W("名称为空、过长或含控制符", "the name is empty, too long or unprintable"), number
        )
    return CalendarDay(day, _DAY[kind], _FLAG[flag], name)


def _date(number: int, text: str) -> date:
    """A date; spreadsheet programs write 2026/1/1, which is read too."""
    parts = text.replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[0]) == 4 and all(p.isascii() and p.isdigit() for p in parts):
        try:
            found = date(int(parts[0]), int(parts[1]), int(parts[2]))
        except ValueError:
            pass
        else:
            if day_of(found.isoformat()) is not None:
                return found
    raise _fault(
        W("“{text}”不是日期，应如 2026-10-01", "'{text}' is no date like 2026-10-01"),
        number,
        text=text,
    )


def _checked(year: Year) -> Year:
    """The year, when it is one year and not cut short."""
    for entry in year.days:
        if entry.day < date(year.year - 1, 12, 1):
            raise Refused(
                W(
                    "{day} 不属于 {year} 年；一个文件只放一年（可含上年 12 月）。",
                    "{day} is not of {year}; one file holds one year (and the December before).",
                ),
                day=entry.day,
                year=year.year,
            )
    statutory = {entry.day for entry in year.days if entry.statutory}
    if missing := [day for day in fixed_days(year.year) if day not in statutory]:
        raise Refused(
            W(
                "{year} 年的文件缺少法定假日 {missing}，文件可能不完整。",
                "The file for {year} lacks the statutory days off {missing}; it may be cut short.",
            ),
            year=year.year,
            missing=", ".join(map(str, missing)),
        )
    return year


def _fault(what: W, line: int, **values: object) -> Refused:
    """A fault in one line of the file."""
    return Refused(
        W(f"年历文件第 {{line}} 行：{what.zh}。", f"Year file, line {{line}}: {what.en}."),
        line=line,
        **values,
    )
