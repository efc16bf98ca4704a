"""Resolving conflicts: on every replica, for fields, groups, states and voids, and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.conflict.conflict_resolution import joined, resolve, unresolve
from models.book.conflict.conflicts import Conflict, all_conflicts, conflict_of, conflicts_of, count
from models.book.permissions import RESOLVE
from models.schema.fields import choices, money
from models.schema.lifecycle import Life, State
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.text.words import Refused, W
from tests.support.declared_types import declared
from tests.support.escalations import ESCALATED
from tests.support.replicas import Replica, Team, differences
from tui.app.undo import Undo

OTHER: dict[str, Callable[[str], object]] = {
    "verified_by": str,
    "verified_at": lambda _me: 1_000,
}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, an engineer and a project manager."""
    made = Team.copied(tmp_path, "甲", "乙")
    made.admit("丙", (PROJECT_MANAGER, ENGINEER))
    yield made
    made.close()


def _torn(team: Team, field: str = "cause", *values: str) -> tuple[str, Replica, Replica]:
    """A fix for which two people wrote different values; everybody knows both."""
    _, one, two, _ = team.all
    id = team.fix(one)
    team.meet()
    for who, value in zip((one, two), values or ("风扇积灰", "滤网堵塞"), strict=True):
        who.book.edit(id, {field: value})
    team.meet()
    return id, one, two


def _only(book: Book) -> Conflict:
    (found,) = all_conflicts(book)
    return found


def _same(team: Team) -> None:
    assert all(differences(team.all[0], other) == [] for other in team.all[1:])


def test_kept_on_one_device_it_is_settled_on_all(team: Team) -> None:
    id, one, two = _torn(team)
    told = _only(two.book)
    assert {stand.value for stand in told.stands} == {"风扇积灰", "滤网堵塞"}
    assert {stand.origin for stand in told.stands} == {one.device, two.device}
    loser = next(stand for stand in told.stands if not stand.shown)
    resolve(two.book, id, "cause", keep=loser.dot, note="现场看过了")
    team.meet()
    _same(team)
    for other in team.all:
        assert count(other.book) == 0
        assert other.get(id).values()["cause"] == loser.value
    assert [row[0] for row in one.workspace.store.rows("SELECT text FROM note")] == ["现场看过了"]


def test_what_both_had_seen_is_the_base(team: Team) -> None:
    _, one, two, _ = team.all
    id = team.fix(one, place="北墙")
    team.meet()
    one.book.edit(id, {"place": "南墙"})
    two.book.edit(id, {"place": "东墙"})
    team.meet()
    assert _only(one.book).base == ("北墙",) and _only(two.book).base == ("北墙",)


def test_a_third_value_is_judged_like_any(team: Team) -> None:
    id, one, _ = _torn(team, "place", "北墙", "南墙")
    with pytest.raises(Refused, match="一行"):
        resolve(one.book, id, "place", value="a\nb")
    assert count(one.book) == 1
    assert resolve(one.book, id, "place", value="北墙与南墙").values()["place"] == "北墙与南墙"
    assert count(one.book) == 0


def test_no_conflict_and_no_such_version_are_refused(team: Team) -> None:
    id, one, _ = _torn(team)
    with pytest.raises(Refused, match="没有冲突"):
        resolve(one.book, id, "place", value="x")
    with pytest.raises(Refused, match="不是“原因”的现有版本"):
        resolve(one.book, id, "cause", keep=("nobody", 1))
    assert count(one.book) == 1


def test_what_came_while_one_looked_stays_beside(team: Team) -> None:
    _, one, two, lead = team.all
    id = team.fix(one)
    team.meet()
    for who, value in ((one, "风扇积灰"), (two, "滤网堵塞"), (lead, "电源老化")):
        who.book.edit(id, {"cause": value})
    team.meet(one, two)
    looked = _only(one.book)
    team.meet(lead, one)
    kept = next(stand for stand in looked.stands if stand.author == one.book.me)
    resolve(one.book, id, "cause", keep=kept.dot, seen=looked.dots)
    assert {stand.value for stand in _only(one.book).stands} == {"电源老化", "风扇积灰"}


def test_a_version_that_is_gone_cannot_be_kept(team: Team) -> None:
    id, one, _ = _torn(team)
    looked = _only(one.book)
    one.book.edit(id, {"cause": "新的说法"})
    with pytest.raises(Refused, match="不是“原因”的现有版本"):
        resolve(one.book, id, "cause", keep=looked.stands[0].dot)
    assert len(_only(one.book).stands) == 2


