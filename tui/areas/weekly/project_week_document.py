"""The consolidated project week 项目进展周报, compiled from the entries and the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.records.preparation.milestone import Milestone
from models.records.problems.concession import Concession
from models.records.problems.escalation import Escalation
from models.records.weekly.review_grid import DUE, MISSING, UNSYNCED
from models.records.weekly.week import supplements
from models.records.weekly.week.project_week import EntryNews, WeekMember, WeekReport, week_report
from models.records.weekly.weekly_entry import Weekly
from models.text.words import W, say
from sync.workspace.sync_status import reach
from tui.areas.weekly.entry_document import PERIOD, PROBLEM_COLUMNS, WEEK, period
from tui.areas.weekly.entry_document import problem as problem_row
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    ATTACHMENTS,
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, Row, clean, numbered

STANDINGS = {
    MISSING: W("未提交", "missing"),
    UNSYNCED: W("未同步到本机", "not synced here"),
    DUE: W("未到期", "not due yet"),
}
LATE = W("（迟）", " (late)")
BY = W("【{who}】", "[{who}] ")
PEOPLE = W(
    "应报 {people} 人，已提交 {handed_in} 人（迟交 {late} 人），已审 {accepted} 人；"
    "逾期未交 {missing} 人，未同步 {unsynced} 人。",
    "{people} reports expected: {handed_in} submitted ({late} late), {accepted} accepted,"
    " {missing} overdue, {unsynced} not synced.",
)
CHECKS = W(
    "日常检查应检 {due} 份，完成 {done} 份，检查 {items} 项，异常 {bad} 项。",
    "Checklists: {due} due, {done} done; {items} items checked, {bad} not ok.",
)
PROBLEMS = W(
    "本周新发现问题 {found} 项；解决 {solved} 项，"
    "其中已再次验证 {verified} 项、补记 {supplements} 项；未解决 {unsolved} 项。",
    "Problems: {found} found this week, {solved} solved ({verified} re-verified,"
    " {supplements} supplements), {unsolved} open.",
)
RAISED = W(
    "在办问题升级 {escalations} 项，其中逾期 {overdue} 项。",
    "Escalations open: {escalations}, {overdue} of them overdue.",
)
NEW = W("签发后才提交", "submitted after the issue")
CHANGED = W("签发后改过", "changed after the issue")
STEP = 25
"""Problems after which the progress is reported again."""
NUMBER = DocumentColumn(W("编号", "Number"), "number", 6)

LAYOUT = DocumentLayout(
    W("项目进展周报", "Weekly project report"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (W("项目代号", "Code"), "project_code"),
                (CUSTOMER, "customer"),
                (W("负责部门", "Department"), "department"),
                (WEEK, "week"),
                (PERIOD, "period"),
                (W("项目状况", "Status"), "health"),
                (W("工时合计（小时）", "Total hours"), "hours"),
            ),
        ),
        DocumentProse(W("本周概况", "The week in figures"), "summary"),
        DocumentProse(W("项目经理综述", "The project manager's summary"), "judgement"),
        DocumentTable(
            W("人员填报情况与工时", "People and hours"),
            "people",
            (
                DocumentColumn(W("姓名", "Name"), "name", 3),
                DocumentColumn(W("填报情况", "Entry"), "standing", 3),
                DocumentColumn(W("状况", "Status"), "health", 2),
                DocumentColumn(W("工时", "Hours"), "hours", 2),
                DocumentColumn(W("需要的支持", "Help needed"), "help_needed", 6),
            ),
        ),
        DocumentProse(W("本周工作进展", "Work done"), "progress"),
        DocumentTable(
            W("例行检查", "Checklists"),
            "checks",
            (
                DocumentColumn(W("检查表", "Checklist"), "name", 6),
                DocumentColumn(W("应检", "Due"), "due", 2),
                DocumentColumn(W("完成", "Done"), "done", 2),
                DocumentColumn(W("检查项", "Items"), "items", 2),
                DocumentColumn(W("异常项", "Not ok"), "bad", 2),
            ),
        ),
        DocumentTable(W("本周已解决的问题", "Problems solved"), "solved", PROBLEM_COLUMNS),
        DocumentTable(W("未解决的问题", "Problems open"), "unsolved", PROBLEM_COLUMNS),
        DocumentTable(
            W("在办问题升级", "Escalations open"),
            "escalations",
            (
                NUMBER,
                DocumentColumn(W("问题现象", "Problem"), "phenomenon", 11),
                DocumentColumn(W("状态", "State"), "state", 4),
                DocumentColumn(W("要求完成", "Due"), "due", 5),
                DocumentColumn(W("部门经理", "Manager"), "manager", 4),
            ),
        ),
        DocumentTable(
            W("未了结的让步申请", "Open concessions"),
            "concessions",
            (
                NUMBER,
                DocumentColumn(W("未满足的要求", "Requirement not met"), "requirement", 10),
                DocumentColumn(W("状态", "State"), "state", 5),
                DocumentColumn(W("有效期至", "Valid to"), "valid_to", 5),
                DocumentColumn(W("计划完成", "Solution by"), "follow_up_by", 5),
            ),
        ),
        DocumentTable(
            W("里程碑", "Milestones"),
            "milestones",
            (
                DocumentColumn(W("名称", "Name"), "name", 10),
                DocumentColumn(W("计划日期", "Due"), "due", 5),
                DocumentColumn(W("状态", "State"), "state", 4),
                DocumentColumn(W("可交付物", "Deliverable"), "deliverable", 7),
                DocumentColumn(W("付款", "Payment"), "payment", 4),
            ),
        ),
        DocumentProse(W("下周计划", "Next week"), "next_week"),
        DocumentProse(W("风险", "Risks"), "risks"),
        DocumentTable(
            W("签发后的补记", "Supplements after issue"),
            "supplements",
            (
                DocumentColumn(W("时间", "When"), "at", 3),
                DocumentColumn(W("来源", "Source"), "number", 3),
                DocumentColumn(W("内容", "Text"), "text", 9),
            ),
        ),
        ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The project's week; `subject.record` is the project."""
    assert subject.project is not None
    report = week_report(
        reading.book,
        subject.project,
        subject.week,
        reach(reading.workspace),
        reading.calendar,
        reading.workspace.settings.weekly_due,
    )
    return {**said(reading, report), **_compiled(reading, report)}


