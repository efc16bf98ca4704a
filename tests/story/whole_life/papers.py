"""The figures of the papers, each beside a query of its own over the tables of every device.

Nothing of the program's own counting is used by the queries; what had no cases has no value.
"""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import Any, NamedTuple

from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.derived import compiled, figures
from tests.story.whole_life.company import LAST, Company
from tests.support.replicas import Replica
from tests.tui.documents.makers import text_of
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText

CHECKED_FROM = date(2026, 10, 12)
"""The day on which the checklist came into use."""


class Span(NamedTuple):
    """What a paper is about, and the day on which it was issued."""

    first: date
    last: date
    now: date


class Query:
    """Queries over one device's tables; `:p` is the project, days and moments are the span's."""

    def __init__(self, db: sqlite3.Connection, project: str, span: Span) -> None:
        self.db, self.span = db, span
        self.given = {
            "p": project,
            "first": span.first.isoformat(),
            "last": span.last.isoformat(),
            "now": span.now.isoformat(),
            "begin": instant(span.first),
            "end": instant(span.last + timedelta(days=1)) - 1,
        }

    def one(self, sql: str) -> Any:
        """The one value of a query."""
        (found,) = self.db.execute(sql, self.given).fetchone()
        return found

    def count(self, table: str, where: str) -> int:
        """How many records of the project."""
        sql = f"SELECT count(*) FROM {table} WHERE project=:p AND void IS NULL AND {where}"
        return int(self.one(sql))


def share(met: int, n: int) -> int | None:
    """Whole percent, rounded down."""
    return met * 100 // n if n else None


HERE = "occurred BETWEEN :begin AND :end"
TASKS = """
    WITH asked AS (
      SELECT k.id, k.due, x.state, x.done_on FROM service_task k
      JOIN service_plan p ON p.id=k.plan
      LEFT JOIN task_execution x ON x.task=k.code AND x.void IS NULL
        AND x.plan=(SELECT id FROM service_plan WHERE project=:p AND follows IS NULL)
      WHERE p.project=:p AND k.void IS NULL AND k.due BETWEEN :first AND :last
        AND k.plan=(SELECT t.record FROM transition t JOIN service_plan v ON v.id=t.record
          WHERE v.project=:p AND t.move='approve' AND t.at < unixepoch(k.due || ' 16:00:00')*1000
          ORDER BY t.at DESC LIMIT 1)
    ) SELECT count(*) FROM asked WHERE """
FALLEN = "(state IN ('done','skipped') OR due<=:now)"


def of_plan(query: Query) -> dict[str, Any]:
    """By the version that was approved last when the day of a task ended."""
    due = query.one(TASKS + FALLEN)
    met = query.one(TASKS + "state='done' AND done_on<=due")
    return {
        "plan.planned": query.one(TASKS + "1"),
        "plan.due": due,
        "plan.on_time": met,
        "plan.late": query.one(TASKS + "state='done' AND done_on>due"),
        "plan.skipped": query.one(TASKS + "state='skipped'"),
        "plan.open": query.one(TASKS + "(state IS NULL OR state='open') AND due<=:now"),
        "plan.rate": share(met, due),
    }


def of_checks(query: Query) -> dict[str, Any]:
    """A round for each working day that is over since the checklist came into use."""
    until = min(query.span.last, LAST, query.span.now - timedelta(days=1))
    days = [day.isoformat() for day in BUNDLED.workdays(CHECKED_FROM, until)]
    sql = (
        "SELECT s.day, (SELECT min(at) FROM transition t WHERE t.record=s.id AND t.move='submit')"
        " < unixepoch(s.day || ' 16:00:00')*1000 FROM sheet s WHERE s.project=:p"
    )
    begun = dict(query.db.execute(sql, query.given).fetchall())
    in_time = [day for day in days if begun.get(day) == 1]
    results = dict(query.db.execute("SELECT result, count(*) FROM answer GROUP BY result"))
    return {
        "checks.due": len(days),
        "checks.in_time": len(in_time),
        "checks.late": len(begun) - len(in_time),
        "checks.missing": len(days) - len(begun),
        "checks.unsynced": 0,
        "checks.share_in_time": share(len(in_time), len(days)),
        "checks.skipped": results.get("na", 0) + results.get("unchecked", 0),
        "checks.not_ok": results.get("not_ok", 0),
    }


PROBLEMS = """
    WITH problem AS (
      SELECT id, state, occurred FROM fix WHERE project=:p AND void IS NULL
      UNION ALL SELECT id, state, occurred FROM escalation
        WHERE project=:p AND void IS NULL AND fix IS NULL
    ), ended AS (
      SELECT id, occurred, (SELECT max(at) FROM transition WHERE record=id AND state='closed')
        AS closed FROM problem WHERE state='closed'
    ), times AS (
      SELECT id, (SELECT count(*) FROM transition t WHERE state='fixed' AND
        (record=ended.id OR record IN (SELECT e.id FROM escalation e WHERE e.fix=ended.id))) AS n
      FROM ended WHERE closed BETWEEN :begin AND :end
    ) SELECT count(*) FROM """


def of_trends(query: Query) -> dict[str, Any]:
    """Fixes with the escalations that came of them, and other escalations."""

    def count(rest: str) -> int:
        return int(query.one(PROBLEMS + rest))

    sheets = "answer a JOIN sheet s ON s.id=a.sheet WHERE s.state IN ('submitted','reviewed')"
    sheets += " AND s.day BETWEEN :first AND :last"
    ok, bad = (
        int(query.one(f"SELECT count(*) FROM {sheets} AND a.result='{one}'"))
        for one in ("ok", "not_ok")
    )
    return {
        "trends.opened": count(f"problem WHERE {HERE}"),
        "trends.closed": count("times"),
        "trends.open": count("problem WHERE occurred<=:end") - count("ended WHERE closed<=:end"),
        "trends.first_time": share(count("times WHERE n=1"), count("times WHERE n>0")),
        "trends.passed": share(ok, ok + bad),
    }


