"""Sampling: the draw decides who is asked, and anybody can draw it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.derived_state import shown_state
from models.derived import draws
from models.queries.filters import Filter
from models.queries.paging import pages
from models.records.feedback.surveys import sampling, statistics
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.schema.roles import SERVICE_DESK
from models.text.words import Refused
from tests.support import surveys
from tests.support.replicas import Replica, Team, differences
from tests.support.staff import Staff, no_move


def survey_of(book: Book, id: str) -> Survey:
    """The follow-up as it stands."""
    found = book.get(id)
    assert isinstance(found, Survey)
    return found


@pytest.mark.shows("Q-52a", 22)
def test_the_draw_can_be_drawn_again_from_what_is_kept(
    staff: Staff, project: str, over: str
) -> None:
    made = surveys.survey(staff.desk, project, people=9, size=4)
    staff.desk.move(made.id, "draw")
    kept = survey_of(staff.desk, made.id)
    frame = json.loads(str(kept.frame))
    everybody = {one.id for one in sampling.people_of(staff.desk.store, made.id)}
    assert {*frame["people"]} == everybody and frame["size"] == 4
    seed = draws.seed_of(made.id, frame["people"], 4)
    assert kept.seed == seed
    assert sorted(draws.drawn(seed, frame["people"], 4)) == surveys.drawn(staff.desk, made.id)
    sample = sampling.sample_of(kept)
    assert sample is not None and sample.is_true(made.id)


def test_a_stratified_sample_has_of_each_stratum(staff: Staff, project: str, over: str) -> None:
    made = surveys.survey(staff.desk, project, people=9, size=2, method="stratified")
    bare = surveys.listed(staff.desk, made.id, 1, start=10)[0]
    staff.desk.edit(bare, {"stratum": None})
    assert "联系人10还没有" in no_move(staff.desk, made.id, "draw")
    staff.desk.edit(bare, {"stratum": "甲"})
    staff.desk.move(made.id, "draw")
    strata = {staff.desk.get(id).values()["stratum"] for id in surveys.drawn(staff.desk, made.id)}
    assert strata == {"甲", "乙"}


def test_everybody_is_asked_where_the_method_says_so(staff: Staff, project: str, over: str) -> None:
    made = surveys.survey(staff.desk, project, people=5, size=None, method="all")
    staff.desk.move(made.id, "draw")
    assert len(surveys.drawn(staff.desk, made.id)) == 5


def test_only_the_draw_takes_people_in_and_out(staff: Staff, project: str, over: str) -> None:
    made = surveys.survey(staff.desk, project)
    staff.desk.move(made.id, "draw")
    inside = surveys.drawn(staff.desk, made.id)
    others = {one.id for one in sampling.people_of(staff.desk.store, made.id)} - {*inside}
    assert "不在样本中" in no_move(staff.desk, others.pop(), "take")
    assert "在样本中，不能移出" in no_move(staff.desk, inside[0], "release")


@pytest.mark.shows(22)
def test_who_is_not_reached_is_replaced_by_the_next_of_the_draw(
    staff: Staff, project: str, over: str
) -> None:
    desk = staff.desk
    made = surveys.survey(desk, project)
    desk.move(made.id, "draw")
    sample = sampling.sample_of(survey_of(desk, made.id))
    assert sample is not None
    gone = sample.drawn()[0]
    assert "联系记录" in no_move(desk, gone, "give_up")
    surveys.tried(desk, gone)
    desk.move(gone, "give_up", comment="三次无人接听")
    assert "理由" in no_move(desk, gone, "replace")
    desk.move(gone, "replace", comment="调离")
    (fresh,) = {*surveys.drawn(desk, made.id)} - {*sample.drawn()}
    order = draws.in_order(sample.seed, [*sample.population])
    assert fresh == order[3]
    assert statistics.of_survey(desk.store, survey_of(desk, made.id)).asked == 3


def test_nobody_is_replaced_where_nobody_is_left(staff: Staff, project: str, over: str) -> None:
    made = surveys.survey(staff.desk, project, people=3)
    staff.desk.move(made.id, "draw")
    one = surveys.drawn(staff.desk, made.id)[0]
    staff.desk.move(one, "decline", comment="不便")
    with pytest.raises(Refused, match="没有可以替换的对象"):
        staff.desk.move(one, "replace", comment="不便")


def test_it_is_drawn_again_only_while_nobody_was_asked(
    staff: Staff, project: str, over: str
) -> None:
    desk = staff.desk
    made = surveys.survey(desk, project, people=4, size=2)
    desk.move(made.id, "draw")
    surveys.listed(desk, made.id, 6, start=5)
    desk.move(made.id, "redraw", {"size": 3}, comment="漏列一个部门")
    sample = sampling.sample_of(survey_of(desk, made.id))
    assert sample is not None and len(sample.population) == 10
    assert sorted(sample.drawn()) == surveys.drawn(desk, made.id)
    surveys.tried(desk, sample.drawn()[0])
    with pytest.raises(Refused, match="已经开始回访"):
        desk.move(made.id, "redraw", comment="换人")


@pytest.mark.parametrize("frame", ["", "[]", "{", '{"size":1}', '{"size":"1","people":{}}', "7"])
def test_an_odd_frame_is_no_sample(frame: str) -> None:
    assert sampling.sample_of(Survey(frame=frame, seed="a")) is None
    assert sampling.sample_of(Survey(frame='{"size":1,"people":{"a":""}}', seed=None)) is None


# -- two devices -----------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder and a colleague at the service desk, with a follow-up that both know."""
    made = Team.copied(tmp_path, "台", roles=(SERVICE_DESK,), met=True)
    yield made
    made.close()


