"""Issued documents: frozen, kept whole, made again byte for byte, versioned with reasons."""

from __future__ import annotations

import json

import pytest

from models.book.approval import settled
from models.book.conflict.conflicts import all_conflicts
from models.storage import blobs, rows
from models.text.words import Refused, language
from tests.support.team import acting
from tests.tui.documents.conftest import WEEK, Scene
from tests.tui.documents.makers import text_of, word
from tui.documents import issue, registry
from tui.documents.document import DOCUMENTS
from tui.documents.frame import DocumentSubject
from tui.documents.word.fill import fill


def weekly(scene: Scene) -> DocumentSubject:
    """The accepted entry."""
    return registry.subject_of(scene.reading, DOCUMENTS["weekly"], scene.weekly)


def kept(scene: Scene, sha: str | None) -> bytes:
    """The bytes with a checksum."""
    return blobs.place(scene.workspace.home, str(sha)).read_bytes()


@pytest.mark.shows(83)
def test_what_was_issued_is_kept_and_can_be_made_again(scene: Scene) -> None:
    done = issue.issue(scene.reading, weekly(scene))
    record = done.record
    assert kept(scene, record.sha256) == done.made.content
    assert (record.version, record.document, record.about) == (1, "weekly", scene.weekly.id)
    assert record.project == scene.project.id
    again = fill(
        kept(scene, record.template_sha256), json.loads(kept(scene, record.data_sha256)), "t"
    )
    assert again == done.made.content
    issue.check(scene.reading, record)
    language.now = "en"  # the language of the one who checks does not matter
    issue.check(scene.reading, record)
    document = text_of(done.made.content)
    assert "草稿" not in document and "V1.0" in document and "首次签发" in document
    assert "卓工" in document and "阮经理" in document
    about = rows.fetch(
        scene.workspace.store,
        type(scene.workspace.book.get(scene.weekly.id)),
        "WHERE id=?",
        (scene.weekly.id,),
    )
    assert about[0].dots == scene.weekly.dots  # issuing changes nothing of what it prints


def test_a_second_version_needs_a_reason_and_tells_of_the_first(scene: Scene) -> None:
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], scene.fix)
    first = issue.issue(scene.reading, what)
    with pytest.raises(Refused) as refused:
        issue.issue(scene.reading, what, "  ")
    assert refused.value.word == issue.NEEDS_REASON
    scene.workspace.book.add("note", {"about": scene.fix.id, "text": "补充照片"})
    second = issue.issue(scene.reading, what, "补充 <照片>")
    assert (first.record.version, second.record.version) == (1, 2)
    assert kept(scene, first.record.sha256) == first.made.content
    document = text_of(second.made.content)
    assert "V1.0" in document and "V2.0" in document and "补充 <照片>" in document
    draft = registry.gather(scene.reading, what)
    assert draft["version"] == "V3.0" and len(draft["changes"]) == 2 and draft["mark"]
    issue.check(scene.reading, first.record)


def test_issued_documents_are_never_edited(scene: Scene) -> None:
    made = scene.workspace.book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], made)
    record = issue.issue(scene.reading, what).record
    with pytest.raises(Refused):
        scene.workspace.book.edit(record.id, {"version": 9})


def test_what_is_not_ready_is_not_issued(scene: Scene) -> None:
    book = scene.workspace.book
    entry = book.add(
        "weekly",
        {"week": "2026-W46", "person": book.me, "progress": "x"},
        project=scene.project.id,
    )
    what = registry.subject_of(scene.reading, DOCUMENTS["weekly"], entry)
    with pytest.raises(Refused) as refused:
        issue.issue(scene.reading, what)
    assert refused.value.word == issue.NOT_READY
    void = book.void(book.add("fix", {"phenomenon": "x"}, project=scene.project.id).id, "误")
    with pytest.raises(Refused) as refused:
        issue.issue(scene.reading, registry.subject_of(scene.reading, DOCUMENTS["record"], void))
    assert refused.value.word == issue.VOID


