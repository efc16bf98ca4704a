"""Facts of follow-ups: the draw is checked, figures stand with their n, the checksum is told."""

from __future__ import annotations

import hashlib

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of, json_of
from tests.support import surveys
from tests.support.staff import Staff


def told(book: Book, id: str) -> dict[str, RecordFact]:
    """What is told of a record, by its label."""
    found = facts_of(book, book.get(id), StateView(book.store))
    return {one.label.en: one for one in found if one.label is not None}


def test_a_follow_up_tells_draw_rate_and_checksum(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project)
    assert "Draw checked" not in told(staff.desk, made.id)
    staff.desk.move(made.id, "draw")
    found = told(staff.desk, made.id)
    assert "结果一致" in found["Draw checked"].text and found["Draw checked"].tone == "good"
    assert found["Satisfaction"].text == "不可评定（n=0）"
    for one in surveys.drawn(staff.desk, made.id):
        surveys.answer(staff.desk, one, levels={"skill": "neutral"})
    assert told(staff.desk, made.id)["Satisfaction"].text == "90%（n=30）"
    said = json_of(StateView(staff.desk.store), staff.desk.get(made.id))
    assert (said["rate"], said["valid"], said["response_rate"]) == (90, 30, 100)
    assert "skill 0/0/3/0/0|0" in said["levels"] and said["draw_true"]
    assert sorted(said["drawn"]) == surveys.people(staff.desk, made.id, "answered")
    staff.desk.move(made.id, "analyse", {"analysis": "满意"})
    staff.quality.move(made.id, "review")
    done = staff.quality.move(made.id, "file")
    digest = hashlib.sha256(done.values()["content"].encode()).hexdigest()
    assert told(staff.desk, made.id)["Data as filed (SHA-256)"].text == digest


def test_another_seed_is_told(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project)
    staff.desk.move(made.id, "draw")
    staff.desk.store.db.execute_sql("UPDATE survey SET seed='0123456789abcdef'")
    found = told(staff.desk, made.id)["Draw checked"]
    assert found.tone == "bad" and "不符" in found.text


def test_a_dissatisfied_person_and_a_suggestion_tell_what_came_of_them(
    staff: Staff, book: Book, project: str
) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project, people=1, method="all")
    staff.desk.move(made.id, "draw")
    (one,) = surveys.drawn(staff.desk, made.id)
    surveys.answer(staff.desk, one, levels={"skill": "dissatisfied"})
    assert "还没有投诉" in told(staff.desk, one)["Dissatisfied"].text
    staff.desk.add("complaint", {"subject": "x", "response": one}, project=project)
    assert "Dissatisfied" not in told(staff.desk, one)
    idea = staff.desk.add("suggestion", {"survey": made.id, "text": "培训"})
    assert "Action" not in told(staff.desk, idea.id)
    given = {"sort": "corrective", "owner": staff.manager.me, "due": "2027-01-15"}
    staff.manager.move(idea.id, "assign", given)
    number = told(staff.desk, idea.id)["Action"].text
    (row,) = staff.desk.store.rows("SELECT number, source, owner, due FROM corrective_action")
    assert row == (number, idea.id, staff.manager.me, "2027-01-15")
