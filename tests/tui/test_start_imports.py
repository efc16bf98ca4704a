"""The first frame waits for nothing heavy; the command line never waits for Textual."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sync.workspace.setup import begin

HEAVY = (
    *("pydantic", "cryptography", "click", "openpyxl", "xlsxwriter", "pypinyin", "rapidfuzz"),
    *("msgpack", "tomlkit", "uuid_utils", "jsonschema", "playhouse.sqlite_ext", "http.client"),
    *(
        "psycopg",
        "starlette",
        "httpx2",
        "docx",
        "docxtpl",
        "lxml",
        "reportlab",
        "rich.markdown",
        "rich.traceback",
    ),
    *("textual.widgets._text_area", "textual.widgets._data_table"),
)
SCRIPT = """
import asyncio, sys
from pathlib import Path
from tui.app.terminal import light
light()
from sync.workspace.workspace import open_book
from tui.app.app import SiteApp

async def main():
    app = SiteApp(open_book(Path(sys.argv[1])))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key in sys.argv[2:]:
            await pilot.press(key)
            await pilot.pause()
        print("SEEN", *(name for name, module in sys.modules.items() if module is not None))
    app.close()

asyncio.run(main())
"""


def seen(home: Path, *keys: str) -> set[str]:
    """The modules that are there after the first frame, and after some keys."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home), *keys],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return set(run.stdout.split("SEEN", 1)[1].split())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A book with one fix."""
    made = begin(tmp_path / "book", name="测试员", lang="zh", project="项目")
    project = made.store.rows("SELECT id FROM project")[0][0]
    made.book.add("fix", {"phenomenon": "泵"}, project=project)
    made.close()
    return tmp_path / "book"


def test_the_first_frame_waits_for_nothing_heavy(home: Path) -> None:
    there = seen(home)
    assert "tui.app.app" in there and "textual.app" in there
    assert [name for name in HEAVY if name in there] == []


def test_neither_do_lists_and_pages(home: Path) -> None:
    there = seen(home, "3", "enter", "escape", "7", "escape")
    assert "tui.pages.records.record_page" in there and "tui.pages.general.settings_page" in there
    assert [name for name in HEAVY if name in there] == []


def test_every_page_works_without_what_is_left_out(home: Path) -> None:
    keys = ["3", "n", "x", "ctrl+s", "escape", "f7", "escape", "f3", "x", "enter", "escape"]
    keys += ["escape", "ctrl+p", "x", "escape", "f1", "x", "escape", "7", "right", "6", "enter"]
    there = seen(home, *keys, "f9", "2", "5", "1", "ctrl+l")
    assert {
        "tui.pages.forms.form_page",
        "tui.pages.general.help_page",
        "tui.pages.general.command_palette",
    } <= there
    assert "textual.widgets._loading_indicator" not in there
