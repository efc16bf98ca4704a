"""A link to a restricted record of others says so, and opens nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from models.queries import links
from models.text.words import Lang, language
from tests.support.incident_files import Case, declared
from tests.tui.seen import SIZES, at, opened, press, quiet, text
from tui.app.navigation import NOT_HERE
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_a_statement_names_its_file_by_a_word(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    with declared():
        case = Case(tmp_path / "team")
        case.open_file()
        said = case.state(case.eng)
        mine = case.eng.workspace
        mine.change(replace(mine.settings, lang=cast("Lang", lang)))
        async with opened(mine, size) as (app, pilot):
            app.open_record(said)
            await quiet(pilot)
            assert language.now == lang
            shown = text(app)
            assert shown.count(str(links.UNREAD)) == 3  # its field, its links, its history
            assert case.file[:8] not in shown
            view = at(app, RecordPage).query_one(DocumentView)
            for name in ("open", "link"):
                for _ in range(20):
                    if view.current == f"{name}:{case.file}":
                        break
                    await press(pilot, "down")
                assert view.current == f"{name}:{case.file}"
                await press(pilot, "enter")
                assert at(app, RecordPage).record_id == said
                assert app.notices[-1].text == str(NOT_HERE)
        case.team.close()
