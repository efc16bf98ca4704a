"""Follow ups: the report and the concession that a problem leads to, with nothing typed twice."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common.follow_ups import values as values_of
from models.records.problems import follow_ups
from models.schema.record import Record
from models.text.words import Refused
from tests.support.escalations import ESCALATED
from tests.support.problem_reports import report


def test_a_fix_leads_to_it_with_nothing_to_type_again(book: Book, solved: Record) -> None:
    values = values_of(book, solved, "problem_report")
    made = book.add("problem_report", values, project=solved.project)
    had = made.values()
    for name in ("phenomenon", "site", "equipment", "found_during", "cause_class"):
        assert had[name] == solved.values()[name], name
    assert (had["subject"], had["cause_direct"], had["solution"]) == (
        *("UPS 切旁路", "电池内阻超限"),
        "更换电池",
    )
    assert had["fix"] == solved.id and had["due"] and had["reason"] == "typical"
    steps = str(had["timeline"]).split("\n")
    assert [step.split(" ", 2)[2] for step in steps] == [
        *("发现：UPS 切旁路", "处理完成（测试员）"),
        "验证：符合（测试员）",
    ]
    assert "符合要求" in str(had["verification"]) and "放电 10 分钟" in str(had["verification"])
    found = follow_ups.found(book.store, solved, "problem_report")
    assert found is not None and found.id == made.id


def test_an_escalation_leads_to_it_and_its_fix_is_linked(book: Book, solved: Record) -> None:
    book.move(solved.id, "reopen", comment="又出现")
    book.move(solved.id, "escalate", ESCALATED)
    (up,) = (one for one in _linked(book, solved.id) if one.type == "escalation")
    assert up.values()["typical"] is True
    values = values_of(book, up, "problem_report")
    assert (values["escalation"], values["fix"]) == (up.id, solved.id)
    assert "电池内阻超限" in values["cause_direct"] and "更换电池" in values["emergency"]
    made = book.add("problem_report", values, project=up.project)
    found = follow_ups.found(book.store, up, "problem_report")
    assert found is not None and found.id == made.id


def test_what_is_no_problem_leads_to_none(book: Book, project: str) -> None:
    note = report(book, project)
    with pytest.raises(Refused, match="从这些记录新建：现场处置、问题升级"):
        values_of(book, note, "problem_report")


def test_a_concession_takes_the_problem_along(book: Book, solved: Record) -> None:
    values = values_of(book, solved, "concession")
    assert (values["situation"], values["interim"], values["fix"]) == (
        *("UPS 切旁路\n蜂鸣", "更换电池"),
        solved.id,
    )
    milestone = book.add("milestone", {"name": "初验"}, project=solved.project)
    assert values_of(book, milestone, "concession") == {"milestone": milestone.id}


def test_a_deviation_from_the_plan_leads_to_an_escalation(book: Book, project: str) -> None:
    days = {"first": "2020-03-02", "last": "2020-03-06"}
    check = book.add("routine_check", days, project=project)
    row = book.add("routine_deviation", {"check": check.id, "subject": "日检", "found": "未做 3"})
    values = values_of(book, row, "escalation")
    assert values == {"phenomenon": "日检\n未做 3", "source": row.id}


def _linked(book: Book, id: str) -> list[Record]:
    from models.queries import links

    return links.linked_to(book.store, id).records
