"""An archive is filed once nothing is missing."""

from __future__ import annotations

import pytest

from tests.support.completion import accepted, archive, filed, planned
from tests.support.staff import Staff, no_add, no_move


@pytest.mark.shows("Q-61a", 49)
def test_it_is_filed_once_nothing_is_missing(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = archive(staff.manager, project)
    said = no_move(staff.manager, made.id, "file")
    assert "服务合同" in said and "另有" in said
    assert "需要角色" in no_move(staff.engineer, made.id, "file")
    accepted(staff, project)
    done = filed(staff, project)
    assert (done.state, done.filed_by) == ("filed", staff.manager.me)


def test_only_what_is_on_the_list_is_kept(staff: Staff, project: str) -> None:
    made = archive(staff.manager, project)
    said = no_add(staff.manager, "archive_item", {"archive": made.id, "document": "photo"})
    assert "photo" in said
