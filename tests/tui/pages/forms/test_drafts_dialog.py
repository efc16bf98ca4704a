"""Drafts: what was typed survives leaving, crashes and kills, and is offered again."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from models.book.book import Book
from models.storage.drafts import Drafts, FormDraft
from models.text.words import language
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, lines, newest, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.dialogs.confirm import Confirm, DraftQuestion
from tui.pages.forms.drafts_dialog import DraftsDialog
from tui.pages.forms.form_page import FormPage


@pytest.fixture
def drafts(workspace: Workspace) -> Drafts:
    """The drafts of the workspace."""
    return Drafts(workspace.home)


def on(app: SiteApp, page: type[Screen[Any]]) -> bool:
    """Whether this page lies on top."""
    return isinstance(app.screen, page)


async def test_leaving_keeps_what_was_typed_without_asking(
    workspace: Workspace, drafts: Drafts
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        form = app.screen
        await press(pilot, *"kept", "escape")
        assert app.screen is not form and len(app.screen_stack) == 1
        (draft,) = drafts.all()
        assert draft.values == {"phenomenon": "kept"} and draft.left


async def test_nothing_typed_leaves_no_draft(
    workspace: Workspace, book: Book, project: str, drafts: Drafts
) -> None:
    fix = book.add("fix", {"phenomenon": "掉电"}, project=project)
    async with opened(workspace) as (app, pilot):
        for record in (None, fix):
            app.open_form("fix", record=record)
            await press(pilot, "tab", "tab", "shift+tab", "escape")
        app.open_form("fix", {"phenomenon": "prefilled"})
        await press(pilot, "tab", "x", "backspace", "escape")
    assert drafts.all() == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_same_form_offers_its_draft(
    workspace: Workspace, drafts: Drafts, size: tuple[int, int], lang: str
) -> None:
    workspace.change(type(workspace.settings)(lang="en" if lang == "en" else "zh"))
    async with opened(workspace, size) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, *"kept", "tab", "tab", "tab", *"A-01", "escape")
        app.open_form("fix")
        await quiet(pilot)
        assert on(app, DraftQuestion)
        whole(app)
        said = text(app)
        assert ("继续填写" if lang == "zh" else "Continue") in said and "kept" in said
        assert app.focused is not None and app.focused.id == "yes"
        await press(pilot, "enter")
        form = app.screen
        assert form.fields.editing.value("place") == "A-01" and "kept" in text(app)
        await press(pilot, "x", "ctrl+s")
        assert newest(workspace, "fix").values()["phenomenon"] == "keptx"
        assert drafts.all() == []


async def test_a_discarded_draft_is_gone_and_the_form_is_fresh(
    workspace: Workspace, drafts: Drafts
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await press(pilot, *"old", "escape")
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "d")
        assert on(app, FormPage) and drafts.all() == []
        await press(pilot, *"new", "ctrl+s")
        assert newest(workspace, "fix").values()["phenomenon"] == "new"


async def test_escape_on_the_question_leaves_draft_and_form(
    workspace: Workspace, drafts: Drafts
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await press(pilot, *"old", "escape")
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1 and len(drafts.all()) == 1


async def test_half_typed_values_come_back_half_typed(
    workspace: Workspace, book: Book, drafts: Drafts
) -> None:
    book.add("site", {"name": "机房"})
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        app.screen.fields.go("fixed_at")
        await press(pilot, *"11-")
        app.screen.fields.go("site")
        await press(pilot, *"xyz", "escape", *"ab")  # Esc took back the first try
        await press(pilot, "ctrl+q")
    (draft,) = drafts.all()
    assert dict(draft.texts) == {"fixed_at": "11-", "site": "ab"} and not draft.left
    async with opened(workspace) as (app, pilot):
        await press(pilot, "enter")
        assert on(app, FormPage)
        assert app.screen.fields.editing.fields[1].text == "ab"
        assert "11-" in text(app)


async def test_forms_of_different_things_have_drafts_of_their_own(
    workspace: Workspace, book: Book, project: str, drafts: Drafts
) -> None:
    one, two = (book.add("fix", {"phenomenon": name}, project=project) for name in "甲乙")
    async with opened(workspace) as (app, pilot):
        for at, record in enumerate((None, one, two)):
            app.open_form("fix", record=record)
            await quiet(pilot)
            assert on(app, FormPage)
            await press(pilot, "end", str(at), "escape")
        app.open_form("note", {"about": one.id})
        await press(pilot, "n", "escape")
        app.open_form("note", {"about": two.id})
        await quiet(pilot)
        assert on(app, FormPage)
    held = {draft.key.partition(":")[0]: draft.values for draft in drafts.all()}
    assert held[one.id] == {"phenomenon": "甲1"} and held[two.id] == {"phenomenon": "乙2"}


async def test_a_draft_of_an_edit_keeps_what_the_person_had_seen(
    workspace: Workspace, book: Book, project: str
) -> None:
    """Case 7, over a restart: the base is the one of the first opening."""
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", record=fix)
        await press(pilot, "end", "x", "escape")
        book.edit(fix.id, {"phenomenon": "二"})
        app.open_form("fix", record=book.get(fix.id))
        await quiet(pilot)
        await press(pilot, "c")
        assert "测试员 同时改成了：二" in text(app)
        await press(pilot, "ctrl+s")
        assert len(book.writer.siblings(fix.id)["phenomenon"]) == 1


async def test_drafts_left_by_a_crash_are_offered_at_the_start(
    workspace: Workspace, drafts: Drafts
) -> None:
    for at, name in enumerate(("甲", "乙")):
        drafts.keep(FormDraft(key=f"k{at}", type="fix", values={"phenomenon": name}, at=at + 1))
    async with opened(workspace) as (app, pilot):
        await quiet(pilot)
        whole(app)
        assert "2 份未完成的草稿" in text(app) and text(app).index("乙") < text(app).index("甲")
        await press(pilot, "f8")
        assert on(app, Confirm) and app.focused.id == "no"
        await press(pilot, "enter")
        assert len(drafts.all()) == 2  # Enter is on Cancel
        await press(pilot, "f8", "y")
        assert [draft.key for draft in drafts.all()] == ["k0"]
        await press(pilot, "enter")
        assert on(app, FormPage) and "甲" in text(app)


async def test_drafts_left_on_purpose_wait_quietly(workspace: Workspace, drafts: Drafts) -> None:
    drafts.keep(FormDraft(key="new:fix", type="fix", values={"phenomenon": "甲"}, left=True))
    async with opened(workspace) as (app, pilot):
        await quiet(pilot)
        assert len(app.screen_stack) == 1
        app.open_drafts()
        await quiet(pilot)
        assert on(app, DraftsDialog)


async def test_a_type_nobody_knows_any_more_keeps_its_draft(
    workspace: Workspace, drafts: Drafts
) -> None:
    drafts.keep(FormDraft(key="new:gone", type="gone", values={"was": "在[/]"}))
    async with opened(workspace) as (app, pilot):
        await quiet(pilot)
        assert "gone" in text(app) and "在[/]" in text(app)
        await press(pilot, "enter")
        assert "不认识" in app.notices[-1].text
    assert len(drafts.all()) == 1


async def test_a_field_that_is_gone_stays_in_the_draft(
    workspace: Workspace, drafts: Drafts
) -> None:
    drafts.keep(FormDraft(key="new:fix", type="fix", values={"phenomenon": "甲", "gone": "旧"}))
    async with opened(workspace) as (_, pilot):
        await quiet(pilot)
        await press(pilot, "enter", "x", "escape")
    (draft,) = drafts.all()
    assert draft.values == {"phenomenon": "甲x", "gone": "旧"}


async def test_a_draft_of_what_was_frozen_meanwhile_can_be_read(
    workspace: Workspace, book: Book, drafts: Drafts
) -> None:
    template = book.add("template", {"name_zh": "日检", "frequency": "daily"})
    async with opened(workspace) as (app, pilot):
        app.open_form("template", record=template)
        await press(pilot, "end", "x", "escape")
        book.move(template.id, "publish")
        (draft,) = drafts.all()
        app.open_draft(draft)
        await quiet(pilot)
        assert "日检x" in text(app) and "不能修改" in text(app)
        await press(pilot, "ctrl+s")
        assert "不能修改" in text(app) and len(drafts.all()) == 1


async def test_a_refused_save_keeps_the_draft(
    workspace: Workspace, book: Book, drafts: Drafts, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("weekly")
        await quiet(pilot)
        await press(pilot, *["tab"] * 3, *"busy", "ctrl+s")
        assert newest(workspace, "weekly").values()["progress"] == "busy"
        app.open_form("weekly")
        await quiet(pilot)
        await press(pilot, *["tab"] * 3, *"again", "ctrl+s")
        assert on(app, FormPage) and "已有相同的周报" in text(app)
        await press(pilot, "escape")
        (draft,) = drafts.all()
        assert draft.values == {"progress": "again"}


async def test_throwing_away_asks_first(workspace: Workspace, drafts: Drafts) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await press(pilot, *"gone", "f8")
        assert on(app, Confirm) and app.focused.id == "no"
        await press(pilot, "escape")
        assert "gone" in text(app)
        await press(pilot, "f8", "y")
        assert len(app.screen_stack) == 1 and drafts.all() == []


async def test_hostile_drafts_are_harmless(workspace: Workspace, drafts: Drafts) -> None:
    for at, payload in enumerate(PAYLOADS.values()):
        drafts.keep(FormDraft(key=f"k{at}", type="fix", values={"phenomenon": payload}, at=at + 1))
    async with opened(workspace) as (app, pilot):
        await quiet(pilot)
        for _ in range(8):
            whole(app)
            await press(pilot, "pagedown")


async def test_a_disk_that_takes_no_draft_is_said_once(workspace: Workspace) -> None:
    (workspace.home / "drafts").write_text("in the way", encoding="utf-8")
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "x")
        app.screen.keep_draft()
        app.screen.keep_draft()
        said = [one.text for one in app.notices if "草稿没有写到磁盘" in one.text]
        assert len(said) == 1
        await press(pilot, "ctrl+s")
        assert newest(workspace, "fix").values()["phenomenon"] == "x"


# -- pulling the plug ----------------------------------------------------------------------------

KEPT_WITHIN = 0.3
"""Seconds after which what was typed must be on the disk."""
WORDS = "UPS报警,机房温度超限;已换电池并观察abcdefghijklmnop0123456789"


def pull_the_plug(home: Path, seed: int) -> None:
    """Type at the pace of a person, kill the app at some moment, and look at the draft."""
    from tests.tui.typist import Typist

    dice = random.Random(seed)
    shown: list[float] = []
    with Typist(home) as typist:
        typist.see("问题现象")
        for at in range(1, dice.randrange(2, len(WORDS))):
            typist.type(WORDS[at - 1])
            shown.append(typist.see(WORDS[:at]))
            typist.watch(dice.choice((0, 0, 0.02, 0.08, 0.15)))
        typist.watch(dice.uniform(0, 0.5))
        killed = typist.kill()
    due = sum(1 for at in shown if killed - at >= KEPT_WITHIN)
    draft = Drafts(home).get("new:fix")
    held = str(draft.values["phenomenon"]) if draft is not None else ""
    assert WORDS.startswith(held) and len(held) >= due, (held, WORDS[:due])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("seed", range(10))
def test_what_was_typed_before_the_plug_was_pulled(tmp_path: Path, seed: int) -> None:
    language.now = "zh"
    begin(tmp_path / "book", name="测试员", lang="zh", project="甲").close()
    pull_the_plug(tmp_path / "book", seed)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("seed", range(100, 180))
def test_what_was_typed_before_the_plug_was_pulled_many_times(tmp_path: Path, seed: int) -> None:
    begin(tmp_path / "book", name="测试员", lang="zh", project="甲").close()
    pull_the_plug(tmp_path / "book", seed)


async def test_many_drafts_of_many_lines_stand_one_a_line(
    workspace: Workspace, drafts: Drafts
) -> None:
    for at_ in range(30):
        text_ = f"第{at_}行\n又一行\n\n还有"
        drafts.keep(FormDraft(key=f"new:{at_}", type="fix", texts={"phenomenon": text_}))
    async with opened(workspace) as (app, _):
        seen = lines(app)
        assert sum("又一行 还有" in line for line in seen) >= 12
        assert any("Esc 稍后处理" in line for line in seen)  # what the keys do is never pushed out


async def test_every_word_of_a_draft_is_said_in_the_language(
    workspace: Workspace, drafts: Drafts, project: str
) -> None:
    values = {"project": project, "occurred": 1_795_307_400_000}
    drafts.keep(FormDraft(key="new:fix", type="fix", values=values, texts={"cause": "锈"}))
    async with opened(workspace) as (app, _):
        seen = text(app)
        assert "项目 测试项目; 发生时间 2026-11-22 08:30; 原因 锈" in seen
        assert "project" not in seen and "occurred" not in seen
