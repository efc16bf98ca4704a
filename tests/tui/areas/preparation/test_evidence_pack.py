"""Evidence pack: papers, files, an index with checksums and pages; nothing restricted in it."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from models.records.preparation.reconfirmations import environment
from models.storage import blobs
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.preparation import confirmed, proposal, study
from tests.support.staff import Staff
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.areas.preparation import evidence_pack
from tui.documents.document_pack import INDEX

PDF = b"%PDF-1.4\n1 0 obj<</Type /Pages /Kids [2 0 R] /Count 7>>endobj\n%%EOF"


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


def attached(staff: Staff, workspace: Workspace, about: str, name: str, content: bytes) -> None:
    """A file that is here."""
    stored = blobs.keep_bytes(workspace.home, content, name)
    values = {"about": about, "name": name, "sha256": stored.sha256, "size": stored.size}
    staff.manager.add("attachment", values)


def packed(workspace: Workspace, project: str, path: Path) -> tuple[list[dict[str, str]], set[str]]:
    """The lines of the index, and the names in the pack."""
    evidence_pack.write(workspace, workspace.book.get(project), path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(str(INDEX)).decode("utf-8-sig")
        lines = list(csv.DictReader(text.splitlines()))
        for line in lines:
            if line["文件"] in archive.namelist():
                content = archive.read(line["文件"])
                assert hashlib.sha256(content).hexdigest() == line["SHA-256"]
                assert int(line["字节"]) == len(content)
        sums = archive.read("SHA256SUMS").decode().splitlines()
        for one in sums:
            sha, _, name = one.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == sha
        return lines, set(archive.namelist())


@pytest.mark.shows("Q-414", 7)
def test_papers_and_files_with_their_sums(
    staff: Staff, workspace: Workspace, project: str, tmp_path: Path
) -> None:
    made = proposal(staff, project, "approved")  # its evidence has no bytes here
    study(staff, project)
    confirmed(staff, project, staff.engineer.me)
    attached(staff, workspace, made.id, "批复/../../批复.pdf", PDF)
    attached(staff, workspace, made.id, "批复/../../批复.pdf", PDF + b" ")
    lines, names = packed(workspace, project, tmp_path / "pack.zip")
    assert any(name.startswith("记录/技术服务方案") for name in names)
    assert any(name.startswith("记录/人员能力确认") for name in names)
    found = {line["文件"]: line for line in lines}
    [pdf, again] = sorted(name for name in found if name.endswith(".pdf") and "批复" in name)
    assert found[pdf]["页数"] == found[again]["页数"] == "7" and ".." not in pdf.split("/")
    [away] = [line for line in lines if line["说明"]]
    assert away["文件"] not in names and "未到本机" in away["说明"]


def test_no_byte_of_a_competence_file_is_in_it(
    staff: Staff, workspace: Workspace, project: str, tmp_path: Path
) -> None:
    confirmed(staff, project, staff.engineer.me)
    path = tmp_path / "pack.zip"
    names = packed(workspace, project, path)[1]
    with zipfile.ZipFile(path) as archive:
        for name in names:
            content = archive.read(name)
            parts = [content]
            if name.endswith(".docx"):
                with zipfile.ZipFile(BytesIO(content)) as inner:
                    parts = [inner.read(one) for one in inner.namelist()]
            for part in parts:
                for secret in ("运维五年", "N-1", "网络工程师"):
                    assert secret.encode() not in part, name
    assert environment.serving(workspace.store, project)


def test_another_file_is_not_overwritten(
    staff: Staff, workspace: Workspace, project: str, tmp_path: Path
) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(b"mine")
    with pytest.raises(Refused):
        evidence_pack.write(workspace, workspace.book.get(project), path)
    assert path.read_bytes() == b"mine" and list(tmp_path.glob("*.tmp")) == []
