"""What a weekly status entry says beforehand: the figures of the week, and what comes next.

It goes into empty fields only, as a draft; the author adds an opinion. Clause: 5.3.1(2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.book import permissions
from models.calendar.business_dates import business_day, first_day, last_day, next_week, week_span
from models.calendar.working_calendar import BUNDLED, Calendar
from models.records.checks.rounds import due_rounds, frequency
from models.records.checks.verdicts import COUNTED, WITH_ITEMS
from models.records.preparation.execution.plan_execution import AHEAD, OPEN, standings
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.records.registers.project import Project
from models.schema.roles import AUTHOR
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.weekly.entries import WeeklyEntryDue
    from models.schema.record import Record

SHORT = 40
"""Characters of a problem's first line in a sentence."""

CHECKS = W(
    "日常检查：应检 {due} 份，提交 {done} 份{more}（本人 {mine} 份，{items} 项，异常 {bad} 项）。",
    "Checklists: {due} due, {done} submitted{more} ({mine} by me: {items} items, {bad} not ok).",
)
NOT_MINE = W(
    "日常检查：应检 {due} 份，提交 {done} 份{more}。",
    "Checklists: {due} due, {done} submitted{more}.",
)
MORE = W("，另提前或补交 {n} 份", ", {n} more early or late")
FIXES = W("现场处置：处理 {fixed} 项，关闭 {closed} 项。", "Fixes: {fixed} done, {closed} closed.")
MOVED = W("问题升级 {number}（{title}）：{state}。", "Escalation {number} ({title}): {state}.")
NOTHING = W("本周没有检查、处置或升级。", "No checks, fixes or escalations this week.")
CHECK_NEXT = W("日常检查：{names}。", "Checklists: {names}.")
TIMES = W("{name} {count} 份", "{name} × {count}")
TASK_NEXT = W("计划任务：{names}。", "Planned tasks: {names}.")
ON_DAY = W("{what}（{day}）", "{what} ({day})")
DUE = W("{number}（{title}）：要求 {day} 前完成。", "{number} ({title}): due {day}.")
REVERIFY = W("再次验证 {number}（{title}）。", "Verify again: {number} ({title}).")
GO_ON = W("继续处理 {number}（{title}）。", "Continue {number} ({title}).")


class PrefillFigures(NamedTuple):
    """What was done in a week on a project, and this person's part of it."""

    due: int
    """Rounds that fall due in the week, until today."""
    done: int
    """Those of them that are submitted."""
    other: int
    """Sheets submitted in the week that belong to another one."""
    mine: int
    items: int
    bad: int
    fixed: int
    closed: int


def prefill(
    book: Book, project: Project, week: str, calendar: Calendar = BUNDLED
) -> dict[str, str]:
    """Texts for an entry's empty fields: what was done, and what is due next week."""
    return {
        "progress": _done(book, project, week, calendar),
        "next_week": _next(book, project, week, calendar),
    }


def beforehand(book: Book, entry: WeeklyEntryDue, calendar: Calendar = BUNDLED) -> dict[str, str]:
    """Texts for the fields of this person's own open entry that are empty; else none."""
    weekly = entry.weekly
    if weekly is not None and (
        weekly.person != book.me or permissions.editing(book.people, book.me, weekly) is not None
    ):
        return {}
    kept = weekly.values() if weekly is not None else {}
    texts = prefill(book, entry.project, entry.week, calendar)
    return {name: text for name, text in texts.items() if text and not kept.get(name)}