def test_two_people_decide_alike_or_differently(team: Team) -> None:
    """Case 9: the same choice closes it; different ones are one conflict of two values."""
    id, one, two = _torn(team)
    for who in (one, two):
        resolve(who.book, id, "cause", value="滤网堵塞")
    team.meet()
    _same(team)
    assert count(one.book) == 0
    for who, value in ((one, "甲说"), (two, "乙说")):
        who.book.edit(id, {"cause": value})
    team.meet()
    first, second = _only(one.book).stands
    resolve(one.book, id, "cause", keep=first.dot)
    resolve(two.book, id, "cause", keep=second.dot)
    team.meet()
    _same(team)
    assert {stand.value for stand in _only(two.book).stands} == {"甲说", "乙说"}


def test_taken_back_both_stand_again_with_their_writers(team: Team) -> None:
    id, one, two = _torn(team)
    before = _only(one.book)
    undo = Undo(one.book)
    resolve(one.book, id, "cause", keep=before.stands[1].dot)
    team.meet()
    assert "撤销" in undo.undo()
    team.meet()
    _same(team)
    for who in team.all:
        now = _only(who.book)
        facts = [(stand.value, stand.author, stand.origin, stand.at) for stand in now.stands]
        assert facts == [(s.value, s.author, s.origin, s.at) for s in before.stands]
        assert now.base == before.base
    resolve(two.book, id, "cause", keep=_only(two.book).stands[1].dot)
    team.meet()
    _same(team)
    assert count(one.book) == 0


def test_a_decision_that_was_built_upon_is_not_taken_back(team: Team) -> None:
    id, one, two = _torn(team)
    resolve(one.book, id, "cause", value="别的")
    decision = next(iter(reversed(list(one.book.change_log.history(id)))))
    team.meet()
    two.book.edit(id, {"cause": "更新"})
    team.meet()
    with pytest.raises(Refused, match="之后又改过"):
        unresolve(one.book, id, "cause", (decision.device, decision.seq))


# -- void ------------------------------------------------------------------------------------------


def test_voided_here_and_edited_there_is_for_review(team: Team) -> None:
    """Case 13, and what a person decides."""
    _, one, two, lead = team.all
    id = team.fix(one)
    team.meet()
    one.book.void(id, "重复")
    two.book.edit(id, {"cause": "还在处理"})
    team.meet()
    _same(team)
    for who in team.all:
        (found,) = conflicts_of(who.book, who.get(id))
        assert found.field == "void" and who.get(id).void is None and count(who.book) == 1
        assert [stand.value for stand in found.stands] == [None, "重复"]
        assert [stand.origin for stand in found.stands] == [two.device, one.device]
    resolve(lead.book, id, "void", keep=conflicts_of(lead.book, lead.get(id))[0].stands[1].dot)
    team.meet()
    _same(team)
    assert one.get(id).void == "重复" and count(two.book) == 0


def test_in_use_after_all(team: Team) -> None:
    _, one, two, _ = team.all
    id = team.fix(one)
    team.meet()
    one.book.void(id, "重复")
    two.book.edit(id, {"cause": "还在处理"})
    team.meet()
    found = conflict_of(one.book, one.get(id), "void")
    assert found is not None
    resolve(one.book, id, "void", keep=found.stands[0].dot)
    team.meet()
    _same(team)
    for who in team.all:
        assert who.get(id).void is None and count(who.book) == 0
        assert who.get(id).values()["cause"] == "还在处理"


# -- state -----------------------------------------------------------------------------------------


def _states(team: Team) -> tuple[str, Replica, Replica, Replica]:
    """Case 50: open -> fixed on one device, open -> escalated on the other."""
    _, one, two, lead = team.all
    id = team.fix(one, correction="更换风扇")
    team.meet()
    one.book.move(id, "fix")
    two.book.move(id, "escalate", ESCALATED)
    team.meet()
    return id, one, two, lead


def _quarantined(who: Replica) -> list[str]:
    return [str(row[0]) for row in who.workspace.store.rows("SELECT reason FROM quarantine")]


def test_a_state_is_chosen_by_a_move_that_every_device_accepts(team: Team) -> None:
    id, _, _, lead = _states(team)
    found = conflict_of(lead.book, lead.get(id), "state")
    assert found is not None and len(found.stands) == 2
    chosen = next(stand for stand in found.stands if not stand.shown)
    resolve(lead.book, id, "state", keep=chosen.dot, note="以此为准")
    team.meet()
    _same(team)
    for who in team.all:
        assert who.get(id).state == chosen.value and _quarantined(who) == []
        assert conflict_of(who.book, who.get(id), "state") is None
        row = who.workspace.store.row(
            "SELECT move, state, comment FROM transition WHERE record=? ORDER BY n DESC LIMIT 1",
            (id,),
        )
        assert row == (RESOLVE, chosen.value, "以此为准")


def test_a_state_decision_goes_back_to_what_was_shown(team: Team) -> None:
    id, one, _, lead = _states(team)
    shown = lead.get(id).state
    undo = Undo(lead.book)
    found = conflict_of(lead.book, lead.get(id), "state")
    assert found is not None
    resolve(lead.book, id, "state", keep=found.stands[1].dot)
    assert lead.get(id).state != shown
    undo.undo()
    team.meet()
    _same(team)
    assert one.get(id).state == shown and _quarantined(one) == []


