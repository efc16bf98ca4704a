"""The papers of the completion: acceptance and index of the archive, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.records.common import follow_ups
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.completion import acceptance, accepted, archive, decided, kept, planned
from tests.support.staff import Staff
from tests.tui.documents.makers import text_of
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce
from tui.documents.record_text import RecordText
from tui.documents.registry import of_record, subject_of


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """The language is put back."""
    yield
    language.now = "zh"


def paper(workspace: Workspace, id: str, folder: Path) -> str:
    """The text of a record's Word document."""
    reading, record = RecordText(workspace), workspace.book.get(id)
    path = folder / "paper.docx"
    produce.export(reading, subject_of(reading, of_record(record), record), path, force=True)
    return text_of(path.read_bytes())


@pytest.mark.shows("Q-62a", 54)
def test_the_acceptance_says_each_item_and_what_is_left(
    workspace: Workspace, staff: Staff, project: str, tmp_path: Path
) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    kept(staff.manager, project)
    staff.manager.move(made.id, "submit")
    short, *others = decided(staff.manager, made, "leave_over")
    values = follow_ups.values(staff.manager, short, "corrective_action")
    assert {one.state for one in others} == {"accepted"}
    action = staff.manager.add(
        "corrective_action",
        {**values, "owner": staff.engineer.me, "due": "2026-12-20"},
        project=project,
    )
    said = paper(workspace, made.id, tmp_path)
    for text in (
        "项目验收单",
        "半年验收报告",
        "有遗留",
        "缺一份附图",
        action.number,
        "小林",
        "签收",
    ):
        assert text in said, text
    language.now = "en"
    said = paper(workspace, made.id, tmp_path)
    assert "Service proposal" in said and "技术服务方案" not in said
    assert "Left-overs" in said and "Customer's signature and seal" in said


@pytest.mark.shows("Q-61a", 49)
def test_the_index_says_each_document_with_its_records(
    workspace: Workspace, staff: Staff, project: str, tmp_path: Path
) -> None:
    planned(staff, project)
    passed = accepted(staff, project)
    said = paper(workspace, archive(staff.manager, project).id, tmp_path)
    for text in (
        "项目归档目录",
        "服务合同及 SLA",
        "档案柜 3",
        "齐全",
        passed.number,
        "验收单-签字.pdf",
    ):
        assert text in said, text
