"""An issued document travels whole: on another device it is the same, and can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.records.common.issued_document import IssuedDocument
from models.storage import blobs, rows
from sync.transport.bundle import bundle
from tests.support.replicas import Replica, Team
from tui.documents import issue as issuing
from tui.documents import registry
from tui.documents.document import DOCUMENTS
from tui.documents.frame import earlier
from tui.documents.record_text import RecordText


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two engineers."""
    found = Team.copied(tmp_path / "team", "乙", "丙")
    yield found
    found.close()


def issue(one: Replica, id: str, reason: str = "") -> IssuedDocument:
    """Issue a record's document on this device."""
    reading = RecordText(one.workspace)
    what = registry.subject_of(reading, DOCUMENTS["record"], one.book.get(id))
    return issuing.issue(reading, what, reason).record


def give(one: Replica, other: Replica, path: Path) -> None:
    """By a stick."""
    bundle.write(one.exchange, path)
    bundle.read(other.exchange, path)


def test_it_arrives_and_is_found_right(team: Team, tmp_path: Path) -> None:
    a, b, _ = team.all
    id = team.fix(a)
    record = issue(a, id)
    give(a, b, tmp_path / "1.sitebook")
    (there,) = rows.fetch(b.workspace.store, IssuedDocument, "ORDER BY n")
    assert (there.sha256, there.number) == (record.sha256, record.number)
    kept = blobs.place(b.home, str(there.sha256)).read_bytes()
    assert kept == blobs.place(a.home, str(record.sha256)).read_bytes()
    issuing.check(RecordText(b.workspace), there)
    assert issue(b, id, "再次签发").version == 2


def test_two_second_versions_are_both_kept(team: Team, tmp_path: Path) -> None:
    a, b, _ = team.all
    id = team.fix(a)
    issue(a, id)
    give(a, b, tmp_path / "1.sitebook")
    issue(a, id, "甲的")
    issue(b, id, "乙的")
    give(b, a, tmp_path / "2.sitebook")
    reading = RecordText(a.workspace)
    what = registry.subject_of(reading, DOCUMENTS["record"], a.book.get(id))
    found = earlier(reading, what)
    assert [one.version for one in found] == [1, 2, 2]
    assert {one.reason for one in found} == {None, "甲的", "乙的"}
    assert len({one.number for one in found}) == 3
    assert registry.gather(reading, what)["version"] == "V3.0"
