"""Responsibility files of incidents: over every carrier nobody but the entitled learns of them.

Searched are the bytes of database, attachments, index, drafts, backups and log, and what the
carrier itself holds. The person concerned reads and answers; after a role was taken nothing new
arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from models.storage import backup, blobs
from models.storage.drafts import Drafts, FormDraft
from sync.organisation import administration
from tests.support.incident_files import traces
from tests.support.incidents import DECIDED, IMPACT, NOTED, PROPOSED
from tests.support.replicas import Replica, Team
from tests.sync.transport.ways import Way

STATEMENT, APPEAL = "标识脱落我报修过两次", "请调取当天的报修单"
DECISION, ANSWER = "给予警告并取消评优", "报修属实因此减轻"
LETTER = "scanned statement of the person concerned"
LATER = "补充认定值班长也在场"
SECRETS = (STATEMENT, APPEAL, DECISION, ANSWER, PROPOSED["facts"], PROPOSED["clause"], LETTER)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, who is the office; the person concerned; a colleague, who also manages the
    project; quality; the department manager."""
    made = Team.copied(tmp_path / "team")
    made.admit("当事人", (ENGINEER,))
    made.admit("同事", (ENGINEER, PROJECT_MANAGER))
    made.admit("质量", (QUALITY,))
    made.admit("部门", (DEPARTMENT_MANAGER,))
    founder = made.person(made.founder)
    for role in (QUALITY, DEPARTMENT_MANAGER):
        administration.set_role(made.founder.workspace, founder, role, "*", grant=False)
    made.meet()
    yield made
    made.close()


def hand(way: Way, giver: Replica, *takers: Replica) -> None:
    """What the giver has reaches some others."""
    way.out(giver)
    for taker in takers:
        way.into(taker)


def decided(team: Team, way: Way) -> tuple[str, str]:
    """An incident that the colleague reported and its file, decided on, appealed and answered."""
    office, concerned, colleague, quality, boss = team.all
    incident = colleague.book.add("incident", NOTED, project=team.project).id
    colleague.book.move(incident, "report", IMPACT)
    hand(way, colleague, quality)
    given = {"level": "two", "handler": team.person(colleague)}
    quality.book.move(incident, "confirm_level", given, comment="影响属实")
    values = {"incident": incident, "duty": "main", "concerned": team.person(concerned)}
    file = quality.book.add("incident_file", values, project=team.project).id
    hand(way, quality, concerned)
    concerned.book.move(file, "explain", {"statement": STATEMENT})
    kept = blobs.keep_bytes(concerned.home, LETTER.encode(), "statement.pdf")
    letter: dict[str, object] = {"about": file, "name": "statement.pdf", "sha256": kept.sha256}
    concerned.book.add("attachment", {**letter, "size": kept.size})
    hand(way, concerned, quality)
    quality.book.move(file, "propose", PROPOSED)
    hand(way, quality, boss)
    boss.book.move(file, "give_decision", {**DECIDED, "decision": DECISION})
    hand(way, boss, concerned)
    concerned.book.move(file, "appeal", {"appeal": APPEAL})
    hand(way, concerned, office)
    office.book.move(file, "uphold", {"answer": ANSWER})
    for giver in (office, quality, concerned):
        hand(way, giver, *(one for one in team.all if one is not giver))
    return incident, file


@pytest.mark.shows("Q-54", 46)
def test_the_entitled_have_all_of_it_and_others_not_a_byte(
    team: Team, way: Way, tmp_path: Path
) -> None:
    office, concerned, colleague, quality, boss = team.all
    incident, file = decided(team, way)
    for one in (office, concerned, quality, boss):
        said = one.get(file).values()
        assert (said["appeal"], said["answer"], said["decision"]) == (APPEAL, ANSWER, DECISION)
        assert traces(one, LETTER) != []
    number, space = quality.get(file).number, quality.book.space_of(quality.get(file))
    Drafts(colleague.home).keep(FormDraft(key="fix/new", type="fix", texts={"place": "机柜"}))
    colleague.workspace.search.index_some()
    backup.backup(colleague.workspace.store, colleague.home / "backups")
    assert colleague.get(incident).state == "handling" and colleague.book.find(file) is None
    assert traces(colleague, *SECRETS, file, number, space, "f:incident_file") == []
    assert not colleague.workspace.search.find(APPEAL) and quality.workspace.search.find(APPEAL)
    between = [path.read_bytes() for path in (tmp_path / "between").rglob("*") if path.is_file()]
    plain = [text for text in SECRETS for data in between if text.encode() in data]
    assert plain == [] or way.__class__.__module__.startswith("tests.sync.hub")  # the hub may read
    assert all(not one.exchange.quarantined() for one in team.all)

    manager = team.person(boss)
    administration.set_role(office.workspace, manager, DEPARTMENT_MANAGER, "*", grant=False)
    team.tell()
    office.book.move(file, "reopen", comment="新证据")
    hand(way, office, quality)
    quality.book.edit(file, {"facts": LATER})
    hand(way, quality, boss, office)
    assert office.get(file).values()["facts"] == LATER
    assert traces(boss, LATER) == [] and boss.get(file).values()["answer"] == ANSWER
