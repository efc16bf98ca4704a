"""Statistics of irregular services equal an independent count on the same rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.derived.figures import Scope
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_service import CATEGORIES, FOUND_IN
from models.records.nonconformity.irregular.irregular_statistics import IrregularGroup
from tests.support.irregular_services import noted, person_of
from tests.support.staff import Staff

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
NAMES = [name for name, *_ in CATEGORIES]
WAYS = [name for name, *_ in FOUND_IN]


@pytest.fixture
def made(staff: Staff, project: str) -> list[dict[str, str]]:
    """Forty services of any category, way and day, some of them outside the quarter."""
    random = Random(7)
    found = []
    for _ in range(40):
        month, day = random.choice((9, 10, 11, 12)), random.randint(1, 28)
        values = {
            "category": random.choice(NAMES),
            "found_in": random.choice(WAYS),
            "found_on": f"2026-{month:02}-{day:02}",
        }
        noted(staff.manager, project, **values)
        found.append(values)
    return [one for one in found if one["found_on"] >= FIRST.isoformat()]


def test_groups_are_those_of_the_rows(
    staff: Staff, project: str, made: list[dict[str, str]]
) -> None:
    found = statistics.services(staff.quality, Scope((project,), FIRST, LAST))
    assert len(found) == len(made)
    for groups, name in (
        (statistics.by_category(found), lambda one: one["category"]),
        (statistics.by_finding(found), lambda one: one["found_in"]),
        (statistics.by_month(found), lambda one: one["found_on"][:7]),
    ):
        assert {group.name: group.cases for group in groups} == Counter(map(name, made))
        assert sum(len(group.records) for group in groups) == len(made)
    (whole,) = statistics.by_project(found)
    assert (whole.name, whole.cases) == (project, len(made))


GROUPS = st.lists(st.integers(1, 9), max_size=8).map(
    lambda some: [IrregularGroup(str(at), n, (str(at),) * n) for at, n in enumerate(some)]
)


@given(GROUPS)
def test_no_group_under_three_is_shown_by_itself_and_nothing_is_lost(
    groups: list[IrregularGroup],
) -> None:
    shown = statistics.merged(groups)
    assert all(group.cases >= statistics.LEAST or group.name == "*" for group in shown)
    assert sum(group.cases for group in shown) == sum(group.cases for group in groups)


@given(GROUPS)
def test_a_pareto_goes_up_to_all(groups: list[IrregularGroup]) -> None:
    lines = statistics.pareto(groups)
    assert [line.group for line in lines] == groups
    ups = [line.up_to for line in lines]
    assert ups == sorted(ups) and (not ups or ups[-1] == 100)


def test_names_are_counted_for_those_who_may_read_them(staff: Staff, project: str) -> None:
    for who in (staff.engineer.me, staff.engineer.me, staff.colleague.me):
        person_of(staff.manager, noted(staff.manager, project), who)
    noted(staff.manager, project)  # of whom it is about nobody said yet
    scope = Scope((project,), FIRST, LAST)
    found = statistics.services(staff.quality, scope)
    groups = statistics.by_person(staff.quality, found)
    assert groups is not None
    assert [(group.name, group.cases) for group in groups] == [
        (staff.engineer.me, 2),
        (staff.colleague.me, 1),
    ]
    assert statistics.by_person(staff.engineer, found) is None


def test_tasks_are_what_was_done(staff: Staff, project: str) -> None:
    book, scope = staff.engineer, Scope((project,), date(2020, 1, 1), date(2099, 1, 1))
    assert statistics.tasks(book, scope) == 0
    for _ in range(2):
        fix = book.add("fix", {"phenomenon": "告警"}, project=project).id
        book.move(fix, "fix", {"correction": "复位"})
    book.move(fix, "verify")
    assert statistics.tasks(book, scope) == 2
