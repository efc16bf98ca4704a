"""Facts: the figures on the page; what the program cannot tell is not assessable."""

from __future__ import annotations

from models.book.derived_state import StateView
from models.derived import figures
from models.queries.facts import facts_of
from models.records.statistics.service.service_content import NOT_YET
from models.schema.record import Record
from tests.support.staff import Staff


def told(staff: Staff, made: Record) -> dict[str, str]:
    view = StateView(staff.manager.store)
    return {str(one.label): one.text for one in facts_of(staff.manager, made, view) if one.label}


def test_it_tells_its_figures_and_what_cannot_be_assessed(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_report", {"quarter": "2026-Q4"}, project=project)
    found = told(staff, made)
    assert found["现场处置"] == "0" and found["交付物按期完成率"] == "不可评定"
    for family, word in NOT_YET.items():
        if family not in figures.families():
            assert found[str(word)] == "不可评定"


def test_an_odd_quarter_is_said_and_nothing_else(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_report", {"quarter": "2026-Q4"}, project=project)
    staff.manager.store.db.execute_sql("UPDATE service_report SET quarter='x'")
    view = StateView(staff.manager.store)
    (fact,) = facts_of(staff.manager, staff.manager.get(made.id), view)
    assert fact.tone == "bad" and "不是一个季度" in fact.text
