"""An archive keeps what it was filed with, and tells what came later."""

from __future__ import annotations

import pytest

from models.derived import compiled
from models.records.completion.archive.project_archive import ProjectArchive
from tests.support.completion import accepted, filed, holdings_of, planned
from tests.support.staff import Staff


@pytest.mark.shows("Q-61a", 49)
def test_it_keeps_what_it_was_filed_with(staff: Staff, project: str) -> None:
    planned(staff, project)
    passed = accepted(staff, project)
    done = filed(staff, project)
    data, fault = compiled.kept(done)
    assert fault is None
    by = {one.code: one for one in data.documents}
    assert [one.id for one in by["acceptance"].records] == [passed.id]
    assert [one.name for one in by["acceptance"].files] == ["验收单-签字.pdf"]
    assert by["contract"].standing == "kept" and by["contract"].remark == "档案柜 3"
    assert compiled.news(staff.manager, done) == []
    staff.manager.move(passed.id, "reopen", comment="客户要求复核")
    (news,) = compiled.news(staff.manager, done)
    assert (news.record, news.what.zh) == (passed.id, "归档后不再计入：项目验收单")
    assert "acceptance" in [one.paper.code for one in holdings_of(staff.quality, project).lacking()]
    again = staff.quality.move(done.id, "reopen", comment="验收重开")
    assert isinstance(again, ProjectArchive) and again.state == "open"
