"""The demonstration's month in a real book: every line written, by its person, at its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.people import People
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.queries.waiting import agenda, longest_waiting
from models.queries.waiting.agenda import waiting_groups
from models.records.checks.questions import unanswered_items
from models.records.checks.sheet import Sheet
from models.schema.record import kinds
from models.storage import rows
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.support.team import acting
from tests.tui.demo.test_month import Replay
from tests.tui.seen import at, lines, opened, press, whole
from tui.demo import company
from tui.demo.company import DemoPerson
from tui.demo.month import month
from tui.demo.player import demo
from tui.display.sync_state import truth
from tui.pages.records.record_page import RecordPage
from tui.widgets.grouped_list import GroupedList

TODAY = date(2026, 11, 20)
NOW = instant(TODAY, 8 * 60 + 40)  # in the middle of the last morning
BUSIEST = [one for one in company.PEOPLE if one.key in ("yi", "ji", "tao", "lan", "shi")]
BUSIEST += [one for one in company.PEOPLE if {"service_desk", "general_office"} & set(one.roles)]
"""Those of each role for whom most waits."""
HEADS = 2
"""Lines above the first row of Today: its title and the names of the columns."""


@pytest.fixture(scope="module", params=["zh", "en"])
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Lang]]:
    lang: Lang = request.param
    told: list[tuple[int, int]] = []
    home = tmp_path_factory.mktemp("demo") / "book"
    made = demo(home, lang, now=NOW, progress=lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] and len(told) > 3
    yield made, lang
    made.close()
    language.now = "zh"


def test_book_is_what_the_lines_say(played: tuple[Workspace, Lang]) -> None:
    workspace, lang = played
    lines = [line for line in month(lang, TODAY) if int(str(line["at"])) <= NOW]
    done = Replay(lines)
    seen = 0
    for type, cls in kinds.items():
        for record in rows.fetch(workspace.store, cls, "WHERE ref IS NOT NULL"):
            assert record.ref and done.type[record.ref] == type
            assert record.state == done.state[record.ref], record.ref
            seen += 1
    assert seen == sum("type" in line for line in lines)


def test_everybody_writes_at_the_time_of_the_line(played: tuple[Workspace, Lang]) -> None:
    workspace, lang = played
    store, people = workspace.store, workspace.people
    names = {one.key: one.name.en if lang == "en" else one.name.zh for one in company.PEOPLE}
    names[company.FOUNDER] = people.name(workspace.book.me)
    found = {row[0]: row for row in store.rows("SELECT ref, author, device, recorded FROM fix")}
    fixes = [line for line in month(lang, TODAY) if line.get("type") == "fix"]
    for line in fixes:
        _, author, device, recorded = found[line["ref"]]
        assert people.name(author) == names[str(line["by"])]
        assert people.person_of(device) == author
        assert recorded == line["at"]
    latest = store.row("SELECT max(at) FROM transition")
    assert latest and latest[0] <= NOW


def test_chains_hold_and_work_waits(played: tuple[Workspace, Lang]) -> None:
    workspace, _ = played
    assert workspace.log.verify_chain() is None
    assert len(all_projects(workspace.store)) == 3
    waiting = {(one.type, one.state) for one in waiting_groups(workspace.book)}
    assert {
        ("escalation", "reported"),
        ("escalation", "drafted"),
        ("sheet", "submitted"),
    } <= waiting


@pytest.mark.parametrize("member", BUSIEST, ids=lambda one: f"{next(iter(one.roles))}-{one.key}")
async def test_the_oldest_that_waits_is_on_the_first_screen(
    played: tuple[Workspace, Lang], member: DemoPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each role of the company: in the first rows of Today, and one Enter away."""
    workspace, lang = played
    language.now = lang
    name = member.name.en if lang == "en" else member.name.zh
    row = workspace.store.row("SELECT id FROM person WHERE name=?", (name,))
    assert row is not None
    monkeypatch.setattr(People, "me", row[0])
    monkeypatch.setattr(workspace, "book", acting(workspace, str(row[0])))
    with time_machine.travel(NOW / 1000):
        tasks = agenda.agenda(workspace.book)
        oldest = min((one for one in tasks if one.waits), key=lambda one: one.since)
        assert oldest.record is not None
        async with opened(workspace) as (app, pilot):
            rows = app.screen.query_one(GroupedList)
            while rows.current != oldest.key:
                await press(pilot, "down")
            shown = [line.startswith("▌") for line in lines(app)]
            assert shown.index(True) - HEADS < longest_waiting.FIRST_ROWS
            whole(app)
            await press(pilot, "enter")
            page = at(app, RecordPage)
            assert page.chosen() == oldest.record.id  # a row: under the cursor, on the page above


def test_it_begins_in_sync(played: tuple[Workspace, Lang]) -> None:
    workspace, _ = played
    known = truth(workspace)
    assert not known.alone and (known.unsent, known.unsure, known.waiting) == (0, 0, 0)
    assert known.last is not None
    workspace.book.add("site", {"name": "新机房"})
    assert truth(workspace).unsent > 0


def test_visitor_goes_on_with_todays_sheet(played: tuple[Workspace, Lang]) -> None:
    workspace, _ = played
    book = workspace.book
    (sheet,) = workspace.store.rows(
        "SELECT id FROM sheet WHERE state='open' AND ref LIKE 'tram-com-%'"
    )
    begun = book.get(sheet[0])
    assert isinstance(begun, Sheet)
    left = unanswered_items(workspace.store, begun)
    assert left
    for item in left:
        book.add("answer", {"sheet": sheet[0], "item": item.id, "result": "ok"})
    assert book.move(sheet[0], "submit").state == "submitted"
