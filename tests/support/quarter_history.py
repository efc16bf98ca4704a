"""A quarter of a project, generated from a seed: plans, checks, problems, actions, contacts.

Beside it there are records that no report of the quarter counts: of another project, of the
quarter before, and void ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.derived.revision_copy import new_revision
from models.records.problems.fix import SEVERITIES
from models.schema.record import Record
from tests.support import checks
from tests.support.escalations import taken_up
from tests.support.service_plans import REASON, plan_of, tasks, term
from tests.support.staff import Staff, attach

DAY = timedelta(days=1)
FIRST, TODAY = date(2026, 10, 8), date(2026, 12, 21)
CHANGED, CHECKED_FROM = date(2026, 11, 16), date(2026, 11, 30)
HELD = {"form": "phone", "with_whom": "李主任", "topics": "进展", "agreed": "照旧"}
RESULTS = ("ok", "ok", "ok", "not_ok", "na", "unchecked")


class QuarterHistory:
    """What happened, day by day, as the dice say."""

    def __init__(self, staff: Staff, project: str, seed: int, clock: time_machine.Traveller):
        self.staff, self.project, self.clock = staff, project, clock
        self.dice = Random(seed)
        self.other = staff.manager.add("project", {"name": "别的项目"}).id
        self.open: list[tuple[Book, str, str]] = []
        """(whose, id, next move) of what goes on."""

    def at(self, day: date, minute: int = 540) -> None:
        """It is another moment."""
        self.clock.move_to(instant(day, minute) / 1000)

    def written(self) -> None:
        """The whole quarter until its last but one week."""
        self.at(date(2026, 9, 28))
        self.problem(self.project)  # of the quarter before, and open when this one begins
        self.at(FIRST)
        plan = self.plan()
        for day in BUNDLED.workdays(FIRST, TODAY - DAY):
            self.at(day)
            if day == CHANGED:
                plan = self.change(plan)
            if day == CHECKED_FROM:
                self.template = checks.template(
                    self.staff.manager, self.project, ({"text_zh": "门禁"}, {"text_zh": "温度"}),
                    on_days="workdays",
                )  # fmt: skip
            if day >= CHECKED_FROM:
                self.checked(day)
            some: list[Callable[[], object]] = [
                lambda: self.problem(self.project), lambda: self.problem(self.other), self.goes_on,
                self.goes_on, self.milestone, self.action, self.contact, self.complaint,
                partial(self.execute, plan),
            ]  # fmt: skip
            for step in self.dice.sample(some, 3):
                step()
        self.at(TODAY)

    # -- plans and checks --------------------------------------------------------------------------

    def plan(self) -> str:
        """A year's plan, approved in the second week: what was due before counts nowhere."""
        book = self.staff.engineer
        made = plan_of(book, self.project, [term("月检", "monthly"), term("周检", "weekly")])
        book.move(made.id, "generate")
        book.move(made.id, "submit")
        self.at(date(2026, 10, 14))
        self.staff.department.move(made.id, "approve")
        return made.id

    def change(self, plan: str) -> str:
        """Another version, with some tasks moved, and some left out."""
        book = self.staff.engineer
        made = new_revision(book, book.get(plan))
        book.edit(made.id, REASON)
        for one in self.dice.sample(tasks(book, made.id), 20):
            if self.dice.random() < 0.3:
                book.void(one.id, "取消")
            else:
                later = date.fromisoformat(str(one.due)) + timedelta(days=self.dice.randint(-9, 9))
                if later.year == 2026:
                    book.edit(one.id, {"due": later.isoformat(), "start": None})
        book.move(made.id, "submit")
        self.staff.department.move(made.id, "approve")
        return made.id

    def execute(self, plan: str) -> None:
        """A task of these weeks is done or skipped, or begun and left."""
        book, today = self.staff.engineer, self.staff.engineer.today
        begun = {row[0] for row in book.store.rows("SELECT task FROM task_execution")}
        near = [
            one for one in tasks(book, plan)
            if one.code not in begun and str(one.due) <= (today + 9 * DAY).isoformat()
            and str(one.due) >= "2026-10"
        ]  # fmt: skip
        for one in self.dice.sample(near, min(3, len(near))):
            values = {"plan": plan, "task": one.code}
            made = book.add("task_execution", values, project=self.project)
            what = self.dice.choice(("finish", "finish", "skip", ""))
            if what == "skip":
                book.move(made.id, "skip", comment="客户停电")
            elif what == "finish":
                attach(book, made.id)
                done = today - timedelta(days=self.dice.randint(0, 4))
                book.move(made.id, "finish", {"done_on": done.isoformat()})

    def checked(self, day: date) -> None:
        """The round of a day: in time, late, begun, or not done."""
        how = self.dice.choice(("in time", "in time", "late", "begun", "missing"))
        if how == "missing":
            return
        book = self.staff.engineer
        values = {"template": self.template, "day": day.isoformat(), "round": 1}
        sheet = book.add("sheet", values, project=self.project)
        for item in checks.items(book, self.template):
            result = self.dice.choice(RESULTS)
            reason = {"reason": "停电"} if result in ("na", "unchecked") else {}
            book.add("answer", {"sheet": sheet.id, "item": item, "result": result, **reason})
        if how == "late":
            self.at(day + DAY, 60)
        if how != "begun":
            book.move(sheet.id, "submit")
        self.at(day, 600)

    # -- problems, actions, contacts ---------------------------------------------------------------

    def problem(self, project: str) -> None:
        """A fix or an escalation, which goes on another day, or is void."""
        book = self.staff.engineer
        if self.dice.random() < 0.5:
            made = book.add("fix", {"phenomenon": "告警", "cause": "老化"}, project=project)
            self.open.append((book, made.id, "fix"))
        else:
            severity = self.dice.choice([one[0] for one in SEVERITIES])
            values = {"phenomenon": "中断", "severity": severity}
            made = book.add("escalation", values, project=project)
            self.open.append((book, made.id, "accept"))
        if self.dice.random() < 0.1:
            book.void(made.id, "重复")
            self.open.pop()

    def goes_on(self) -> None:
        """A problem gets its next step, sometimes back to work."""
        if not self.open:
            return
        book, id, move = self.open.pop(self.dice.randrange(len(self.open)))
        steps: dict[str, tuple[Book, dict[str, Any]]] = {
            "fix": (self.staff.engineer, {"correction": "更换"}),
            "verify": (self.staff.manager, {"verify_method": "复测"}),
            "fail": (self.staff.manager, {}),
            "close": (self.staff.manager, {}),
            "accept": (self.staff.department, taken_up(self.staff.department)),
        }
        by, values = steps[move]
        record: Record = by.get(id)
        needed = {name: value for name, value in values.items() if name in type(record).specs()}
        by.move(id, move, needed, comment="再看" if move == "fail" else "")
        after = {"fix": self.dice.choice(("verify", "verify", "fail")), "fail": "fix"}
        following = {**after, "verify": "close"}.get(move)
        if following is not None:
            self.open.append((book, id, following))

    def milestone(self) -> None:
        """A milestone of these months, with a deliverable or without."""
        due = TODAY + timedelta(days=self.dice.randint(-90, 60))
        values = {"name": "节点", "due": due.isoformat()}
        if self.dice.random() < 0.7:
            values["deliverable"] = "报告"
        made = self.staff.manager.add("milestone", values, project=self.project)
        if self.dice.random() < 0.5:
            self.staff.manager.move(made.id, "done")

    def action(self) -> None:
        """A corrective action, perhaps done and evaluated at once."""
        staff, soon = self.staff, self.staff.engineer.today + self.dice.randint(2, 30) * DAY
        values = {
            **{"subject": "补测", "sort": "correction", "finding": "漏测", "check_weeks": 0},
            **{"owner": staff.engineer.me, "due": soon.isoformat()},
        }
        made = staff.manager.add("corrective_action", values, project=self.project)
        if self.dice.random() < 0.6:
            staff.manager.move(made.id, "assign")
            staff.engineer.move(made.id, "plan", {"measure": "补测"})
            file = attach(staff.engineer, made.id)
            staff.engineer.move(made.id, "finish", {"outcome": "已补", "evidence": file})
            good = self.dice.random() < 0.6
            if good:
                staff.quality.move(made.id, "verify", {"effect": "有效"})
            elif self.dice.random() < 0.5:
                staff.quality.move(made.id, "fail", comment="又漏了")

    def contact(self) -> None:
        """A contact that was planned, perhaps held on another day."""
        due = self.staff.engineer.today + timedelta(days=self.dice.randint(0, 40))
        values = {"subject": "月度沟通", "channel": "management", "due": due.isoformat()}
        made = self.staff.manager.add("communication", values, project=self.project)
        if self.dice.random() < 0.5:
            held = {"held_on": self.staff.engineer.today.isoformat(), **HELD}
            self.staff.manager.move(made.id, "hold", held)

    def complaint(self) -> None:
        """A complaint that came today."""
        today = self.staff.engineer.today.isoformat()
        values = {"subject": "响应慢", "received_on": today, "statement": "两小时才到"}
        self.staff.desk.add("complaint", values, project=self.project)