def test_only_a_state_that_stands_can_be_chosen(team: Team) -> None:
    id, one, _, _ = _states(team)
    with pytest.raises(Refused, match="没有“已关闭”"):
        resolve(one.book, id, "state", value="closed")


def test_choosing_an_approval_takes_who_could_approve(team: Team) -> None:
    """A conflict gives nobody a right, and no way around four eyes."""
    founder, one, _, lead = team.all
    weekly = one.book.add(
        "weekly",
        {"week": "2026-W47", "person": one.book.me, "progress": "完成"},
        project=team.project,
    )
    one.book.move(weekly.id, "submit")
    team.meet()
    lead.book.move(weekly.id, "accept")
    founder.book.move(weekly.id, "return", comment="再补充")
    team.meet()
    assert len(list(all_conflicts(one.book))) == 1
    with pytest.raises(Refused, match="需要角色"):
        resolve(one.book, weekly.id, "state", value="accepted")
    resolve(lead.book, weekly.id, "state", value="accepted")
    team.meet()
    _same(team)
    assert one.get(weekly.id).state == "accepted"
    assert all(_quarantined(who) == [] for who in team.all)
    assert one.book.submitter(one.get(weekly.id)) == {lead.book.me}


@pytest.mark.parametrize("state", ["accepted", "draft"])
def test_a_forged_choice_is_quarantined_everywhere(team: Team, state: str) -> None:
    """One who may not choose, and a state that does not stand: every device refuses alike."""
    founder, one, two, lead = team.all
    weekly = one.book.add(
        "weekly",
        {"week": "2026-W47", "person": one.book.me, "progress": "完成"},
        project=team.project,
    )
    one.book.move(weekly.id, "submit")
    team.meet()
    lead.book.move(weekly.id, "accept")
    founder.book.move(weekly.id, "return", comment="再补充")
    team.meet()
    record = one.get(weekly.id)
    found = conflict_of(one.book, record, "state")
    assert found is not None
    said = {"move": RESOLVE, "from": record.state, "to": state, "role": "engineer", "members": 1}
    with one.book.saving():
        space = one.book.space_of(record)
        over = {"state": found.dots}
        one.book.writer.write(record, space, {"state": state}, record.dots, said, over)
    team.meet(founder, one)
    team.meet(founder, two, lead)
    for who in (founder, two, lead):
        assert len(_quarantined(who)) == 1 and who.get(weekly.id).state == "returned"


def test_two_names_filled_by_moves_are_settled_by_choosing(team: Team) -> None:
    """Two people verify at once: same state, two names; a closed record does not keep them so."""
    _, one, two, lead = team.all
    id = team.fix(one, correction="更换风扇", cause="老化")
    one.book.move(id, "fix")
    team.meet()
    for who in (two, lead):
        who.book.move(id, "verify")
    team.meet()
    fields = [found.field for found in conflicts_of(one.book, one.get(id))]
    assert "state" not in fields and fields
    for field in fields:
        with pytest.raises(Refused, match="只能从现有的值"):
            resolve(two.book, id, field, value=OTHER[field](one.book.me))
        found = conflict_of(two.book, two.get(id), field)
        assert found is not None
        resolve(two.book, id, field, keep=found.stands[0].dot)
    team.meet()
    _same(team)
    for who in team.all:
        assert _quarantined(who) == [] and count(who.book) == 0


TOOLS = (("lamp", "手电", "lamp"), ("meter", "万用表", "meter"), ("camera", "相机", "camera"))


def test_a_list_merges_as_a_whole_and_both_lists_may_be_added_up(tmp_path: Path) -> None:
    life = Life((State("kept", W("有效", "kept")),))
    fields = {"tools": choices("携带", "Carried", TOOLS), "cost": money("费用", "Cost")}
    with declared("sample", life, fields):
        team = Team(tmp_path, "甲", "乙")
        one, two = team.all[1:]
        values = {"tools": "lamp,meter", "cost": "CNY 1.5"}
        id = one.book.add("sample", values, project=team.project).id
        team.meet()
        one.book.edit(id, {"tools": "lamp"})
        two.book.edit(id, {"tools": "camera,lamp,meter"})
        team.meet()
        _same(team)
        record, (found,) = two.get(id), conflicts_of(two.book, two.get(id))
        assert {stand.value for stand in found.stands} == {"lamp", "camera,lamp,meter"}
        assert joined(record, found) == "camera,lamp,meter"
        resolve(two.book, id, "tools", value="camera,lamp")
        one.book.edit(id, {"tools": "lamp"})
        two.book.edit(id, {"cost": "USD 2"})
        team.meet()
        _same(team)
        team.close()
