"""Values as a document says them: whole, clean, in order; what is not here is said to be absent."""

from __future__ import annotations

import pytest

from models.storage import blobs
from models.text.words import language
from tests.support.hostile import PAYLOADS
from tests.tui.documents.conftest import ODD, Scene
from tui.documents.record_text import clean, numbered


def test_the_state_says_what_else_is_true_of_a_record(scene: Scene) -> None:
    book = scene.workspace.book
    made = book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    assert scene.reading.state(made) == "待处理"
    voided = book.void(made.id, "重复")
    assert scene.reading.state(voided) == "待处理\n已作废：重复"


def test_a_field_is_said_whole_and_an_empty_one_is_empty(scene: Scene) -> None:
    reading = scene.reading
    assert reading.text(scene.fix, "phenomenon") == clean(ODD)
    assert reading.text(None, "phenomenon") == "" and reading.text(scene.open, "cause") == ""
    found = reading.texts(scene.fix, type(scene.fix), "cause", "correction")
    assert found == {"cause": "滤网堵 <2 层>", "correction": "清洗\n复位"}
    assert set(reading.texts(None, type(scene.fix)).values()) == {""}


def test_the_course_names_who_when_and_into_which_state(scene: Scene) -> None:
    found = scene.reading.moves(scene.weekly)
    assert [(one["by"], one["state"], one["comment"]) for one in found] == [
        *(("卓工", "已提交", ""), ("阮经理", "已接受", "好")),
    ]
    assert found[0]["at"] == "2026-11-20 16:00" and found[0]["move"] == "提交"
    language.now = "en"
    assert [one["move"] for one in scene.reading.moves(scene.weekly)] == ["Submit", "Accept"]


def test_notes_come_oldest_first_and_clean(scene: Scene) -> None:
    (found,) = scene.reading.notes([scene.escalation])
    assert found["text"] == clean(f"备注 {ODD}") and found["by"] == "管理员"
    assert scene.reading.notes([scene.open]) == []


def test_a_file_that_is_not_here_is_said_to_be_absent(scene: Scene) -> None:
    book, home = scene.workspace.book, scene.workspace.home
    made = book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    kept = blobs.keep_bytes(home, b"picture", "照片.jpg")
    for name, sha in (("照片.jpg", kept.sha256), ("远方.pdf", "a" * 64)):
        book.add("attachment", {"about": made.id, "name": name, "sha256": sha, "size": kept.size})
    found = {one["name"]: one for one in scene.reading.attachments([made])}
    assert set(found) == {"照片.jpg", "远方.pdf （文件未到本机）"}
    assert found["照片.jpg"]["sum"] == kept.sha256[:16]


def test_a_link_is_number_and_title_once(scene: Scene) -> None:
    reading = scene.reading
    assert reading.named(None) == "" and reading.named("01a2278a-e956-7326-999c-f3f1aebf8661") == ""
    assert reading.named(scene.project.id) == f"{scene.project.number} 机房运维"
    assert reading.named(scene.sheet.id).startswith(scene.sheet.number)


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_acts_on_a_reader_is_shown(name: str) -> None:
    text = clean(PAYLOADS[name])
    assert "\r" not in text and "\x1b" not in text and "\x00" not in text
    assert clean(text) == text


def test_rows_are_numbered_from_one() -> None:
    assert numbered([{"a": "x"}, {"a": "y"}]) == [{"no": "1", "a": "x"}, {"no": "2", "a": "y"}]
    assert numbered([]) == []
