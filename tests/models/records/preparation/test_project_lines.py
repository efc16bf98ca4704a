"""Stages, plans and confirmations on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.preparation import everybody_confirmed, proposal, study
from tests.support.project_lines import section, standings, steps, texts
from tests.support.service_plans import approved, milestone_plan, plan_of, task
from tests.support.staff import Staff


def test_a_project_goes_from_its_proposal_to_its_service(staff: Staff, project: str) -> None:
    book = staff.manager
    (line,) = steps(book, project)
    assert (str(line.text), line.type, line.begins) == ("技术服务方案", "service_proposal", True)
    draft = proposal(staff, project)
    assert [one.key for one in steps(book, project)] == [draft.id]
    proposal(staff, project, "approved", service_kinds="routine")
    assert standings(book, project)["plans"] == "current"
    assert {one.type for one in steps(book, project)} == {"milestone_plan", "service_plan"}
    detailed = plan_of(book, project)
    task(book, detailed.id, "巡检", book.today.isoformat())
    for made in (milestone_plan(book, project), detailed):
        approved(book, staff.department, made.id)
    assert standings(book, project)["start"] == "current"
    assert [str(one.text) for one in steps(book, project)] == ["服务前问题研究讨论", "服务开始"]
    study(staff, project)
    everybody_confirmed(staff, project)
    start = book.add("service_start", {"name": "机房运维"}, project=project)
    book.move(start.id, "start")
    assert standings(book, project)["service"] == "current"


def test_a_project_that_was_in_service_before_lacks_what_was_not_recorded(
    book: Book, project: str
) -> None:
    book.edit(project, {"service_from": "2020-01-01"})
    found = standings(book, project)
    assert [found[name] for name in ("proposal", "plans", "start")] == ["lacking"] * 3
    assert "技术服务方案" in {str(one.text) for one in steps(book, project)}


def test_the_register_is_one_key_away(staff: Staff, project: str) -> None:
    (line,) = section(staff.manager, project, "confirmations")
    assert line.place == "confirmations" and "缺" in str(line.text)


def test_a_plan_is_told_with_its_execution(staff: Staff, project: str) -> None:
    book = staff.manager
    assert texts(section(book, project, "plans")) == ["无|"]
    plan = plan_of(book, project)
    task(book, plan.id, "巡检", book.today.isoformat())
    approved(book, staff.department, plan.id)
    found = section(book, project, "plans")
    assert [one.record and one.record.id for one in found] == [plan.id, plan.id]
    assert "到期 1 项" in str(found[-1].text) and "完成率 0 %" in str(found[-1].text)
    assert found[-1].tone == "bad"


def test_the_milestone_due_next_comes_next_in_service(book: Book, project: str) -> None:
    book.edit(project, {"service_from": "2020-01-01"})
    for name, due in (("终验", "2031-01-01"), ("初验", "2030-01-01")):
        book.add("milestone", {"name": name, "due": due}, project=project)
    assert "初验|计划中" in texts(steps(book, project))
