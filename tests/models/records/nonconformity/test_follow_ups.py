"""Follow ups: an action begins with what the problem says, and names it as its source."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries import links
from models.records.common import follow_ups
from models.records.common.follow_ups import values as values_of
from models.text.words import Refused
from tests.support import checks
from tests.support.problem_reports import report


def test_a_fix_leads_to_one_with_its_cause(book: Book, project: str) -> None:
    values = {"phenomenon": "UPS 切旁路\n蜂鸣", "cause": "电池老化", "cause_class": "equipment"}
    fix = book.add("fix", values, project=project)
    made = book.add("corrective_action", values_of(book, fix, "corrective_action"), project=project)
    had = made.values()
    assert (had["subject"], had["finding"]) == ("UPS 切旁路", "UPS 切旁路\n蜂鸣")
    assert (had["cause"], had["cause_class"], had["sort"]) == (
        *("电池老化", "equipment"),
        "corrective",
    )
    assert had["source"] == fix.id
    assert [one.id for one in links.linked_to(book.store, fix.id).records] == [made.id]


def test_an_escalation_and_a_report_lead_to_one(book: Book, project: str) -> None:
    raised = book.add("escalation", {"phenomenon": "大事", "cause": "设计缺陷"}, project=project)
    assert values_of(book, raised, "corrective_action")["cause"] == "设计缺陷"
    written = report(book, project)
    book.edit(written.id, {"cause_root": "无备份", "measures": "每周备份"})
    values = values_of(book, book.get(written.id), "corrective_action")
    assert (values["cause"], values["measure"]) == ("无备份", "每周备份")


def test_an_item_that_is_not_ok_leads_to_one(book: Book, project: str) -> None:
    template = checks.template(book, project, ({"text_zh": "门禁登记"},))
    (item,) = checks.items(book, template)
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = book.add("sheet", values, project=project)
    answer = {"sheet": sheet.id, "item": item, "result": "not_ok", "remark": "无人登记"}
    made = book.add("answer", answer)
    values = values_of(book, made, "corrective_action")
    assert values["finding"] == "门禁登记\n无人登记" and values["source"] == made.id


def test_a_deviation_from_the_plan_leads_to_one_with_its_reason(book: Book, project: str) -> None:
    days = {"first": "2020-03-02", "last": "2020-03-06"}
    check = book.add("routine_check", days, project=project)
    row = book.add("routine_deviation", {"check": check.id, "subject": "日检", "reason": "缺人"})
    values = values_of(book, row, "corrective_action")
    assert (values["finding"], values["cause"], values["source"]) == ("日检", "缺人", row.id)


def test_what_has_no_text_begins_with_its_number(book: Book, project: str) -> None:
    fix = book.add("fix", {}, project=project)
    values = values_of(book, fix, "corrective_action")
    assert values["subject"] == values["finding"] == fix.number


def test_what_leads_to_none_says_from_where_to_begin(book: Book) -> None:
    customer = book.add("customer", {"name": "地铁公司"})
    with pytest.raises(Refused, match=r"从这些记录新建：.*现场处置"):
        values_of(book, customer, "corrective_action")
    assert "corrective_action" not in follow_ups.destinations("customer")
    assert "corrective_action" in follow_ups.destinations("fix")
