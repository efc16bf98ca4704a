"""Nothing binds, and nothing is issued, over an open conflict or a change after the approval."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.approval import settled
from models.book.conflict import conflicts
from models.book.conflict.conflict_resolution import resolve
from models.text.words import Refused
from tests.models.book.approval.test_confirmation import answered, edited_offline
from tests.support import checks
from tests.support.replicas import Team


def in_conflict(team: Team) -> tuple[str, str]:
    """An open sheet and an answer of it with two remarks."""
    founder, _, eng, _ = team.all
    template = checks.template(founder.book, team.project)
    team.meet()
    sheet, answers = answered(eng.book, team.project, template)
    team.meet()
    eng.book.edit(answers[0], {"remark": "一种"})
    founder.book.edit(answers[0], {"remark": "另一种"})
    team.meet()
    return sheet, answers[0]


def test_a_conflict_in_a_row_refuses_the_submission_and_is_named(team: Team) -> None:
    sheet, answer = in_conflict(team)
    eng = team.all[2].book
    with pytest.raises(Refused) as refused:
        eng.move(sheet, "submit")
    assert refused.value.word == settled.UNSETTLED
    assert eng.get(answer).number in str(refused.value)
    (conflict,) = conflicts.conflicts_of(eng, eng.get(answer))
    resolve(eng, answer, "remark", keep=conflict.stands[0].dot)
    assert eng.move(sheet, "submit").state == "submitted"


def test_a_conflict_that_came_after_the_submission_refuses_the_review(team: Team) -> None:
    founder, lead, eng, _ = team.all
    template = checks.template(founder.book, team.project)
    team.meet()
    sheet, answers = answered(eng.book, team.project, template)
    eng.book.edit(answers[0], {"remark": "一种"})
    team.meet(founder, eng)
    eng.book.edit(answers[0], {"remark": "改过"})
    eng.book.move(sheet, "submit")
    founder.book.edit(answers[0], {"remark": "另一种"})
    team.meet()
    with pytest.raises(Refused) as refused:
        lead.book.move(sheet, "review")
    assert refused.value.word == settled.UNSETTLED


def issued(sheet: str) -> dict[str, Any]:
    """The values of an issued document about a sheet."""
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), "0" * 64)
    return {"name": "检查表", "document": "checklist", "about": sheet, "version": 1, **sums}


def test_what_was_changed_after_its_approval_is_not_issued(team: Team) -> None:
    sheet, _ = edited_offline(team, team.founder)
    lead = team.all[1].book
    with pytest.raises(Refused) as refused:
        lead.add("issued", issued(sheet), project=team.project)
    assert refused.value.word == settled.CHANGED
    lead.move(sheet, "confirm_again")
    assert lead.add("issued", issued(sheet), project=team.project).number


def test_nor_is_what_is_in_conflict(team: Team) -> None:
    sheet, _ = in_conflict(team)
    with pytest.raises(Refused) as refused:
        team.founder.book.add("issued", issued(sheet), project=team.project)
    assert refused.value.word == settled.IN_CONFLICT


def test_two_reasons_for_voiding_are_no_conflict(team: Team) -> None:
    founder, _, eng, _ = team.all
    fix = eng.book.add("fix", {"phenomenon": "x"}, project=team.project).id
    team.meet()
    eng.book.void(fix, "重复")
    founder.book.void(fix, "误记")
    team.meet()
    for one in (founder, eng):
        assert list(one.workspace.store.rows("SELECT register FROM sibling")) == [("void",)]
        assert settled.unsettled(one.workspace.store, one.get(fix)) == []
