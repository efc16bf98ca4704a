"""Which documents a project has to have, by the kinds of its service."""

from __future__ import annotations

import pytest

from tests.support.completion import holdings_of
from tests.support.preparation import proposal
from tests.support.staff import Staff


@pytest.mark.shows("Q-61a", 49)
def test_the_kinds_of_service_say_what_is_needed(staff: Staff, project: str) -> None:
    codes = {one.paper.code for one in holdings_of(staff.manager, project).entries}
    assert "checklists" not in codes and "fixes" not in codes
    proposal(staff, project, "approved", service_kinds="response")
    codes = {one.paper.code for one in holdings_of(staff.manager, project).entries}
    assert "checklists" not in codes and "fixes" in codes
