"""Each document says what the records say: all of it, as it was typed, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from models.derived.figures import NOT_ASSESSABLE
from models.records.weekly.week import supplements
from models.records.weekly.week.content import content_of
from models.records.weekly.week.project_week import week_report
from models.schema.record import Record
from models.text.words import Lang, Refused, language
from sync.workspace.sync_status import reach
from tests.support import checks
from tests.support.entry_weeks import figures_of
from tests.support.team import acting
from tests.tui.documents.conftest import ODD, WEEK, Scene
from tests.tui.documents.makers import text_of
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.formats import markdown
from tui.documents.frame import DocumentSubject
from tui.documents.layout import Facts
from tui.documents.word import template_builder
from tui.documents.word.reproducible_zip import parts

PRINTED = ("weekly", "week", "checklist", "escalation", "record")


def subject(scene: Scene, name: str) -> DocumentSubject:
    """What a document is about in the scene."""
    about: dict[str, Record] = {
        "weekly": scene.weekly,
        "week": scene.project,
        "checklist": scene.sheet,
        "escalation": scene.escalation,
        "record": scene.fix,
    }
    week = WEEK if name == "week" else ""
    return registry.subject_of(scene.reading, DOCUMENTS[name], about[name], week=week)


def said(scene: Scene, name: str) -> str:
    """The text of a draft, whatever is in it."""
    return text_of(produce.make(scene.reading, subject(scene, name)).content)


def texts(data: Any) -> list[str]:
    """Every text in a document's data."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    assert isinstance(data, str), data
    return [data]


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("name", PRINTED)
def test_all_that_was_gathered_stands_in_it(scene: Scene, name: str, lang: Lang) -> None:
    language.now = lang
    what = subject(scene, name)
    data = registry.gather(scene.reading, what)
    document = text_of(produce.make(scene.reading, what).content)
    hidden = {"figures", "organisation_id", "service_period", "project_code", "department"}
    for key, value in data.items():
        if key in hidden or (key == "empty"):
            continue
        for text in texts(value):
            assert text in document or not _printed(what, key), (key, text)
    mail = markdown.text(what.layout, data)
    assert ("草稿" if lang == "zh" else "DRAFT") in mail and ("草稿" in document) == (lang == "zh")


def _printed(what: DocumentSubject, key: str) -> bool:
    """Whether our own template prints a name: a company's may print others."""
    xml = b"".join(parts(template_builder.template(what.layout, language.now)).values()).decode(
        "utf8", "ignore"
    )
    return re.search(rf"\b{key}\b", re.sub(r"<[^>]*>", "", xml)) is not None


@pytest.mark.parametrize("name", PRINTED)
def test_our_templates_print_every_block(scene: Scene, name: str) -> None:
    what = subject(scene, name)
    for block in what.layout.printed:
        keys = [key for _, key in block.rows] if isinstance(block, Facts) else [block.key]
        assert all(_printed(what, key) for key in keys)
        assert set(keys) <= registry.gather(scene.reading, what).keys()


@pytest.mark.parametrize("name", ("weekly", "week", "escalation", "record"))
def test_odd_text_is_whole(scene: Scene, name: str) -> None:
    assert ODD in said(scene, name)


def test_the_weekly_entry(scene: Scene) -> None:
    document = said(scene, "weekly")
    for text in ("卓工", "阮经理", "42.5", "有风险", "备件紧缺", "2026-11-16 – 2026-11-22", "按时"):
        assert text in document
    data = registry.gather(scene.reading, subject(scene, "weekly"))
    assert data["prepared"]["name"] == "卓工" and data["reviewed"]["name"] == "阮经理"
    assert data["reviewed"]["remark"] == "好" and data["approved"]["name"] == ""
    solved, *rest = data["problems"]
    assert (solved["cause"], solved["verified"]) == ("滤网堵 <2 层>", "是")
    assert {row["state"] for row in rest} == {"未解决"}


def test_figures_of_the_week_are_those_of_the_query(scene: Scene) -> None:
    book = scene.workspace.book
    report = week_report(book, scene.project, WEEK, reach(scene.workspace))
    figures = figures_of(content_of(book, report))
    data = registry.gather(scene.reading, subject(scene, "week"))
    known = {k: str(NOT_ASSESSABLE if v is None else v) for k, v in vars(figures).items()}
    assert data["figures"] == known and known["plan_rate"] == str(NOT_ASSESSABLE)
    assert len(data["solved"]) == figures.solved == 1
    assert len(data["unsolved"]) == figures.unsolved == 2
    assert [row["name"] for row in data["people"]] == [
        scene.workspace.people.name(m.person) for m in report.members
    ]
    assert data["checks"][0]["items"] == "3" and data["checks"][0]["bad"] == "1"
    document = said(scene, "week")
    assert "解决 1 项" in document and "未解决 2 项" in document and "缺报人" in document