def of_service(query: Query) -> dict[str, Any]:
    """What happened in the span; the actions of this story began after both."""
    asked = "deliverable<>'' AND due BETWEEN :first AND :last"
    met = query.count("milestone", f"{asked} AND state='done'")
    actions = query.count("corrective_action", HERE)
    return {
        "service.fixes": query.count("fix", HERE),
        "service.escalations": query.count("escalation", HERE),
        "service.major": query.count("escalation", f"{HERE} AND severity='high'"),
        "service.reports": query.count("problem_report", HERE),
        "service.deliverables": share(met, query.count("milestone", asked)),
        "service.actions": actions,
        "service.actions_overdue": actions or None,
        "service.actions_effective": None,
    }


def of_customers(query: Query) -> dict[str, Any]:
    """The follow-up of the service period; complaints and contacts of the span: there are none."""
    came = query.count("complaint", "received_on BETWEEN :first AND :last")
    surveys = "survey_response r JOIN survey s ON s.id=r.survey WHERE s.project=:p AND"
    surveys += " s.service_to BETWEEN :first AND :last"
    asked = query.one(f"SELECT count(*) FROM {surveys} AND r.state IN ('drawn','answered')")
    answered = query.one(f"SELECT count(*) FROM {surveys} AND r.state='answered'")
    levels = (
        "survey_answer a JOIN survey_response r ON r.id=a.response JOIN survey s ON s.id=r.survey"
        " WHERE s.project=:p AND s.service_to BETWEEN :first AND :last AND r.state='answered'"
    )

    def said(where: str) -> int:
        return int(query.one(f"SELECT count(*) FROM {levels} AND {where}"))

    good, valid = "a.level IN ('very_satisfied','satisfied')", "a.level<>'na'"
    overall = "a.question='overall'"
    return {
        "complaint.received": came,
        "complaint.open": came,
        "complaint.in_time": None,
        "complaint.accepted": None,
        "communication.planned": query.count("communication", "due BETWEEN :first AND :last"),
        "communication.held": 0,
        "communication.rate": None,
        "communication.promises": None,
        "survey.asked": asked,
        "survey.answered": answered,
        "survey.response_rate": share(answered, asked),
        "survey.rate": _rounded(said(good), said(valid)),
        "survey.overall": _rounded(said(f"{good} AND {overall}"), said(f"{valid} AND {overall}")),
        "survey.dissatisfied": said("a.level IN ('dissatisfied','very_dissatisfied')"),
    }


def _rounded(met: int, n: int) -> int | None:
    """Whole percent, rounded to the nearest."""
    return round(100 * met / n) if n else None


def of_faults(query: Query) -> dict[str, Any]:
    """Incidents and irregular services."""
    began = "began_at BETWEEN :begin AND :end AND state<>'noted'"
    found = "found_on BETWEEN :first AND :last"
    services = query.count("irregular_service", found)
    mended = query.count("irregular_service", f"{found} AND corrected_at IS NOT NULL")
    at_once = query.count(
        "irregular_service", f"{found} AND corrected_at IS NOT NULL AND referred_at IS NULL"
    )
    return {
        "incident.all": query.count("incident", began),
        **{
            f"incident.{level}": query.count("incident", f"{began} AND level='{level}'")
            for level in ("one", "two", "three")
        },
        "incident.open": query.count("incident", f"{began} AND state<>'closed'"),
        "incident.outages": query.count("incident", f"{began} AND outage"),
        "irregular.found": services,
        "irregular.at_once": share(at_once, mended),
        "irregular.open": services - mended,
    }


TELLS = ("follow_up",)
"""Papers that have their figures in sentences and tables of their own."""
QUERIES = (of_plan, of_checks, of_trends, of_service, of_customers, of_faults)


def figures_of(one: Replica, id: str) -> dict[str, Any]:
    """Name -> value of the figures that a paper was issued with, as a device has it."""
    return {kept.name: kept.value for kept in compiled.content(one.book, one.get(id)).data.figures}


def by_verdict(company: Company, id: str) -> dict[str, tuple[str | None, str]]:
    """Indicator -> value and verdict of an assessment, which are the same on every device."""
    found = [
        {
            one.indicator: (one.value, one.verdict)
            for one in compiled.content(book, made).data.targets
        }
        for book, made in ((one.book, one.get(id)) for one in company.devices)
    ]
    assert all(one == found[0] for one in found)
    return found[0]


def agree(company: Company, id: str, document: str, span: Span, **by_hand: Any) -> None:
    """Every figure of a paper equals its query, on every device and on the paper itself."""
    for one in company.devices:
        found = figures_of(one, id)
        db = sqlite3.connect(f"file:{one.workspace.store.path}?mode=ro", uri=True)
        query = Query(db, company.project, span)
        wanted = {name: value for some in QUERIES for name, value in some(query).items()}
        db.close()
        wanted |= {name.replace("_", ".", 1): value for name, value in by_hand.items()}
        assert wanted.keys() >= found.keys(), found.keys() - wanted.keys()
        wrong = {n: (value, wanted[n]) for n, value in found.items() if value != wanted[n]}
        assert not wrong, (one.home.name, wrong)
        reading = RecordText(one.workspace)
        what = registry.subject_of(reading, DOCUMENTS[document], one.get(id))
        paper = text_of(produce.make(reading, what).content)
        for name, value in found.items():
            kind = figures.kind_of(name)
            text = figures.value_text(kind, value)
            listed = f"{kind.label}\n{text}\n" in paper
            assert listed or (document in TELLS and text in paper), name
