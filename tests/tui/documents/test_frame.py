"""Frame: number, version, who signed and what was issued before: alike for every document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.text.words import language
from tests.models.book.approval.test_confirmation import edited_offline
from tests.support.replicas import Replica, Team
from tests.support.team import acting
from tests.tui.documents.conftest import WEEK, Scene
from tests.tui.documents.test_reports import TEXTS
from tui.documents import frame, issue, registry
from tui.documents.document import DOCUMENTS, RECORD
from tui.documents.frame import DocumentSubject, Issue
from tui.documents.record_text import RecordText


def subject(scene: Scene, name: str = "record") -> DocumentSubject:
    """What a document of the scene is about."""
    record = {"record": scene.open, "checklist": scene.sheet, "weekly": scene.weekly}[name]
    return registry.subject_of(scene.reading, DOCUMENTS[name], record)


def test_a_draft_is_marked_and_counts_as_no_version(scene: Scene) -> None:
    found = frame.frame(scene.reading, subject(scene), None)
    assert (found["version"], found["mark"], found["changes"]) == ("V1.0", "草稿（未签发）", [])
    language.now = "en"
    assert frame.frame(scene.reading, subject(scene), None)["mark"] == "DRAFT (not issued)"


def test_what_is_issued_now_is_the_last_of_the_changes(scene: Scene) -> None:
    made = frame.frame(scene.reading, subject(scene), Issue(3, "客户要求", "某某医院"))
    assert (made["version"], made["mark"]) == ("V3.0", "")
    assert made["changes"] == [
        {
            "version": "V3.0",
            "date": "2026-11-20",
            "reason": "客户要求",
            "to": "某某医院",
            "by": "管理员",
        }
    ]
    first = frame.frame(scene.reading, subject(scene), Issue(1, ""))
    assert first["changes"][0]["reason"] == "首次签发"


def test_the_projects_facts_and_the_head_of_each_page(scene: Scene) -> None:
    found = frame.frame(scene.reading, subject(scene), None)
    assert (found["project"], found["project_code"]) == ("机房运维", "JF-01")
    assert found["customer"] == "某某医院" and found["service_period"] == "… – 2027-12-31"
    assert found["header"] == "机房运维 · 现场处置"


def test_a_record_of_the_company_has_no_project(scene: Scene) -> None:
    customer = scene.workspace.book.get(str(scene.project.customer))
    found = frame.frame(scene.reading, registry.subject_of(scene.reading, RECORD, customer), None)
    assert found["project"] == found["project_code"] == found["service_period"] == ""
    assert found["header"] == "客户" and found["prepared"]["name"] == "管理员"


@pytest.mark.shows(82)
def test_the_moves_that_still_hold_are_the_signatures(scene: Scene) -> None:
    found = frame.frame(scene.reading, subject(scene, "weekly"), None)
    prepared, reviewed = found["prepared"], found["reviewed"]
    assert (prepared["name"], prepared["date"]) == ("卓工", "2026-11-20")
    assert (reviewed["name"], reviewed["remark"]) == ("阮经理", "好")
    assert found["approved"] == {"name": "", "date": "", "remark": ""}


def test_a_review_does_not_hold_once_the_report_was_sent_back(scene: Scene) -> None:
    his, leads = (acting(scene.workspace, one) for one in (scene.engineer, scene.lead))
    made = his.add("problem_report", {**TEXTS, "phenomenon": "告警"}, project=scene.project.id)
    his.move(made.id, "submit")
    reviewed = leads.move(made.id, "review")
    found = frame.valid_move(scene.reading, reviewed, ("review",))
    assert found is not None and found.author == scene.lead
    scene.workspace.book.move(made.id, "return", comment="补充原因")
    returned = scene.workspace.book.get(made.id)
    assert frame.valid_move(scene.reading, returned, ("review",)) is None
    what = registry.subject_of(scene.reading, DOCUMENTS["problem"], returned)
    assert frame.frame(scene.reading, what, None)["reviewed"]["name"] == ""


def test_a_projects_week_is_prepared_by_who_prints_it_until_it_is_issued(scene: Scene) -> None:
    week = registry.subject_of(scene.reading, DOCUMENTS["week"], scene.project, week=WEEK)
    assert frame.frame(scene.reading, week, None)["prepared"]["name"] == "管理员"


@pytest.fixture
def issued(scene: Scene) -> Iterator[str]:
    """A note-sized record of its own, whose document was issued twice and voided once."""
    made = scene.workspace.book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    what = registry.subject_of(scene.reading, RECORD, made)
    first = issue.issue(scene.reading, what).record
    issue.issue(scene.reading, what, "改了原因", "客户")
    scene.workspace.book.void(first.id, "发错了")
    yield made.id


@pytest.mark.shows(82)
def test_versions_before_are_listed_with_the_voided_one(scene: Scene, issued: str) -> None:
    record = scene.workspace.book.get(issued)
    found = frame.frame(scene.reading, registry.subject_of(scene.reading, RECORD, record), None)
    assert found["version"] == "V3.0"
    assert [one["version"] for one in found["changes"]] == ["V1.0", "V2.0"]
    assert found["changes"][0]["reason"] == "首次签发\n已作废：发错了"
    assert (found["changes"][1]["reason"], found["changes"][1]["to"]) == ("改了原因", "客户")


def test_a_signature_says_that_the_content_was_changed_since(tmp_path: Path) -> None:
    team = Team(tmp_path)
    for name, role in (("lead", PROJECT_MANAGER), ("eng", ENGINEER), ("mate", ENGINEER)):
        team.admit(name, (role,))
    team.meet()
    sheet, _ = edited_offline(team, team.founder)
    lead = team.all[1]
    assert reviewed(lead, sheet) == {"name": "lead", "remark": "（此后内容有改动）"}
    lead.book.move(sheet, "confirm_again", comment="已核对")
    assert reviewed(lead, sheet) == {"name": "lead", "remark": "已核对"}
    team.close()


def reviewed(one: Replica, sheet: str) -> dict[str, str]:
    """Who reviewed a checklist, as its document says."""
    reading = RecordText(one.workspace)
    what = registry.subject_of(reading, DOCUMENTS["checklist"], one.get(sheet))
    said = frame.frame(reading, what, None)["reviewed"]
    return {"name": said["name"], "remark": said["remark"]}
