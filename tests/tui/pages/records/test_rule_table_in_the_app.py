"""A rule table edited in the app with keys: draft, another limit, put to use; it then decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from models.book.tables.decisions import DECIDED
from models.records.nonconformity.incidents.incident_levels import TABLE
from models.schema.record import kinds
from models.text.words import language
from tests.support import incidents
from tests.support.replicas import Replica, Team, differences, give
from tests.sync.transport.ways import Bundles, carried
from tests.sync.validation.rules.test_decision_rules import noted
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.records.record_page import RecordPage
from tui.pages.rows.table_page import TablePage


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, who keeps the tables, and two engineers."""
    made = Team.copied(tmp_path, "甲", "乙")
    made.meet()
    yield made
    made.close()


async def drafted(app: SiteApp, pilot: Pilot[Any], keeper: Replica) -> str:
    """A new version of the levels, begun from the list of rule tables; its id."""
    app.open_list("rule_table")
    await quiet(pilot)
    subjects = [one.name for one in kinds["rule_table"].specs()["subject"].known]
    await press(pilot, "n", str(subjects.index(TABLE) + 1), "ctrl+s")
    draft = newest(keeper.workspace, "rule_table")
    app.open_record(draft.id)
    await quiet(pilot)
    at(app, RecordPage)
    return draft.id


async def stricter(app: SiteApp, pilot: Pilot[Any], keeper: Replica) -> str:
    """A version in use by which two hours of a core system down are of level one; its id."""
    draft = await drafted(app, pilot, keeper)
    assert "质量事故级别" in text(app) and "核心系统中断" in text(app)
    await press(pilot, "f")
    table = at(app, TablePage).table
    assert table.current.name == "conditions"
    await press(pilot, "end", "backspace", "2", "ctrl+s")
    at(app, RecordPage)
    await press(pilot, "s", *"两小时已属重大", "ctrl+s")
    assert keeper.get(draft).state == "in_use" and "使用中" in text(app)
    return draft


def reported(one: Replica, project: str) -> str:
    """An incident of four and a half hours that this person reports; its id."""
    made = incidents.noted(one.book, project)
    return one.book.move(made.id, "report", incidents.IMPACT).id


def decided(one: Replica, record: str) -> dict[str, Any]:
    """What the last move that a table decided names."""
    moves = [change.move for change in one.book.change_log.history(record) if change.move]
    return next(move[DECIDED] for move in reversed(moves) if DECIDED in move)


async def test_a_version_made_with_keys_decides_on_every_device(team: Team, tmp_path: Path) -> None:
    keeper, one, two = team.all
    before = reported(one, team.project)
    assert one.get(before).values()["proposed_level"] == "two"
    async with opened(keeper.workspace, (120, 40)) as (app, pilot):
        await stricter(app, pilot, keeper)
    (tmp_path / "stick").mkdir()
    stick = Bundles(tmp_path / "stick")
    stick.out(keeper)
    stick.into(one)
    after = reported(one, team.project)
    assert one.get(after).values()["proposed_level"] == "one"
    assert decided(one, after)["version"] == 1 and decided(one, before)["version"] == 0
    give(one, two, [f"p:{team.project}"])  # it comes before the version does
    assert two.get(after).state == "noted" and noted(two, after) == (0, 1)
    assert two.get(after).values()["proposed_level"] is None
    assert two.get(before).values()["proposed_level"] == "two"
    carried(stick, *team.all)
    for replica in team.all:
        levels = [replica.get(id).values()["proposed_level"] for id in (before, after)]
        assert levels == ["two", "one"]
        assert noted(replica, before) == noted(replica, after) == (0, 0)
    assert differences(keeper, two) == differences(one, two) == []


async def test_what_the_table_cannot_read_is_refused_and_keeps_the_rest(team: Team) -> None:
    keeper = team.founder
    async with opened(keeper.workspace, (120, 40)) as (app, pilot):
        draft = await drafted(app, pilot, keeper)
        await press(pilot, "f", "end", "backspace", "x", "ctrl+s")
        page = at(app, TablePage)
        assert page.table.grid.at == 0 and "第 1 行" in app.notices[-1].text
        assert page.session.unsaved == 1
        await press(pilot, "end", "backspace", "2", "tab", *["backspace"] * 12, *"九级", "ctrl+s")
        assert page.table.current.name == "outcome" and "九级" in app.notices[-1].text
        await press(pilot, *["backspace"] * 4, *"two", "ctrl+s")
        at(app, RecordPage)
        assert keeper.get(draft).state == "draft"


async def test_a_version_may_be_used_by_who_keeps_the_tables_only(team: Team) -> None:
    one = team.all[1]
    async with opened(one.workspace) as (app, pilot):
        app.open_list("rule_table")
        await quiet(pilot)
        await press(pilot, "n")
        assert "没有可填写判定规则的角色" in app.notices[-1].text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_its_pages_are_whole_in_both_languages(team: Team, size: tuple[int, int]) -> None:
    keeper = team.founder
    async with opened(keeper.workspace, size) as (app, pilot):
        await drafted(app, pilot, keeper)
        for _ in ("zh", "en"):
            whole(app)
            await press(pilot, "f")
            at(app, TablePage)
            whole(app)
            await press(pilot, "escape", "f9")
        language.now = "zh"
