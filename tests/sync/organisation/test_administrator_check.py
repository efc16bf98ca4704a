"""Administrator check: one sentence why not, and nothing for who may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.organisation import administration, administrator_check, admission
from sync.organisation.administrator_check import NOT_ADMIN, NOT_ADMITTED
from sync.trust import device_key
from sync.workspace.setup import begin
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def why(team: Team, number: int) -> Refused | None:
    return administrator_check.hindrance(team.all[number].workspace)


def test_the_founders_device_may(team: Team) -> None:
    assert why(team, 0) is None


def test_who_is_no_administrator_is_told_who_is(team: Team) -> None:
    said = why(team, 1)
    assert said is not None and said.word is NOT_ADMIN and "创办人" in str(said)


def test_an_administrator_elsewhere_is_told_which_device_keeps_the_log(team: Team) -> None:
    a, b = team.all
    administration.set_administrator(a.workspace, team.person(b), grant=True)
    team.tell()
    said = why(team, 1)
    assert said is not None and said.word is admission.ELSEWHERE and " A " in str(said)


def test_a_device_without_a_key_only_looks(team: Team, tmp_path: Path) -> None:
    alone = begin(tmp_path / "alone", name="独自", project="项目")
    assert administrator_check.hindrance(alone) is None
    (alone.home / device_key.FILE).unlink()
    said = administrator_check.hindrance(alone)
    assert said is not None and said.word is NOT_ADMITTED
    alone.close()
