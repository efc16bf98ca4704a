"""The form: any declared type, filled in by keys, judged at saving, honest about others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from models.book.book import Book
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.schema.roles import ENGINEER
from models.storage.drafts import Drafts
from models.text.words import language
from sync.workspace.workspace import Workspace, open_book
from tests.support import random_checks, service_plans
from tests.support.hostile import PAYLOADS, REFUSED
from tests.support.team import admit
from tests.tui.seen import SIZES, lines, newest, opened, press, quiet, text, whole
from tui.forms.field import Field
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage

PNG = "0" * 64
TYPED: dict[str, tuple[str, Any]] = {
    "line": ("一行字", "一行字"),
    "prose": ("一\n二", "一\n二"),
    "number": ("２３．５", "23.5"),
    "count": ("7", 7),
    "day": ("2026-11-22", "2026-11-22"),
    "week": ("2026-W47", "2026-W47"),
    "quarter": ("2026Q4", "2026-Q4"),
    "money": ("3.5", "CNY 3.5"),
    "moment": ("2026-11-22 8:30", 1_795_307_400_000),
    "file": (PNG, PNG),
}
"""For each kind of field that is typed: what is typed, and the value it means."""
LATER = ("2036-11-24", "2036-11-24")
NAMED: dict[str, tuple[str, Any]] = {"code": ("psu", "psu")}
NAMED |= {"random_draw.first": LATER, "random_draw.last": LATER}
"""The same by the field's name, or the type's with it: what is drawn from begins later."""
BESIDE = ("follows", "level_again", "concerned")
"""Fields not filled in with the others: what it follows, what a second person types, and the
person where a subcontractor is named."""


@pytest.fixture
def targets(book: Book, project: str) -> dict[str, str]:
    """A record of every type that a link may point to, and the person."""
    made = {"person": book.me, "project": project, "": ""}
    made["customer"] = book.add("customer", {"name": "客户"}).id
    made["site"] = book.add("site", {"name": "机房"}).id
    made["equipment"] = book.add("equipment", {"name": "UPS", "site": made["site"]}).id
    made["template"] = book.add("template", {"name_zh": "日检", "rounds": 9}).id
    item = {"template": made["template"], "text_zh": "温度"}
    made["template_item"] = book.add("template_item", item).id
    book.move(made["template"], "publish", {"frequency": "daily"})
    sheet = {"template": made["template"], "day": "2026-11-20", "round": 1}
    made["sheet"] = book.add("sheet", sheet, project=project).id
    answer = {"sheet": made["sheet"], "item": made["template_item"]}
    made["answer"] = book.add("answer", answer).id
    made["fix"] = book.add("fix", {"phenomenon": "掉电"}, project=project).id
    made["escalation"] = book.add("escalation", {"phenomenon": "掉电"}, project=project).id
    weekly = {"person": book.me, "week": "2026-W40"}
    made["weekly"] = book.add("weekly", weekly, project=project).id
    report = {"week": "2026-W39"}
    made["weekly_report"] = book.add("weekly_report", report, project=project).id
    made["milestone"] = book.add("milestone", {"name": "初验"}, project=project).id
    made["delivery"] = book.add("delivery", {"name": "备件"}, project=project).id
    made["problem_report"] = approved_report(book, project)
    made[""] = made["fix"]
    return made


def approved_report(book: Book, project: str) -> str:
    """A problem report that may be kept as experience."""
    texts = dict.fromkeys(("phenomenon", "cause_direct", "solution", "follow_up"), "掉电")
    report = book.add("problem_report", {**texts, "audience": "both"}, project=project)
    for move in ("submit", "review", "approve"):
        book.move(report.id, move)
    return report.id


def some(book: Book, project: str, made: dict[str, str], type_: str) -> str:
    """A record of a type, of no more than is required of it; made if there is none yet."""
    cls = kinds.get(type_)
    if cls is None or type_ in made:
        return made[type_]
    values = {}
    for name, spec in cls.specs().items():
        if spec.required and not spec.computed:
            if spec.kind == "link":
                values[name] = some(book, project, made, spec.target)
            else:
                values[name] = spec.known[0].name if spec.known else TYPED[spec.kind][1]
    whose = project if cls.kind.space == "project" and not cls.kind.parent else None
    made[type_] = book.add(type_, values, project=whose).id
    return made[type_]


def prepare(workspace: Workspace, project: str, made: dict[str, str], type_: str) -> None:
    """What a record of a type waits for, and a record of every type that it may point to."""
    book = workspace.book
    if type_ == "template_item":  # a published template takes no more of them
        made["template"] = book.add("template", {"name_zh": "周检"}).id
    if type_ in ("random_draw", "random_check"):  # somebody to draw, and norms
        admit(workspace, "林工", [ENGINEER])
        random_checks.furnished(book, project)
        made["template"] = newest(workspace, "template").id
    if type_ == "quarterly_answer":  # a check that is begun here has every question
        with book.bringing():
            some(book, project, made, "quarterly_check")
    for name, spec in kinds[type_].specs().items():
        if spec.kind == "link" and not (spec.computed or spec.by_move) and name != "follows":
            some(book, project, made, spec.target)
    approved = ""
    if type_ == "proposal_method":
        approved = book.edit(made["service_method"], {"steps": "逐项检查"}).id
    if type_ == "task_execution":
        approved = book.edit(made["service_plan"], service_plans.YEAR).id
        values = {"what": "巡检", "due": "2026-11-23", "doer": book.me, "code": "一行字"}
        book.add("service_task", {"plan": approved, **values})
    for move in ("submit", "approve") if approved else ():
        book.move(approved, move)


async def paste(pilot: Any, typed: str) -> None:
    """Paste a text where the focus is."""
    pilot.app.focused.post_message(Paste(typed))
    await quiet(pilot)


async def fill(pilot: Any, fields: Any, field: Field, targets: dict[str, str], type_: str) -> Any:
    """Fill in the field that is edited with keys; the value it must have."""
    spec = field.spec
    if spec.kind == "choice":
        at = min(len(spec.choices), 9)  # a digit is one key
        await press(pilot, str(at))
        return spec.choices[at - 1].name
    if spec.kind == "choices":
        await press(pilot, "1")
        return spec.choices[0].name
    if spec.kind == "flag":
        await press(pilot, "y")
        return True
    if spec.kind == "persons":
        await paste(pilot, "csy")
        return fields.editing.reading.book.me
    usual = NAMED.get(field.name) or TYPED.get(spec.kind, ("", None))
    typed, value = NAMED.get(f"{type_}.{field.name}", usual)
    if spec.kind == "link":
        value = targets[spec.target]
        found = fields.editing.reading.book.find(value)
        typed = found.number if found is not None else "csy"
    elif spec.low is not None or spec.high is not None:
        typed, value = ("5", 5 if spec.kind == "count" else "5")
        value = "CNY 5" if spec.kind == "money" else value
    await press(pilot, "end", "ctrl+u")
    await paste(pilot, typed)
    return value


RULED = {"archive_item", "check_sample", "experience", "quality_target", "required_document"}
RULED |= {"rule_row", "rule_table", "self_assessment"}
"""Types of which a rule asks more of the book than one record of each other type."""


@pytest.mark.parametrize("type_", sorted(kinds.keys() - RULED))
async def test_every_field_of_every_type_goes_through_the_form(
    workspace: Workspace, book: Book, project: str, targets: dict[str, str], type_: str
) -> None:
    cls = kinds[type_]
    parent = cls.kind.parent
    above = cls.specs()[parent].target if parent else type_
    specs = kinds[above].specs() if above in kinds else {}
    if any(s.required and s.kind == "choice" and not s.choices for s in specs.values()):
        pytest.skip("no table is declared of which there could be a version")
    if any(cls.specs()[name].internal for name in cls.kind.key if name in cls.specs()):
        pytest.skip("it is written by its own command, not in a form")
    if parent and above in kinds and kinds[above].kind.table:
        subject = "complaint_handling" if above == "procedure" else "cause_class"
        targets[above] = book.add(above, {"subject": subject}).id
    prepare(workspace, project, targets, type_)
    start = {parent: targets[above]} if parent else {}
    async with opened(workspace, (100, 40)) as (app, pilot):
        app.open_form(type_, start)
        await quiet(pilot)
        form = app.screen
        assert isinstance(form, FormPage)
        wanted: dict[str, Any] = {}
        for field in [one for one in form.fields.editing.fields if not one.locked]:
            if field.name not in cls.specs() or field.name in BESIDE:
                continue
            form.fields.go(field.name)
            await quiet(pilot)
            wanted[field.name] = await fill(pilot, form.fields, field, targets, type_)
        whole(app)
        await press(pilot, "ctrl+s")
        faults = [str(f.fault) for f in form.fields.editing.fields if f.fault]
        assert app.screen is not form, (faults, text(app))
        made = newest(workspace, type_)
        assert {name: made.values()[name] for name in wanted} == wanted
        kind, specs = cls.kind, cls.specs()
        asked = {n for n, s in specs.items() if kind.asks(s.asked_from, kind.states[0].name)}
        every = {n for n in asked if not (specs[n].computed or specs[n].by_move)}
        assert every <= {*wanted, parent, *BESIDE}
        assert Drafts(workspace.home).all() == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_fix_by_keys_alone(
    workspace: Workspace, book: Book, targets: dict[str, str], size: tuple[int, int], lang: str
) -> None:
    language.now = "en" if lang == "en" else "zh"
    workspace.change(type(workspace.settings)(lang=language.now))
    async with opened(workspace, size) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        whole(app)
        await press(pilot, *"UPS down", "tab", *"jf", "enter", *"ups", "enter", *"A-01", "enter")
        whole(app)
        await press(pilot, "3", "tab", *"old", "tab", "1", "ctrl+s")
        made = newest(workspace, "fix")
        assert (
            made.values()
            | {
                "phenomenon": "UPS down",
                "site": targets["site"],
                "equipment": targets["equipment"],
                "place": "A-01",
                "found_during": "customer",
                "cause": "old",
                "cause_class": "equipment",
            }
            == made.values()
        )
        assert app.notices[-1].text in (f"已保存 {made.number}", f"{made.number} saved")


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    workspace: Workspace, book: Book
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("template", {"name_en": "Room"})
        await quiet(pilot)
        form = app.screen
        form.fields.go("rounds")
        await press(pilot, "x", "ctrl+s")
        assert app.screen is form
        assert form.fields.current.name == "name_zh"
        assert "! “名称（中文）”需要填写。" in text(app)
        assert "! “每日轮次”：应为整数。" in text(app)
        await press(pilot, *"ri", "ctrl+s")
        assert form.fields.current.name == "rounds" and "需要填写" not in text(app)
        await press(pilot, "backspace", "1", "0", "ctrl+s")
        assert "允许范围" in text(app) and app.screen is form
        await press(pilot, "backspace", "ctrl+s")
        assert newest(workspace, "template").values()["rounds"] == 1


async def test_a_text_too_long_is_refused_with_a_sentence(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("customer")
        await quiet(pilot)
        await paste(pilot, "长" * 201)
        await press(pilot, "ctrl+s")
        assert "太长，最多 200 个字" in text(app)
        await press(pilot, "backspace", "ctrl+s")
        assert newest(workspace, "customer").values()["name"] == "长" * 200


@pytest.mark.parametrize("bad", REFUSED.values(), ids=REFUSED.keys())
async def test_what_cannot_be_stored_is_refused_and_can_be_removed(
    workspace: Workspace, bad: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await paste(pilot, bad)
        await press(pilot, "ctrl+s")
        whole(app)
        assert "不能保存的字符" in text(app)
        await press(pilot, "left", "backspace", "ctrl+s")
        assert newest(workspace, "fix").values()["phenomenon"] == "ab"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_in_every_field_is_harmless(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    site = book.add("site", {"name": PAYLOADS["clear screen"]})
    names = ("phenomenon", "place", "cause", "correction")
    texts = list(PAYLOADS.values())
    async with opened(workspace, size) as (app, pilot):
        for at in range(0, len(texts), len(names)):
            values = dict(zip(names, texts[at:], strict=False))
            line = " ".join(values["place"].split())[:200] if "place" in values else None
            made = book.add("fix", values | {"place": line, "site": site.id}, project=project)
            app.open_form("fix", record=made)
            await quiet(pilot)
            form = app.screen
            whole(app)
            for name in values:
                form.fields.go(name)
                await press(pilot, "x")
                whole(app)
            assert form.fields.editing.value("phenomenon") == texts[at] + "x"
            await press(pilot, "escape")
            for draft in Drafts(workspace.home).all():
                Drafts(workspace.home).drop(draft.key, draft.window)


async def test_no_project_is_asked_for_where_there_is_one_and_a_choice_where_there_are_two(
    workspace: Workspace, book: Book, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        assert app.screen.fields.editing.fields[0].name == "phenomenon"
        await press(pilot, "x", "ctrl+s")
        assert newest(workspace, "fix").project == project
        other = book.add("project", {"name": "乙项目"})
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "ctrl+s")
        assert "“项目”需要填写" in text(app)
        await press(pilot, *"yxm", "enter", "y", "ctrl+s")
        assert newest(workspace, "fix").project == other.id


async def test_when_it_occurred_can_be_said(workspace: Workspace, book: Book) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "x", "ctrl+end", *"2026-11-01 8:00", "ctrl+s")
        made = newest(workspace, "fix")
        assert made.occurred == 1_793_491_200_000 and made.recorded > made.occurred


async def test_equipment_brings_its_site_and_is_narrowed_by_it(
    workspace: Workspace, book: Book, targets: dict[str, str]
) -> None:
    other = book.add("site", {"name": "泵站"})
    book.add("equipment", {"name": "UPS-2", "site": other.id})
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        form = app.screen
        form.fields.go("equipment")
        await press(pilot, *"ups")
        assert "UPS-2" in text(app)
        await press(pilot, "escape")
        form.fields.go("site")
        await press(pilot, *"jf", "enter", *"ups")
        assert "UPS-2" not in text(app)
        await press(pilot, "enter")
        form.fields.go("site")
        await press(pilot, "ctrl+u", "tab", "ctrl+u")
        assert form.fields.editing.value("site") is None
        await press(pilot, *"UPS-2", "enter")
        assert form.fields.editing.value("site") == other.id


async def test_a_new_target_is_made_in_place(workspace: Workspace, book: Book) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        first = app.screen
        await press(pilot, *"tab", "tab", *"Room 2", "ctrl+n")
        assert app.screen is not first and "Room 2" in text(app)
        await press(pilot, "ctrl+s")
        assert app.screen is first
        site = newest(workspace, "site")
        assert first.fields.editing.value("site") == site.id
        assert "Room 2" in text(app)
        await press(pilot, "tab", *"UPS", "down", "enter")  # the only offer is to make it
        await press(pilot, "ctrl+s", "ctrl+s")
        made = newest(workspace, "fix")
        assert made.values()["equipment"] == newest(workspace, "equipment").id
        assert newest(workspace, "equipment").values()["site"] == site.id


async def test_leaving_a_name_that_nothing_has_keeps_it_and_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "x", "tab", *"nowhere", "tab")
        form = app.screen
        field = form.fields.editing.fields[1]
        assert (field.text, field.value) == ("nowhere", None)
        assert "没有找到“nowhere”" in text(app)
        await press(pilot, "ctrl+s")
        assert app.screen is form and form.fields.current.name == "site"
        await press(pilot, "ctrl+u", "ctrl+s")
        assert app.screen is not form


async def test_editing_writes_what_changed_and_nothing_else(
    workspace: Workspace, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "一", "place": "A"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", record=fix)
        await quiet(pilot)
        await press(pilot, "end", "x", "ctrl+s")
        last = list(book.change_log.history(fix.id))[-1]
        assert dict(last.fields) == {"phenomenon": "一x"}
        before = len(list(book.change_log.history(fix.id)))
        app.open_form("fix", record=book.get(fix.id))
        await quiet(pilot)
        await press(pilot, "tab", "ctrl+s")
        assert len(list(book.change_log.history(fix.id))) == before


async def test_another_process_changed_the_field_meanwhile(
    workspace: Workspace, book: Book, project: str
) -> None:
    """Case 7: both values are kept, and the form says so before and after saving."""
    fix = book.add("fix", {"phenomenon": "一", "place": "A", "cause": "旧"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", record=fix)
        await quiet(pilot)
        await press(pilot, "end", "x")
        other = open_book(workspace.home)
        other.book.edit(fix.id, {"phenomenon": "二", "cause": "新"})
        other.close()
        app._watch()
        await quiet(pilot)
        assert "测试员 同时改成了：二" in text(app)
        assert app.screen.fields.editing.value("cause") == "新"
        await press(pilot, "ctrl+s")
        assert "两个值都已保留" in app.notices[-1].text and app.notices[-1].bad
        (sibling,) = book.writer.siblings(fix.id)["phenomenon"]
        assert {sibling[3], book.get(fix.id).values()["phenomenon"]} == {"一x", "二"}


async def test_a_submitted_record_asks_to_be_reopened(
    workspace: Workspace, book: Book, targets: dict[str, str]
) -> None:
    sheet = newest(workspace, "sheet")
    book.edit(targets["answer"], {"result": "ok"})
    book.move(sheet.id, "submit")
    async with opened(workspace) as (app, pilot):
        app.open_form("sheet", record=book.get(sheet.id))
        await quiet(pilot)
        assert "已提交" in text(app) and "取消 (n)" in text(app)
        await press(pilot, "n")
        assert not isinstance(app.screen, FormPage) and book.get(sheet.id).state == "submitted"
        app.open_form("sheet", record=book.get(sheet.id))
        await quiet(pilot)
        await press(pilot, "y")
        assert book.get(sheet.id).state == "open"
        await press(pilot, *"late", "ctrl+s")
        assert newest(workspace, "sheet").values()["remark"] == "late"


async def test_a_frozen_record_says_why_it_cannot_be_edited(
    workspace: Workspace, book: Book
) -> None:
    template = book.add("template", {"name_zh": "日检", "frequency": "daily"})
    book.move(template.id, "publish")
    async with opened(workspace) as (app, pilot):
        app.open_form("template", record=book.get(template.id))
        await quiet(pilot)
        assert not isinstance(app.screen, FormPage)
        assert "不能修改" in app.notices[-1].text and app.notices[-1].bad


async def test_earlier_problems_with_the_same_equipment_are_shown(
    workspace: Workspace, book: Book, targets: dict[str, str], project: str
) -> None:
    then = book.change_log.now() - 12 * 86_400_000
    values = {"phenomenon": "UPS 旁路", "equipment": targets["equipment"], "cause": "电池老化"}
    old = book.add("fix", values, project=project, occurred=then)
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", {"equipment": targets["equipment"]})
        await quiet(pilot)
        assert "同一设备  12 天前  UPS 旁路  原因：电池老化" in text(app)
        await press(pilot, *"kept", "f6")
        assert isinstance(app.screen, RecordPage) and app.screen.record_id == old.id
        await press(pilot, "escape")
        assert "kept" in text(app)


async def test_saving_tells_whoever_opened_the_form(workspace: Workspace) -> None:
    told: list[Record] = []
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", {"phenomenon": "x"}, then=told.append)
        await quiet(pilot)
        await press(pilot, "ctrl+s")
        assert [one.id for one in told] == [newest(workspace, "fix").id]


async def test_forty_fields_are_no_slower_to_draw(workspace: Workspace) -> None:
    """The number of widgets does not grow with the number of fields."""
    counts = set()
    async with opened(workspace) as (app, pilot):
        for type_ in ("customer", "escalation"):
            app.open_form(type_)
            await quiet(pilot)
            counts.add(len(app.screen.query("*")))
            await press(pilot, "escape")
    assert len(counts) == 1 and counts.pop() < 20


async def test_the_language_is_switched_in_the_middle_of_a_form(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, *"typed", "tab", "f9")
        assert "Problem" in text(app) and "typed" in text(app) and "问题现象" not in text(app)
        whole(app)
        await press(pilot, "f9", "shift+tab", "x", "ctrl+s")
        assert newest(workspace, "fix").values()["phenomenon"] == "typedx"


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the editor")
async def test_the_other_editor_writes_into_the_field(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "外部\\n两行\\n" > "$1"\n', encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        monkeypatch.setattr(type(app._driver), "can_suspend", True)
        await press(pilot, "x", "f4")
        assert app.screen.fields.editing.editor.value == "外部\n两行"
        await press(pilot, "ctrl+z", "ctrl+s")
        assert newest(workspace, "fix").values()["phenomenon"] == "x"


async def test_without_an_editor_it_says_what_to_set(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        monkeypatch.setattr(type(app._driver), "can_suspend", True)
        await press(pilot, "x", "f4")
        assert "EDITOR" in app.notices[-1].text
        assert app.screen.fields.editing.editor.value == "x"


@pytest.mark.parametrize("size", [(40, 10), (30, 8), (20, 5)])
async def test_small_windows(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_form("escalation")
        await quiet(pilot)
        for key in ("x", "tab", "a", "ctrl+end", "pageup"):
            await press(pilot, key)
            whole(app)
        assert len(lines(app)) == size[1]


async def test_help_tells_the_keys_of_a_form(workspace: Workspace) -> None:
    async with opened(workspace, (100, 120)) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        app.screen.fields.go("site")
        await press(pilot, "f1")
        seen = text(app)
        for word in ("下一个字段", "Ctrl+S", "F4", "新建所选", "撤销输入"):
            assert word in seen, word
        await press(pilot, "escape", "tab")
        assert app.screen.fields.current.name == "equipment"


def test_every_kind_of_field_is_covered() -> None:
    used = {spec.kind for cls in kinds.values() for spec in cls.specs().values()}
    assert used <= {*TYPED, "choice", "choices", "flag", "link", "persons"}
    assert isinstance(next(iter(kinds["fix"].specs().values())), Spec)


async def test_a_known_project_is_passed_by_and_typing_replaces_a_choice(
    workspace: Workspace, book: Book, project: str, targets: dict[str, str]
) -> None:
    book.add("project", {"name": "二号"})
    other = book.add("site", {"name": "泵站"})
    start = {"phenomenon": "温度", "site": targets["site"]}
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", start, project=project)
        await quiet(pilot)
        await press(pilot, "3", "0", "tab")  # words go on where the text ends
        await press(pilot, "泵")  # a site is chosen already: another name takes its place
        await press(pilot, "tab", "ctrl+s")
        made = newest(workspace, "fix").values()
        assert made["phenomenon"] == "温度30" and made["site"] == other.id
        assert newest(workspace, "fix").project == project
        app.open_form("fix", record=newest(workspace, "fix"))
        await quiet(pilot)
        await press(pilot, "tab", "tab", "ctrl+s")  # passing by changes nothing
        assert newest(workspace, "fix").values()["site"] == other.id


async def test_the_form_of_an_answer_is_called_by_its_item(
    workspace: Workspace, book: Book, targets: dict[str, str]
) -> None:
    answer = book.get(targets["answer"])
    async with opened(workspace) as (app, pilot):
        app.push_screen(FormPage("answer", record=answer))
        await quiet(pilot)
        assert f"修改{answer.kind.label}：温度" in lines(app)[0]
        assert answer.number not in lines(app)[0]


async def test_the_first_of_several_projects_is_highlighted_and_enter_takes_it(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = book.add("project", {"name": "乙"}).id
    async with opened(workspace) as (app, pilot):
        page = FormPage("fix")
        app.push_screen(page)
        await quiet(pilot)
        assert page.fields.current.name == "project" and page.fields.editing.helper is not None
        first = page.fields.editing.helper.offers[0].id
        await press(pilot, "enter")
        assert page.fields.editing.value("project") == first and first in (project, other)
        assert page.fields.current.name != "project"


async def test_a_text_too_long_is_said_when_it_arrives(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("customer")
        await quiet(pilot)
        page = app.screen
        assert isinstance(page, FormPage)
        most = page.fields.current.spec.max
        app.post_message(Paste("长" * (most + 1)))
        await quiet(pilot)
        assert page.fields.current.fault is not None and f"最多 {most} 个字" in text(app)
        await press(pilot, "backspace")
        assert f"最多 {most} 个字" not in text(app)


async def test_a_paste_that_no_field_could_hold_is_not_taken(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        page = app.screen
        assert isinstance(page, FormPage)
        await press(pilot, *"ab")
        app.post_message(Paste("长" * 200_000))
        await quiet(pilot)
        assert "256 KiB" in app.notices[-1].text
        await press(pilot, "c")
        assert page.fields.editing.editor.value == "abc"


async def test_a_time_that_lies_ahead_is_doubted_and_kept(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        page = app.screen
        assert isinstance(page, FormPage)
        page.fields.go("fixed_at")
        await press(pilot, *"2036-01-02 08:30", "tab")
        assert "还没有到" in text(app)
        assert page.fields.editing.value("fixed_at") is not None
        page.fields.go("fixed_at")
        await press(pilot, "ctrl+u", *"-30", "tab")
        assert "还没有到" not in text(app)


async def test_a_time_typed_with_a_dot_is_shown_as_it_was_understood(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        page = app.screen
        assert isinstance(page, FormPage)
        page.fields.go("fixed_at")
        await press(pilot, *"8.30", "tab")
        assert f"{page.fields.editing.reading.today:%m-%d} 08:30" in text(app)


async def test_a_project_voided_meanwhile_is_told_and_the_draft_kept(
    workspace: Workspace, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", project=project)
        await quiet(pilot)
        await press(pilot, *"ups")
        workspace.book.void(project, "合同终止")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormPage)
        assert "已作废" in text(app) and "ups" in text(app)
        await press(pilot, "escape")
    assert [{**one.values, **one.texts} for one in Drafts(workspace.home).waiting()]
    assert workspace.store.row("SELECT count(*) FROM fix") == (0,)
