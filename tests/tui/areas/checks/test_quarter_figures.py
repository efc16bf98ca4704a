"""Every figure of a quarterly report equals an independent query over the tables.

Over generated quarters; the page, the paper and the workbook say the same. What has no cases reads
“not assessable”, never 100 %. Nothing of the program's own counting is used by the queries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.derived import compiled, figures
from models.queries import facts
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.check_weeks import heard
from tests.support.quarter_history import CHECKED_FROM, TODAY, QuarterHistory
from tests.support.quarterly_checks import QUARTER
from tests.support.staff import Staff
from tests.tui.documents.makers import text_of
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText

BEGIN, END = instant(date(2026, 10, 1)), instant(date(2027, 1, 1))
NOW = TODAY.isoformat()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Before the quarter."""
    with time_machine.travel(instant(date(2026, 9, 21), 540) / 1000, tick=False) as moved:
        yield moved


def query(db: sqlite3.Connection, sql: str, **more: object) -> Any:
    """The one value of a query; `:p` is the project, days and moments are those of the quarter."""
    (found,) = db.execute(sql, more).fetchone()
    return found


def share(met: int, n: int) -> int | None:
    """Whole percent, rounded down."""
    return met * 100 // n if n else None


TASKS = """
    WITH asked AS (
      SELECT k.id, k.due, x.state, x.done_on FROM service_task k
      JOIN service_plan p ON p.id=k.plan
      LEFT JOIN task_execution x ON x.task=k.code AND x.void IS NULL
        AND x.plan=(SELECT id FROM service_plan WHERE project=:p AND follows IS NULL)
      WHERE p.project=:p AND k.void IS NULL AND k.due BETWEEN '2026-10-01' AND '2026-12-31'
        AND k.plan=(SELECT t.record FROM transition t JOIN service_plan v ON v.id=t.record
          WHERE v.project=:p AND t.move='approve' AND t.at < unixepoch(k.due || ' 16:00:00')*1000
          ORDER BY t.at DESC LIMIT 1)
    ) SELECT count(*) FROM asked WHERE """
DONE, SKIPPED = "state='done'", "state='skipped'"
FALLEN = f"({DONE} OR {SKIPPED} OR due<='{NOW}')"


def of_plan(db: sqlite3.Connection, p: str) -> dict[str, Any]:
    """By the version that was approved last when the day of a task ended."""

    def count(where: str) -> int:
        return int(query(db, TASKS + where, p=p))

    due, met = count(FALLEN), count(f"{DONE} AND done_on<=due")
    return {
        "plan.planned": count("1"),
        "plan.due": due,
        "plan.on_time": met,
        "plan.late": count(f"{DONE} AND done_on>due"),
        "plan.skipped": count(SKIPPED),
        "plan.open": count(f"(state IS NULL OR state='open') AND due<='{NOW}'"),
        "plan.rate": share(met, due),
    }


