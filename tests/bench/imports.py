"""Whole real files in and out: rows, seconds, memory, and what was refused why.

Each step runs in a process of its own, so that its memory is its own. Where the real logs do not
lie beside the project, one of the same size is invented.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from models.book.projects import all_projects
from models.schema.record import kinds
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tui.spreadsheets.exporting.exporter import ExportRequest, write
from tui.spreadsheets.importing import column_mapping, recipe_file
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import load
from tui.spreadsheets.importing.recipe import Recipe
from tui.spreadsheets.importing.report import ImportReport
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.reading import open_table

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
RECIPES = ROOT / "tests" / "recipes"
PLAIN = {"category": "phenomenon", "location": "site", "opened_at": "occurred_at"}
STEPS = (
    ("incident log, grouped", "uci498_incident_events.csv", "incidents.toml"),
    ("the same again", "uci498_incident_events.csv", "incidents.toml"),
    ("the same, row by row", "uci498_incident_events.csv", "fix"),
    ("inspection items", "mpls_inspection_items.csv", "inspection_items.toml"),
    ("inspection findings", "mpls_inspection_findings.csv", "inspection_findings.toml"),
    ("the same again", "mpls_inspection_findings.csv", "inspection_findings.toml"),
)
FORMS = ("xlsx", "csv", "jsonl")


def run(_args: argparse.Namespace | None = None) -> None:
    """Print a table of every step."""
    print("\nlists in and out")
    print(f"{'':32}{'rows':>8}{'records':>9}{'refused':>9}{'seconds':>9}{'memory':>9}")
    with tempfile.TemporaryDirectory(prefix="sitebook-bench-") as folder:
        home = Path(folder) / "home"
        begin(home, name="测试员", lang="en", project="Project").close()
        data = DATA if DATA.exists() else _invented(Path(folder) / "data")
        for what, file, how in STEPS:
            if (data / file).exists():
                _print(what, _step(home, data / file, how))
        for form in FORMS:
            _print(f"fixes out to .{form}", _step(home, home / f"fix.{form}", "out"))
            _print(f"and in again from .{form}", _step(home, home / f"fix.{form}", "fix"))


def _step(home: Path, file: Path, how: str) -> dict[str, Any]:
    """One step in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.imports", str(home), str(file), how]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _print(what: str, told: dict[str, Any]) -> None:
    figures = f"{told['rows']:>8,}{told['records']:>9,}{told['refused']:>9,}"
    print(f"{what:32}{figures}{told['seconds']:>8.2f}s{told['memory']:>6.0f} MB")
    for reason in told["reasons"]:
        print(f"    {reason[:110]}")


def _one(home: Path, file: Path, how: str) -> dict[str, Any]:
    """Do one step here, and tell its figures."""
    opened = open_book(home)
    begun = time.perf_counter()
    if how == "out":
        zone = opened.settings.zone
        count = write(opened.book, zone, kinds["fix"], file, ExportRequest(), force=True).count
        report = ImportReport(rows=count)
        records = count
    else:
        report = _import(opened, file, how)
        records = sum(sum(c.values()) for c in (report.added, report.made, report.same))
    seconds = time.perf_counter() - begun
    opened.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reasons = [str(one) for one in report.refusals[:5]]
    figures = {"rows": report.rows, "records": records, "refused": report.refused}
    return {**figures, "seconds": seconds, "memory": memory, "reasons": reasons}


def _import(opened: Workspace, file: Path, how: str) -> ImportReport:
    project = all_projects(opened.store)[0].id
    place = CellPlace(opened.book, opened.settings.zone, project)
    with open_table.table(file) as table:
        recipe: Recipe
        if how.endswith(".toml"):
            recipe = recipe_file.load(RECIPES / how)
        else:
            wishes = Wishes(maps=PLAIN, makes=["site"]) if "category" in table.columns else Wishes()
            loose = table.loose
            recipe = column_mapping.plain(
                kinds[how], table.columns, table.name, wishes, loose=loose
            ).recipe
        return load(table, recipe, place)


def _invented(folder: Path) -> Path:
    """An incident log of the same size and columns."""
    folder.mkdir()
    needed = recipe_file.load(RECIPES / "incidents.toml").columns()
    with (folder / STEPS[0][1]).open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, [*needed, "category"] if "category" not in needed else needed)
        rows.writeheader()
        for n in range(5_998):
            row = {name: f"{name} {n % 40}" for name in rows.fieldnames}
            row |= {"number": f"INC{n // 7:07d}", "sys_mod_count": str(n % 7), "impact": "3 - Low"}
            row |= {"incident_state": "Closed" if n % 7 == 6 else "Active"}
            row |= {"opened_at": "2025-03-01T08:00", "resolved_at": "2025-03-02T09:30"}
            rows.writerow({**row, "reassignment_count": str(n % 5)})
    return folder


if __name__ == "__main__":
    print(json.dumps(_one(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
