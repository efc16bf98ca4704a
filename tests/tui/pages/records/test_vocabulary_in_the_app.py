"""A vocabulary edited in the app with keys: draft, new term, put to use, offered in a form."""

from __future__ import annotations

from textual.events import Paste

from models.book.book import Book
from models.schema.record import kinds
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


async def typed(pilot: object, said: str) -> None:
    """Paste a text where the cursor is."""
    pilot.app.focused.post_message(Paste(said))  # type: ignore[attr-defined]
    await quiet(pilot)  # type: ignore[arg-type]


async def test_a_new_version_is_made_used_and_offered(workspace: Workspace, book: Book) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("vocabulary")
        await quiet(pilot)
        subjects = [one.name for one in kinds["vocabulary"].specs()["subject"].known]
        await press(pilot, "n", str(subjects.index("cause_class") + 1), "ctrl+s")
        draft = newest(workspace, "vocabulary")
        app.open_record(draft.id)
        await quiet(pilot)
        page = at(app, RecordPage)
        assert "原因类别" in text(app) and "设备故障" in text(app)
        await press(pilot, "n")
        form = at(app, FormPage)
        for name, said in (("code", "psu"), ("word_zh", "电源模块"), ("word_en", "power module")):
            form.fields.go(name)
            await typed(pilot, said)
        form.fields.go("above")
        await typed(pilot, "equipment")
        whole(app)
        await press(pilot, "ctrl+s")
        assert newest(workspace, "term").values()["code"] == "psu"
        assert app.screen is page and "电源模块" in text(app)
        await press(pilot, "s")
        await typed(pilot, "按评审意见细分")
        await press(pilot, "ctrl+s")
        assert book.get(draft.id).state == "in_use"
        app.open_form("fix", {})
        await quiet(pilot)
        form = at(app, FormPage)
        form.fields.go("cause_class")
        await quiet(pilot)
        assert "2 › 电源模块" in text(app)
        await press(pilot, "2", "ctrl+s")
        assert newest(workspace, "fix").values()["cause_class"] == "psu"


async def test_pages_of_it_are_whole_in_both_languages_and_sizes(
    workspace: Workspace, book: Book
) -> None:
    made = book.add("vocabulary", {"subject": "cause_class"})
    book.move(made.id, "use", {"reason": "试"})
    second = book.add("vocabulary", {"subject": "cause_class"})
    book.move(second.id, "use", {"reason": "再试"})
    for size in SIZES:
        async with opened(workspace, size) as (app, pilot):
            app.open_list("vocabulary")
            await quiet(pilot)
            assert "已有新版" in text(app) and "使用中" in text(app)
            for lang in ("zh", "en"):
                assert language.now == lang
                whole(app)
                app.open_record(made.id)
                await quiet(pilot)
                whole(app)
                assert {"zh": "已有新版", "en": "replaced"}[lang] in text(app)
                await press(pilot, "escape", "f9")
            language.now = "zh"
