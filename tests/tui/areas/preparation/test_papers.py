"""Papers of the preparation: sections in order, the decision as a witness's statement, no more."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.support.preparation import DECIDED, confirmed, file_of, method, proposal, study
from tests.support.staff import Staff, attach
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import issue, registry
from tui.documents.document import DOCUMENTS
from tui.documents.formats import markdown
from tui.documents.record_text import RecordText
from tui.documents.registry import of_record, subject_of


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


def printed(workspace: Workspace, record: Record, name: str = "") -> str:
    """Its document as text."""
    reading = RecordText(workspace)
    document = DOCUMENTS[name] if name else of_record(record)
    subject = subject_of(reading, document, record)
    return markdown.text(subject.layout, registry.gather(reading, subject))


def test_the_proposal(staff: Staff, workspace: Workspace, project: str) -> None:
    draft = proposal(staff, project)
    row = {"proposal": draft.id, "method": method(staff).id, "applies": "日检"}
    staff.engineer.add("proposal_method", row)
    said = printed(workspace, draft)
    assert "□ 批准" in said and "例行巡检程序" in said and "见证登记" not in said
    made = proposal(staff, project, "approved", name="已批准的方案")
    said = printed(workspace, made)
    assert "□ 批准" not in said and "段工 见证登记" in said and "信息科科长" in said
    order = [said.index(word) for word in ("服务范围", "方法和程序", "可行性讨论", "客户决定")]
    assert order == sorted(order)


def test_a_reworked_proposal_has_no_decision(
    staff: Staff, workspace: Workspace, project: str
) -> None:
    made = proposal(staff, project, "sent")
    attach(staff.manager, made.id)
    staff.manager.move(made.id, "refuse", DECIDED, comment="太慢")
    assert "不批准" in printed(workspace, made)
    staff.engineer.move(made.id, "rework", comment="太慢")
    assert "□ 批准" in printed(workspace, staff.engineer.get(made.id))


def test_a_proposal_is_issued_once_it_was_reviewed(
    staff: Staff, workspace: Workspace, project: str
) -> None:
    made = proposal(staff, project, "submitted")
    reading = RecordText(workspace)
    subject = subject_of(reading, of_record(made), made)
    with pytest.raises(Refused, match="审核通过"):
        issue.prepare(reading, subject)


def test_the_competence_sheet_is_no_part_of_others(
    staff: Staff, workspace: Workspace, project: str
) -> None:
    file = file_of(staff, staff.colleague.me)
    said = printed(workspace, file)
    assert "N-1" in said and "运维五年" in said and "具备" in said
    of_project = confirmed(staff, project, staff.engineer.me)
    for record, name in ((of_project, ""), (workspace.book.get(project), "confirmations")):
        said = printed(workspace, record, name)
        assert "小林" in said and "N-1" not in said and "运维五年" not in said


def test_the_study_names_who_did_not_come(staff: Staff, workspace: Workspace, project: str) -> None:
    made = study(staff, project, "draft")
    both = ",".join(sorted((staff.engineer.me, staff.colleague.me)))
    staff.engineer.edit(made.id, {"invited": both})
    said = printed(workspace, staff.engineer.get(made.id))
    absent = said.partition("缺席人员")[2].partition("研究讨论内容")[0]
    assert "小周" in absent and "小林" not in absent and "夜间无人值守" in said


def test_the_register_in_both_languages(staff: Staff, workspace: Workspace, project: str) -> None:
    proposal(staff, project, "approved")
    said = printed(workspace, workspace.book.get(project), "confirmations")
    assert "方案可行性" in said and "已确认" in said and "缺少" in said
    language.now = "en"
    said = printed(workspace, workspace.book.get(project), "confirmations")
    assert "Feasibility of the proposal" in said and "missing" in said