def figures(
    book: Book, project: Project, week: str, calendar: Calendar = BUNDLED
) -> PrefillFigures:
    """What was done in a week on a project, up to now."""
    store, me = book.store, book.me
    since, until = week_span(week, calendar.zone)
    today = business_day(book.change_log.now(), calendar.zone)
    last = min(last_day(week), today)
    rounds = [
        round
        for round in due_rounds.rounds_between(store, [project], first_day(week), last, calendar)
        if first_day(week) <= round.due <= last
    ]
    of_week = {round.sheet.id for round in rounds if round.sheet is not None}
    handed = _moved(book, "sheet", "submit", project.id, since, until)
    mine = [id for id, author in handed.items() if author == me]
    sql = f"SELECT count({COUNTED}), sum({COUNTED}='not_ok') FROM {WITH_ITEMS}"
    where = f"WHERE a.void IS NULL AND a.sheet IN ({places(mine)})"
    items, bad = store.rows(f"{sql} {where}", mine)[0]
    fixed, closed = (
        _moved(book, "fix", move, project.id, since, until) for move in ("fix", "close")
    )
    return PrefillFigures(
        due=len(rounds),
        done=sum(round.done for round in rounds),
        other=len(handed.keys() - of_week),
        mine=len(mine),
        items=items or 0,
        bad=bad or 0,
        fixed=sum(author == me for author in fixed.values()),
        closed=sum(author == me for author in closed.values()),
    )


def _done(book: Book, project: Project, week: str, calendar: Calendar) -> str:
    found = figures(book, project, week, calendar)
    lines = []
    if found.due or found.other:
        more = say(MORE, n=found.other) if found.other else ""
        lines.append(say(CHECKS if found.mine else NOT_MINE, **found._asdict(), more=more))
    if found.fixed or found.closed:
        lines.append(say(FIXES, **found._asdict()))
    for record in _escalations(book, project.id, *week_span(week, calendar.zone)):
        state = record.kind.state(record.state).label
        lines.append(say(MOVED, number=record.number, title=_short(record), state=state))
    return "\n".join(lines) or str(NOTHING)


def _next(book: Book, project: Project, week: str, calendar: Calendar) -> str:
    then = next_week(week)
    due = frequency.due_count(book.store, project, first_day(then), last_day(then), calendar)
    lines = []
    if due:
        names = several(say(TIMES, name=t.name(), count=count) for t, count in due)
        lines.append(say(CHECK_NEXT, names=names))
    planned = standings(book, [project.id], first_day(then), last_day(then))
    mine = [one for one in planned if one.doer == book.me and one.standing in (AHEAD, OPEN)]
    if mine:
        names = several(say(ON_DAY, what=_first(one.what), day=one.due[5:]) for one in mine)
        lines.append(say(TASK_NEXT, names=names))
    for record in _open(book, project.id):
        ends = getattr(record, "due", None)
        if record.state == "fixed":
            word = REVERIFY
        elif ends and ends <= last_day(then).isoformat():
            word = DUE
        elif AUTHOR in record.kind.state(record.state).waits:
            word = GO_ON
        else:
            continue  # it waits for another person
        lines.append(say(word, number=record.number, title=_short(record), day=ends or ""))
    return "\n".join(lines)


def _open(book: Book, project: str) -> list[Record]:
    """This person's fixes and escalations that are not ended, and wait for a person to act."""
    found: list[Record] = []
    for cls in (Escalation, Fix):
        states = [s.name for s in cls.kind.states if not s.ended and s.waits]
        where = (
            f"WHERE state IN ({places(states)}) AND author=? AND +project=? AND void IS NULL"
            " ORDER BY n"
        )
        found += rows.fetch(book.store, cls, where, (*states, book.me, project))
    return found


def _escalations(book: Book, project: str, since: int, until: int) -> list[Escalation]:
    """Escalations of this person, or moved by them, that went on in that time."""
    sql = (
        "SELECT record, max(author=?) FROM transition WHERE type='escalation' AND at>=? AND at<?"
        " AND project=? GROUP BY record ORDER BY min(n)"
    )
    found = []
    for id, moved in book.store.rows(sql, (book.me, since, until, project)):
        one = rows.one(book.store, Escalation, id)
        if one is not None and one.void is None and (moved or one.author == book.me):
            found.append(one)
    return found


def _moved(
    book: Book, type: str, move: str, project: str, since: int, until: int
) -> dict[str, str]:
    """Record -> who made its last such move, for those made in that time."""
    sql = (
        "SELECT record, author FROM transition WHERE type=? AND move=? AND at>=? AND at<?"
        " AND project=? ORDER BY n"
    )
    return dict(book.store.rows(sql, (type, move, since, until, project)))


def _short(record: Record) -> str:
    return _first(record.title())


def _first(text: str) -> str:
    """The beginning of a text's first line."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
