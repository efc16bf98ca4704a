"""A hand-over by keys: the receiver has it on Today, confirms it, and has the giver's work."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from docx import Document as read_docx

from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.open_items import on
from tests.support.staff import Staff
from tests.tui.seen import SIZES, at, opened, whole
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import RECORDS
from tui.documents.record_text import RecordText
from tui.pages.records.record_page import RecordPage


@pytest.mark.shows(63)
@pytest.mark.parametrize("size", SIZES)
async def test_the_receiver_confirms_by_keys_and_has_the_work_on_today(
    workspace: Workspace,
    staff: Staff,
    handover: Record,
    work: dict[str, Any],
    clock: time_machine.Traveller,
    size: tuple[int, int],
) -> None:
    staff.engineer.move(handover.id, "give")
    on(clock, date(2026, 11, 23))
    workspace.book = staff.colleague
    async with opened(workspace, size) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        assert "待接收 工作交接 年休假期间的驻场工作" in hand.seen
        assert "交接给我代管的" not in hand.seen
        app.open_record(handover.id)
        await hand.press("f1", "escape")
        at(app, RecordPage)
        assert "现在未办完 3 项" in hand.seen and "风扇异响" in hand.seen
        whole(app)
        await hand.move("handover", "confirm")
        await hand.press("ctrl+s")
        assert staff.colleague.get(handover.id).state == "confirmed"
        await hand.press("escape", "1")
        assert "交接给我代管的" in hand.seen and "风扇异响" in hand.seen
        whole(app)
        await hand.press("f9")
        assert "Handed over to me" in hand.seen
        whole(app)


def test_its_paper_lists_what_is_handed_over(
    workspace: Workspace, handover: Record, work: dict[str, Any], tmp_path: Path
) -> None:
    reading = RecordText(workspace)
    subject = registry.subject_of(reading, RECORDS["handover"], handover)
    path = tmp_path / "a.docx"
    produce.export(reading, subject, path)
    cells = [
        cell.text
        for table in read_docx(str(path)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any("风扇异响" in one for one in cells) and any("补一份台账" in one for one in cells)
