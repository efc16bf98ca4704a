"""Documents of the plans: both levels, the comparison, the mail; in both languages."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.book.book import Book
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.models.records.preparation.execution.test_plan_execution import finish
from tests.support.service_plans import (
    approved,
    changed,
    milestone_plan,
    noon,
    plan_of,
    tasks,
    term,
)
from tests.support.staff import Staff
from tests.tui.documents.makers import text_of
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import issue, produce, registry
from tui.documents.document import COMPARISON, Document
from tui.documents.record_text import RecordText


@pytest.fixture
def clock() -> Iterator[Any]:
    """Noon of 5 January 2026, moved on by `move_to(noon(…))`."""
    with time_machine.travel(noon("2026-01-05"), tick=False) as moved:
        yield moved


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


@pytest.fixture
def plan(staff: Staff, project: str, clock: Any) -> str:
    """A plan in force: a monthly task and a quarterly report; January's was done."""
    book = staff.engineer
    made = plan_of(book, project, [term("机房月检"), term("季度报告", "quarterly")])
    book.move(made.id, "generate")
    approved(book, staff.department, made.id)
    clock.move_to(noon("2026-03-02"))
    finish(book, made.id, str(tasks(book, made.id)[0].code), "2026-01-30")
    return made.id


def exported(
    workspace: Workspace, book: Book, id: str, path: Path, document: Document | None = None
) -> bytes:
    """A document of a record, as it comes out."""
    reading, record = RecordText(workspace), book.get(id)
    subject = registry.subject_of(reading, document or registry.of_record(record), record)
    produce.export(reading, subject, path, force=True)
    return path.read_bytes()


def test_the_detailed_plan_has_the_year_and_every_month(
    workspace: Workspace, staff: Staff, plan: str, tmp_path: Path
) -> None:
    said = text_of(exported(workspace, staff.engineer, plan, tmp_path / "a.docx"))
    for words in (
        *(
            "二级进度计划",
            "年度总表",
            "机房月检",
            "2026-12-31",
            "本月任务 2 项",
            "按期完成 2026-01-30",
        ),
        "已到期 2 项，按期完成 1，逾期完成 0，未执行 0，未完成 1；计划完成率 50 %",
    ):
        assert words in said, words
    language.now = "en"
    english = text_of(exported(workspace, staff.engineer, plan, tmp_path / "b.docx"))
    assert "Detailed plan" in english and "completion rate 50 %" in english
    assert "2 tasks in this month" in english


def test_the_milestone_plan_has_deliverables_and_the_total(
    workspace: Workspace, staff: Staff, project: str, tmp_path: Path
) -> None:
    made = approved(staff.manager, staff.department, milestone_plan(staff.manager, project).id)
    said = text_of(exported(workspace, staff.manager, made.id, tmp_path / "a.docx"))
    for words in ("半年验收报告", "2026-06-30", "500,000.00 元", "计划中"):
        assert words in said, words
    exported(workspace, staff.manager, made.id, tmp_path / "b.xlsx")
    assert "里程碑" in load_workbook(tmp_path / "b.xlsx").sheetnames


def test_the_comparison_names_the_milestones_concerned(
    workspace: Workspace, staff: Staff, project: str, plan: str, tmp_path: Path
) -> None:
    book = staff.engineer
    values = {"name": "半年验收", "due": "2026-06-30", "amount": "CNY 200000"}
    milestone = staff.manager.add("milestone", values, project=project)
    change = changed(book, plan)
    april = tasks(book, change.id)[4]
    book.edit(april.id, {"milestone": milestone.id})
    said = text_of(exported(workspace, book, change.id, tmp_path / "a.docx", COMPARISON))
    assert "受影响的里程碑" in said and "200,000.00 元" in said and "客户机房搬迁" in said
    exported(workspace, book, change.id, tmp_path / "b.xlsx", COMPARISON)
    assert "不同之处" in load_workbook(tmp_path / "b.xlsx").sheetnames


@pytest.mark.shows("Q-422", 11)
def test_the_mail_carries_the_version_that_was_issued(
    workspace: Workspace, staff: Staff, plan: str, tmp_path: Path
) -> None:
    def attached() -> tuple[str | None, bytes]:
        raw = exported(workspace, staff.engineer, plan, tmp_path / "a.eml")
        mail: Any = email.message_from_bytes(raw, policy=email.policy.default)
        (file,) = mail.iter_attachments()
        return file.get_filename(), file.get_content()

    name, draft = attached()
    assert name is not None and "V1.0" not in name and "草稿（未签发）" in text_of(draft)
    reading = RecordText(workspace)
    record = workspace.book.get(plan)
    subject = registry.subject_of(reading, registry.of_record(record), record)
    made = issue.issue(reading, subject)
    name, file = attached()
    assert name is not None and name.endswith("V1.0.docx") and file == made.made.content


def test_what_is_not_approved_is_not_issued(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    made = plan_of(staff.engineer, project)
    reading, record = RecordText(workspace), workspace.book.get(made.id)
    subject = registry.subject_of(reading, registry.of_record(record), record)
    with pytest.raises(Refused, match="尚未“批准”"):
        issue.issue(reading, subject)
