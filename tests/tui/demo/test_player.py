"""The demonstration's month in a real book: every line written, by its person, at its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.queries.agenda import waiting_groups
from models.records.checks.questions import unanswered_items
from models.records.checks.sheet import Sheet
from models.schema.record import kinds
from models.storage import rows
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.tui.demo.test_month import Replay
from tui.demo import company
from tui.demo.month import month
from tui.demo.player import demo

TODAY = date(2026, 11, 20)
NOW = instant(TODAY, 8 * 60 + 40)  # in the middle of the last morning


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
