"""Whom an irregular service is about: over every carrier nobody but the entitled learns it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.record import kinds
from models.schema.roles import ENGINEER, PROJECT_MANAGER, QUALITY
from models.storage import backup
from models.storage.drafts import Drafts, FormDraft
from sync.transport.bundle import bundle
from tests.support.incident_files import traces
from tests.support.irregular_services import NOTED
from tests.support.replicas import Team
from tests.sync.transport.ways import Shared, Way, carried
from tui.spreadsheets.exporting import exporter
from tui.spreadsheets.exporting.exporter import ExportRequest

STATEMENT = "票在车上忘了带进来"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, the person concerned, a colleague, a project manager, quality."""
    made = Team.copied(tmp_path / "team")
    for name, role in (("甲", ENGINEER), ("乙", ENGINEER), ("lead", PROJECT_MANAGER)):
        made.admit(name, (role,))
    made.admit("qa", (QUALITY,))
    made.meet()
    yield made
    made.close()


@pytest.mark.shows("Q-532a", 38)
def test_nobody_else_has_a_byte_of_it(team: Team, way: Way) -> None:
    """The colleague knows of the service; whom it is about and what they said stays away."""
    _, concerned, colleague, lead, qa = team.all
    service = lead.book.add("irregular_service", NOTED, project=team.project)
    named = {"service": service.id, "person": team.person(concerned)}
    file = lead.book.add("irregular_person", named, project=team.project)
    carried(way, *team.all)
    concerned.book.move(file.id, "answer", {"view": "objects", "statement": STATEMENT})
    carried(way, *team.all)
    for one in (concerned, lead, qa):
        assert one.get(file.id).values()["statement"] == STATEMENT
    assert colleague.book.find(file.id) is None and colleague.get(service.id) is not None
    assert traces(colleague, STATEMENT) == [] != traces(qa, STATEMENT)
    assert all(not one.exchange.quarantined() for one in team.all)


@pytest.mark.shows("Q-532a", 38)
def test_no_byte_of_it_in_index_drafts_backup_export_or_bundle(team: Team, tmp_path: Path) -> None:
    """A colleague searches, drafts, backs up, exports and opens a bundle: who may read finds it,
    the colleague's folder does not hold it, and neither does what lies on the way."""
    _, concerned, colleague, lead, qa = team.all
    service = lead.book.add("irregular_service", NOTED, project=team.project)
    named = {"service": service.id, "person": team.person(concerned)}
    file = lead.book.add("irregular_person", named, project=team.project)
    stick, share = tmp_path / "all.sitebook", tmp_path / "share"
    share.mkdir()
    carried(Shared(share), *team.all)
    concerned.book.move(file.id, "answer", {"view": "objects", "statement": STATEMENT})
    carried(Shared(share), *team.all)
    bundle.write(qa.exchange, stick, passphrase="correct horse")
    bundle.read(colleague.exchange, stick, passphrase="correct horse")
    for one in (colleague, qa):
        while one.workspace.search.pending():
            one.workspace.search.index_some(1_000)
        values = {"phenomenon": "草稿"}
        Drafts(one.home).keep(FormDraft(key="new", type="fix", project=team.project, values=values))
        backup.backup(one.workspace.store, one.home / backup.FOLDER)
        for type in ("irregular_person", "irregular_service"):
            path = one.home / f"{type}.csv"
            exporter.write(one.book, one.book.zone, kinds[type], path, ExportRequest())
        found = one.workspace.search.find(STATEMENT)
        assert [hit.id for hit in found] == ([file.id] if one is qa else [])
    secrets = (STATEMENT, file.id)
    assert traces(colleague, *secrets) == []
    kept = {entry.partition(":")[0] for entry in traces(qa, *secrets)}
    assert {"book.sqlite3", "irregular_person.csv"} <= kept  # the search does find them
    for path in (stick, *share.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(secret.encode() in data for secret in secrets), path
