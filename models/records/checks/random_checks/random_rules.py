"""Rules of the random check: the draw, the norms, the findings. Clause: 5.1.3."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from models.book.rows import child_rows
from models.book.rules import after_add, after_move, before_move, before_write, given
from models.calendar.business_dates import day_of
from models.derived import revisions
from models.records.checks import questions, remedies
from models.records.checks.limits import span
from models.records.checks.random_checks import site_draw
from models.records.checks.random_checks.random_check import RandomCheck
from models.records.checks.random_checks.random_draw import RandomDraw
from models.records.checks.random_checks.random_finding import RandomFinding
from models.records.checks.rounds.frequency import in_force
from models.records.checks.template import NORMS, Template
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.records.registers.site import Site
from models.schema.record import Record
from models.schema.roles import ENGINEER
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

MOST_DAYS = 92
PARTS = {
    "site": W("现场：请先登记项目客户的现场", "sites: record the sites of the project's customer"),
    "person": W("人员：请先授予工程师角色", "people: give somebody the role of an engineer"),
    "day": W("工作日：请改抽取范围", "working days: change the days to draw from"),
}
NOBODY = W("没有可抽取的{part}。", "There is nothing to draw from: {part}.")
WRONG_DAYS = W(
    "抽取范围须从今天或以后的一天起，不超过 {days} 天。请改起止日期。",
    "The days to draw from begin today or later, and are at most {days}. Change them.",
)
NO_NORMS = W(
    "还没有启用的服务规范模板（用途为服务规范检查）。请先启用一份。",
    "No template of service norms (purpose “service norms”) is in force. Publish one first.",
)
NOT_NORMS = W(
    "检查模板 {number} 不是启用的服务规范模板。请选用途为服务规范检查的。",
    "The template {number} is no template of service norms in force. Choose one of that purpose.",
)


@given("random_draw")
def drawn(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """A draw is made as it is created: its seed is not chosen, and nothing of it changes."""
    first, last = day_of(values.get("first")), day_of(values.get("last"))
    if book.brings or first is None or last is None:
        return {}
    if first < book.today or last < first or (last - first).days >= MOST_DAYS:
        raise Refused(WRONG_DAYS, days=MOST_DAYS)
    days = calendar_years.calendar(book).workdays(first, last)
    people = book.people.second_people(project, (ENGINEER,), (book.me,))
    every = {
        "site": {site.id: site.name or site.number for site in _sites(book, project)},
        "person": {id: book.people.name(id) for id in people},
        "day": {day.isoformat(): "" for day in days},
    }
    for part, some in every.items():
        if not some:
            raise Refused(NOBODY, part=PARTS[part])
    population, seed = site_draw.written(every), token_hex(16)
    return {"population": population, "seed": seed, **site_draw.draw(seed, population)._asdict()}


def _sites(book: Book, project: str | None) -> list[Site]:
    found = rows.one(book.store, Project, project or "")
    where = "WHERE customer=? AND state<>'retired' AND void IS NULL ORDER BY n"
    customer = found.customer if found is not None else None
    return rows.fetch(book.store, Site, where, (customer,)) if customer else []


def norms(book: Book, project: str | None) -> Template | None:
    """The template of service norms in force for a project, the newest one."""
    used = [
        one
        for one in in_force(book.store)
        if one.purpose == NORMS and one.project in (None, project)
    ]
    return max(used, key=lambda one: one.n, default=None)


@before_move("random_draw", "begin")
def norms_are_there(book: Book, draw: RandomDraw) -> None:
    """A check needs norms to hold against."""
    if norms(book, draw.project) is None:
        raise Refused(NO_NORMS)


@after_move("random_draw", "begin")
def check_begun(book: Book, draw: RandomDraw) -> None:
    """The check that the draw leads to, known to all from now on."""
    template = norms(book, draw.project)
    values = {
        "template": template.id if template is not None else None,
        "day": book.today.isoformat(),
        "site": draw.site,
        "person": draw.person,
        "population": draw.population,
        "seed": draw.seed,
        "drawn_site": draw.site,
        "drawn_person": draw.person,
        "drawn_day": draw.day,
        "drawn_at": draw.recorded,
    }
    book.add("random_check", values, project=draw.project)


@before_write("random_check")
def norms_in_force(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """A check is held against a template of service norms in force."""
    if record is not None or book.brings or not values.get("template"):
        return
    found = rows.one(book.store, Template, str(values["template"]))
    if found is None:
        return
    look = revisions.versions(book.store, found.type)
    if found.purpose != NORMS or not look.in_force(found):
        raise Refused(NOT_NORMS, number=found.number)


@after_add("random_check")
def norms_asked(book: Book, check: RandomCheck) -> None:
    """A check begins with the items of its template, as they are now."""
    if book.brings or not check.template:
        return
    for place, item in enumerate(questions.items_of(book.store, check.template), 1):
        limits = span(item.low, item.high)
        expected = f"{limits} {item.unit or ''}".strip() if limits else item.expected
        values = {
            "check": check.id,
            "position": place,
            "item": item.id,
            "norm": item.text()[:300],
            "expected": (expected or "")[:300] or None,
        }
        book.add("random_finding", values, project=check.project)


@before_move("random_check", "issue")
def findings_have_a_remedy(book: Book, check: RandomCheck) -> None:
    """What does not conform is in somebody's charge before the check is issued."""
    found = child_rows.rows_of(book.store, check, RandomFinding)
    failing = [one for one in found if one.void is None and one.state == "fails"]
    remedies.require(book.store, failing)
