"""Start hold: no service begins without the study and with somebody unconfirmed. Clause: 4.1.2"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.derived_state import shown_state
from models.records.preparation.reconfirmations import environment
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.preparation import confirmed, everybody_confirmed, proposal, set_apart, study
from tests.support.replicas import Replica, Team
from tests.support.staff import Staff, no_move
from tests.support.team import admit

EXCEPTION = {"reason": "证书换发中", "measures": "由持证人员陪同", "valid_to": "2099-01-01"}


def start(staff: Staff, project: str) -> Record:
    """The prepared start of the service."""
    return staff.manager.add("service_start", {"planned_on": "2026-12-01"}, project=project)


def shown(staff: Staff, made: Record) -> str:
    """The state that every view shows of it."""
    return shown_state(staff.manager.store, staff.manager.get(made.id)).name


def signed(staff: Staff, project: str, **values: str) -> Record:
    """An exception that is signed."""
    made = staff.manager.add("start_exception", {**EXCEPTION, **values}, project=project)
    staff.manager.move(made.id, "submit")
    return staff.department.move(made.id, "sign")


@pytest.mark.shows("Q-412", 4)
def test_the_study_and_everybody_are_asked_for(staff: Staff, project: str) -> None:
    made = start(staff, project)
    assert shown(staff, made) == "held"
    said = no_move(staff.manager, made.id, "start")
    assert "问题研究讨论" in said and "小林的人员能力确认" in said
    study(staff, project, "submitted")
    everybody_confirmed(staff, project)
    assert "问题研究讨论" in no_move(staff.manager, made.id, "start")
    study(staff, project)
    assert shown(staff, made) == "prepared"
    assert staff.manager.move(made.id, "start").state == "started"
    assert shown(staff, made) == "started"


def test_one_unconfirmed_person_is_enough(staff: Staff, project: str) -> None:
    made = start(staff, project)
    study(staff, project)
    for person in environment.serving(staff.manager.store, project):
        if person != staff.colleague.me:
            set_apart(staff.manager, project, person)
    said = no_move(staff.manager, made.id, "start")
    assert "小周" in said and "小林" not in said and "研究讨论" not in said.split("。")[0]
    one = confirmed(staff, project, staff.colleague.me)
    assert shown(staff, made) == "prepared"
    staff.manager.move(one.id, "reopen", comment="换岗")
    assert shown(staff, made) == "held"


def test_a_confirmation_counts_until_its_day(staff: Staff, project: str) -> None:
    made = start(staff, project)
    study(staff, project)
    everybody_confirmed(staff, project)
    id = staff.manager.store.rows(
        "SELECT id FROM competence_confirmation WHERE member=?", (staff.engineer.me,)
    )[0][0]
    staff.manager.move(id, "reopen", comment="证书到期")
    values = {"service_kinds": "routine", "basis": "resume", "valid_to": "2020-01-01"}
    staff.department.move(id, "confirm", values)
    assert "小林" in no_move(staff.manager, made.id, "start")


@pytest.mark.shows(4)
def test_a_signed_exception_lets_it_begin(staff: Staff, project: str) -> None:
    made = start(staff, project)
    for person in environment.serving(staff.manager.store, project):
        if person != staff.engineer.me:
            set_apart(staff.manager, project, person)
    signed(staff, project, lacking="study")
    assert "小林" in no_move(staff.manager, made.id, "start")
    other = signed(staff, project, lacking="competence", people=staff.colleague.me)
    assert "小林" in no_move(staff.manager, made.id, "start")
    last = signed(staff, project, lacking="competence", people=staff.engineer.me)
    assert staff.manager.move(made.id, "start").state == "started"
    for one in (other, last):
        staff.department.move(one.id, "revoke", comment="已补齐")
    assert shown(staff, made) == "started"  # what was let pass stays passed


def test_an_exception_ends_with_its_day(staff: Staff, project: str) -> None:
    made = start(staff, project)
    for person in environment.serving(staff.manager.store, project):
        set_apart(staff.manager, project, person)
    signed(staff, project, lacking="study", valid_to="2020-01-01")
    assert "研究讨论" in no_move(staff.manager, made.id, "start")


def test_somebody_is_confirmed_for_each_kind_of_service(staff: Staff, project: str) -> None:
    """The proposal names routine operation and response; all are confirmed for the first only."""
    made = start(staff, project)
    study(staff, project)
    everybody_confirmed(staff, project)
    proposal(staff, project, "approved")
    assert shown(staff, made) == "held"
    said = no_move(staff.manager, made.id, "start")
    assert "响应支持" in said and "例行操作" not in said
    id = staff.manager.store.rows(
        "SELECT id FROM competence_confirmation WHERE member=?", (staff.engineer.me,)
    )[0][0]
    staff.manager.move(id, "reopen", comment="增加服务类型")
    able = {"service_kinds": "response,routine", "basis": "certificate"}
    staff.department.move(id, "confirm", able)
    staff.manager.move(made.id, "start")
    staff.manager.move(id, "reopen", comment="换岗")
    assert shown(staff, made) == "started"


def test_who_comes_later_holds_nothing(workspace: Workspace, staff: Staff, project: str) -> None:
    made = start(staff, project)
    study(staff, project)
    everybody_confirmed(staff, project)
    staff.manager.move(made.id, "start")
    admit(workspace, "新来的", [ENGINEER])
    assert shown(staff, made) == "started"
    assert "挂起" not in no_move(staff.manager, made.id, "take_back")


# -- several devices ------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager, a department manager and an engineer."""
    made = Team(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def prepared(team: Team) -> tuple[str, str]:
    """A start that lacks nothing, known to all; with the id of the engineer's exception."""
    _, lead, boss, eng = team.all
    made = lead.book.add("service_start", {}, project=team.project).id
    for person in environment.serving(lead.workspace.store, team.project):
        if person != team.person(eng):
            set_apart(lead.book, team.project, person)
    values = {**EXCEPTION, "lacking": "competence,study", "people": team.person(eng)}
    exception = lead.book.add("start_exception", values, project=team.project).id
    lead.book.move(exception, "submit")
    team.meet()
    boss.book.move(exception, "sign")
    team.meet()
    return made, exception


def states(team: Team, id: str) -> set[str]:
    """What the replicas show of it."""
    return {shown_state(one.workspace.store, one.get(id)).name for one in team.all}


def test_what_was_revoked_at_once_leaves_the_start_in_place(team: Team) -> None:
    """The lead knew the exception as signed; the revocation came too late."""
    _, lead, boss, _ = team.all
    made, exception = prepared(team)
    boss.book.move(exception, "revoke", comment="已补齐")
    lead.book.move(made, "start")
    team.meet()
    assert states(team, made) == {"started"}
    assert len({one.digest() for one in team.all}) == 1


def test_a_start_that_names_no_decision_is_shown_as_held(team: Team) -> None:
    """A device that leaves the gate out of its program carries nobody past it."""
    _, lead, _, eng = team.all
    made = lead.book.add("service_start", {}, project=team.project).id
    team.meet()
    with pytest.raises(Refused, match="挂起"):
        lead.book.move(made, "start")
    forged_start(lead, made, [team.person(eng)])
    team.meet()
    assert states(team, made) == {"held"}
    with pytest.raises(Refused, match="不能"):
        lead.book.void(made, "算了")


def test_an_engineer_who_forges_the_start_is_quarantined(team: Team) -> None:
    founder, lead, _, eng = team.all
    made, _ = prepared(team)
    forged_start(eng, made, [team.person(eng)])
    team.meet()
    for one in (founder, lead):
        assert one.get(made).state == "prepared"
        assert one.workspace.store.rows("SELECT COUNT(*) FROM quarantine") == [(1,)]


def test_a_member_whose_role_was_taken_is_asked_for_no_more(team: Team) -> None:
    founder, lead, _, eng = team.all
    study_less = lead.book.add("service_start", {}, project=team.project).id
    with pytest.raises(Refused, match="eng"):
        lead.book.move(study_less, "start")
    administration.set_role(founder.workspace, team.person(eng), ENGINEER, "*", grant=False)
    team.tell()
    with pytest.raises(Refused) as caught:
        lead.book.move(study_less, "start")
    assert "eng" not in str(caught.value)


def forged_start(at: Replica, id: str, team: list[str]) -> None:
    """The move as a changed program writes it: without asking anything."""
    book, record = at.book, at.get(id)
    payload = {
        "move": "start",
        "from": record.state,
        "to": "started",
        "role": PROJECT_MANAGER,
        "members": at.workspace.store.meta("members"),
    }
    with book.saving():
        registers = {"state": "started", "team": ",".join(team)}
        space = book.space_of(record)
        seq = book.writer.write(record, space, registers, record.dots, payload)
        book.writer.passed(record, payload, book.me, seq)
