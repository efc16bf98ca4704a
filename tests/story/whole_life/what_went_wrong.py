"""What went wrong: an irregular service, an incident of level two, and the quarter's check.

Clauses: 5.1.2, 5.3.2, 5.4.
"""

from __future__ import annotations

from datetime import date

from tests.story.hand import sitting
from tests.story.whole_life import papers
from tests.story.whole_life.company import Company, attach
from tests.support import incidents
from tests.support.incident_files import traces
from tests.support.irregular_services import NOTED
from tests.support.quarterly_checks import QUARTER, questions

BY_HAND = {
    "irregular_rate": "14.3",  # one, of three rounds, two fixes and two tasks
    "incident_customer_loss": "20000",
    "incident_company_loss": "3000",
}
SECRET = "作业时未核对标识，断开两路电源"


def irregular_service(company: Company) -> str:
    """Found and corrected by the project manager; nobody closes what they corrected."""
    manager, quality = company.manager, company.quality
    company.to(10, 21)
    made = manager.book.add("irregular_service", NOTED, project=company.project)
    company.refused(manager, made.id, "correct", on=[manager])  # how is not said
    manager.book.move(made.id, "correct", {"correction": "当场停止，补开工作票"})
    company.barred(manager, made.id, "close")
    quality.book.move(made.id, "close", {"cause": "不熟悉规范", "training": "told"})
    company.meet()
    assert company.agreed(made.id).state == "closed"
    return made.id


async def incident(company: Company) -> str:
    """Reported on site, levelled by quality; who is responsible is read by those concerned only."""
    engineer, quality, manager = company.engineer, company.quality, company.manager
    company.to(11, 20, 930)
    made = engineer.book.add("incident", incidents.NOTED, project=company.project)
    engineer.book.move(made.id, "report", incidents.IMPACT)
    assert engineer.get(made.id).values()["proposed_level"] == "two"
    given = {"level": "two", "handler": company.me(manager)}
    company.barred(engineer, made.id, "confirm_level", values=given)  # not who reported it
    async with sitting(quality.workspace) as hand:
        hand.app.open_record(made.id)
        await hand.move("incident", "confirm_level")
        await hand.fill(handler="段工")
        await hand.fill(comment="影响属实")
        await hand.press("ctrl+s")
        assert quality.get(made.id).state == "handling", hand.seen
    file = incidents.file_of(quality.book, made, company.me(engineer))
    company.meet()
    assert manager.book.find(file.id) is None  # nobody else reads it
    engineer.book.move(file.id, "explain", {"statement": "标识看不清"})
    company.meet()
    quality.book.move(file.id, "propose", {**incidents.PROPOSED, "facts": SECRET})
    company.meet()
    company.department.book.move(
        file.id, "give_decision", {"decision": "给予警告", "appeal_until": "2026-11-27"}
    )
    company.meet()
    engineer.book.move(file.id, "consent")
    manager.book.move(made.id, "conclude", incidents.CONCLUDED)
    there = sorted((company.me(manager), company.me(quality)))
    held = {**incidents.REVIEWED, "attendees": ",".join(there)}
    company.barred(manager, made.id, "review", values=held)
    company.to(11, 24)
    company.department.book.move(made.id, "review", held)
    company.meet()
    quality.book.move(made.id, "close", {"no_actions": "标识已补全，没有其他措施"})
    company.meet()
    assert company.agreed(made.id).state == "closed"
    assert {one.get(file.id).state for one in company.devices if one is not manager} == {"final"}
    assert traces(manager, SECRET) == [] != traces(quality, SECRET)
    return made.id


async def quarter(company: Company) -> tuple[str, str]:
    """Six questions, each with what it rests on; the ids of the check and the service report."""
    manager = company.manager
    company.to(12, 28)
    company.meet()
    report = manager.book.add(
        "service_report", {**QUARTER, "summary": "平稳，一次停机"}, project=company.project
    )
    manager.book.move(report.id, "submit", {}, comment="一项任务未执行")
    company.meet()
    span = papers.Span(date(2026, 10, 1), date(2026, 12, 31), date(2026, 12, 28))
    # of the engineer's last five days nothing was heard when the report was issued
    rest = {"checks_missing": 46, "checks_unsynced": 5}
    papers.agree(company, report.id, "quarterly", span, **rest, **BY_HAND)
    check = manager.book.add("quarterly_check", QUARTER, project=company.project)
    if not manager.get(check.id).values()["service_report"]:
        manager.book.edit(check.id, {"service_report": report.id})
    said = {"summary": "六项均符合"}
    company.barred(manager, check.id, "report", "待回答", values=said)
    manager.book.add("spare_part", {"check": check.id, "part": "光模块", "verdict": "enough"})
    file = attach(manager.book, check.id)
    for name, row in questions(manager.book, check).items():
        if name in ("accounts", "security", "cases"):
            manager.book.move(row.id, "na", {"basis": "本季没有这一项"})
        else:
            manager.book.move(row.id, "yes", {"evidence": file})
    manager.book.move(check.id, "report", said)
    company.meet()
    for one in (company.department, company.quality):
        async with sitting(one.workspace) as hand:
            hand.app.open_record(check.id)
            await hand.move("quarterly_check", "acknowledge")
    company.meet()
    assert company.agreed(check.id).state == "reported"
    return check.id, report.id