def test_a_record_of_the_company_is_issued_without_a_project(scene: Scene) -> None:
    customer = scene.workspace.book.get(scene.project.customer or "")
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], customer)
    record = issue.issue(scene.reading, what).record
    assert (record.project, record.about) == (None, customer.id)
    assert scene.workspace.book.space_of(record) == "company"
    issue.check(scene.reading, record)
    with pytest.raises(Refused) as refused:
        issue.issue(scene.reading, what)
    assert refused.value.word == issue.NEEDS_REASON


def test_conflicts_come_first(scene: Scene) -> None:
    book = scene.workspace.book
    made = book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    for text in ("一", "二"):
        book.edit(made.id, {"cause": text}, seen=made.dots)
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], book.get(made.id))
    with pytest.raises(Refused) as refused:
        issue.issue(scene.reading, what)
    assert refused.value.word == settled.IN_CONFLICT and "原因" in str(refused.value)


def test_a_lead_issues_the_week_an_engineer_drafts_it(scene: Scene) -> None:
    reading = scene.reading
    what = registry.subject_of(reading, DOCUMENTS["week"], scene.project, week=WEEK)
    reading.book = acting(scene.workspace, scene.engineer)
    with pytest.raises(Refused) as refused:
        issue.issue(reading, what)
    assert refused.value.word == issue.NOT_ISSUER
    reading = scene.reading
    reading.book = acting(scene.workspace, scene.lead)
    for one in list(all_conflicts(scene.workspace.book)):  # of the tests before
        with pytest.raises(Refused) as refused:
            issue.issue(reading, what)
        assert refused.value.word == settled.UNSETTLED
        assert one.record.number in str(refused.value)
        scene.workspace.book.void(one.record.id, "重复登记")
    record = issue.issue(reading, what).record
    assert (record.week, record.project) == (WEEK, scene.project.id)


def test_a_changed_file_or_a_lost_one_is_noticed(scene: Scene) -> None:
    made = scene.workspace.book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], made)
    record = issue.issue(scene.reading, what).record
    place = blobs.place(scene.workspace.home, str(record.sha256))
    content = place.read_bytes()
    place.write_bytes(content + b"x")
    with pytest.raises(Refused) as refused:
        issue.check(scene.reading, record)
    assert refused.value.word == issue.DIFFERS
    place.unlink()
    with pytest.raises(Refused) as refused:
        issue.check(scene.reading, record)
    assert refused.value.word == issue.LOST
    place.write_bytes(content)
    issue.check(scene.reading, record)


def test_a_bad_template_leaves_nothing_behind(scene: Scene) -> None:
    folder = scene.workspace.home / "papers"
    folder.mkdir(exist_ok=True)
    own = folder / "escalation.docx"
    own.write_bytes(word("{{ nobody }}"))
    before = scene.workspace.store.rows("SELECT count(*) FROM change")
    what = registry.subject_of(scene.reading, DOCUMENTS["escalation"], scene.escalation)
    try:
        with pytest.raises(Refused, match="nobody"):
            issue.issue(scene.reading, what)
    finally:
        own.unlink()
    assert scene.workspace.store.rows("SELECT count(*) FROM change") == before


def test_the_data_is_canonical_text(scene: Scene) -> None:
    record = issue.issue(
        scene.reading,
        registry.subject_of(scene.reading, DOCUMENTS["checklist"], scene.sheet),
    ).record
    data = json.loads(kept(scene, record.data_sha256))
    assert data["mark"] == "" and data["version"] == "V1.0" and data["items"]


def test_the_number_of_a_voided_version_is_not_used_again(scene: Scene) -> None:
    book = scene.workspace.book
    made = book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], made)
    book.void(issue.issue(scene.reading, what).record.id, "发错")
    with pytest.raises(Refused):
        issue.issue(scene.reading, what)
    again = issue.issue(scene.reading, what, "更正")
    assert again.record.version == 2 and "已作废：发错" in text_of(again.made.content)
