"""Open items: found by index, counted once, as plain SQL over the records finds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.book.book import Book
from models.records.statistics.quality import open_items
from models.records.statistics.quality.open_items import (
    COMPANY,
    KINDS,
    OpenItem,
    closing_states,
    done_since,
    open_now,
)
from models.schema.record import kinds
from models.schema.roles import ENGINEER, QUALITY
from models.text.words import Refused
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.corrective_actions import action
from tests.support.open_items import TODAY, fix
from tests.support.staff import Staff
from tests.support.team import acting, admit


def by_kind(found: list[OpenItem]) -> dict[str, set[str]]:
    """Kind -> ids."""
    kinds = {one.kind for one in found}
    return {kind: {one.id for one in found if one.kind == kind} for kind in kinds}


def test_each_kind_is_of_declared_types_states_and_fields() -> None:
    for source in (source for kind in KINDS for source in kind.sources):
        declared = kinds[source.type].kind
        named = {*closing_states(source), *source.done, *source.apart}
        assert named <= declared.by_state.keys()
        assert source.due in ("", "-") or source.due in kinds[source.type].specs()
        assert declared.readers is None  # nothing restricted is counted


def test_what_is_not_done_is_open_and_an_escalated_fix_is_counted_once(
    book: Book, project: str, made: dict[str, Any]
) -> None:
    found = by_kind(open_now(book, [project]))
    assert found == {
        "fixes": {made["oldest"]},
        "escalations": {made["escalation"]},
        "actions": {made["action"]},
        "complaints": {made["complaint"]},
    }
    assert open_now(book, ["elsewhere"]) == []
    done = {one.id: one for one in done_since(book, [project], date(2026, 10, 26))}
    assert set(done) == {made["quick"], made["slow"]}
    assert {one.id for one in done_since(book, [project], date(2026, 10, 27))} == {made["slow"]}
    slow = done[made["slow"]]
    assert slow.closed is not None and slow.closed - slow.occurred == 9 * 24 * 3_600_000


def test_what_was_reopened_is_open_and_done_no_more(book: Book, staff: Staff, project: str) -> None:
    made = staff.engineer.add("sheet", sheet_of(book, project), project=project)
    assert by_kind(open_now(book, [project]))["checks"] == {made.id}
    (item,) = open_now(book, [project])
    assert item.due == TODAY
    staff.engineer.move(made.id, "submit")
    assert open_now(book, [project]) == []
    assert [one.id for one in done_since(book, [project], TODAY)] == [made.id]
    staff.manager.move(made.id, "return", comment="缺照片")
    assert by_kind(open_now(book, [project]))["checks"] == {made.id}
    assert done_since(book, [project], TODAY) == []


def sheet_of(book: Book, project: str) -> dict[str, Any]:
    """A checklist of today with nothing that must be answered."""
    return {"template": template(book, project, ()), "day": TODAY.isoformat(), "round": 1}


def test_what_belongs_to_no_project_is_the_companys(
    workspace: Workspace, book: Book, project: str, staff: Staff
) -> None:
    company = action(book, None).id
    assert by_kind(open_now(book, [COMPANY])) == {"actions": {company}}
    assert COMPANY in open_items.everywhere(book) and project in open_items.everywhere(book)
    assert COMPANY in open_items.everywhere(staff.quality)
    assert COMPANY not in open_items.everywhere(staff.manager)


def test_who_may_not_look_is_refused(
    workspace: Workspace, book: Book, project: str, staff: Staff
) -> None:
    with pytest.raises(Refused) as caught:
        open_items.everywhere(staff.engineer)
    assert "质量专员" in str(caught.value)
    other = book.add("project", {"name": "别的项目"}).id
    person = admit(workspace, "小郑", [])
    administration.set_role(workspace, person, QUALITY, project, grant=True)
    only = acting(workspace, person)
    assert open_items.everywhere(only) == (project, COMPANY)
    with pytest.raises(Refused) as caught:
        open_items.alone(only, other)
    assert "别的项目" in str(caught.value)
    assert open_items.alone(only, project) == (project,)
    assert ENGINEER not in open_items.READERS


@pytest.mark.shows("Q-512")
def test_it_costs_what_is_open_not_what_was_ever_done(
    book: Book, project: str, made: dict[str, Any]
) -> None:
    def cost(read: Callable[[], object]) -> int:
        steps = [0]

        def count() -> int:
            steps[0] += 1
            return 0

        connection = book.store.db.connection()
        connection.set_progress_handler(count, 50)
        read()
        connection.set_progress_handler(None, 0)
        return steps[0]

    def both() -> None:
        open_now(book, [project])
        done_since(book, [project], TODAY - timedelta(days=84))

    before = cost(both)
    grow(book, made["quick"], 3000)
    assert cost(both) < before * 2  # a walk through them would be twenty times as much


def grow(book: Book, like: str, n: int) -> None:
    """So many fixes more that were closed two years ago, with their moves."""
    long_ago = 2 * 365 * 24 * 3_600_000
    columns = [row[1] for row in book.store.rows('PRAGMA table_info("fix")')]
    own = {"n": "n-?1", "id": "id||'-'||?1", "number": "number||?1"}
    own["occurred"] = f"occurred-{long_ago}"
    said = ", ".join(own.get(one, f'"{one}"') for one in columns)
    insert = f"INSERT INTO fix SELECT {said} FROM fix WHERE id=?2"
    moves = (
        "INSERT INTO transition(record, type, project, move, origin, state, at, author)"
        f" SELECT record||'-'||?1, type, project, move, origin, state, at-{long_ago}, author"
        " FROM transition WHERE record=?2"
    )
    with book.store.write():
        for at in range(1, n + 1):
            book.store.db.execute_sql(insert, (at, like))
            book.store.db.execute_sql(moves, (at, like))


def test_a_fix_found_later_stands_behind(book: Book, project: str) -> None:
    first, second = fix(book, project), fix(book, project)
    assert [one.id for one in open_now(book, [project])] == [first, second]
