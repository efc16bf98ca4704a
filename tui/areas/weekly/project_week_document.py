"""The consolidated project week 项目进展周报, compiled from the entries and the records."""

from __future__ import annotations

from typing import Any

from models.book.approval.settled import require_settled_among
from models.derived import compiled, figures
from models.derived.compiled import LaterNews
from models.derived.figures import NOT_ASSESSABLE
from models.records.preparation.execution.plan_execution import (
    STANDINGS as STANDINGS_OF_TASKS,
)
from models.records.preparation.milestone import Milestone
from models.records.problems.concessions.concession import Concession
from models.records.problems.escalation import Escalation
from models.records.weekly.review_grid import DUE, MISSING, UNSYNCED
from models.records.weekly.week import issued_week, supplements
from models.records.weekly.week.content import (
    FAMILY,
    TOLD,
    FilePart,
    MemberPart,
    ProblemPart,
    ProjectHead,
    RecordPart,
    WeekContent,
    sources_of,
)
from models.records.weekly.weekly_entry import Weekly
from models.records.weekly.weekly_report import WeeklyReport
from models.schema.record import Record, kinds
from models.storage import blobs
from models.text.words import Refused, W, language, say
from tui.areas.weekly.entry_document import (
    OPEN,
    PERIOD,
    PROBLEM_COLUMNS,
    SOLVED,
    SUPPLEMENT,
    WEEK,
    period,
)
from tui.display.values import sized
from tui.documents.frame import DocumentSubject, signed_by
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
from tui.documents.record_text import AWAY, CHANGED, NO, SUM, YES, RecordText, Row, clean, numbered

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
PLAN = W(
    "计划任务 {planned} 项，已到期 {plan_due} 项：按期完成 {on_time}，逾期完成 {done_late}，"
    "未执行 {skipped}，未完成 {not_done}；计划完成率 {plan_rate} %。",
    "Planned tasks: {planned}, {plan_due} fallen due: {on_time} done on time, {done_late} late,"
    " {skipped} skipped, {not_done} not done; completion rate {plan_rate} %.",
)
NONE_DUE = W(
    "计划任务 {planned} 项，尚无到期的，计划完成率不可评定。",
    "Planned tasks: {planned}, none fallen due; the completion rate is not assessable.",
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
CAUSES_OPEN = W(
    "解决的问题中 {cause_open} 项原因未填。", "Solved problems without a cause: {cause_open}."
)
NO_PEOPLE = W("没有应报周报的人，不作评定。", "Nobody owes a report; not assessable.")
NO_CHECKS = W(
    "没有应检的日常检查，也没有完成的，不作评定。",
    "Checklists: none due and none done; not assessable.",
)
NOT_CHECKED = W(
    "日常检查应检 {due} 份，完成 {done} 份；没有检查结果，异常项不可评定。",
    "Checklists: {due} due, {done} done; nothing was checked, so items not ok are not assessable.",
)
CAUSE_OPEN = W("原因未填", "cause open")
LABELLED = W("{label}：{text}", "{label}: {text}")
ISSUE = W("签发", "Issue")
STEP = 25
"""Problems after which the progress is reported again."""
PERSONAL = ("health", "hours", "help_needed")
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
                (W("项目状况", "Health"), "health"),
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
                DocumentColumn(W("状况", "Health"), "health", 2),
                DocumentColumn(W("工时", "Hours"), "hours", 2),
                DocumentColumn(W("需要的支持", "Help needed"), "help_needed", 6),
            ),
        ),
        DocumentProse(W("本周工作进展", "Work done"), "progress"),
        DocumentTable(
            W("计划执行", "Work against the plan"),
            "plan",
            (
                DocumentColumn(W("计划任务", "Planned task"), "what", 9),
                DocumentColumn(W("期限", "Due"), "due", 4),
                DocumentColumn(W("执行人", "Done by"), "doer", 3),
                DocumentColumn(W("情况", "Standing"), "standing", 4),
                DocumentColumn(W("完成日期或理由", "Done on, or why not"), "told", 6),
            ),
            optional=True,
        ),
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
                DocumentColumn(W("情况", "What"), "what", 3),
                DocumentColumn(W("内容", "Text"), "text", 8),
            ),
        ),
        ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The project's week, as it was issued or as it is now; `subject.record` is the project."""
    assert subject.project is not None
    book, project = reading.book, subject.project
    found = issued_week.content(book, project, subject.week)
    report = supplements.report_of(book, project.id, subject.week)
    whole = {
        **said(reading, found.data),
        "judgement": reading.text(report, "summary"),
        "supplements": _later(reading, report),
    }
    if found.fault is not None:
        whole["summary"] = f"{found.fault}\n{whole['summary']}"
    head = {**(_head(found.data.project) if found.issued else {}), **_signed(reading, report)}
    return {**whole, "frame": head}


