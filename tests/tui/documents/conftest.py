"""A project's week for documents: two engineers, a lead, problems, a checklist, an escalation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

import pytest
import time_machine

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.checks import questions
from models.records.checks.rounds import due_rounds
from models.records.registers.project import Project
from models.records.weekly import entries
from models.schema.record import Record
from models.text.words import language
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.team import acting, admit
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents.record_text import RecordText

FRIDAY = date(2026, 11, 20)
WEEK = "2026-W47"
ODD = "温度<5℃ & 湿度>60%\n“第二行” {{7*7}} {% x %} ='SUM(A1)'"
"""What a template engine, a document or a spreadsheet might take for its own."""


@dataclass
class Scene:
    """The book, and the records that the tests print."""

    workspace: Workspace
    project: Project
    engineer: str
    lead: str
    fix: Record
    open: Record
    escalation: Record
    sheet: Record
    weekly: Record

    @property
    def reading(self) -> RecordText:
        """A fresh look."""
        return RecordText(self.workspace)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Written once for a module; the clock stands on the Friday."""
    language.now = "zh"
    with time_machine.travel(instant(FRIDAY, 16 * 60) / 1000, tick=False):
        home = tmp_path_factory.mktemp("papers") / "book"
        workspace = begin(home, name="管理员", lang="zh", project="机房运维")
        yield _played(workspace)
        workspace.close()


def _played(workspace: Workspace) -> Scene:
    book = workspace.book
    project = all_projects(book.store)[0]
    customer = book.add("customer", {"name": "某某医院"})
    book.add("site", {"name": "门诊楼机房", "customer": customer.id})
    book.edit(project.id, {"customer": customer.id, "code": "JF-01", "service_to": "2027-12-31"})
    engineer, lead = (
        admit(workspace, "卓工", ["engineer"]),
        admit(workspace, "阮经理", ["project_manager"]),
    )
    admit(workspace, "缺报人", ["engineer"])
    his = acting(workspace, engineer)
    sheet = _sheet(his, book, project)
    fix = his.add("fix", {"phenomenon": ODD, "cause_class": "equipment"}, project=project.id)
    his.move(fix.id, "fix", {"cause": "滤网堵 <2 层>", "correction": "清洗\n复位"})
    his.move(fix.id, "verify", {"verify_method": "观察 20 分钟"})
    left = his.add("fix", {"phenomenon": "备用电源告警"}, project=project.id)
    raised = his.add(
        "escalation",
        {"phenomenon": "链路间歇中断", "due": "2026-11-18", "severity": "high"},
        project=project.id,
    )
    book.add("group_member", {"escalation": raised.id, "person": lead, "duty": "协调厂商"})
    book.add("note", {"about": raised.id, "text": f"备注 {ODD}"})
    entry = entries.entry(his, cast(Project, book.get(project.id)), WEEK)
    values = {
        "progress": f"巡检完成\n{ODD}",
        "risks": "备件紧缺",
        "hours": "42.5",
        "health": "yellow",
    }
    weekly = entries.submit(his, entry, values)
    acting(workspace, lead).move(weekly.id, "accept", comment="好")
    return Scene(
        workspace,
        cast(Project, book.get(project.id)),
        engineer,
        lead,
        book.get(fix.id),
        left,
        raised,
        sheet,
        book.get(weekly.id),
    )


def _sheet(his: Book, book: Book, project: Project) -> Record:
    template(book, project.id)
    (round_,) = due_rounds.rounds(his, FRIDAY, projects=[project])
    sheet = due_rounds.begin(his, round_)
    found = questions.questions(book.store, round_.template.id, project.id, sheet)
    results = ({"result": "ok"}, {"result": "not_ok", "reading": "29.5", "remark": "偏高 <27"})
    for question, result in zip(
        found, (*results, {"result": "na", "reason": "无门禁"}), strict=True
    ):
        values = {"sheet": sheet.id, "item": question.item.id, **result}
        his.add("answer", values)
    return his.move(sheet.id, "submit")


@pytest.fixture(autouse=True)
def at_friday() -> Iterator[None]:
    """The same moment for every test."""
    with time_machine.travel(instant(FRIDAY, 16 * 60) / 1000, tick=False):
        yield