def _compiled(reading: RecordText, report: WeekReport) -> dict[str, Any]:
    """What the week's own record adds: the manager's words, and what came after it was issued."""
    compiled = supplements.report_of(reading.book, report.project.id, report.week)
    if compiled is None:
        return {"judgement": "", "supplements": []}
    added = supplements.supplements(reading.book, compiled)
    rows = [
        {
            "at": reading.moment(one.occurred),
            "number": reading.named(one.source).partition(" ")[0],
            "text": clean(one.text or ""),
        }
        for one in added
    ]
    rows += [
        {"at": "", "number": one.weekly.number, "text": str(NEW if one.new else CHANGED)}
        for one in supplements.later(reading.book, compiled)
        if one.weekly.id not in {row.source for row in added}
    ]
    return {"judgement": reading.text(compiled, "summary"), "supplements": rows}


def said(reading: RecordText, report: WeekReport) -> dict[str, Any]:
    """A compiled week as the document's data."""
    figures = report.figures
    texts = {name: str(value) for name, value in figures._asdict().items()}
    health = Weekly.specs()["health"].word(report.health)
    handed = [m.weekly for m in report.members if m.handed_in and m.weekly is not None]
    return {
        "week": report.week,
        "period": period(report.week),
        "health": health,
        "hours": texts["hours"],
        "figures": texts,
        "summary": "\n".join(say(word, **texts) for word in (PEOPLE, CHECKS, PROBLEMS, RAISED)),
        "people": [_person(reading, member) for member in report.members],
        **{name: _joined(reading, handed, name) for name in ("progress", "next_week", "risks")},
        "checks": [
            {
                "name": one.template.name(),
                **{part: str(getattr(one, part)) for part in ("due", "done", "items", "bad")},
            }
            for one in report.rounds
        ],
        **_problems(reading, report.problems),
        "escalations": [_escalation(reading, one) for one in report.escalations],
        "concessions": [
            {
                "number": one.number,
                "state": reading.state(one),
                **reading.texts(one, Concession, "requirement", "valid_to", "follow_up_by"),
            }
            for one in report.concessions
        ],
        "milestones": [
            {
                "state": reading.state(one),
                **reading.texts(one, Milestone, "name", "due", "deliverable", "payment"),
            }
            for one in report.milestones
        ],
        "attachments": reading.attachments(handed),
    }


def _person(reading: RecordText, member: WeekMember) -> Row:
    weekly = member.weekly if member.handed_in else None
    word = STANDINGS.get(member.standing) or Weekly.kind.state(member.standing).label
    late = str(LATE) if member.late and member.handed_in else ""
    return {
        "name": reading.person(member.person),
        "standing": f"{word}{late}",
        **reading.texts(weekly, Weekly, "health", "hours", "help_needed"),
    }


def _joined(reading: RecordText, entries: Iterable[Weekly], name: str) -> str:
    """What each person wrote, under their names."""
    said = [(one, reading.text(one, name)) for one in entries]
    return "\n".join(
        f"{say(BY, who=reading.person(one.person))}\n{text}" for one, text in said if text
    )


def _problems(reading: RecordText, problems: Sequence[EntryNews]) -> dict[str, list[Row]]:
    """Solved and unsolved ones, each counted from 1."""
    found: dict[bool, list[Row]] = {True: [], False: []}
    for at, one in enumerate(problems):
        if at % STEP == 0:
            reading.tell(at / len(problems))
        found[one.solved].append(problem_row(reading, one.source, one.values))
    return {"solved": numbered(found[True]), "unsolved": numbered(found[False])}


def _escalation(reading: RecordText, one: Escalation) -> Row:
    return {
        "number": one.number,
        "state": reading.state(one),
        "manager": reading.text(one, "department_manager"),
        **reading.texts(one, Escalation, "phenomenon", "due"),
    }
