"""Real logs of others, where they lie beside the project: all of them come in, none is doubled."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from models.book.projects import all_projects
from sync.workspace.workspace import Workspace
from tests.tui.spreadsheets.makers import count, take, told
from tui.spreadsheets.importing import recipe_file
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.report import ImportReport
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.reading import open_table

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
RECIPES = ROOT / "tests" / "recipes"
INCIDENTS = DATA / "uci498_incident_events.csv"
ITEMS = DATA / "mpls_inspection_items.csv"
FINDINGS = DATA / "mpls_inspection_findings.csv"

pytestmark = pytest.mark.skipif(not FINDINGS.exists(), reason="the real data is not here")


def cooked(
    workspace: Workspace, data: Path, recipe: str, way: ImportOptions | None = None
) -> ImportReport:
    """Import a file by one of the example recipes."""
    project = all_projects(workspace.store)[0].id
    place = CellPlace(workspace.book, workspace.settings.zone, project)
    with open_table.table(data) as table:
        return load(table, recipe_file.load(RECIPES / recipe), place, way)


def rows(path: Path) -> list[dict[str, str]]:
    """The file as Python's own reader sees it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_incident_log_becomes_fixes_and_escalations(workspace: Workspace) -> None:
    report = cooked(workspace, INCIDENTS, "incidents.toml")
    assert (report.rows, told(report)) == (5_998, [])
    assert report.added == {"fix": 890, "escalation": 95}
    last = {row["number"]: row for row in rows(INCIDENTS)}
    sql = "SELECT f.ref, f.state, s.name FROM fix f LEFT JOIN site s ON s.id=f.site"
    for ref, state, site in workspace.store.rows(sql):
        assert state == "closed"
        assert site == (last[ref]["location"] or None)
    assert workspace.log.verify_chain() is None
    again = cooked(workspace, INCIDENTS, "incidents.toml")
    assert (again.added, again.refused) == ({}, 0)
    assert again.same == {"fix": 890, "escalation": 95}


def test_the_same_log_comes_in_plainly_too(workspace: Workspace) -> None:
    maps = {"category": "phenomenon", "location": "site", "opened_at": "occurred_at"}
    wishes = Wishes(maps={**maps, "resolved_at": "fixed_at"}, makes=["site"])
    report = take(workspace, INCIDENTS, wishes=wishes)
    assert (report.added, report.made, report.refused) == ({"fix": 5_998}, {"site": 84}, 0)


def test_inspection_findings_become_sheets(workspace: Workspace) -> None:
    assert cooked(workspace, ITEMS, "inspection_items.toml").added == {"template_item": 265}
    report = cooked(workspace, FINDINGS, "inspection_findings.toml")
    assert (report.rows, told(report)) == (7_988, [])
    assert report.added == {"sheet": 1_722, "answer": 7_988}
    assert report.made == {"site": 1_259, "equipment": 1_259}
    found = workspace.store.rows(
        "SELECT i.stable, COUNT(*) FROM answer a JOIN template_item i ON i.id=a.item"
        " WHERE a.result='not_ok' GROUP BY 1"
    )
    assert Counter(dict(found)) == Counter(row["item_code"] for row in rows(FINDINGS))
    assert count(workspace, "sheet") == len({row["inspection_id"] for row in rows(FINDINGS)})
    again = cooked(workspace, FINDINGS, "inspection_findings.toml")
    assert (again.added, again.refused) == ({}, 0)
