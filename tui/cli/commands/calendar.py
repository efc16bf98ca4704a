"""`sitebook calendar`: the years that are known, and putting the next one to use."""

from __future__ import annotations

from pathlib import Path

from models.calendar.working_calendar import Calendar, bundled
from models.calendar.year_file import Year, dump_year
from models.records.registers import calendar_years
from models.text.os_errors import why
from models.text.words import Refused, W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, option
from tui.cli.streams import output
from tui.spreadsheets.reading import encoding

DONE = W(
    "{year} 年的工作日历已启用（{number}）：放假 {off} 天，补班 {work} 天。",
    "The calendar of {year} is in use ({number}): {off} days off, {work} make-up workdays.",
)
KNOWN = W(
    "{year}  放假 {off} 天，补班 {work} 天", "{year}  {off} days off, {work} make-up workdays"
)
NEXT = W(
    "还没有 {year} 年的日历。公布后用 sitebook calendar 文件.csv 启用；--pattern 打印样例。",
    "There is no calendar of {year} yet. Load it with sitebook calendar FILE.csv;"
    " --pattern prints a sample.",
)
UNREADABLE = W(
    "无法读取 {file}：{reason}。请检查文件名和权限。",
    "Cannot read {file}: {reason}. Check its name and permissions.",
)
WORDS = W(
    "列出已有的年份。写明年历文件时启用该文件，截止日期随之重算。",
    "List the years that are loaded. With a year file, load it; due days are recalculated.",
)


@command("calendar", WORDS, examples=("calendar", "calendar --pattern", "calendar 2027.csv"))
@argument("file", W("年历文件（CSV）", "a year file (CSV)"), required=False)
@option(
    "--pattern",
    is_flag=True,
    words=W("打印最近一年的文件，作为样例", "print the latest year's file as a sample"),
)
@pass_desk
def calendar(desk: CommandContext, file: str | None, pattern: bool) -> None:
    """List the years, print the latest one, or put a file to use."""
    with desk.open() as workspace:
        if file is not None:
            made = calendar_years.put_to_use(workspace.book, _text(Path(file).expanduser()))
            output.put(_said(DONE, calendar_years.year_of(made), number=made.number))
            return
        known = _known(calendar_years.calendar(workspace.book))
        if pattern:
            output.put(dump_year(known[-1]).rstrip("\n"))
            return
        for year in known:
            output.put(_said(KNOWN, year))
        output.put(say(NEXT, year=known[-1].year + 1))


def _known(found: Calendar) -> list[Year]:
    """Bundled years and imported ones in their place, earliest first."""
    every = {year.year: year for year in bundled()} | found.imported
    return [every[number] for number in sorted(every)]


def _said(word: W, year: Year, **more: object) -> str:
    off = sum(not entry.work for entry in year.days)
    return say(word, year=year.year, off=off, work=len(year.days) - off, **more)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding=encoding.of(file))
    except OSError as error:
        raise Refused(UNREADABLE, file=file.name, reason=why(error)) from None
