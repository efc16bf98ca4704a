"""Versions and verdicts agree on every replica, whatever carries them there and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.book.derived_state import StateView, shown_state
from models.derived import revisions
from models.derived.revision_comparison import compare
from models.derived.revision_copy import new_revision
from models.queries.facts import facts_of, json_of
from models.records.checks import questions
from models.records.checks.rounds import frequency
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support import checks
from tests.support.replicas import Replica, Team, differences
from tests.sync.transport.ways import Way, carried


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, two leads and an engineer."""
    made = Team.copied(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("head", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def told(one: Replica, id: str) -> tuple[Any, ...]:
    """What a replica says of a record: its state, JSON, and facts."""
    record, states = one.get(id), StateView(one.book.store)
    facts = [(fact.text, fact.short) for fact in facts_of(one.book, record, states)]
    return shown_state(one.book.store, record).name, json_of(states, record), facts


@pytest.mark.shows(95)
def test_rival_versions_are_told_alike(team: Team, way: Way) -> None:
    founder, lead, head, eng = team.all
    first = checks.template(founder.book, team.project)
    carried(way, *team.all)
    sheet = eng.book.add(
        "sheet", {"template": first, "day": "2026-11-24", "round": 1}, project=team.project
    )
    mine = new_revision(lead.book, lead.get(first))
    lead.book.edit(checks.items(lead.book, mine.id)[1], {"high": "25"})
    lead.book.move(mine.id, "publish")
    theirs = new_revision(head.book, head.get(first))
    head.book.void(checks.items(head.book, theirs.id)[0], "不再检查")
    head.book.move(theirs.id, "publish")
    carried(way, *team.all)
    ids = (first, mine.id, theirs.id)
    for one in team.all:
        assert [told(one, id) for id in ids] == [told(founder, id) for id in ids]
        assert not any(differences(founder, one))
        assert not list(one.workspace.store.rows("SELECT * FROM quarantine"))
        shown = sorted(shown_state(one.book.store, one.get(id)).name for id in ids)
        assert shown == ["contested", "parallel", "replaced"]
        assert len(frequency.templates(one.book.store)) == 1
        # A sheet that was begun keeps its version and is finished by it.
        (asked,) = {q.template for q in questions.asked_of(one.book.store, one.get(sheet.id))}  # type: ignore[arg-type]
        assert asked == first
        marks = [
            [
                (row.mark, row.code)
                for row in compare(one.book.store, one.get(first), one.get(id)).rows
            ]
            for id in (mine.id, theirs.id)
        ]
        assert marks[0] == [("changed", "temp")] and marks[1][0][0] == "removed"
    in_force = frequency.templates(eng.book.store)[0].id
    (other,) = {mine.id, theirs.id} - {in_force}
    lead.book.move(other, "retire")
    for item in checks.items(eng.book, first):
        eng.book.add("answer", {"sheet": sheet.id, "item": item, **checks.fine(eng.book, item)})
    eng.book.move(sheet.id, "submit")
    carried(way, *team.all)
    for one in team.all:
        look = revisions.versions(one.book.store, "template")
        assert look.in_force(one.get(in_force)) and look.rivals(one.get(in_force)) == []
        assert one.get(sheet.id).state == "submitted"
        assert not any(differences(founder, one))


def test_an_answer_that_no_book_takes_is_out_of_limits_everywhere(team: Team, way: Way) -> None:
    founder, _, _, eng = team.all
    template = checks.template(founder.book, team.project)
    carried(way, *team.all)
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = eng.book.add("sheet", values, project=team.project).id
    hot = checks.items(eng.book, template)[1]
    answer = eng.book.add("answer", {"sheet": sheet, "item": hot, "result": "not_ok"})
    checks.forge(eng.book, answer.id, reading="99")
    carried(way, *team.all)
    for one in team.all:
        assert told(one, answer.id)[0] == "out_of_limits"
        assert told(one, sheet) == told(eng, sheet)
        assert "1 项超限却标为正常" in [short for _, short in told(one, sheet)[2]]
        assert not any(differences(founder, one))


def test_an_answer_moved_to_another_item_by_force_is_set_aside(team: Team, way: Way) -> None:
    founder, lead, head, eng = team.all
    template = checks.template(founder.book, team.project)
    other = checks.template(founder.book, team.project)
    carried(way, *team.all)
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = eng.book.add("sheet", values, project=team.project)
    item = checks.items(eng.book, template)[0]
    answer = eng.book.add("answer", {"sheet": sheet.id, "item": item, "result": "ok"})
    carried(way, *team.all)
    for record, forged in (
        (answer, {"item": checks.items(eng.book, other)[0]}),
        (sheet, {"day": "2099-01-01"}),
    ):
        with eng.book.saving():
            eng.book.writer.write(record, eng.book.space_of(record), forged, record.dots)
    carried(way, *team.all)
    for one in (founder, lead, head):
        assert one.get(answer.id).values()["item"] == item
        assert one.get(sheet.id).values()["day"] == "2026-11-24"
        assert len(list(one.workspace.store.rows("SELECT * FROM quarantine"))) == 2