def of_checks(db: sqlite3.Connection, p: str) -> dict[str, Any]:
    """A round for each working day that is over since the template was published."""
    days = [day.isoformat() for day in BUNDLED.workdays(CHECKED_FROM, TODAY) if day < TODAY]
    sql = (
        "SELECT s.day, (SELECT min(at) FROM transition t WHERE t.record=s.id)"
        " <= unixepoch(s.day || ' 16:00:00')*1000 FROM sheet s WHERE s.project=:p"
    )
    begun = dict(db.execute(sql, {"p": p}).fetchall())
    in_time = [day for day in days if begun.get(day) == 1]
    results = dict(db.execute("SELECT result, count(*) FROM answer GROUP BY result").fetchall())
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
      SELECT id, (SELECT count(*) FROM transition WHERE record=id AND state='fixed') AS n
      FROM ended WHERE closed BETWEEN :begin AND :end
    ) SELECT count(*) FROM """


def of_trends(db: sqlite3.Connection, p: str) -> dict[str, Any]:
    """Fixes, and escalations that came of no fix."""

    def count(rest: str) -> int:
        return int(query(db, PROBLEMS + rest, p=p, begin=BEGIN, end=END - 1))

    sheets = "answer a JOIN sheet s ON s.id=a.sheet WHERE s.state IN ('submitted','reviewed')"
    ok, bad = (
        int(query(db, f"SELECT count(*) FROM {sheets} AND a.result='{one}'"))
        for one in ("ok", "not_ok")
    )
    return {
        "trends.opened": count("problem WHERE occurred BETWEEN :begin AND :end"),
        "trends.closed": count("times"),
        "trends.open": count("problem") - count("ended WHERE closed<=:end"),
        "trends.first_time": share(count("times WHERE n=1"), count("times WHERE n>0")),
        "trends.passed": share(ok, ok + bad),
    }


def of_service(db: sqlite3.Connection, p: str) -> dict[str, Any]:
    """What happened in the quarter."""

    def count(table: str, where: str) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE project=:p AND void IS NULL AND {where}"
        return int(query(db, sql, p=p, begin=BEGIN, end=END - 1))

    here = "occurred BETWEEN :begin AND :end"
    asked = "deliverable<>'' AND due BETWEEN '2026-10-01' AND '2026-12-31'"
    late = f"state NOT IN ('done','verified','closed') AND due<'{NOW}'"
    actions = count("corrective_action", "1")
    good, judged = (
        count("corrective_action", f"result {one}") for one in ("='effective'", "IS NOT NULL")
    )
    return {
        "service.fixes": count("fix", here),
        "service.escalations": count("escalation", here),
        "service.major": count("escalation", f"{here} AND severity='high'"),
        "service.reports": 0,
        "service.deliverables": share(
            count("milestone", f"{asked} AND state='done'"), count("milestone", asked)
        ),
        "service.actions": actions,
        "service.actions_overdue": count("corrective_action", late) if actions else None,
        "service.actions_effective": share(good, judged),
    }


def of_customers(db: sqlite3.Connection, p: str) -> dict[str, Any]:
    """Complaints, of which nobody has taken one up, and contacts."""

    def count(table: str, day: str, where: str = "1") -> int:
        sql = (
            f"SELECT count(*) FROM {table} WHERE project=:p AND void IS NULL AND {where}"
            f" AND {day} BETWEEN '2026-10-01' AND '2026-12-31'"
        )
        return int(query(db, sql, p=p))

    came = count("complaint", "received_on")
    # it is to be acknowledged by the next working day
    due = count("complaint", "received_on", "received_on<'2026-12-18'")
    planned, held = count("communication", "due"), count("communication", "due", "state='held'")
    return {
        "complaint.received": came,
        "complaint.in_time": share(0, due),
        "complaint.open": came,
        "complaint.accepted": share(0, came),
        "communication.planned": planned,
        "communication.held": count("communication", "held_on", "state='held'"),
        "communication.rate": share(held, planned),
        "communication.promises": None,
    }


QUERIES = (of_plan, of_checks, of_trends, of_service, of_customers)


@pytest.mark.shows("Q-512", 13, 16)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_equals_a_query_of_its_own(
    workspace: Workspace, project: str, seed: int, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    staff = Staff(workspace)
    QuarterHistory(staff, project, seed, clock).written()
    book = workspace.book
    heard(book)
    report = book.add("service_report", {**QUARTER, "summary": "见数据"}, project=project)
    kept = compiled.content(book, report).data.figures
    found = {one.name: one.value for one in kept}

    db = sqlite3.connect(f"file:{workspace.store.path}?mode=ro", uri=True)
    wanted = {name: value for one in QUERIES for name, value in one(db, project).items()}
    db.close()
    assert {name: found[name] for name in wanted} == wanted
    # Nobody was asked, and nothing was irregular.
    rest = {name: value for name, value in found.items() if name not in wanted}
    assert {name.partition(".")[0] for name in rest} <= {"survey", "irregular", "incident"}
    assert set(rest.values()) <= {None, 0, "0.0"}

    told = {
        str(fact.label): str(fact.text)
        for fact in facts.facts_of(book, report, StateView(book.store))
    }
    reading = RecordText(workspace)
    what = registry.subject_of(reading, DOCUMENTS["quarterly"], report)
    paper = text_of(produce.make(reading, what).content)
    produce.export(reading, what, tmp_path / "report.xlsx")
    sheet = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    cells = {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert language.now == "zh"
    for name, value in found.items():
        kind = figures.kind_of(name)
        label, text = str(kind.label), figures.value_text(kind, value)
        assert told[label] == text, name
        assert f"{label}\n{text}\n" in paper, name
        assert cells[label] == ("不可评定" if value is None else value), name


def test_without_records_no_share_is_100_percent(workspace: Workspace, project: str) -> None:
    clean = workspace.book.add("service_report", {"quarter": "2026-Q3"}, project=project)
    kept = compiled.content(workspace.book, clean).data.figures
    shares = [one for one in kept if figures.kind_of(one.name).unit == "%"]
    assert len(shares) > 5 and {one.value for one in shares} == {None}
    assert {one.value for one in kept} <= {None, 0}
