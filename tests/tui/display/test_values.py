"""Values: what fields hold as people read it, in the language of now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.fields import FieldChoice, Spec
from models.schema.record import kinds
from models.text.words import W, language
from sync.workspace.workspace import Workspace
from tui.display.values import DAY_MS, Values, named, shortened, sized

LABEL = W("字段", "Field")
NOW = instant(date(2026, 11, 20), 10 * 60 + 30)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """The clock stands at 10:30 on a Friday."""
    with time_machine.travel(NOW / 1000, tick=False):
        yield


@pytest.fixture
def values(workspace: Workspace) -> Values:
    """The values of a book."""
    return Values(workspace)


@pytest.mark.parametrize(
    ("spec", "value", "zh", "en"),
    [
        (Spec(kind="line", label=LABEL), None, "", ""),
        (Spec(kind="line", label=LABEL), "泵", "泵", "泵"),
        (Spec(kind="flag", label=LABEL), True, "是", "yes"),
        (Spec(kind="flag", label=LABEL), False, "否", "no"),
        (Spec(kind="count", label=LABEL), 0, "0", "0"),
        (Spec(kind="moment", label=LABEL), NOW, "2026-11-20 10:30", "2026-11-20 10:30"),
        (Spec(kind="moment", label=LABEL), "soon", "soon", "soon"),
        (
            Spec(kind="choice", label=LABEL, choices=(FieldChoice("a", W("甲", "A")),)),
            "a",
            "甲",
            "A",
        ),
    ],
)
def test_a_value_in_both_languages(
    values: Values, spec: Spec, value: Any, zh: str, en: str
) -> None:
    assert values.say(spec, value) == zh
    language.now = "en"
    assert values.say(spec, value) == en


@pytest.mark.parametrize(
    ("gone", "zh", "en"),
    [
        (-5_000, "刚刚", "now"),
        (59_000, "刚刚", "now"),
        (60_000, "1分", "1m"),
        (59 * 60_000, "59分", "59m"),
        (3_600_000, "1小时", "1h"),
        (DAY_MS - 1, "23小时", "23h"),
        (DAY_MS, "1天", "1d"),
        (400 * DAY_MS, "400天", "400d"),
    ],
)
def test_an_age_in_few_cells(values: Values, gone: int, zh: str, en: str) -> None:
    assert values.age(NOW - gone) == zh
    language.now = "en"
    assert values.age(NOW - gone) == en


def test_an_instant_is_as_short_as_it_may_be(values: Values) -> None:
    yesterday, last_year = NOW - DAY_MS, NOW - 365 * DAY_MS
    assert (values.clock(NOW), values.short(NOW)) == ("10:30", "11-20 10:30")
    assert values.clock(yesterday) == values.short(yesterday) == "11-19 10:30"
    assert values.short(last_year) == "2025-11-20"


def test_overdue_counts_days_until_it_has_ended(values: Values) -> None:
    kind = kinds["escalation"].kind
    open_ = next(state for state in kind.states if not state.ended)
    ended = next(state for state in kind.states if state.ended)
    assert values.overdue(kind, open_, "2026-11-18") == 2
    assert values.overdue(kind, open_, "2026-11-20") == 0
    assert values.overdue(kind, open_, None) == values.overdue(kind, open_, "soon") == 0
    assert values.overdue(kind, ended, "2026-11-18") == 0


def test_a_record_entered_long_after_it_occurred_is_late(
    values: Values, book: Book, project: str
) -> None:
    old = book.add("fix", {"phenomenon": "泵"}, project=project, occurred=NOW - 2 * DAY_MS)
    new = book.add("fix", {"phenomenon": "泵"}, project=project)
    assert values.late(old) and not values.late(new)


def test_links_are_said_by_their_titles_and_remembered(values: Values, book: Book) -> None:
    site = book.add("site", {"name": "机房"})
    spec = Spec(kind="link", target="site", label=LABEL)
    assert values.say(spec, site.id) == "机房"
    book.edit(site.id, {"name": "泵房"})
    assert values.say(spec, site.id) == "机房"
    values.forget()
    assert values.say(spec, site.id) == "泵房"
    assert values.title(book.me, "person") == "测试员"
    anything = Spec(kind="link", target="", label=LABEL)
    assert values.say(anything, site.id) == "泵房"


def test_what_is_not_here_is_said_by_a_word(values: Values) -> None:
    assert values.title("01234567-89ab", "site") == "（不在本机的记录）"
    assert values.person(None) == ""


def test_a_record_is_named_by_its_title_else_by_its_number(
    values: Values, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "泵停\n第二行"}, project=project)
    assert named(fix, values).startswith("泵停")
    weekly = book.add("weekly", {"person": book.me, "week": "2026-W47"}, project=project)
    assert named(weekly, values)


def test_sizes_and_long_texts_are_shortened() -> None:
    assert [sized(n) for n in (0, 1023, 2048, 3 << 20)] == ["0 B", "1023 B", "2.0 kB", "3.0 MB"]
    assert shortened("短") == "短"
    long = shortened("字" * 500)
    assert len(long) < 500 and long.endswith("…")
