"""Archive pack: a folder for each document, with its papers, files, checksums and pages."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from pathlib import Path

import pytest

from models.records.registers.project import Project
from models.storage import blobs
from sync.workspace.workspace import Workspace
from tests.support.completion import accepted, archive, planned
from tests.support.preparation import confirmed
from tests.support.staff import Staff
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.areas.completion import archive_pack
from tui.documents.document_pack import INDEX

PDF = b"%PDF-1.4\n1 0 obj<</Type /Pages /Kids [2 0 R] /Count 7>>endobj\n%%EOF"


@pytest.mark.shows("Q-61a", 49)
def test_each_document_has_a_folder_with_index_sums_and_pages(
    staff: Staff, workspace: Workspace, project: str, tmp_path: Path
) -> None:
    planned(staff, project)
    confirmed(staff, project, staff.engineer.me)  # its file is restricted
    passed = accepted(staff, project)
    made = archive(staff.manager, project)
    values = {"archive": made.id, "document": "contract"}
    item = staff.manager.ensure("archive_item", values, project=project)
    stored = blobs.keep_bytes(workspace.home, PDF, "合同.pdf")
    about = {"about": item.id, "name": "../合同.pdf", "sha256": stored.sha256}
    staff.manager.add("attachment", {**about, "size": stored.size})
    record = workspace.book.get(project)
    assert isinstance(record, Project)
    path = tmp_path / "archive.zip"
    told = archive_pack.write(workspace, record, path)
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        lines = {
            line["文件"]: line
            for line in csv.DictReader(packed.read(str(INDEX)).decode("utf-8-sig").splitlines())
        }
        for line in packed.read("SHA256SUMS").decode().splitlines():
            sha, _, name = line.partition("  ")
            assert hashlib.sha256(packed.read(name)).hexdigest() == sha
        whole = b"".join(packed.read(name) for name in names)
    [contract] = [name for name in names if name.endswith("合同.pdf")]
    assert contract.startswith("01_") and ".." not in contract.split("/")
    assert lines[contract]["页数"] == "7"
    assert any("项目归档目录" in name and "/" not in name for name in names)
    assert any(passed.number in name and name.endswith(".docx") for name in names)
    assert [one.about for one in told.absent] == [passed.number]  # its bytes are not here
    assert "运维五年".encode() not in whole
