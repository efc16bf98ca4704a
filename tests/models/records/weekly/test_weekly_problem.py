"""Problems of a weekly entry: once for each source, changed while the entry is open."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.entry_weeks import W47
from tests.support.staff import Staff, no_add, no_edit


@pytest.fixture
def entry(staff: Staff, project: str) -> Record:
    """The entry of an engineer."""
    values = {"week": W47, "person": staff.engineer.me, "progress": "巡检完成"}
    return staff.engineer.add("weekly", values, project=project)


@pytest.fixture
def source(staff: Staff, project: str) -> str:
    """A problem of the week."""
    return staff.engineer.add("fix", {"phenomenon": "告警"}, project=project).id


def test_a_source_is_named_once_in_an_entry(staff: Staff, entry: Record, source: str) -> None:
    values = {"weekly": entry.id, "source": source, "outcome": "open", "phenomenon": "告警"}
    made = staff.engineer.add("weekly_problem", values)
    assert (made.project, made.title()) == (entry.project, "告警")
    assert made.number in no_add(staff.engineer, "weekly_problem", values)


@pytest.mark.parametrize("absent", ["weekly", "source"])
def test_a_row_needs_entry_and_source(
    staff: Staff, project: str, entry: Record, source: str, absent: str
) -> None:
    values = {"weekly": entry.id, "source": source}
    del values[absent]
    assert "需要填写" in no_add(staff.engineer, "weekly_problem", values, project)


@pytest.mark.usefixtures("clock")
def test_a_submitted_entry_keeps_its_rows_as_they_were(staff: Staff, entry: Record) -> None:
    fix = staff.engineer.add("fix", {"phenomenon": "告警"}, project=entry.project)
    solved = {"cause": "电池老化", "correction": "更换电池"}
    staff.engineer.move(fix.id, "fix", solved)
    values = {"weekly": entry.id, "source": fix.id, "outcome": "open"}
    made = staff.engineer.add("weekly_problem", values)
    assert staff.engineer.edit(made.id, {"cause": "未查清"}).values()["cause"] == "未查清"
    staff.engineer.move(entry.id, "submit")
    assert "重新打开" in no_edit(staff.engineer, made.id, cause="其他")


def test_only_the_declared_outcomes_are_taken(staff: Staff, entry: Record, source: str) -> None:
    values = {"weekly": entry.id, "source": source, "outcome": "later"}
    assert "只能是以下之一" in no_add(staff.engineer, "weekly_problem", values)
