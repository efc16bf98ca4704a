"""What an approval covers is the same on a device that joined by a snapshot or rebuilt its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book import permissions
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import Refused, W
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.transaction import begin
from sync.apply.verifier import SegmentVerifier
from sync.log import quarantine
from sync.organisation import administration
from tests.support import checks
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team

WHY = Refused(W("不行", "no"))
TABLE = "SELECT record, type, move, author, changed FROM approval ORDER BY record"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager and an engineer; a newcomer who has nothing yet."""
    made = Team.copied(tmp_path)
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    made.admit("newcomer", (ENGINEER,))
    yield made
    made.close()


def table(one: Replica) -> list[tuple[object, ...]]:
    """What the device knows of approvals."""
    return [tuple(row) for row in one.workspace.store.rows(TABLE)]


def lived(team: Team) -> str:
    """Approved records of every sort, some of them changed since or moved on; returns a sheet."""
    founder, lead, eng, _ = team.all
    known = [founder, lead, eng]
    template = checks.template(founder.book, team.project, rounds=3)
    team.meet(*known)
    sheets = []
    for round in (1, 2, 3):
        values = {"template": template, "day": "2026-11-24", "round": round}
        sheet = eng.book.add("sheet", values, project=team.project).id
        for item in checks.items(eng.book, template):
            found = checks.fine(eng.book, item)
            answer = eng.book.add("answer", {"sheet": sheet, "item": item, **found}).id
            eng.book.edit(answer, {"remark": "看过"})
        sheets.append((sheet, answer))
    team.meet(*known)
    for sheet, _ in sheets:
        eng.book.move(sheet, "submit")
    team.meet(lead, eng)
    for sheet, _ in sheets:
        lead.book.move(sheet, "review")
    for _, answer in sheets[1:]:
        founder.book.edit(answer, {"remark": "离线补写"})
    team.meet(*known)
    lead.book.move(sheets[2][0], permissions.CONFIRM)
    escalation = eng.book.add("escalation", {"phenomenon": "断网"}, project=team.project).id
    team.meet(*known)
    founder.book.move(escalation, "accept", taken_up(founder.book))
    founder.book.move(escalation, "draft", {"solution": "换板卡"})
    founder.book.move(escalation, "approve")
    founder.book.move(escalation, "start")
    founder.book.move(escalation, "fix", {"measure": "板卡已换", "cause": "老化"})
    team.meet(*known)
    return sheets[1][0]


def test_a_snapshot_tells_the_same_as_the_log(team: Team) -> None:
    lived(team)
    founder, newcomer = team.founder, team.all[3]
    for space in founder.exchange.spaces():
        newcomer.exchange.take(founder.exchange.snapshot(space, newcomer.exchange.wanted(space)))
    assert len(table(founder)) >= 4 and any(row[4] for row in table(founder))
    assert table(newcomer) == table(founder) == table(team.all[1])


def test_rebuilt_rows_tell_the_same(team: Team) -> None:
    sheet = lived(team)
    lead = team.all[1]
    before = table(lead)
    space = lead.book.space_of(lead.get(sheet))
    with begin(lead.workspace, SegmentVerifier(lead.workspace.store), space) as tx:
        assert rebuild(tx, [("sheet", sheet)]) == {("sheet", sheet)}
    assert any(row[0] == sheet and row[4] for row in before)
    assert table(lead) == before


def test_an_approval_that_counts_no_more_is_forgotten(team: Team) -> None:
    """Its move was quarantined later: the record waits in no inbox for it."""
    sheet = lived(team)
    lead = team.all[1]
    sql = "SELECT device, seq FROM transition WHERE record=? AND move IN ('submit', 'review')"
    made = [(str(row[0]), int(row[1])) for row in lead.workspace.store.rows(sql, (sheet,))]
    space = lead.book.space_of(lead.get(sheet))
    with begin(lead.workspace, SegmentVerifier(lead.workspace.store), space) as tx:
        changes = [tx.names.change((tx.names.idx(device), seq)) for device, seq in made]
        quarantine.put(tx.names, [(one, WHY) for one in changes if one is not None])
        rebuild(tx, [("sheet", sheet)])
    assert len(made) == 2 and lead.get(sheet).state == "open"
    assert not [row for row in table(lead) if row[0] == sheet]


def test_an_approved_value_that_went_back_by_a_revocation_is_told(team: Team) -> None:
    """The approver saw what a device wrote after the place where it was revoked later."""
    founder, lead, eng, _ = team.all
    boss = team.admit("boss", (DEPARTMENT_MANAGER,))
    template = checks.template(founder.book, team.project)
    team.meet(founder, lead, eng, boss)
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = lead.book.add("sheet", values, project=team.project).id
    for item in checks.items(lead.book, template):
        found = checks.fine(lead.book, item)
        answer = lead.book.add("answer", {"sheet": sheet, "item": item, **found}).id
    team.meet(founder, lead, eng, boss)
    eng.book.edit(answer, {"result": "not_ok"})
    team.meet(lead, eng, boss)
    lead.book.move(sheet, "submit")
    team.meet(lead, boss)
    boss.book.move(sheet, "review")
    assert not any(row[4] for row in table(boss))
    administration.revoke(founder.workspace, eng.device)
    team.tell()
    team.meet(founder, lead, boss)
    for one in (founder, lead, boss):
        (row,) = [row for row in table(one) if row[0] == sheet]
        assert answer in str(row[4])