def test_the_checklist_sheet(scene: Scene) -> None:
    document = said(scene, "checklist")
    for text in ("★UPS 面板告警", "机房温度", "18 - 27 ℃", "29.5 ℃", "异常", "偏高 <27", "无门禁"):
        assert text in document
    assert "共 3 项：正常 1，异常 1，不适用 1，未检 0，未填 0" in document


def test_the_dossier_has_group_notes_and_course(scene: Scene) -> None:
    document = said(scene, "escalation")
    assert "协调厂商" in document and f"备注 {ODD}" in document and "链路间歇中断" in document


def test_a_void_record_says_so(scene: Scene) -> None:
    book = scene.workspace.book
    made = book.add("fix", {"phenomenon": "误报"}, project=scene.project.id)
    book.void(made.id, "重复 <登记>")
    what = registry.subject_of(scene.reading, DOCUMENTS["record"], book.get(made.id))
    assert "已作废：重复 <登记>" in text_of(produce.make(scene.reading, what).content)


def test_wrong_records_and_editions_are_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match="不能导出为"):
        registry.subject_of(scene.reading, DOCUMENTS["weekly"], scene.fix)
    with pytest.raises(Refused, match="没有版别"):
        registry.subject_of(scene.reading, DOCUMENTS["record"], scene.fix, edition="customer")


def test_files_are_whole_and_never_overwritten(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    produce.export(scene.reading, subject(scene, "record"), path)
    before = path.read_bytes()
    with pytest.raises(Refused):
        produce.export(scene.reading, subject(scene, "record"), path)
    with pytest.raises(Refused):
        produce.export(scene.reading, subject(scene, "record"), tmp_path / "a.odt")
    assert path.read_bytes() == before and [*tmp_path.iterdir()] == [path]


def test_markdown_shows_what_was_typed() -> None:
    typed = "# 标题\n- 项 *粗* _斜_ [a](b) <b> | `c` ~x~ 1. 一\n1. 二\n![x](y)\n=== \n&lt;"
    marked = markdown.escape(typed)
    assert re.sub(r"\\(.)", r"\1", marked) == typed
    assert not re.search(r"(?m)^(#|-|\d+\.|=)", marked)
    assert not re.search(r"(?<!\\)[*_\[\]<>|`~&]", marked)


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("name", [*DOCUMENTS])
def test_our_templates_name_chinese_fonts_everywhere(name: str, lang: Lang) -> None:
    for edition in DOCUMENTS[name].editions or ("",):
        found = parts(template_builder.template(registry.layout_of(DOCUMENTS[name], edition), lang))
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            xml = found[part].decode()
            for run in re.findall(r"<w:r>.*?</w:r>", xml, re.S):
                if (
                    "{%tr" not in run
                    and "<w:t" in run
                    and '<w:sz w:val="18"/></w:rPr><w:t>1' not in run
                ):
                    named = re.search(r'w:eastAsia="([^"]+)"', run)
                    styled = re.search(r"<w:rPr>", run) is None  # a heading's own style names it
                    assert styled or (named and named[1] in ("宋体", "黑体", "仿宋")), run
        styles = found["word/styles.xml"].decode()
        assert "heme" not in "".join(re.findall(r"<w:rFonts[^>]*>", styles))
        assert 'w:eastAsia="宋体"' in styles and 'w:eastAsia="黑体"' in styles
        assert "NUMPAGES" in found["word/footer1.xml"].decode()


def test_the_week_has_the_managers_words_and_what_came_later(scene: Scene) -> None:
    book = scene.workspace.book
    report = supplements.compiled(book, scene.project.id, WEEK)
    book.edit(report.id, {"summary": f"总体平稳 {ODD}"})
    his = acting(scene.workspace, scene.lead)
    his.move(report.id, "issue")
    late = {"week": WEEK, "person": book.me, "progress": "迟到的周报"}
    entry = book.add("weekly", late, project=scene.project.id)
    book.move(entry.id, "submit")
    document = said(scene, "week")
    assert f"总体平稳 {ODD}" in document and "签发后才提交" in document
    data = registry.gather(scene.reading, subject(scene, "week"))
    assert data["prepared"]["name"] == "阮经理"
    his.move(entry.id, "accept")
    assert [
        row["text"] for row in registry.gather(scene.reading, subject(scene, "week"))["supplements"]
    ][:1] == ["迟到的周报"]


def test_the_share_done_is_told_and_grows(scene: Scene, tmp_path: Path) -> None:
    told: list[float] = []
    produce.export(scene.reading, subject(scene, "week"), tmp_path / "w.docx", progress=told.append)
    assert told == sorted(told) and told[0] == 0.0 and told[-1] == 1.0 and len(told) >= 5


def test_what_contradicts_its_reading_is_not_printed_as_normal(scene: Scene) -> None:
    book = scene.workspace.book
    answers = book.store.rows("SELECT id FROM answer WHERE reading='29.5'")
    checks.forge(book, answers[0][0], reading="99")
    document = said(scene, "checklist")
    assert "超限" in document and "99 ℃" in document
    assert "正常 1，异常 1，不适用 1" in document
    assert "1 项标为正常而测量值超限，计为异常。" in document
