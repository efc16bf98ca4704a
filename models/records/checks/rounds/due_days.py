"""Due days of a template: on which days its checklists are due, and when next. Clause: 5.1.1."""

from __future__ import annotations

from datetime import date

from models.calendar.business_dates import WEEKDAYS
from models.calendar.working_calendar import BUNDLED, Calendar
from models.records.checks.rounds.frequency import DAY, due_day, period
from models.records.checks.template import NORMS, Template
from models.text.words import W, say

EVERY_DAY, WORKDAYS = W("每天", "every day"), W("每个工作日", "every working day")
ROUNDS = W("{days}，每天 {n} 轮", "{days}, {n} rounds a day")
BY_WORKDAY = W("{often}，最后一个工作日到期", "{often}, due on the last working day")
BY_DAY = W("{often}，最后一天到期", "{often}, due on the last day")
AT_RANDOM = W(
    "不按日期安排，用于随机质量检查", "on no fixed day: random checks are held against it"
)
NEXT = W("{days}；下次 {when}", "{days}; next {when}")
WHEN = W("{day} {weekday}", "{weekday} {day}")
MOST_PERIODS = 40
"""Periods that are looked through: no holiday is longer in days."""


def on_which(template: Template) -> str:
    """On which days it is due, in the current language: 'every working day'."""
    if template.purpose == NORMS:
        return str(AT_RANDOM)
    whole = template.on_days == "every_day"
    if template.frequency in (None, "daily"):
        days = str(EVERY_DAY if whole else WORKDAYS)
        return say(ROUNDS, days=days, n=template.times()) if template.times() > 1 else days
    spec = Template.specs()["frequency"]
    return say(BY_DAY if whole else BY_WORKDAY, often=spec.word(template.frequency))


def next_due(template: Template, today: date, calendar: Calendar = BUNDLED) -> date | None:
    """The first day from today on at which it is due; None where no day is, as of norms."""
    if template.purpose == NORMS:
        return None
    day = today
    for _ in range(MOST_PERIODS):
        first, last = period(template.frequency, day)
        due = due_day(template, first, calendar)
        if due is not None and due >= today:
            return due
        day = last + DAY
    return None


def said(template: Template, today: date, calendar: Calendar = BUNDLED) -> str:
    """Its days and when next: 'every working day; next Tue 2026-12-01'."""
    due = next_due(template, today, calendar)
    days = on_which(template)
    return days if due is None else say(NEXT, days=days, when=dated(due))


def dated(day: date) -> str:
    """A day with its weekday."""
    return say(WHEN, day=day.isoformat(), weekday=WEEKDAYS[day.weekday()])
