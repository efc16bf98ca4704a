"""Facts: beside each question stand the records that answer it, and what it led to."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of
from models.records.common import follow_ups
from models.schema.record import Record
from tests.support.quarterly_checks import check, questions
from tests.support.staff import Staff


def told(book: Book, record: Record) -> list[RecordFact]:
    return list(facts_of(book, record, StateView(book.store)))


def test_a_check_tells_what_the_records_say_to_each_question(staff: Staff, project: str) -> None:
    made = check(staff.manager, project)
    said = {str(one.label): one for one in told(staff.manager, made) if one.label}
    assert said["是否定期备件评估分析"].text == "评估备件 0 种，其中 0 种不足"
    assert said["是否定期备件评估分析"].tone == "warn"
    assert {"重大故障是否分析、总结", "是否定期帐号管理检查"} <= set(said)


def test_a_question_names_its_records_and_its_remedy(staff: Staff, project: str) -> None:
    made = check(staff.manager, project)
    values = {"phenomenon": "主干中断", "severity": "high"}
    raised = staff.engineer.add("escalation", values, project=project)
    staff.manager.store.db.execute_sql(
        "UPDATE escalation SET occurred=?", (staff.manager.get(made.id).recorded - 1,)
    )
    row = questions(staff.manager, made)["faults"]
    quarter = str(made.values()["quarter"])
    lacking = [one.records for one in told(staff.manager, row) if str(one.label) == "缺少"]
    assert lacking in ([(raised.id,)], []), quarter
    row = staff.manager.move(row.id, "no", {"finding": "没有总结"})
    assert "尚无负责人的措施" in [one.text for one in told(staff.manager, row)]
    values = follow_ups.values(staff.manager, row, "corrective_action")
    owner = {"owner": staff.engineer.me}
    action = staff.manager.add("corrective_action", {**values, **owner}, project=project)
    found = told(staff.manager, row)
    assert [one.records for one in found if str(one.label) == "措施"] == [(action.id,)]
    assert "尚无负责人的措施" not in [one.text for one in found]


def test_an_answer_whose_check_is_not_here_tells_nothing(staff: Staff, project: str) -> None:
    row = questions(staff.manager, check(staff.manager, project))["faults"]
    staff.manager.store.db.execute_sql("UPDATE quarterly_answer SET \"check\"='x'")
    assert told(staff.manager, staff.manager.get(row.id)) == []


def test_evidence_that_does_not_hold_is_marked(staff: Staff, project: str) -> None:
    """It was made void after the answer, or another program let it pass."""
    made = check(staff.manager, project)
    row = questions(staff.manager, made)["faults"]
    fix = staff.engineer.add("fix", {"phenomenon": "误报"}, project=project)
    staff.manager.move(row.id, "yes", {"evidence": fix.id})
    assert not any("不能作为依据" in one.text for one in told(staff.manager, made))
    staff.engineer.void(fix.id, "误录")
    for record in (made, staff.manager.get(row.id)):
        found = [one for one in told(staff.manager, record) if "不能作为依据" in one.text]
        assert [one.tone for one in found] == ["bad"]
        assert [one.short for one in found] == ["依据不成立"]
