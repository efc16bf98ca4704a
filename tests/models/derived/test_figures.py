"""Figures: declared once, with formula and version; not assessable without cases."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from models.derived import figures
from models.derived.figures import Counted, Kept, Reading, Scope, counted, none, share
from models.schema.fields import open_words
from models.text.words import Refused, W

BOOK = cast(Any, SimpleNamespace())


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> str:
    """A family of two figures over a list of ids."""
    figures.kinds()  # those of the areas are loaded once
    monkeypatch.setattr(figures, "_kinds", {})
    monkeypatch.setattr(figures, "_readings", {})
    monkeypatch.setattr(figures, "_labels", {})
    monkeypatch.setitem(open_words, figures.NAMES, {})

    @figures.reading("tour", W("巡检", "Tour"))
    def read(book: Any, scope: Scope) -> Reading | None:
        return Reading(list(scope.projects)) if scope.projects else None

    @figures.figure("tour.seen", W("已看", "seen"), W("看过的", "those seen"), version=2)
    def seen(ids: list[str]) -> Counted:
        return counted(ids, 5)

    @figures.figure("tour.ok", W("正常率", "ok"), W("正常的", "those ok"), unit="%")
    def ok(ids: list[str]) -> Counted:
        return share(len(ids) - 1, len(ids), ids)

    return "tour"


def scope(*projects: str) -> Scope:
    """A week of these."""
    return figures.of_week(projects, "2026-W47")


def test_a_family_is_read_once_and_each_figure_counted(family: str) -> None:
    found = figures.figures(BOOK, scope("a", "b", "a"))
    assert [*found] == [family]
    seen, ok = found[family]
    assert (seen.value, seen.n, seen.records, seen.version) == (2, 5, ("a", "b"), 2)
    assert (ok.value, ok.n, ok.kind.unit) == (66, 3, "%")
    assert figures.figure_of(BOOK, scope("a"), "tour.seen") is not None
    assert str(figures.family_label(family)) == "巡检"


def test_a_scope_without_anything_to_read_has_no_figures(family: str) -> None:
    assert figures.figures(BOOK, scope()) == {}
    assert figures.figure_of(BOOK, scope(), f"{family}.ok") is None


def test_without_cases_there_is_neither_all_nor_nothing() -> None:
    assert share(0, 0).value is None and none().value is None
    assert (share(0, 3).value, share(3, 3).value, share(2, 3).value) == (0, 100, 66)


def test_what_was_issued_stays_what_it_was(family: str) -> None:
    kept = {"tour.seen": Kept("tour.seen", 1, 7, 9)}
    (seen,) = figures.of_data(family, ["a"], kept)  # the other one was declared later
    assert (seen.value, seen.n, seen.version) == (7, 9, 1)
    assert seen.records == ()  # the present formula may count others
    same = figures.of_data(family, ["a"], {"tour.seen": Kept("tour.seen", 2, 7, 9)})[0]
    assert (same.value, same.records) == (7, ("a",))
    now = figures.of_data(family, ["a"])
    assert [one.value for one in now] == [1, 0]
    assert figures.keep(now)[0] == Kept("tour.seen", 2, 1, 5)


def test_an_unknown_figure_names_the_known_ones(family: str) -> None:
    with pytest.raises(Refused) as refused:
        figures.kind_of("tour.nosuch")
    assert f"{family}.seen" in str(refused.value)


@pytest.mark.parametrize(
    ("first", "last", "week"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "2026-W47"),
        (date(2026, 11, 17), date(2026, 11, 23), None),
        (date(2026, 11, 16), date(2026, 11, 29), None),
    ],
)
def test_a_scope_knows_whether_it_is_one_week(first: date, last: date, week: str | None) -> None:
    assert Scope(("a",), first, last).week == week


def test_every_figure_has_its_words_in_both_languages() -> None:
    for kind in figures.kinds():
        assert all((*kind.label, *kind.formula)) and kind.version >= 1
        assert figures.family_label(kind.family)


def test_what_the_program_has_and_how_it_is_said() -> None:
    assert {"trends", "week", "checks"} <= figures.families()
    assert figures.known("trends.nothing") is None
    passed = figures.known("trends.passed")
    assert passed is not None and figures.value_text(passed, 98) == "98%"
    assert figures.value_text(passed, None) == "不可评定"


def test_a_field_takes_its_value_from_the_figures_of_any_days(family: str) -> None:
    words = open_words[figures.NAMES]
    assert {name: str(word) for name, word in words.items()} == {
        "tour.seen": "巡检：已看",
        "tour.ok": "巡检：正常率",
    }

    @figures.reading("round", W("周巡检", "Weekly tour"), of_weeks=True)
    def read(book: Any, scope: Scope) -> Reading | None:
        return None

    @figures.figure("round.seen", W("已看", "seen"), W("看过的", "those seen"))
    def seen(ids: list[str]) -> Counted:
        return none()

    assert set(open_words[figures.NAMES]) == {"tour.seen", "tour.ok"}

    @figures.reading("now", W("现在", "Now"), of_today=True)
    def read_now(book: Any, scope: Scope) -> Reading | None:
        return None

    figures.figure("now.seen", W("已看", "seen"), W("看过的", "those seen"))(seen)
    assert set(open_words[figures.NAMES]) == {"tour.seen", "tour.ok"}
    for name in ("round", "now"):
        figures._narrow.discard(name)