def _signed(reading: RecordText, report: WeeklyReport | None) -> dict[str, dict[str, str]]:
    """The signature of the person who issued the report."""
    if report is None or not (report.issued_by and report.issued_at):
        return {}
    return {"prepared": signed_by(reading, report.issued_by, report.issued_at)}


def ready(reading: RecordText, subject: DocumentSubject) -> None:
    """Raise `Refused` over an open conflict in the week; one that was issued is settled."""
    assert subject.project is not None
    found = issued_week.content(reading.book, subject.project, subject.week)
    if found.fault is not None:
        raise Refused(found.fault)
    if not found.issued:
        require_settled_among(reading.store, sources_of(found.data), ISSUE)


def _later(reading: RecordText, report: WeeklyReport | None) -> list[Row]:
    """What came to an issued week later."""
    found = compiled.news(reading.book, report) if report is not None else ()
    return [
        {
            "at": reading.moment(one.at),
            "number": one.number,
            "what": str(one.what),
            "text": clean(later_text(one)),
        }
        for one in found
    ]


def later_text(one: LaterNews) -> str:
    """What came, in lines with their labels."""
    lines = [say(LABELLED, label=label, text=text) if label else text for label, text in one.texts]
    return "\n".join(lines)


def _head(project: ProjectHead) -> dict[str, str]:
    """What the frame says of the project: as it was called when the week was issued."""
    period = f"{project.service_from or '…'} – {project.service_to or '…'}"
    given = project.service_from or project.service_to
    return {
        "project": project.name,
        "project_code": project.code,
        "customer": project.customer,
        "department": project.department,
        "service_period": period if given else "",
    }


def said(reading: RecordText, week: WeekContent) -> dict[str, Any]:
    """A week's content as the document's data."""
    texts = figure_texts(week)
    return {
        "week": week.week,
        "period": period(week.week),
        "health": Weekly.specs()["health"].word(week.health),
        "hours": texts["hours"],
        "figures": texts,
        "summary": "\n".join(sentences(week)),
        "people": [_person(reading, member) for member in week.members],
        **{name: _joined(week, name) for name in ("progress", "next_week", "risks")},
        "plan": [
            {
                "what": clean(one.what),
                "due": clean(one.due),
                "doer": clean(one.doer or ""),
                "standing": str(STANDINGS_OF_TASKS[one.standing][0]),
                "told": clean(one.done_on or one.reason or ""),
            }
            for one in week.plan
            if one.standing in STANDINGS_OF_TASKS
        ],
        "checks": [
            {
                "name": one.said,
                **{part: str(getattr(one, part)) for part in ("due", "done", "items", "bad")},
            }
            for one in week.checks
        ],
        **_problems(reading, week),
        "escalations": [
            {**_record(reading, one, Escalation), "manager": one.manager}
            for one in week.escalations
        ],
        "concessions": [_record(reading, one, Concession) for one in week.concessions],
        "milestones": [_record(reading, one, Milestone) for one in week.milestones],
        "attachments": [_file(reading, one) for one in week.files],
    }


