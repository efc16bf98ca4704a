"""Rows that two devices write offline: after a merge both show the same table, and all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.rows import row_order
from models.book.rows.child_rows import rows_of
from models.book.rows.row_copy import copy_record
from models.schema.record import Record, kinds
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from tests.support.plans import plan_of, plans, task
from tests.support.replicas import Replica, Team, differences
from tests.sync.transport.ways import Way, carried
from tui.display.parts import plain
from tui.display.row_table import RowTable
from tui.display.values import Values


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager and an engineer, who know plans."""
    with plans():
        made = Team.copied(tmp_path / "team")
        made.admit("lead", (PROJECT_MANAGER,))
        made.admit("eng", (ENGINEER,))
        made.meet()
        yield made
        made.close()


def rows(one: Replica, plan: str) -> list[Record]:
    """The tasks of a plan on a device, in order."""
    return rows_of(one.book.store, one.get(plan), kinds["plan_task"])


def table(one: Replica, plan: str) -> str:
    """What its page says of them."""
    values = Values(one.workspace)
    return plain(RowTable(one.book, values, one.get(plan), kinds["plan_task"]).parts())


def test_rows_added_edited_and_voided_on_both_are_one_table(team: Team, way: Way) -> None:
    founder, lead, eng = team.all
    plan = plan_of(founder.book, team.project, 4).id
    carried(way, *team.all)
    first, second, third, fourth = rows(lead, plan)

    task(lead.book, lead.get(plan), "经理加的", position=5)
    lead.book.edit(first.id, {"hours": "2"})
    lead.book.void(second.id, "不做了")
    lead.book.edit(third.id, {"what": "经理的写法"})

    task(eng.book, eng.get(plan), "工程师加的", position=5)
    task(eng.book, eng.get(plan), "没有序号的")
    eng.book.edit(first.id, {"grade": "a"})
    eng.book.edit(second.id, {"hours": "9"})
    eng.book.edit(third.id, {"what": "工程师的写法"})
    eng.book.move(fourth.id, "finish", {"result": "好"})

    carried(way, *team.all)
    same = [row.id for row in rows(founder, plan)]
    assert len(same) == 7 and rows(founder, plan)[-1].title() == "没有序号的"
    for one in team.all:
        assert [row.id for row in rows(one, plan)] == same
        assert table(one, plan) == table(founder, plan)
        merged = one.get(first.id).values()
        assert (merged["hours"], merged["grade"]) == ("2", "a")
        assert one.get(fourth.id).state == "done"
        found = RowTable(one.book, Values(one.workspace), one.get(plan), kinds["plan_task"])
        assert {second.id, third.id} == found.in_conflict
        assert not any(differences(founder, one))


def test_the_same_place_taken_twice_is_one_order_and_a_move_settles_it(
    team: Team, way: Way
) -> None:
    founder, lead, eng = team.all
    plan = plan_of(founder.book, team.project, 3).id
    carried(way, *team.all)
    ids = [row.id for row in rows(lead, plan)]
    row_order.move_row(lead.book, ids[0], 1)
    row_order.move_row(eng.book, ids[2], -1)
    carried(way, *team.all)
    orders = {tuple(row.id for row in rows(one, plan)) for one in team.all}
    assert len(orders) == 1
    (order,) = orders
    row_order.move_row(eng.book, order[2], -1)
    carried(way, *team.all)
    expected = [order[0], order[2], order[1]]
    for one in team.all:
        numbers = [row.values()["position"] for row in rows(one, plan)]
        assert [row.id for row in rows(one, plan)] == expected
        assert numbers == sorted(set(numbers))


def test_a_copy_reaches_the_others_whole(team: Team, way: Way) -> None:
    founder, lead, eng = team.all
    plan = plan_of(founder.book, team.project, 30).id
    carried(way, *team.all)
    copy = copy_record(lead.book, lead.get(plan)).id
    carried(way, *team.all)
    for one in team.all:
        assert [row.title() for row in rows(one, copy)] == [f"任务 {n}" for n in range(1, 31)]
        assert not list(one.workspace.store.rows("SELECT * FROM quarantine"))
    assert eng.get(copy).author == lead.book.me
