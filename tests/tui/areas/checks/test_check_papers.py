"""Papers of the quarterly and the random check: what is asked, found and drawn, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from models.book.rows import child_rows
from models.calendar.business_dates import instant
from models.records.checks.random_checks.random_check import RandomCheck
from models.records.checks.random_checks.random_finding import RandomFinding
from models.schema.record import Record
from models.storage import rows
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support import quarterly_checks
from tests.support.random_checks import draw, furnished
from tests.support.staff import Staff
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import registry
from tui.documents.record_text import RecordText
from tui.documents.registry import of_record, subject_of


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False):
        yield


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


def data(workspace: Workspace, record: Record) -> dict[str, Any]:
    """What the document of a record prints."""
    reading = RecordText(workspace)
    return registry.gather(reading, subject_of(reading, of_record(record), record))


def random_check(staff: Staff, project: str) -> RandomCheck:
    """One that was drawn, with the first norm not kept."""
    furnished(staff.manager, project)
    staff.department.move(draw(staff.department, project).id, "begin")
    made = rows.fetch(staff.department.store, RandomCheck, "ORDER BY n")[0]
    first, *rest = child_rows.rows_of(staff.department.store, made, RandomFinding)
    assert len(rest) == 1
    staff.department.move(first.id, "fails", {"reading": "未佩戴", "remark": "工牌在车上"})
    return made


def test_whoever_has_the_paper_draws_again(
    staff: Staff, workspace: Workspace, project: str
) -> None:
    made = random_check(staff, project)
    found = data(workspace, made)
    lines = [f"{row['part']} {row['id']}" for row in found["members"]]
    words = {"现场": "site", "人员": "person", "日期": "day"}
    told = "\n".join(f"{words[line.split()[0]]} {line.split()[1]}" for line in lines)
    again = random_check_draw(found["seed"], told)
    assert again == (made.drawn_site, made.drawn_person, made.drawn_day)
    assert found["again"] == "结果一致"
    assert {"二号机房", "小林", "2026-11-23"} <= {row["name"] for row in found["members"]}
    language.now = "en"
    assert data(workspace, made)["again"] == "the same"


def random_check_draw(seed: str, told: str) -> tuple[str, ...]:
    """As somebody does it with the paper alone: the lowest SHA-256 of “seed:id” of each list."""
    lists: dict[str, list[str]] = {}
    for line in told.splitlines():
        part, id = line.split()
        lists.setdefault(part, []).append(id)
    return tuple(
        min(lists[part], key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).digest())
        for part in ("site", "person", "day")
    )


def test_each_norm_stands_once(staff: Staff, workspace: Workspace, project: str) -> None:
    made = random_check(staff, project)
    found = data(workspace, made)["rows_random_finding"]
    told = [(row["norm"], row["expected"], row["reading"], row["state"]) for row in found]
    assert told[0] == ("佩戴工牌", "全员佩戴", "未佩戴", "不符合")
    table = next(
        one for one in subject_layout(workspace, made).printed if one.title.zh == "检查发现"
    )
    keys = [column.key for column in table.columns]
    assert keys == ["norm", "expected", "reading", "state", "remark"]


def subject_layout(workspace: Workspace, record: Record) -> Any:
    return subject_of(RecordText(workspace), of_record(record), record).layout


def test_evidence_is_named_by_its_number(staff: Staff, workspace: Workspace, project: str) -> None:
    made = quarterly_checks.check(staff.manager, project)
    report = quarterly_checks.report(staff.manager, project)
    row = quarterly_checks.questions(staff.manager, made)["documents"]
    staff.manager.move(row.id, "yes", {"evidence": report})
    found = data(workspace, staff.manager.get(made.id))["rows_quarterly_answer"]
    number = staff.manager.get(report).number
    assert [one["evidence"] for one in found if one["evidence"]] == [f"{number} 2026-Q4"]
