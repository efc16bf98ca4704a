"""Figures of incidents: by level, open, outages, sums; a quarter without any is none of them."""

from __future__ import annotations

from datetime import date

import pytest

from models.derived import figures
from models.derived.figures import Scope
from tests.support import incidents
from tests.support.staff import Staff

SPAN = date(2026, 10, 1), date(2026, 12, 31)


@pytest.mark.shows(45)
def test_incidents_are_counted_by_level(staff: Staff, project: str) -> None:
    incidents.noted(staff.engineer, project)  # a draft counts nowhere
    incidents.reported(staff, project, customer_loss="CNY 0.5")
    none = incidents.reported(staff, project)
    staff.quality.move(none.id, "dismiss", comment="客户自行断电")
    last = incidents.levelled(staff, project, level="one", hours="9")
    staff.manager.edit(last.id, {"outage": True})
    found = figures.of_family(staff.quality, Scope((project,), *SPAN), "incident")
    told = {one.kind.name.partition(".")[2]: (one.value, one.n) for one in found}
    assert told["all"] == (2, 2)
    assert (told["one"], told["two"], told["three"]) == ((1, 2), (1, 2), (0, 2))
    assert (told["open"], told["outages"]) == ((2, 2), (1, 2))
    assert told["customer_loss"] == ("20000.5", 2)


def test_none_is_nought_and_no_sum(staff: Staff, project: str) -> None:
    found = figures.of_family(staff.quality, Scope((project,), *SPAN), "incident")
    told = {one.kind.name: one.value for one in found}
    assert told["incident.all"] == 0 and told["incident.customer_loss"] is None


def test_it_counts_when_it_began(staff: Staff, project: str) -> None:
    incidents.reported(staff, project)
    spans = (date(2026, 11, 20), date(2026, 11, 20)), (date(2026, 11, 21), date(2026, 12, 1))
    counts = [
        next(iter(figures.of_family(staff.quality, Scope((project,), *span), "incident"))).value
        for span in spans
    ]
    assert counts == [1, 0]
