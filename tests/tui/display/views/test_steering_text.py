"""Steering text: what is asked for and what the recovery key did, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import language
from sync.trust.steering import pair_rules
from sync.trust.steering.steering import PendingRequest, RecoveryUse
from tests.support.replicas import Team
from tui.display.views.steering_text import OTHER, request_text, use_text

KINDS = sorted([*pair_rules.ALWAYS, *pair_rules.OF_ADMINISTRATORS])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_is_asked_for_has_words(tmp_path: Path, kind: str) -> None:
    team = Team.copied(tmp_path, "乙", met=True)
    people, second = team.founder.workspace.people, team.all[1]
    device = second.device if kind == "revoke" else "new"
    for on in (True, False):
        body = {"person": team.person(second), "device": device, "grant": on, "active": on}
        one = PendingRequest(9, team.founder.device, kind, body)
        said = request_text(people, one)
        assert said.endswith("（创办人 提出）") and str(OTHER) not in said
        assert ("乙" in said) == (kind not in ("two", "recovery", "hub"))
    team.close()


def test_a_use_names_who_came_and_who_went(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "乙", met=True)
    people, me = team.founder.workspace.people, team.person(team.founder)
    one = RecoveryUse(9, team.person(team.all[1]), (me,), 7)
    assert "乙 成为管理员。创办人 不再是管理员。" in use_text(people, one)
    assert "不再" not in use_text(people, one._replace(instead=()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "now", "en")
        assert "became an administrator. No longer an administrator: 创办人. Make" in use_text(
            people, one
        )
    team.close()
