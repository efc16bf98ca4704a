"""The report of an incident in both editions, and the decision of its file."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support import incidents
from tests.support.incidents import BEGAN
from tests.support.staff import Staff
from tui.areas import contributions as _  # noqa: F401  (declares the documents)
from tui.documents import registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText


def data(workspace: Workspace, name: str, record: Record, edition: str = "") -> dict[str, Any]:
    """What a document prints."""
    reading = RecordText(workspace)
    again = workspace.book.get(record.id)
    subject = registry.subject_of(reading, DOCUMENTS[name], again, edition=edition)
    return registry.gather(reading, subject)


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


@pytest.fixture
def incident(staff: Staff, project: str) -> Record:
    """One that was reviewed, with an event, a loss, an action and a file that is final."""
    made = incidents.levelled(staff, project)
    event = {"incident": made.id, "happened_at": BEGAN + 60_000, "what": "改用备用线路"}
    staff.engineer.add("incident_event", event)
    loss = {"incident": made.id, "bearer": "customer", "item": "停产", "amount": "CNY 1500"}
    staff.engineer.add("incident_loss", loss)
    action = {"subject": "补全标识", "source": made.id, "due": "2026-12-11"}
    staff.manager.add("corrective_action", action, project=project)
    incidents.final(staff, made)
    staff.manager.move(made.id, "conclude", incidents.CONCLUDED)
    given = {**incidents.REVIEWED, "attendees": staff.quality.me}
    return staff.department.move(made.id, "review", given)


@pytest.mark.shows(47)
def test_the_report_tells_course_loss_cause_and_actions(
    workspace: Workspace, incident: Record
) -> None:
    found = data(workspace, "incident", incident, "internal")
    told = [(row["at"], row["what"], row["who"]) for row in found["timeline"]]
    assert told[0] == ("2026-11-20 10:00", "事故开始", "")
    assert told[1] == ("2026-11-20 10:01", "改用备用线路", "")
    assert ("确定级别", "质检") in [one[1:] for one in told]
    assert found["losses"] == "客户 1,500.00 元" and len(found["rows_incident_loss"]) == 1
    assert [row["subject"] for row in found["actions"]] == ["补全标识"]
    assert found["lessons"] == "断电前两人核对标识"
    language.now = "en"
    assert data(workspace, "incident", incident, "internal")["level"] == "level 2 (serious)"


def test_the_customers_edition_has_no_names_losses_or_lessons(
    workspace: Workspace, incident: Record
) -> None:
    found = data(workspace, "incident", incident, "customer")
    assert "上报" not in [row["what"] for row in found["timeline"]]
    assert all(row.keys() == {"at", "what"} for row in found["timeline"])
    frame = {"signatures", "changes", "prepared", "reviewed", "approved"}
    said = str({name: value for name, value in found.items() if name not in frame})
    for hidden in ("1,500.00", "20,000.00", "断电前两人核对标识", "影响属实"):
        assert hidden not in said


@pytest.mark.parametrize("edition", ["internal", "customer"])
def test_neither_edition_says_who_is_responsible(
    workspace: Workspace, incident: Record, edition: str
) -> None:
    """Not even on the paper of somebody who reads the files."""
    said = str(data(workspace, "incident", incident, edition))
    file = workspace.store.rows("SELECT number FROM incident_file")[0][0]
    for hidden in (str(file), "给予警告", "责任认定", "标识看不清", "小林"):
        assert hidden not in said or (hidden == "小林" and edition == "internal")


def test_the_decision_tells_its_ground_and_the_appeal(
    workspace: Workspace, book: Book, incident: Record
) -> None:
    file = book.get(str(book.store.rows("SELECT id FROM incident_file")[0][0]))
    found = data(workspace, "incident_decision", file)
    assert (found["concerned"], found["penalty"]) == ("小林", "警告")
    assert found["clause"] == "《员工奖惩规定》第 12 条" and found["decision"] == "给予警告"
