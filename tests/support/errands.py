"""Errands and visits: types of a test, with an owner, watchers, acknowledgements, and a duty.

An errand is given to somebody, who does it; a department manager and the quality specialist take
note of what was done. A visit is due on every working day of a project, by one of its engineers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from models.book.book import Book
from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.derived.expected import DueWindow, Expected, expects
from models.records.checks.rounds import due_rounds
from models.schema.fields import day, line, person
from models.schema.kind import Acknowledge, Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    GENERAL_OFFICE,
    LEADS,
    OWNER,
    QUALITY,
    SERVICE_DESK,
)
from models.storage import rows
from models.storage.store import places
from models.text.words import W
from tests.support.new_area import new_area

AHEAD = 7
"""Days before its due day from which on an errand waits."""
ASKED = Acknowledge(
    by=(DEPARTMENT_MANAGER, QUALITY),
    states=("done", "closed"),
    days=2,
    above=(GENERAL_OFFICE,),
)


def _errand() -> type[Record]:
    kind = Kind(
        name="errand",
        label=W("差事", "Errand"),
        code="ERD",
        states=(
            State("open", W("待办", "open"), waits=(OWNER,), waits_from=AHEAD),
            State("done", W("已办", "done"), tone="warn", waits=(QUALITY,)),
            State("closed", W("已关闭", "closed"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="do", label=W("办完", "Done"), from_=("open",), to="done", who=(OWNER,),
                fills={"done_by": "me"},
            ),
            Move(
                id="close", label=W("关闭", "Close"), from_=("done",), to="closed", who=(QUALITY,)
            ),
            with_reason("again", W("重办", "Again"), ("done", "closed"), "open", (QUALITY,)),
        ),
        title="what",
        columns=("what", "carrier", "until"),
        writers=(*LEADS, OWNER),
        owner="carrier",
        due="until",
        watchers=(SERVICE_DESK, "asker"),
        acknowledge=ASKED,
    )  # fmt: skip
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": "Something to be done by somebody.",
        "kind": kind,
        "what": line("事项", "What", required=True),
        "carrier": person("负责人", "Carrier"),
        "asker": person("提出人", "Asker"),
        "until": day("期限", "Until"),
        "done_by": person("办理人", "Done by", by_move=True, computed=True),
    }
    return type("Errand", (Record,), body)


def _visit() -> type[Record]:
    kind = Kind(
        name="visit",
        label=W("走访", "Visit"),
        code="VIS",
        states=(
            State("open", W("进行中", "open")),
            State("done", W("已走访", "done"), frozen=True, ended=True),
        ),
        moves=(Move(id="end", label=W("完成", "End"), from_=("open",), to="done"),),
        title="day",
        columns=("day",),
        key=("project", "day"),
    )
    body = {
        "__module__": __name__,
        "__doc__": "A visit of a project on a day.",
        "kind": kind,
        "day": day("日期", "Day", required=True),
    }
    return type("Visit", (Record,), body)


def _due(cls: type[Record], window: DueWindow) -> Iterator[date]:
    days = (window.last - window.first).days + 1
    every = (window.first + timedelta(days=n) for n in range(days))
    return (day for day in every if BUNDLED.is_workday(day))


@contextmanager
def errands() -> Iterator[type[Record]]:
    """The types while the block runs, and who owes visits."""
    with new_area():
        made = _errand()
        visit = _visit()

        @expects("visit")
        def visits(book: Book, window: DueWindow) -> Iterator[Expected]:
            doers = due_rounds.workers(book, window.projects)
            ids = [project.id for project in window.projects]
            where = f"WHERE project IN ({places(ids)}) AND void IS NULL"
            found: dict[tuple[str, str], Any] = {
                (str(one.project), str(one.values()["day"])): one
                for one in rows.fetch(book.store, visit, where, ids)
            }
            for project in window.projects:
                if window.people is not None and not window.people & doers[project.id]:
                    continue
                for on in _due(visit, window):
                    record = found.get((project.id, on.isoformat()))
                    done = record is not None and record.state == "done"
                    yield Expected(
                        type="visit",
                        key=f"{project.id}/{on}",
                        title=f"走访 {on:%m-%d}",
                        project=project,
                        first=on,
                        last=on,
                        due=instant(on + timedelta(days=1)) - 1,
                        day=on,
                        doers=doers[project.id],
                        group="check",
                        record=record,
                        done=done,
                        lingers=on == book.today,
                        progress=lambda done=done: "好" if done else "未走访",  # type: ignore[misc]
                        values={"day": on.isoformat()},
                    )

        yield made
