"""Asking dialogs: what is typed outlives the app, and is there when the question is asked again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.storage.drafts import Drafts
from models.text.words import language
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.tui.seen import opened, press, quiet, text
from tui.pages.dialogs.asking_dialog import AskingDialog
from tui.pages.forms.drafts_dialog import DraftsDialog

ROOT = Path(__file__).parents[4]
ASKED = {
    "why a record is void": ("3", "f8"),
    "which file is attached": ("3", "t"),
    "a shared folder": ("9", "f"),
    "where a bundle is written": ("9", "w"),
    "which request is admitted": ("0", "a"),
    "where a document is written": ("3", "ctrl+e", "1"),
}
"""The keys from Today to a question."""
OTHERS = {
    "tui/pages/forms/form_pane.py": "forms and moves have drafts of their own",
    "tui/pages/dialogs/record_picker.py": "a search: it takes no words",
}
"""What has fields beside the asking dialogs."""


@pytest.fixture
def fix(book: Book, project: str) -> str:
    """A fix to ask about."""
    return book.add("fix", {"phenomenon": "掉电"}, project=project).id


def drafts(workspace: Workspace) -> list[str]:
    """All that is kept, as text."""
    found = Drafts(workspace.home).waiting()
    return [str({**one.values, **one.texts}) for one in found]


@pytest.mark.parametrize("keys", ASKED.values(), ids=ASKED)
async def test_words_outlive_the_app_and_are_asked_for_again(
    workspace: Workspace, fix: str, keys: tuple[str, ...]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, *keys, *"qzx", "ctrl+q")
    assert len(drafts(workspace)) == 1 and "qzx" in drafts(workspace)[0]
    async with opened(workspace) as (app, pilot):
        await quiet(pilot)
        assert isinstance(app.screen, DraftsDialog)
        await press(pilot, "escape", *keys)
        assert isinstance(app.screen, AskingDialog)
        fields = app.screen.fields.editing.fields
        assert any("qzx" in f"{one.value} {one.text}" for one in fields)


@pytest.mark.parametrize(
    "name", ["why a record is void", "a shared folder", "which request is admitted"]
)
async def test_a_draft_opens_the_question_itself(workspace: Workspace, fix: str, name: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, *ASKED[name], *"qzx", "ctrl+q")
    async with opened(workspace) as (app, pilot):
        await quiet(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, AskingDialog) and "qzx" in text(app)


async def test_esc_keeps_the_words_and_an_answer_ends_the_draft(
    workspace: Workspace, book: Book, fix: str
) -> None:
    async with opened(workspace) as (_, pilot):
        await press(pilot, "3", "f8", *"qzx", "escape")
        assert "qzx" in drafts(workspace)[0]
        await press(pilot, "f8", "y", "enter")
    assert book.get(fix).void == "qzxy" and drafts(workspace) == []


async def test_what_a_question_offers_is_no_draft(workspace: Workspace, fix: str) -> None:
    async with opened(workspace) as (_, pilot):
        await press(pilot, "3", "ctrl+e", "1", "escape")
    assert drafts(workspace) == []


def test_whatever_has_fields_keeps_them() -> None:
    """A new dialog with fields is an asking dialog, or says here why it is none."""
    found = set()
    for path in (ROOT / "tui").rglob("*.py"):
        source = path.read_text(encoding="utf-8").replace("class FormWidget(", "")
        if "FormWidget(" in source and "AskingDialog" not in source:
            found.add(path.relative_to(ROOT).as_posix())
    assert found == set(OTHERS)


# -- pulling the plug ----------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A book with a fix, closed."""
    language.now = "zh"
    workspace = begin(tmp_path / "book", name="测试员", lang="zh", project="甲")
    (project,) = (id for (id,) in workspace.store.rows("SELECT id FROM project"))
    workspace.book.add("fix", {"phenomenon": "掉电"}, project=project)
    workspace.close()
    yield tmp_path / "book"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("keys", "see"),
    [("3", "掉电"), ("9", "和谁同步"), ("0", "测试员")],
    ids=["void", "folder", "admit"],
)
def test_words_outlive_a_killed_app(home: Path, keys: str, see: str) -> None:
    from tests.tui.typist import Typist

    ask = {"3": "\x1b[19~", "9": "f", "0": "a"}[keys]
    with Typist(home, form=False) as typist:
        typist.see("今日")
        typist.type(keys)
        typist.see(see)
        typist.watch(0.5)
        typist.type(ask)
        typist.see("Esc 取消")
        for letter in "qzx":
            typist.type(letter)
            typist.watch(0.2)
        typist.see("qzx")
        typist.watch(0.5)
        typist.kill()
    (draft,) = Drafts(home).waiting()
    assert "qzx" in str({**draft.values, **draft.texts})


def test_the_app_offers_nothing_that_another_window_has_open(home: Path) -> None:
    """Two windows with the same form have a draft each; killed, both are there."""
    from tests.tui.typist import Typist

    with Typist(home) as one, Typist(home) as other:
        for typist, word in ((one, "aqz"), (other, "bqz")):
            typist.see("问题现象")
            for letter in word:
                typist.type(letter)
                typist.watch(0.2)
            typist.see(word)
            typist.watch(0.5)
        assert Drafts(home).waiting() == [] and len(Drafts(home).all()) == 2
        one.kill()
        other.kill()
    assert sorted(str(one.values["phenomenon"]) for one in Drafts(home).waiting()) == ["aqz", "bqz"]


def test_the_form_of_one_window_takes_no_draft_of_the_other(home: Path) -> None:
    from tests.tui.typist import Typist

    with Typist(home) as one, Typist(home) as other:
        for typist, word in ((one, "aqz"), (other, "bqz")):
            typist.see("问题现象")
            for letter in word:
                typist.type(letter)
                typist.watch(0.2)
            typist.see(word)
        one.type("\x13")
        one.see("已保存")
        other.type("\x11")
        other.ended()
    (draft,) = Drafts(home).waiting()
    assert draft.values == {"phenomenon": "bqz"}
