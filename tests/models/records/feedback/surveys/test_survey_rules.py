"""Rules of follow-ups at the other doors: what an import and a second device bring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.approval import approvals
from models.book.book import Book
from models.derived import compiled
from models.records.feedback.surveys import filed_survey
from models.records.feedback.surveys.survey import Survey
from models.schema.roles import PROJECT_MANAGER, QUALITY, SERVICE_DESK
from models.text.words import Refused
from tests.support import surveys
from tests.support.replicas import Replica, Team, differences
from tests.support.staff import Staff, attach, no_move


def test_a_dissatisfied_answer_is_handled_as_a_complaint(
    staff: Staff, project: str, over: str
) -> None:
    made = surveys.survey(staff.desk, project, people=1, method="all")
    staff.desk.move(made.id, "draw")
    (one,) = surveys.drawn(staff.desk, made.id)
    surveys.answer(staff.desk, one, levels={"attitude": "very_dissatisfied"})
    number = staff.desk.get(one).number
    assert f"{number}有不满意的评价" in no_move(staff.desk, made.id, "analyse", analysis="一般")
    staff.desk.add("complaint", {"subject": "态度", "response": one}, project=project)
    assert staff.desk.move(made.id, "analyse", {"analysis": "一般"}).state == "analysed"


def test_an_import_brings_a_follow_up_of_before(book: Book, project: str) -> None:
    """What was done elsewhere comes in with its state; it has no draw, and all answers count."""
    with book.bringing():
        made = book.add("survey", {"service_to": "2025-06-30"}, project=project)
        person = book.add("survey_response", {"survey": made.id, "name": "老客户"})
        book.imported(person.id, "answered", {"channel": "phone"})
        values = {"response": person.id, "question": "overall", "level": "satisfied"}
        book.add("survey_answer", values)
        book.imported(made.id, "analysed", {"analysis": "满意"})
    found = filed_survey.figures_now(book, surveys.again(book.get(made.id)))
    assert (found.answered, found.whole.rate) == (1, 100)
    with pytest.raises(Refused, match="导入只能给新建的记录一个状态"):
        book.imported(made.id, "filed")


# -- two devices -----------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, who leads; somebody at the service desk and somebody of quality."""
    made = Team.copied(
        tmp_path, "台", "质", roles=(SERVICE_DESK, QUALITY, PROJECT_MANAGER), met=True
    )
    yield made
    made.close()


def analysed(team: Team, *known: Replica) -> tuple[str, list[str]]:
    """A follow-up whose answers all have, and whose analysis these (all) know; who answered."""
    _, desk, _ = team.all
    surveys.ended(team.founder.book, team.project)
    team.meet()
    made = surveys.survey(desk.book, team.project)
    surveys.answered(desk.book, made.id)
    team.meet()
    desk.book.move(made.id, "analyse", {"analysis": "满意"})
    team.meet(*known)
    return made.id, surveys.people(desk.book, made.id, "answered")


def test_taken_back_here_and_filed_there_is_a_conflict(team: Team) -> None:
    """The state is shown as not filed until a person decides; nothing is lost."""
    _, desk, quality = team.all
    id, people = analysed(team)
    desk.book.move(id, "take_back")
    late = surveys.answers(desk.book, people[0])["overall"]
    desk.book.edit(late.id, {"level": "neutral"})
    quality.book.move(id, "review")
    quality.book.move(id, "file")
    team.meet()
    assert all(differences(team.founder, one) == [] for one in team.all[1:])
    for one in team.all:
        assert one.get(id).state == "running" and "state" in one.book.writer.siblings(id)
        assert filed_survey.checksum(surveys.again(one.get(id))) == ""
        with pytest.raises(Refused, match="解决冲突"):
            one.book.move(id, "analyse", {"analysis": "另"})


def test_what_a_merge_brings_after_filing_is_told_beside_it(team: Team) -> None:
    """A colleague who had not heard of the analysis writes on; no figure as filed changes."""
    founder, desk, quality = team.all
    id, people = analysed(team, desk, quality)
    late = surveys.answers(founder.book, people[0])["overall"]
    founder.book.edit(late.id, {"level": "very_dissatisfied"})
    fresh = surveys.listed(founder.book, id, 1, start=40)[0]
    quality.book.move(id, "review")
    quality.book.move(id, "file")
    filed = surveys.again(quality.get(id))
    before, checksum = filed_survey.figures_now(quality.book, filed), filed_survey.checksum(filed)
    team.meet()
    assert all(differences(founder, one) == [] for one in team.all[1:])
    for one in team.all:
        survey = surveys.again(one.get(id))
        assert survey.state == "filed" and filed_survey.checksum(survey) == checksum
        assert filed_survey.figures_now(one.book, survey) == before
        (news,) = compiled.news(one.book, survey)
        assert "总体评价：非常不满意" in str(news.texts[0][1])
        changed = {place.record for place in approvals.changed_since(one.book.store, survey)}
        assert changed == {late.id, fresh}


def test_two_who_replace_at_once_take_two_in(team: Team) -> None:
    """Each takes the next of the draw, which is one person: the second comes by another draw."""
    founder, desk, _ = team.all
    surveys.ended(founder.book, team.project)
    made = surveys.survey(founder.book, team.project, people=8)
    founder.book.move(made.id, "draw")
    team.meet()
    one, other, _ = surveys.drawn(founder.book, made.id)
    for device, person in ((founder, one), (desk, other)):
        device.book.move(person, "decline", comment="不便")
        device.book.move(person, "replace", comment="不便")
    team.meet()
    assert all(differences(founder, each) == [] for each in team.all[1:])
    asked = surveys.drawn(founder.book, made.id)
    assert len(asked) == 2  # both took the same one; the missing one can still be taken
    sample = surveys.members(founder.book, made.id)
    (left,) = [x for x in sample if founder.get(x).state == "listed"]
    founder.book.move(left, "take")
    assert len(surveys.drawn(founder.book, made.id)) == 3


@pytest.mark.shows("Q-52a", 24)
def test_each_questionnaire_is_attached_before_the_analysis(staff: Staff, survey: Survey) -> None:
    first, *others = surveys.drawn(staff.desk, survey.id)
    surveys.answer(staff.desk, first, channel="questionnaire")
    for one in others:
        surveys.answer(staff.desk, one)
    said = no_move(staff.desk, survey.id, "analyse", analysis="满意")
    assert staff.desk.get(first).number in said and "扫描件" in said
    file = attach(staff.desk, first)
    staff.desk.void(file, "拍错了一页")
    assert "扫描件" in no_move(staff.desk, survey.id, "analyse", analysis="满意")
    attach(staff.desk, first)
    assert staff.desk.move(survey.id, "analyse", {"analysis": "满意"}).state == "analysed"


def test_it_is_called_by_its_project_unless_it_has_a_name(staff: Staff, project: str) -> None:
    last = surveys.ended(staff.manager, project)
    made = staff.desk.add("survey", {}, project=project)
    assert made.title() == f"测试项目 {last}"
    staff.desk.edit(made.id, {"subject": "年度回访"})
    assert staff.desk.get(made.id).title() == "年度回访"
