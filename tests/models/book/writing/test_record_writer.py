"""Record writer: numbers, change log and rows of one transaction, and values side by side."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
import time_machine

from models.book.book import Book
from models.book.writing.record_writer import by_register, groups, rank_of, spread, value_of, whole
from models.schema.record import kinds
from sync.workspace.workspace import Workspace
from tests.support import checks


def fix(book: Book, project: str, **values: object) -> str:
    return book.add("fix", {"phenomenon": "UPS 告警", **values}, project=project).id


def test_numbers_count_on_and_carry_the_device_tag(book: Book, project: str) -> None:
    numbers = [book.get(fix(book, project)).number for _ in range(3)]
    assert [n.split("-")[-2:] for n in numbers] == [["A", f"000{i}"] for i in (1, 2, 3)]


@pytest.mark.parametrize(
    ("moment", "zone", "year"),
    [
        ("2026-12-31T23:59:00+08:00", "Asia/Shanghai", "2026"),
        ("2027-01-01T07:30:00+08:00", "Asia/Shanghai", "2027"),
        ("2027-01-01T07:30:00+08:00", "America/New_York", "2026"),
    ],
)
def test_the_year_of_a_number_is_that_of_the_books_zone(
    workspace: Workspace, project: str, moment: str, zone: str, year: str
) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        workspace.book.zone = zone
        number = workspace.book.get(fix(workspace.book, project)).number
        assert number.split("-")[1] == year


def test_every_logged_change_is_canonical_json(workspace: Workspace, project: str) -> None:
    id = fix(workspace.book, project, cause="电池")
    workspace.book.move(id, "fix", {"correction": "换"})
    for (body,) in workspace.store.rows("SELECT body FROM change"):
        text = bytes(body).decode()
        data = json.loads(text)
        assert text == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert workspace.log.verify_chain() is None


def test_the_same_value_typed_twice_is_no_conflict_and_is_superseded_whole(
    book: Book, project: str
) -> None:
    """Sync cases 3 and 6: equal values collapse, and the next edit has seen both."""
    id = fix(book, project)
    seen = book.get(id).dots
    book.edit(id, {"cause": "电池"}, seen=seen)
    book.edit(id, {"cause": "电池"}, seen=seen)
    assert book.writer.siblings(id) == {}
    both = book.get(id).dots
    assert both.count("+") == 1
    book.edit(id, {"cause": "电容"})
    last = list(book.change_log.history(id))[-1]
    assert len(last.base["cause"]) == 2
    assert "+" not in book.get(id).dots
    assert book.writer.siblings(id) == {}


def test_a_group_is_one_register_and_always_whole() -> None:
    cls = kinds["project"]
    period = {"service_from": "2026-01-01", "service_to": None}
    assert by_register(cls, {"service_from": "2026-01-01", "name": "x"}) == {
        "service_period": period,
        "name": "x",
    }
    assert "service_period" in groups(cls) and "name" not in groups(cls)
    assert spread(cls, "service_period", period) == period
    assert spread(cls, "name", "x") == {"name": "x"}
    assert whole(cls, "service_period", {"service_from": "2026-01-01", "odd": 1}) == period
    assert whole(cls, "service_period", "nonsense") == dict.fromkeys(period)
    assert value_of(cls, "name", {}) is None


def test_the_less_advanced_state_and_what_is_in_use_are_shown() -> None:
    kind = kinds["fix"].kind
    rank = rank_of(kind, "state")
    assert rank is not None and rank["open"] < rank["closed"]
    assert rank_of(kind, "void") == {None: 0}
    assert rank_of(kind, "cause") is None


def test_what_one_transaction_touched_is_collected(book: Book, project: str) -> None:
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    with book.saving():
        made = book.add("fix", {"phenomenon": "x"}, project=project)
        assert book.writer.transaction(f"p:{project}") is not None
        book.edit(made.id, {"cause": "y"})
    assert told == [{("fix", made.id)}]
    first, second = book.change_log.history(made.id)
    assert first.tx == second.tx == first.seq
    book.edit(made.id, {"cause": "z"})
    assert list(book.change_log.history(made.id))[-1].tx == second.seq + 1


def test_voiding_replaces_every_version_of_every_register(book: Book, project: str) -> None:
    id = fix(book, project)
    seen = book.get(id).dots
    book.edit(id, {"cause": "电池"}, seen=seen)
    book.edit(id, {"cause": "电容"}, seen=seen)
    assert len(book.writer.siblings(id)["cause"]) == 1
    book.void(id, "重复")
    last = list(book.change_log.history(id))[-1]
    assert len(last.base["cause"]) == 2 and {"void", "state", "phenomenon"} <= set(last.base)


def test_a_number_made_from_a_key_shows_its_days_weeks_and_counts(book: Book, project: str) -> None:
    weekly = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    assert weekly.number.startswith("WK-2026-W47-") and book.me not in weekly.number
    made = checks.template(book, project, items=(), rounds=2)
    values = {"template": made, "day": "2026-11-20", "round": 2}
    sheet = book.add("sheet", values, project=project)
    assert sheet.number.startswith("CK-2026-11-20-2-")
    escalation = book.add("escalation", {"phenomenon": "x"}, project=project)
    member = book.add("group_member", {"escalation": escalation.id, "person": book.me})
    assert len(member.number) == len("GM-") + 10  # nothing of its key can be read
