"""Follow-ups from the draw to filing: who may do what, and what each step needs."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.feedback.surveys.survey import QUESTIONS
from models.records.feedback.surveys.survey_answer import FIVE, LEVELS
from models.text.words import Refused
from tests.support import surveys
from tests.support.staff import Staff, no_add, no_edit, no_move


def test_the_levels_are_the_five_of_the_manual() -> None:
    assert [zh for _, zh, _ in FIVE] == ["非常满意", "满意", "一般", "不满意", "非常不满意"]
    assert [name for name, *_ in LEVELS[5:]] == ["na"]


def test_it_is_of_the_period_that_ended_and_made_once(
    staff: Staff, book: Book, project: str, over: str
) -> None:
    made = surveys.survey(staff.desk, project)
    values = made.values()
    assert values["service_to"] == over and values["service_from"] and values["due"] > over
    assert made.number in no_add(staff.desk, "survey", {}, project)
    assert "还没有到" in no_add(staff.desk, "survey", {"service_to": "2099-01-01"}, project)
    assert "没有可填写质量回访的角色" in no_add(staff.engineer, "survey", {}, project)


def test_a_project_without_an_end_needs_the_period(staff: Staff, project: str) -> None:
    assert "没有服务期结束日" in no_add(staff.desk, "survey", {}, project)


def test_the_draw_takes_the_sample_and_lays_out_the_questions(
    staff: Staff, project: str, over: str
) -> None:
    made = surveys.survey(staff.desk, project)
    assert "需要角色" in no_move(staff.quality, made.id, "draw")
    staff.desk.move(made.id, "draw")
    asked = surveys.drawn(staff.desk, made.id)
    assert len(asked) == 3
    for one in asked:
        assert [*surveys.answers(staff.desk, one)] == [code for code, *_ in QUESTIONS]
    values = staff.desk.get(made.id).values()
    assert (values["population"], values["size"], values["question_version"]) == (6, 3, 0)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"method": None}, "抽样方法"),
        ({"size": None}, "样本数"),
        ({"size": 7}, "大于总体 6"),
    ],
)
def test_no_draw_without_method_and_size(
    staff: Staff, project: str, over: str, values: dict[str, Any], why: str
) -> None:
    made = surveys.survey(staff.desk, project, **values)
    assert why in no_move(staff.desk, made.id, "draw")


def test_no_draw_from_nobody(staff: Staff, project: str, over: str) -> None:
    made = surveys.survey(staff.desk, project, people=0)
    assert "至少需要 1 条回访对象" in no_move(staff.desk, made.id, "draw")


@pytest.mark.shows("Q-52b", 26)
def test_it_goes_from_the_desk_to_quality_and_is_locked_when_filed(
    staff: Staff, project: str, over: str
) -> None:
    desk, quality = staff.desk, staff.quality
    made = surveys.survey(desk, project)
    surveys.answered(desk, made.id)
    person = surveys.answers(desk, _any(desk, made.id))
    assert "统计分析与结论" in no_move(desk, made.id, "analyse")
    desk.move(made.id, "analyse", {"analysis": "总体满意"})
    assert "撤回修改" in no_edit(desk, made.id, script="另")
    (one, *_) = person.values()
    assert "撤回修改" in no_edit(desk, one.id, level="neutral")
    assert "需要角色" in no_move(desk, made.id, "review")
    quality.move(made.id, "review")
    done = quality.move(made.id, "file")
    assert done.state == "filed" and done.values()["content"]
    assert "不能修改" in no_edit(quality, made.id, analysis="另")
    assert "已是“已备案”，不能修改" in no_edit(desk, one.id, level="neutral")
    assert "已备案" in no_add(desk, "survey_response", {"survey": made.id, "name": "后来人"})
    with pytest.raises(Refused, match="已备案"):
        desk.void(one.id, "错")


def test_quality_returns_it_with_a_reason(staff: Staff, project: str, over: str) -> None:
    made = surveys.survey(staff.desk, project)
    surveys.answered(staff.desk, made.id)
    staff.desk.move(made.id, "analyse", {"analysis": "总体满意"})
    assert "理由" in no_move(staff.quality, made.id, "return")
    staff.quality.move(made.id, "return", comment="请补充原因")
    assert staff.desk.move(made.id, "analyse").state == "analysed"


@pytest.mark.shows("Q-52b", 26)
def test_who_made_the_campaign_does_not_review_it(
    staff: Staff, book: Book, project: str, over: str
) -> None:
    """The founder has every role: begun by them, or called by them, quality decides."""
    begun = surveys.survey(book, project)
    surveys.answered(staff.desk, begun.id)
    staff.desk.move(begun.id, "analyse", {"analysis": "总体满意"})
    assert "须由另一个人进行" in no_move(book, begun.id, "review")
    assert staff.quality.move(begun.id, "review").state == "reviewed"


def test_who_typed_an_answer_does_not_review_it(
    staff: Staff, book: Book, project: str, over: str
) -> None:
    made = surveys.survey(staff.desk, project)
    staff.desk.move(made.id, "draw")
    for one in surveys.drawn(staff.desk, made.id):
        surveys.answer(book, one)
    staff.desk.move(made.id, "analyse", {"analysis": "总体满意"})
    assert "须由另一个人进行" in no_move(book, made.id, "review")
    assert staff.quality.move(made.id, "review").state == "reviewed"


def _any(book: Book, survey: str) -> str:
    sql = "SELECT id FROM survey_response WHERE survey=? AND state='answered'"
    return str(book.store.rows(sql, (survey,))[0][0])
