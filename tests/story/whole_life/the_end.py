"""The end: targets, the summary and its meeting, the acceptance, the archive. Clause: 6."""

from __future__ import annotations

from datetime import date

from tests.story.hand import attached, sitting
from tests.story.whole_life import papers
from tests.story.whole_life.company import FIRST, LAST, Company, attach
from tests.story.whole_life.the_service import Problems
from tests.story.whole_life.what_went_wrong import BY_HAND
from tests.support import completion, completions

PERIOD = {"service_from": FIRST.isoformat(), "service_to": LAST.isoformat()}
SIGNED = {"decided_by": "信息中心 许主任", "decided_on": "2027-01-15"}


def targets_agreed(company: Company) -> str:
    """The targets are set at the beginning; the department manager agrees, and they stand."""
    manager, department = company.manager, company.department
    made = completions.assessment(manager.book, company.project, **PERIOD)
    company.barred(manager, made.id, "agree", "部门经理")
    department.book.move(made.id, "agree")
    company.meet()
    for one in (manager, department):
        row = completions.targets(one.book, made)["reliability"]
        company.refused_edit(one, row.id, "已经确定", goal="90")
    return made.id


def targets_assessed(company: Company, id: str) -> str:
    """One was missed: it is analysed and in somebody's charge before it is assessed; the action."""
    manager, department = company.manager, company.department
    company.to(1, 5, year=2027)
    assessment = manager.get(id)
    completions.measured(manager.book, assessment, reliability="99.95", security="0")
    said = {"conclusion": "一项未达到"}
    company.barred(manager, id, "assess", "系统事故", "原因分析", values=said)
    said["analysis"] = "市电只有一路"
    row = completions.targets(manager.book, assessment)["accidents"]
    company.barred(manager, id, "assess", "系统事故", values=said)  # nobody is in charge
    action = {"subject": "供电改造", "finding": "一路市电", "source": row.id, "sort": "corrective"}
    action |= {"owner": company.me(company.engineer), "due": "2027-01-15"}
    values = {**action, "check_weeks": 1}
    made = manager.book.add("corrective_action", values, project=company.project)
    manager.book.move(id, "assess", said)
    company.barred(manager, id, "confirm", "部门经理")
    department.book.move(id, "confirm", {"opinion": "同意"})
    company.meet()
    assert company.agreed(id).values()["result"] == "missed"
    assert papers.by_verdict(company, id) == {
        "satisfaction": ("96", "met"),
        "accidents": ("1", "missed"),
        "reliability": ("99.95", "met"),
        "security": ("0", "met"),
    }
    return made.id


async def summary(company: Company) -> str:
    """Counted from the records, written, discussed and scored; the reviewer differs once."""
    manager, department = company.manager, company.department
    company.to(1, 11, year=2027)
    written = {**completions.WRITTEN, "meeting_on": "2027-01-11"}
    made = manager.book.add("project_summary", {**PERIOD, **written}, project=company.project)
    held = {"attendees": manager.book.me, "minutes": "通过"}
    company.barred(manager, made.id, "submit", "自我评价", values=held)
    completions.scored(manager.book, made)
    manager.book.move(made.id, "prepare")
    manager.book.move(made.id, "submit", held, comment="改进措施已有人负责")
    company.barred(manager, made.id, "review", "部门经理")
    row = completions.criteria(department.book, made)["plan"]
    department.book.move(row.id, "rescore", {"review_score": 3, "review_note": "一项未执行"})
    async with sitting(department.workspace) as hand:
        hand.app.open_record(made.id)
        await hand.move("project_summary", "review")
        await hand.fill(opinion="同意")
        await hand.press("ctrl+s")
    company.meet()
    assert company.agreed(made.id).state == "reviewed"
    span = papers.Span(FIRST, LAST, date(2027, 1, 11))
    papers.agree(company, made.id, "project_summary", span, **BY_HAND)
    return made.id


async def acceptance(company: Company, problems: Problems) -> str:
    """Item by item, held by an escalation that somebody writes meanwhile; then the project ends."""
    engineer, manager, department = company.engineer, company.manager, company.department
    company.to(1, 15, year=2027)
    project = company.project
    company.barred(manager, project, "complete", "还没有通过的项目验收")
    made = completion.acceptance(manager.book, project)
    manager.book.move(made.id, "submit")
    company.meet()
    late = engineer.book.add("escalation", {"phenomenon": "备纤衰耗大"}, project=project)
    completion.decided(manager.book, made)
    async with sitting(manager.workspace) as hand:
        hand.app.open_record(made.id)
        await attached(hand, company.letter("验收单，签字"))
    company.barred(manager, made.id, "accept", late.number, by=late.id, values=SIGNED)
    assert company.shown(made.id) == {"held"}
    department.book.move(late.id, "accept", {"due": "2027-01-20", "group_lead": department.book.me})
    company.meet()
    engineer.book.move(late.id, "draft", {"solution": "改用备用纤"})
    company.meet()
    department.book.move(late.id, "approve")
    company.meet()
    engineer.book.move(late.id, "fix", {"cause": "接头老化", "measure": "改用备用纤"})
    engineer.book.move(late.id, "verify")
    company.meet()
    company.refused(manager, made.id, "accept", "还缺", values=SIGNED)
    completion.kept(manager.book, project)  # what is lacking is on a shelf
    manager.book.move(made.id, "accept", SIGNED)
    company.meet()
    assert company.shown(made.id) == {"accepted"}
    assert company.agreed(problems.concession).state == "closed"
    return made.id


def improved(company: Company, action: str) -> None:
    """What the missed target asked for is done, proved, found effective, and signed off."""
    engineer, quality = company.engineer, company.quality
    why = {"cause": "供电设计只有一路", "measure": "核对其他机房的供电"}
    engineer.book.move(action, "plan", why)
    file = attach(engineer.book, action)
    engineer.book.move(action, "finish", {"outcome": "已核对三个机房", "evidence": file})
    company.meet()
    company.to(2, 2, year=2027)
    quality.book.move(action, "verify", {"effect": "没有同类隐患"})
    company.barred(company.manager, action, "sign")
    company.department.book.move(action, "sign", {"opinion": "同意"})
    company.meet()


def completed(company: Company) -> None:
    """Nothing is left open: the documents are filed, and the project is complete."""
    manager, project = company.manager, company.project
    company.barred(manager, project, "complete", "还没有归档")
    archive = completion.archive(manager.book, project)
    left = [one.paper.code for one in completion.holdings_of(manager.book, project).lacking()]
    if left:
        completion.kept(manager.book, project, *left)
    manager.book.move(archive.id, "file")
    manager.book.move(project, "complete")
    company.meet()
    assert company.shown(project) == {"completed"}


def not_filed_yet(company: Company) -> None:
    """While an action is open the documents are not filed, on any device."""
    manager = company.manager
    archive = completion.archive(manager.book, company.project)
    company.barred(manager, archive.id, "file", "纠正与预防措施")