def begun(team: Team, people: int = 6) -> str:
    """A follow-up ready for the draw, on both devices."""
    surveys.ended(team.founder.book, team.project)
    made = surveys.survey(team.founder.book, team.project, people=people)
    team.meet()
    return made.id


def test_two_who_draw_from_the_same_people_draw_the_same(team: Team) -> None:
    one, other = team.all
    id = begun(team)
    for each in team.all:
        each.book.move(id, "draw")
    assert surveys.drawn(one.book, id) == surveys.drawn(other.book, id)
    team.meet()
    assert differences(one, other) == []
    assert _conflicts(one, id) == [] and len(surveys.drawn(one.book, id)) == 3
    for person in surveys.drawn(one.book, id):
        assert _conflicts(one, person) == []
        assert all(not _conflicts(one, a.id) for a in surveys.answers(one.book, person).values())


def test_two_who_draw_from_different_people_see_the_difference(team: Team) -> None:
    """Both samples are kept; who is in neither the one shown is marked and not counted."""
    one, other = team.all
    id = begun(team)
    surveys.listed(other.book, id, 14, start=7)
    for each in team.all:
        each.book.move(id, "draw")
        for person in surveys.drawn(each.book, id):
            surveys.answer(each.book, person)
    team.meet()
    assert differences(one, other) == []
    assert _conflicts(one, id) == ["sample"]
    with pytest.raises(Refused, match="解决冲突"):
        one.book.move(id, "analyse", {"analysis": "满意"})
    survey = survey_of(one.book, id)
    out = sampling.outside(one.workspace.store, survey)
    assert out == sampling.outside(other.workspace.store, survey_of(other.book, id)) != []
    assert {shown_state(one.workspace.store, one.get(x)).name for x in out} == {"off_sample"}
    found = pages(one.workspace.store, SurveyResponse, ("id", "state"), Filter())
    assert found.count() == 20
    at = [found.names.index(name) for name in ("id", "state")]
    listed = {row[at[0]]: row[at[1]] for row in found.window(0, 99)}
    assert sorted(x for x, state in listed.items() if state == "off_sample") == out
    assert statistics.of_survey(one.workspace.store, survey).answered == 3


def _conflicts(one: Replica, id: str) -> list[str]:
    return sorted(one.book.writer.siblings(id))
