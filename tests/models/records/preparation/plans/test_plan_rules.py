"""Rules of the plans: complete, within the contract; another area may hold an approval back."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.rules import before_move
from models.derived.revision_copy import new_revision
from models.records.preparation.plans import plan_rules
from models.schema.record import Record
from models.text.words import Refused, W
from tests.support.new_area import new_area
from tests.support.service_plans import (
    approved,
    changed,
    milestone_plan,
    plan_of,
    planned_milestones,
    task,
    tasks,
    term,
    terms,
)
from tests.support.staff import Staff, no_add, no_move


def test_a_plan_needs_its_scope_and_basis_and_a_task(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project, scope=None, basis=None)
    assert "至少需要 1 条计划任务" in no_move(staff.engineer, plan.id, "submit")
    task(staff.engineer, plan.id, "月检", "2026-05-06")
    why = no_move(staff.engineer, plan.id, "submit")
    assert "工作范围" in why and "编制依据" in why


def test_each_task_has_a_day_in_the_period_and_a_person(staff: Staff, project: str) -> None:
    book = staff.engineer
    plan = plan_of(book, project)
    first = task(book, plan.id, "[b]月检[/b]", None, doer=None)
    why = no_move(book, plan.id, "submit")
    assert "完成期限" in why and "[b]月检[/b]" in why
    book.edit(first.id, {"due": "2027-01-04", "doer": book.me})
    assert "不在计划期间 2026-01-01 至 2026-12-31" in no_move(book, plan.id, "submit")
    book.edit(first.id, {"due": "2026-12-31"})
    staff.manager.edit(project, {"service_to": "2026-11-30"})
    assert "超出项目" in no_move(book, plan.id, "submit")
    staff.manager.edit(project, {"service_to": "2026-12-31"})
    assert book.move(plan.id, "submit").state == "submitted"


@pytest.mark.shows(8)
def test_a_milestone_has_a_deliverable_from_the_start(staff: Staff, project: str) -> None:
    plan = milestone_plan(staff.manager, project)
    row = {"plan": plan.id, "name": "终验", "due": "2026-12-30"}
    assert "可交付物" in no_add(staff.manager, "plan_milestone", row)
    assert "可交付物" in no_add(staff.manager, "plan_milestone", {**row, "deliverable": ""})
    assert "没有可填写" in no_add(staff.engineer, "plan_milestone", {**row, "deliverable": "报告"})


def test_a_milestone_plan_needs_the_days(staff: Staff, project: str) -> None:
    plan = milestone_plan(staff.manager, project)
    staff.manager.edit(planned_milestones(staff.manager, plan.id)[0].id, {"due": None})
    assert "计划日期" in no_move(staff.manager, plan.id, "submit")


def test_a_change_says_its_own_cause(staff: Staff, project: str) -> None:
    book = staff.engineer
    plan = plan_of(book, project, [term()])
    book.move(plan.id, "generate")
    approved(book, staff.department, plan.id)
    change = changed(book, plan.id)
    book.move(change.id, "submit")
    staff.department.move(change.id, "approve")
    values = new_revision(book, book.get(change.id)).values()
    assert (values["cause"], values["impact"]) == (None, None)


def test_codes_are_given_once(staff: Staff, project: str) -> None:
    book = staff.engineer
    plan = plan_of(book, project, [term(), term("季检", "quarterly")])
    first, second = (str(one.code) for one in terms(book, plan.id))
    assert first != second and first.rpartition("S")[2] == "1"
    own = plan_of(staff.manager, project, [term()])
    assert terms(staff.manager, own.id)[0].code not in {first, second}
    task(book, plan.id, "搬迁", "2026-05-06")
    gone = task(book, plan.id, "割接", "2026-05-07")
    book.void(gone.id, "不做了")
    last = task(book, plan.id, "测试", "2026-05-08")
    assert len({one.code for one in tasks(book, plan.id)}) == 2 and last.code != gone.code
    assert plan_rules.next_code(book, "service_task") not in {last.code, gone.code}
    assert "请换一个" in no_add(
        book, "service_task", {"plan": plan.id, "what": "又一次", "code": last.code}
    )


def test_another_area_may_hold_the_approval_back(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project)
    task(staff.engineer, plan.id, "月检", "2026-05-06")
    staff.engineer.move(plan.id, "submit")
    with new_area():

        @before_move("service_plan", "approve")
        def overdue(book: Book, plan: Record) -> None:
            raise Refused(W("{number} 的再确认已逾期。", "{number}"), number=plan.number)

        assert "再确认已逾期" in no_move(staff.department, plan.id, "approve")
    assert staff.department.move(plan.id, "approve").state == "approved"


@pytest.mark.parametrize("type", ["service_plan", "milestone_plan"])
def test_a_file_approves_nothing_that_the_person_may_not(
    staff: Staff, project: str, type: str
) -> None:
    values = {"name": "旧计划", "period_from": "2026-01-01", "period_to": "2026-12-31"}
    with staff.manager.bringing():
        plan = staff.manager.add(type, values, project=project)
        with pytest.raises(Refused, match=r"不能|需要角色"):
            staff.manager.imported(plan.id, "approved")
