"""Awaited tables: a decision waits for its version, falls with it, and comes back with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import PROJECT_MANAGER
from sync.apply.reevaluation import awaited_tables, replay_parked
from sync.apply.reevaluation.adoption import adopt
from sync.log import parked, quarantine
from sync.organisation import administration
from tests.support.levels import GRAVE, levels
from tests.support.replicas import Team, differences, give
from tests.sync.log.test_quarantine import listed
from tests.sync.validation.rules.test_decision_rules import lenient, noted


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder and two who keep the tables."""
    with levels():
        made = Team.copied(tmp_path, "甲", "乙", roles=(PROJECT_MANAGER,))
        made.meet()
        yield made
        made.close()


def test_what_was_decided_by_a_revoked_version_falls_and_comes_back(team: Team) -> None:
    founder, one, two = team.all
    administration.revoke(founder.workspace, one.device)
    lenient(one)
    give(one, two)
    record = two.book.add("sample", GRAVE, project=team.project)
    assert two.book.move(record.id, "level").values()["grade"] == "three"
    team.tell()
    assert two.get(record.id).state == "reported" and noted(two, record.id) == (0, 1)
    give(two, founder)
    assert founder.get(record.id).state == "reported" and differences(founder, two) == []
    db = two.workspace.store.db.connection()
    for found in listed(two):  # what stands behind one change may count again with it
        if quarantine.find(db, "company", found.device, found.seq) is not None:
            adopt(two.workspace, "company", found.device, found.seq, "确属质量部所定")
    assert two.get(record.id).values()["grade"] == "three" and noted(two, record.id) == (0, 0)
    team.meet(founder, two)
    assert differences(founder, two) == [] and founder.get(record.id).state == "levelled"
    assert not quarantine.notes(founder.workspace.store.db.connection(), "company", record.id)


def test_a_process_that_ended_in_between_goes_on_when_it_opens(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, one, two = team.all
    lenient(one)
    record = one.book.add("sample", GRAVE, project=team.project)
    one.book.move(record.id, "level")
    give(one, two, [f"p:{team.project}"])

    def killed(*_: object) -> set[tuple[str, str]]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(awaited_tables, "arrived", killed)
        with pytest.raises(KeyboardInterrupt):
            give(one, two)
    assert noted(two, record.id) == (0, 1)
    spaces = parked.spaces(two.workspace.store.db.connection())
    replay_parked.replay(two.workspace, spaces)
    assert noted(two, record.id) == (0, 0) and two.get(record.id).state == "levelled"
    assert differences(one, two) == []


def test_nothing_is_looked_at_where_no_table_came(team: Team) -> None:
    one = team.all[1].workspace
    assert (
        awaited_tables.arrived(one, team.all[1].exchange.trust, [("fix", "x"), ("?", "y")]) == set()
    )
