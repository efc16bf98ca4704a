"""What was changed after its approval is confirmed by whoever may approve, or taken back."""

from __future__ import annotations

import pytest

from models.book import permissions
from models.book.approval import approvals
from models.book.book import Book
from models.queries.waiting import inbox
from models.text.words import Refused
from tests.support import checks
from tests.support.replicas import Replica, Team, differences


def reviewed(team: Team) -> tuple[str, list[str]]:
    """A reviewed sheet of three answers; the founder and the mate have it open still."""
    _, lead, eng, _ = team.all
    template = checks.template(team.founder.book, team.project)
    team.meet()
    sheet, answers = answered(eng.book, team.project, template)
    team.meet()
    eng.book.move(sheet, "submit")
    team.meet(lead, eng)
    lead.book.move(sheet, "review")
    return sheet, answers


def answered(book: Book, project: str, template: str) -> tuple[str, list[str]]:
    """An open sheet with an answer for each item."""
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = book.add("sheet", values, project=project).id
    found = [
        book.add(
            "answer", {"sheet": sheet, "item": item, **checks.fine(book, item)}, project=project
        ).id
        for item in checks.items(book, template)
    ]
    return sheet, found


def edited_offline(team: Team, one: Replica) -> tuple[str, list[str]]:
    """A reviewed sheet, one answer of which was edited meanwhile by somebody who did not know."""
    sheet, answers = reviewed(team)
    one.book.edit(answers[1], {"remark": "离线补写"})
    team.meet()
    return sheet, answers


def places(one: Replica, sheet: str) -> list[tuple[str, str]]:
    """(record, register) of what differs from the approval."""
    found = approvals.changed_since(one.book.store, one.get(sheet))
    return [(place.record, place.register) for place in found]


def test_a_row_edited_offline_is_told_everywhere(team: Team) -> None:
    sheet, answers = edited_offline(team, team.founder)
    assert all(places(one, sheet) == [(answers[1], "remark")] for one in team.all)
    assert all(one.get(sheet).state == "reviewed" for one in team.all)


def test_a_row_added_or_taken_out_of_use_is_told_everywhere(team: Team) -> None:
    sheet, answers = reviewed(team)
    founder = team.founder.book
    item = checks.items(founder, str(founder.get(sheet).template))[0]  # type: ignore[attr-defined]
    values = {"sheet": sheet, "item": item, "result": "ok"}
    device = founder.add("equipment", {"name": "2 号 UPS"}, project=team.project).id
    added = founder.add("answer", {**values, "device_row": device}, project=team.project).id
    founder.void(answers[2], "重复")
    team.meet()
    for one in team.all:
        assert sorted(places(one, sheet)) == sorted([(added, ""), (answers[2], "void")])


def test_it_waits_with_whoever_approved_until_they_confirm(team: Team) -> None:
    sheet, _ = edited_offline(team, team.founder)
    founder, lead, _, _ = team.all
    assert [item.record.id for item in inbox.inbox(lead.book)] == [sheet]
    assert [item.record.id for item in inbox.inbox(founder.book)] == []
    (item,) = inbox.inbox(lead.book)
    assert item.forward is not None and item.forward.id == permissions.CONFIRM
    assert item.back is not None and item.back.id == "return"
    lead.book.move(sheet, permissions.CONFIRM, comment="已核对")
    team.meet()
    assert not any(places(one, sheet) for one in team.all)
    assert {one.get(sheet).state for one in team.all} == {"reviewed"}
    assert inbox.inbox(lead.book) == []
    assert not any(differences(founder, one) for one in team.all)
    assert not any(one.workspace.store.rows("SELECT * FROM quarantine") for one in team.all)


def test_or_until_they_take_it_back(team: Team) -> None:
    sheet, _ = edited_offline(team, team.founder)
    lead = team.all[1]
    lead.book.move(sheet, "return", comment="请说明")
    team.meet()
    assert {one.get(sheet).state for one in team.all} == {"returned"}
    assert not any(places(one, sheet) for one in team.all)


def test_who_may_not_approve_may_not_confirm(team: Team) -> None:
    sheet, _ = edited_offline(team, team.founder)
    eng = team.all[2]
    with pytest.raises(Refused) as refused:
        eng.book.move(sheet, permissions.CONFIRM)
    assert refused.value.word == permissions.NO_ROLE


def test_who_submitted_it_may_not_confirm_it(team: Team) -> None:
    template = checks.template(team.founder.book, team.project)
    team.meet()
    founder, lead, _, mate = team.all
    sheet, answers = answered(lead.book, team.project, template)
    team.meet()
    lead.book.move(sheet, "submit")
    team.meet(founder, lead)
    founder.book.move(sheet, "review")
    mate.book.edit(answers[0], {"remark": "离线补写"})
    team.meet()
    with pytest.raises(Refused) as refused:
        lead.book.move(sheet, permissions.CONFIRM)
    assert refused.value.word == permissions.FOUR_EYES
    founder.book.move(sheet, permissions.CONFIRM)
    team.meet()
    assert not any(places(one, sheet) for one in team.all)


def test_what_was_not_changed_needs_no_confirmation(team: Team) -> None:
    sheet, _ = reviewed(team)
    lead = team.all[1]
    assert permissions.CONFIRM not in [one.move.id for one in lead.book.chances(lead.get(sheet))]
    with pytest.raises(Refused):
        lead.book.move(sheet, permissions.CONFIRM)


def test_a_change_after_the_confirmation_is_told_again(team: Team) -> None:
    sheet, answers = reviewed(team)
    founder, lead, eng, mate = team.all
    founder.book.edit(answers[1], {"remark": "离线补写"})
    mate.book.edit(answers[0], {"remark": "又一处"})
    team.meet(founder, lead, eng)
    lead.book.move(sheet, permissions.CONFIRM)
    assert places(lead, sheet) == []
    team.meet()
    assert all(places(one, sheet) == [(answers[0], "remark")] for one in team.all)


def test_rows_that_were_edited_often_are_approved_all_the_same(team: Team) -> None:
    """A version that was replaced in one field is the current one of another."""
    founder, lead, eng, mate = team.all
    template = checks.template(founder.book, team.project)
    team.meet()
    sheet, answers = answered(eng.book, team.project, template)
    for place in range(3):
        outcome = {"result": "not_ok", "reason": f"{place}"}
        eng.book.edit(answers[0], outcome | ({"remark": "看过"} if place == 1 else {}))
    team.meet()
    eng.book.move(sheet, "submit")
    team.meet()
    lead.book.move(sheet, "review")
    team.meet()
    for one in (founder, lead, eng, mate):
        assert not list(one.workspace.store.rows("SELECT * FROM quarantine"))
        assert one.get(sheet).state == "reviewed" and places(one, sheet) == []
