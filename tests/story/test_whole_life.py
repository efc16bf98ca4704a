"""One project's whole life, from the proposal to the last paper, in the hands of four people.

Three laptops are offline most of the time, the fourth device is the office's. Each gate is asked on
every device before and after they meet; each figure of each paper equals a query of its own; at the
end all four are the same. The chapters stand in `tests.story.whole_life`. Clauses: 4 to 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from tests.story.whole_life import (
    before_the_service,
    the_customers_voice,
    the_end,
    the_service,
    what_went_wrong,
)
from tests.story.whole_life.company import Company


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday morning in October."""
    with time_machine.travel(instant(date(2026, 10, 12), 540) / 1000) as moved:
        yield moved


@pytest.fixture
def company(tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Company]:
    """The four, in sync."""
    made = Company(tmp_path, clock)
    yield made
    made.team.close()


@pytest.mark.shows("Q-411", "Q-422", "Q-423", "Q-511", "Q-531e", "Q-54", "Q-61b", "Q-62a", "Q-62b")
async def test_a_project_from_the_proposal_to_the_last_paper(company: Company) -> None:
    await before_the_service.proposal(company)
    plans = await before_the_service.plans(company)
    company.to(10, 13)
    await before_the_service.plan_change(company, plans)
    targets = the_end.targets_agreed(company)

    fix = await the_service.rounds(company, plans)
    what_went_wrong.irregular_service(company)
    the_service.planned_work(company, plans.plan)
    problems = await the_service.concession(company, fix)
    await what_went_wrong.incident(company)
    the_service.solved(company, problems)

    await what_went_wrong.quarter(company)
    voice = await the_customers_voice.follow_up(company)
    action = the_end.targets_assessed(company, targets)
    await the_end.summary(company)
    await the_end.acceptance(company, problems)
    the_end.not_filed_yet(company)
    the_end.improved(company, action)
    await the_customers_voice.effect(company, voice.action)
    the_end.completed(company)

    company.same_everywhere()
