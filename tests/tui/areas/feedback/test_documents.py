"""Documents of the area: the analysis report, the questionnaire, sheet and letter, contacts."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.models.records.feedback.test_communication import HELD
from tests.models.records.feedback.test_complaint import CONTENT, HANDLED
from tests.support import surveys
from tests.support.team import acting, admit
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
def survey(book: Book, project: str) -> Record:
    """A follow-up of three answers, analysed."""
    surveys.ended(book, project)
    made = surveys.survey(book, project, script="请如实评价")
    book.move(made.id, "draw")
    for one in surveys.drawn(book, made.id):
        surveys.answer(book, one, levels={"skill": "neutral", "advice": "na"}, praise="及时")
    book.add("suggestion", {"survey": made.id, "text": "增加培训", "sort": "preventive"})
    return book.move(made.id, "analyse", {"analysis": "总体满意"})


@pytest.mark.shows("Q-52a", 25)
def test_the_report_gives_every_rate_with_its_n(workspace: Workspace, survey: Record) -> None:
    found = data(workspace, "follow_up", survey)
    assert "回收率 100%（n=3）" in found["summary"] and "满意率 88%（n=27）" in found["summary"]
    assert "满意率最低的问题：技术能力" in found["summary"]
    rates = {row["question"]: row for row in found["rates"]}
    assert rates["技术能力"]["rate"] == "0%" and rates["主动建议"]["rate"] == ""
    assert rates["总体评价"]["bar"] == "█" * 20 and rates["技术能力"]["bar"] == "░" * 20
    (row,) = [row for row in found["questions"] if row["question"] == "主动建议"]
    assert (row["na"], row["satisfied"]) == ("3", "0")
    assert found["trend"][0]["rate"] == "88%" and len(found["quotes"]) == 3
    assert found["suggestions"][0]["action"] == "待落实" and found["analysis"] == "总体满意"
    language.now = "en"
    assert "response rate 100% (n=3)" in data(workspace, "follow_up", survey)["summary"]


def test_a_filed_report_is_that_of_its_filing(
    workspace: Workspace, book: Book, project: str, survey: Record
) -> None:
    quality = acting(workspace, admit(workspace, "质检", ["quality"]))
    quality.move(survey.id, "review")
    idea = book.store.rows("SELECT id FROM suggestion")[0][0]
    given = {"sort": "preventive", "owner": book.me, "due": "2027-01-15"}
    quality.move(idea, "assign", given)
    quality.move(survey.id, "file")
    before = data(workspace, "follow_up", survey)
    assert before["suggestions"][0]["action"].startswith("CA-")
    assert before["later"] == [] and len(before["checksum"]) == 64
    book.store.db.execute_sql("UPDATE survey_answer SET level='neutral'")
    after = data(workspace, "follow_up", survey)
    assert after["rates"] == before["rates"] and len(after["later"]) == 3


def test_the_questionnaire_has_a_box_for_each_level(
    workspace: Workspace, book: Book, survey: Record
) -> None:
    listed = surveys.people(book, survey.id, "listed")[0]
    rows = data(workspace, "questionnaire", book.get(listed))["questions"]
    assert len(rows) == 10 and {*rows[0].values()} == {"对需求的理解", "□"}
    done = surveys.people(book, survey.id, "answered")[0]
    found = data(workspace, "questionnaire", book.get(done))
    (skill,) = [row for row in found["questions"] if row["question"] == "技术能力"]
    assert skill["neutral"] == "■" and skill["satisfied"] == "□"
    assert found["script"] == "请如实评价"


def test_the_letter_says_nothing_internal(workspace: Workspace, book: Book, project: str) -> None:
    made = book.add("complaint", {**CONTENT, "investigation": "内部调查"}, project=project)
    book.move(made.id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    book.move(made.id, "handle", {"handler": book.me})
    book.move(made.id, "answer", HANDLED)
    letter = data(workspace, "complaint", made, "customer")
    assert letter["opening"].startswith("郁主任：") and letter["reply"] == "致歉并补检"
    assert "测试员或服务台" in letter["closing"]
    assert "内部调查" not in str(letter) and "procedure_steps" not in letter
    sheet = data(workspace, "complaint", made, "internal")
    assert sheet["investigation"] == "内部调查"
    assert sheet["procedure_name"] == "《客户投诉处理流程》（程序自带）"
    assert [row["no"] for row in sheet["procedure_steps"]] == ["1", "2", "3", "4", "5"]
    language.now = "en"
    assert data(workspace, "complaint", made, "customer")["opening"].startswith("Dear 郁主任,")


def test_a_contact_is_printed_with_its_promises(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add(
        "communication", {"subject": "季度沟通", "channel": "management"}, project=project
    )
    book.move(made.id, "hold", {**HELD, "held_on": book.today.isoformat()})
    values = {"communication": made.id, "text": "周五前给清单", "owner": book.me}
    book.add("promise", {**values, "due": "2026-12-04"})
    found = data(workspace, "communication", made)
    assert found["agreed"] == "增加一次巡检" and found["channel"] == "高层主动沟通"
    assert found["rows_promise"][0]["text"] == "周五前给清单"
    assert found["procedure_steps"][0]["who"] == "项目经理"