def figure_texts(week: WeekContent) -> dict[str, str]:
    """The figures by the last part of their names."""
    every = {kind.name: "" for kind in figures.kinds(FAMILY)}
    for one in week.figures:
        every[one.name] = str(NOT_ASSESSABLE if one.value is None else one.value)
    return {name.partition(".")[2]: text for name, text in every.items()}


def sentences(week: WeekContent) -> list[str]:
    """The week in figures; what cannot be assessed is said so."""
    texts, kept = figure_texts(week), week.kept
    missing = {name.partition(".")[2] for name, one in kept.items() if one.value is None}
    people = NO_PEOPLE if not week.members else PEOPLE
    checks = NO_CHECKS if "done" in missing else NOT_CHECKED if "bad" in missing else CHECKS
    plan = [NONE_DUE if "plan_rate" in missing else PLAN] if week.plan else []
    found = [say(word, **texts) for word in (people, *plan, checks, PROBLEMS, RAISED)]
    if any(one.cause_open for one in week.solved):
        found.append(say(CAUSES_OPEN, **texts))
    return found


def _person(reading: RecordText, member: MemberPart) -> Row:
    word = STANDINGS.get(member.standing) or Weekly.kind.state(member.standing).label
    late = str(LATE) if member.late and member.handed_in else ""
    return {
        "name": member.name,
        "standing": f"{word}{late}",
        **{name: _value(reading, Weekly, name, getattr(member, name)) for name in PERSONAL},
    }


def _value(reading: RecordText, cls: type[Record], name: str, held: Any) -> str:
    return clean(reading.values.say(cls.specs()[name], held))


def _joined(week: WeekContent, name: str) -> str:
    """What each person wrote, under their names."""
    told = [(one.name, getattr(one, name)) for one in week.handed_in]
    return "\n".join(f"{say(BY, who=clean(who))}\n{clean(text)}" for who, text in told if text)


def _problems(reading: RecordText, week: WeekContent) -> dict[str, list[Row]]:
    """Solved and unsolved ones, each counted from 1."""
    found: dict[bool, list[Row]] = {True: [], False: []}
    for at, one in enumerate(week.problems):
        if at % STEP == 0:
            reading.tell(at / len(week.problems))
        found[one.solved].append(problem_row(one))
    return {"solved": numbered(found[True]), "unsolved": numbered(found[False])}


def problem_row(one: ProblemPart) -> Row:
    """One problem of the week; an open cause is marked where the cause would be."""
    state = str(SOLVED if one.solved else OPEN)
    if one.supplement:
        state = f"{state}\n{SUPPLEMENT} {one.solved_week or ''}"
    texts = {name: clean(str(getattr(one, name) or "")) for name in ("phenomenon", "measure")}
    return {
        **texts,
        "cause": str(CAUSE_OPEN) if one.cause_open else clean(str(one.cause)),
        "verified": str(YES if one.verified else NO) if one.solved else "",
        "state": state,
        "number": one.number,
    }


def _record(reading: RecordText, one: RecordPart, cls: type[Record]) -> Row:
    """A row of the table for records of a class, whatever fields the content has."""
    names = TOLD[cls.kind.name]
    fields = {name: _value(reading, cls, name, one.values.get(name)) for name in names}
    return {"number": one.number, "state": state_text(one), **fields}


def state_text(one: RecordPart) -> str:
    """The word of the state that was shown, and where it was changed after its approval."""
    state = str(kinds[one.type].kind.state(one.state).label)
    if not one.changed:
        return state
    places = one.changed[-1] if language.now == "en" else one.changed[0]
    return f"{state}\n{say(CHANGED, fields=clean(places))}"


def _file(reading: RecordText, one: FilePart) -> Row:
    here = blobs.place(reading.workspace.home, one.sha256).is_file()
    return {
        "name": clean(one.name) + ("" if here else f" {AWAY}"),
        "size": sized(one.size),
        "by": one.by,
        "sum": one.sha256[:SUM],
    }
