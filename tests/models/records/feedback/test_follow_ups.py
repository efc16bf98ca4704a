"""Follow-ups: from a dissatisfied answer to a complaint, from a complaint to its action."""

from __future__ import annotations

from models.book.book import Book
from models.records.common import follow_ups
from tests.support import surveys
from tests.support.staff import Staff


def test_a_complaint_begins_with_what_displeased(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project, people=1, method="all")
    staff.desk.move(made.id, "draw")
    (one,) = surveys.drawn(staff.desk, made.id)
    staff.desk.edit(one, {"phone": "0000-1"})
    answer = surveys.answers(staff.desk, one)["attitude"]
    staff.desk.edit(answer.id, {"remark": "电话里不耐烦"})
    levels = {"attitude": "very_dissatisfied", "skill": "dissatisfied"}
    surveys.answer(staff.desk, one, levels=levels, complaint="希望换人")
    values = follow_ups.values(staff.desk, staff.desk.get(one), "complaint")
    assert values["subject"] == "回访不满意：服务态度、技术能力"
    assert values["statement"].split("\n") == [
        *("服务态度：非常不满意", "技术能力：不满意", "电话里不耐烦", "希望换人")
    ]
    assert values["complainant"] == "郁主任" and values["contact"] == "0000-1"
    complaint = staff.desk.add("complaint", values, project=project)
    assert complaint.values()["response"] == one
    more = follow_ups.values(staff.desk, complaint, "corrective_action")
    assert more["source"] == complaint.id and more["finding"] == values["statement"]
    staff.manager.add("corrective_action", more, project=project)


def test_an_action_begins_with_the_suggestion(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project)
    values = {"survey": made.id, "text": "报告附照片\n每季一次", "sort": "preventive"}
    idea = staff.desk.add("suggestion", values)
    found = follow_ups.values(staff.desk, idea, "corrective_action")
    assert (found["subject"], found["sort"]) == ("报告附照片", "preventive")
