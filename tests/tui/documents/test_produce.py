"""Produce: a document comes out whole in the format of its name, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.text.words import Refused
from tests.tui.documents.conftest import Scene
from tests.tui.documents.makers import text_of, word
from tui.documents import produce, registry
from tui.documents.document import RECORD
from tui.documents.frame import DocumentSubject, Issue
from tui.documents.word.template_files import FOLDER, OURS


@pytest.fixture
def subject(scene: Scene) -> DocumentSubject:
    """A fix as a document."""
    return registry.subject_of(scene.reading, RECORD, scene.open)


def test_a_draft_is_made_of_our_template_and_marked(scene: Scene, subject: DocumentSubject) -> None:
    made = produce.make(scene.reading, subject)
    assert made.template.name == str(OURS) and "草稿（未签发）" in text_of(made.content)
    data = json.loads(made.data)
    assert data["number"] == scene.open.number and data["mark"] == "草稿（未签发）"


def test_the_data_is_the_same_bytes_for_the_same_content() -> None:
    one = produce.snapshot({"b": "二", "a": ["x", {"d": "1", "c": "2"}]})
    other = produce.snapshot({"a": ["x", {"c": "2", "d": "1"}], "b": "二"})
    assert one == other and "二".encode() in one


def test_the_same_document_is_made_of_the_same_bytes(
    scene: Scene, subject: DocumentSubject
) -> None:
    issue = Issue(1, "")
    first, second = (produce.make(scene.reading, subject, issue=issue) for _ in range(2))
    assert first.content == second.content and first.data == second.data


def test_progress_goes_up_from_nought_to_one(scene: Scene, subject: DocumentSubject) -> None:
    told: list[float] = []
    produce.make(scene.reading, subject, progress=told.append)
    assert told[0] == 0.0 and told[-1] == 1.0 and told == sorted(told)


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "a.md"])
def test_the_name_says_the_format(
    scene: Scene, subject: DocumentSubject, tmp_path: Path, name: str
) -> None:
    produce.export(scene.reading, subject, tmp_path / name)
    raw = (tmp_path / name).read_bytes()
    assert raw.startswith(b"PK") == name.lower().endswith(".docx")
    said = text_of(raw) if raw.startswith(b"PK") else raw.decode()
    assert "备用电源告警" in said


@pytest.mark.parametrize("name", ["a.odt", "a.doc", "a", "a.docx.exe"])
def test_another_format_is_refused_and_nothing_is_written(
    scene: Scene, subject: DocumentSubject, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Refused, match=name):
        produce.export(scene.reading, subject, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_unless_it_is_forced(
    scene: Scene, subject: DocumentSubject, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match=r"a\.md"):
        produce.export(scene.reading, subject, path)
    assert path.read_text(encoding="utf-8") == "mine"
    produce.export(scene.reading, subject, path, force=True)
    assert scene.open.number in path.read_text(encoding="utf-8")


def test_a_faulty_template_of_the_company_leaves_no_file(
    scene: Scene, subject: DocumentSubject, tmp_path: Path
) -> None:
    own = scene.workspace.home / FOLDER / "record.fix.docx"
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(word("{{ nothing_of_that_name }}"))
    try:
        with pytest.raises(Refused, match=own.name):
            produce.export(scene.reading, subject, tmp_path / "a.docx")
        assert list(tmp_path.iterdir()) == []
    finally:
        own.unlink()
