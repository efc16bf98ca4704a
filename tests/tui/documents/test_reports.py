"""Problem reports in two editions, and the concession application with its decision."""

from __future__ import annotations

from typing import get_args

import pytest

from models.schema.record import Record
from models.text.words import Lang, Refused, language
from tests.support.team import acting
from tests.tui.documents.conftest import ODD, Scene
from tests.tui.documents.makers import text_of
from tui.documents import issue, produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.formats import markdown

TEXTS = {
    "subject": "UPS 并机失败",
    "phenomenon": f"内部现象 {ODD}",
    "timeline": "08:05 告警\n08:20 到场",
    "impact": "影响 3 个业务，约 12 分钟",
    "emergency": "切旁路",
    "cause_direct": "整流模块失效",
    "cause_root": "我方巡检漏项（内部）",
    "solution": "更换模块",
    "verification": "带载 2 小时",
    "follow_up": "增加备件",
    "measures": "修订检查表",
    "lessons": "同型号全部排查（内部）",
    "audience": "both",
}
OWN = {
    "customer_phenomenon": "UPS 告警",
    "customer_cause": "部件老化",
}


@pytest.fixture(scope="module")
def report(scene: Scene) -> Record:
    """A report of the fix, handed in and approved."""
    his = acting(scene.workspace, scene.engineer)
    values = {**TEXTS, **OWN, "fix": scene.fix.id, "severity": "high"}
    made = his.add("problem_report", values, project=scene.project.id)
    return scene.workspace.book.get(made.id)


def text(scene: Scene, record: Record, edition: str) -> str:
    """An edition as it is printed."""
    what = registry.subject_of(scene.reading, DOCUMENTS["problem"], record, edition=edition)
    return text_of(produce.make(scene.reading, what).content)


def test_the_internal_edition_says_all(scene: Scene, report: Record) -> None:
    said = text(scene, report, "internal")
    for name, value in TEXTS.items():
        assert name == "audience" or value in said, name
    assert scene.fix.number in said and "内部版" in said and "提交客户并作为经验保留" in said


@pytest.mark.shows(33)
def test_the_customers_edition_says_what_it_should(scene: Scene, report: Record) -> None:
    said = text(scene, report, "customer")
    for name in ("timeline", "impact", "emergency", "solution", "verification", "measures"):
        assert TEXTS[name] in said
    for value in OWN.values():
        assert value in said
    assert "（内部）" not in said and "内部现象" not in said and "客户版" in said
    what = registry.subject_of(scene.reading, DOCUMENTS["problem"], report, edition="customer")
    data = registry.gather(scene.reading, what)
    assert "（内部）" not in str(data)  # so that no template can print it by mistake
    assert "（内部）" not in markdown.text(what.layout, data)


def test_the_editions_are_issued_apart_and_after_approval(scene: Scene, report: Record) -> None:
    book, his = scene.workspace.book, acting(scene.workspace, scene.engineer)
    what = registry.subject_of(scene.reading, DOCUMENTS["problem"], report, edition="customer")
    with pytest.raises(Refused) as refused:
        issue.issue(scene.reading, what)
    assert refused.value.word == issue.NOT_READY
    his.move(report.id, "submit")
    acting(scene.workspace, scene.lead).move(report.id, "review", comment="属实")
    book.move(report.id, "approve")
    for edition in ("customer", "internal"):
        record = book.get(report.id)
        what = registry.subject_of(scene.reading, DOCUMENTS["problem"], record, edition=edition)
        done = issue.issue(scene.reading, what)
        assert (done.record.version, done.record.edition) == (1, edition)
        said = text_of(done.made.content)
        assert all(name in said for name in ("卓工", "阮经理", "管理员", "属实"))


def test_the_approval_is_signed_by_who_approved_not_by_who_published(scene: Scene) -> None:
    """Taking a report into the experience base approves nothing."""
    his, leads = (acting(scene.workspace, one) for one in (scene.engineer, scene.lead))
    made = his.add("problem_report", {**TEXTS, "phenomenon": "告警"}, project=scene.project.id)
    his.move(made.id, "submit")
    leads.move(made.id, "review")
    scene.workspace.book.move(made.id, "approve")
    leads.add("experience", {"source": made.id, "subject": "UPS 并机失败"})
    record = scene.workspace.book.get(made.id)
    assert record.state == "published"
    data = registry.gather(
        scene.reading, registry.subject_of(scene.reading, DOCUMENTS["problem"], record)
    )
    names = [data[part]["name"] for part in ("prepared", "reviewed", "approved")]
    assert names == ["卓工", "阮经理", "管理员"]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_the_concession_leaves_room_for_the_decision(scene: Scene, lang: Lang) -> None:
    language.now = lang
    book = scene.workspace.book
    values = {
        "requirement": "双路供电",
        "situation": f"单路 {ODD}",
        "cause_kind": "environment",
        "why_uncontrollable": "市政施工",
        "follow_up": "下月接入",
        "follow_up_by": "2026-12-20",
        "valid_to": "2027-01-31",
        "scope": "3 号机房",
    }
    made = book.add("concession", values, project=scene.project.id)
    what = registry.subject_of(scene.reading, DOCUMENTS["concession"], made)
    said = text_of(produce.make(scene.reading, what).content)
    for value in values.values():
        assert value == "environment" or value in said
    assert "□" in said and ("盖章" in said) == (lang == "zh")
    assert said.count("管理员") >= 1
