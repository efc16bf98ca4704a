"""Performed tasks: what another area's record shows is not recorded a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from models.book.book import Book
from models.records.preparation.execution import performed
from models.records.preparation.execution.performed import Performed, performs
from models.records.preparation.execution.plan_execution import standings
from models.records.preparation.plans.service_task import ServiceTask
from tests.support.service_plans import noon
from tests.support.staff import Staff


def test_an_area_says_what_was_done(
    staff: Staff, project: str, plan: str, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(performed, "_performs", dict(performed._performs))
    asked: list[str] = []

    @performs("fix")
    def fixed(book: Book, project: str, tasks: Sequence[ServiceTask]) -> Mapping[str, Performed]:
        asked.append(project)
        return {one.id: Performed(date(2026, 1, 19), "shown") for one in tasks[:1]}

    clock.move_to(noon("2026-02-24"))
    found = standings(staff.engineer, [project], date(2026, 1, 1), date(2026, 12, 31))
    assert [(one.standing, one.record) for one in found[:2]] == [
        *(("on_time", "shown"), ("open", None)),
    ]
    assert asked == [project] and plan
