"""Attachments: the bytes are kept first, then noted; a copy is taken out under a safe name."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from models.schema.record import Record
from models.storage import blobs
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.seen import newest
from tui.pages.records.attachments import attach, take_out


class Told:
    """The app as far as attachments need it: the open book, and what it told."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.notices = workspace, list[str]()

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Note it."""
        self.notices.append(text)


@pytest.fixture
def app(workspace: Workspace) -> Told:
    """The app over the workspace."""
    return Told(workspace)


@pytest.fixture
def fix(workspace: Workspace, project: str) -> Record:
    """A fix."""
    return workspace.book.add("fix", {"phenomenon": "泵"}, project=project)


@pytest.mark.shows(66)
def test_a_file_is_kept_and_noted_on_its_record(app: Told, fix: Record, tmp_path: Path) -> None:
    source = tmp_path / "照片 1.jpg"
    source.write_bytes(b"bytes")
    attach(app, fix.id, f"'{source}'")  # type: ignore[arg-type]
    values = newest(app.workspace, "attachment").values()
    assert (values["about"], values["name"], values["size"]) == (fix.id, "照片 1.jpg", 5)
    assert values["sha256"] == sha256(b"bytes").hexdigest()
    assert blobs.place(app.workspace.home, str(values["sha256"])).read_bytes() == b"bytes"
    assert "照片 1.jpg" in app.notices[-1] and str(fix.number) in app.notices[-1]


def test_a_file_that_is_not_there_notes_nothing(app: Told, fix: Record, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"none\.jpg"):
        attach(app, fix.id, str(tmp_path / "none.jpg"))  # type: ignore[arg-type]
    assert not app.workspace.store.rows("SELECT id FROM attachment") and not app.notices


@pytest.mark.parametrize("name", ["图.jpg", "../up.txt", "a b;rm -rf.txt", ".hidden", "x" * 90])
def test_a_copy_stays_in_its_folder_whatever_the_name_says(
    app: Told, fix: Record, tmp_path: Path, name: str
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"bytes")
    kept = blobs.keep(app.workspace.home, source)
    values = {"about": fix.id, "name": name, "sha256": kept.sha256, "size": kept.size}
    made = app.workspace.book.add("attachment", values)
    path = take_out(app, made.id)  # type: ignore[arg-type]
    assert path.read_bytes() == b"bytes" and str(path) in app.notices[-1]
    assert path.parent == app.workspace.home / "copies"
    assert path.name.startswith(f"{made.number}-") and not set(path.name) & set("/\\; ")


def test_content_that_is_on_another_device_is_refused(app: Told, fix: Record) -> None:
    values = {"about": fix.id, "name": "图.jpg", "sha256": "0" * 64, "size": 5}
    made = app.workspace.book.add("attachment", values)
    with pytest.raises(Refused, match=r"图\.jpg.*还没有到本机"):
        take_out(app, made.id)  # type: ignore[arg-type]


def test_a_folder_that_cannot_be_written_is_named(app: Told, fix: Record, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"x")
    attach(app, fix.id, str(source))  # type: ignore[arg-type]
    (app.workspace.home / "copies").write_text("in the way")
    with pytest.raises(Refused, match="不能写入"):
        take_out(app, newest(app.workspace, "attachment").id)  # type: ignore[arg-type]
