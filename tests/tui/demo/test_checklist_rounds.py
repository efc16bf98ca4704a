"""Rounds of the demonstration: which sheets there are, and what breaks their routine."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from models.calendar.working_calendar import BUNDLED
from tui.demo.checklist_rounds import (
    Rounds,
    RoundSlot,
    answer_ref,
    place_of,
    rows_of,
    sheet_ref,
    slots_of,
)
from tui.demo.checklists import RETURNS, SKIPS, TEMPLATES, template_of
from tui.demo.faults import FAULTS
from tui.demo.line_stream import DAYS, Span, Stream
from tui.demo.master_data import put_places, put_projects, put_templates

FRIDAY = date(2026, 11, 20)


@cache
def played(seed: int = 1) -> Stream:
    """The sheets of the month that ends on a Friday."""
    out = Stream("zh", Span(FRIDAY, BUNDLED))
    for put in (put_places, put_projects, put_templates):
        put(out)
    Rounds(out, seed).put()
    return out


def lines_of(ref: str) -> list[dict[str, Any]]:
    """The lines of one record, in order."""
    return [line for line in played().sorted() if line["ref"] == ref]


def test_a_daily_checklist_has_a_round_on_every_day_and_later_a_second_one() -> None:
    slots = slots_of(played(), template_of("hosp-env"))
    assert [slot.back for slot in slots if slot.round == 1] == list(range(DAYS - 1, -1, -1))
    assert [slot.back for slot in slots if slot.round == 2] == list(range(9, 0, -1))


@pytest.mark.parametrize(("template", "count"), [("tram-quarter", 1), ("hosp-restore", 1)])
def test_a_quarterly_or_monthly_checklist_has_one_round(template: str, count: int) -> None:
    assert len(slots_of(played(), template_of(template))) == count


def test_a_weekly_checklist_has_a_round_on_the_first_day_of_each_week() -> None:
    out = played()
    slots = slots_of(out, template_of("tram-power"))
    firsts = [out.span.in_week(week)[0] for week in out.span.weeks()]
    assert {slot.back for slot in slots} == set(firsts)


def test_a_fault_of_a_weekly_checklist_is_found_at_one_of_its_sheets() -> None:
    out, template = played(), template_of("water-power")
    slots = slots_of(out, template)
    assert place_of(out, template, 0) == len(slots) - 1
    assert slots[place_of(out, template, 1)] == slots[-2]


def test_drafts_and_retired_templates_have_no_sheets() -> None:
    used = {line["template"] for line in played().sorted() if line.get("type") == "sheet"}
    assert used == {template.ref for template in TEMPLATES if template.state == "published"}


def test_refs_are_made_of_template_day_round_item_and_equipment() -> None:
    ref = sheet_ref(played(), "hosp-env", RoundSlot(0, 1))
    assert ref == "hosp-env-2026-11-20-1"
    assert answer_ref(ref, "return_air", "hosp-crac1") == f"{ref}-return-air-hosp-crac1"


def test_a_sheet_is_answered_row_by_row_and_submitted_after_that() -> None:
    template = template_of("hosp-srv")
    ref = sheet_ref(played(), template.ref, RoundSlot(3, 1))
    answers = [line for line in played().sorted() if line.get("sheet") == ref]
    assert [line["item"] for line in answers] == [
        f"{template.ref}-{row.item.stable.replace('_', '-')}" for row in rows_of(template)
    ]
    moves = [line["move"] for line in lines_of(ref) if "move" in line]
    assert moves == ["submit", "review"]
    assert max(int(str(line["at"])) for line in answers) < int(str(lines_of(ref)[1]["at"]))


def test_todays_sheets_are_begun_or_done_or_not_there() -> None:
    begun = sheet_ref(played(), "tram-com", RoundSlot(0, 1))
    assert [line.get("type") for line in lines_of(begun)] == ["sheet"]
    assert sum(line.get("sheet") == begun for line in played().sorted()) == 9
    assert not lines_of(sheet_ref(played(), "water-net", RoundSlot(0, 1)))


def test_an_item_without_verdict_has_its_reason() -> None:
    answers = {line["ref"]: line for line in played().sorted() if line.get("type") == "answer"}
    for skip in SKIPS:
        template = template_of(skip.template)
        slot = slots_of(played(), template)[place_of(played(), template, skip.back, skip.round)]
        answer = answers[answer_ref(sheet_ref(played(), skip.template, slot), skip.item, None)]
        assert (answer["result"], answer["reason"]) == (skip.result, skip.reason.zh)
        assert "reading" not in answer


def test_a_returned_sheet_is_corrected_and_submitted_again() -> None:
    for back in (one for one in RETURNS if one.item):
        ref = sheet_ref(played(), back.template, RoundSlot(back.back, 1))
        moves = [line["move"] for line in lines_of(ref) if "move" in line]
        assert moves == ["submit", "return", "submit", "review"]
        wrong, right = lines_of(answer_ref(ref, back.item, None))
        assert (wrong["reading"], right["reading"]) == (back.shown, back.right)


def test_a_fault_is_shown_on_every_sheet_until_its_last_reading() -> None:
    for fault in (one for one in FAULTS if one.template):
        template = template_of(fault.template)
        start = place_of(played(), template, fault.found, fault.round)
        slots = slots_of(played(), template)[start:]
        assert slots
        for slot, value in zip(slots, fault.values, strict=False):  # the last may be still to come
            sheet = sheet_ref(played(), template.ref, slot)
            found = lines_of(answer_ref(sheet, fault.item, fault.device_row))
            if found:  # the last sheet may be answered in part
                assert found[0]["result"] == "not_ok"
                assert not value or found[0]["reading"] == value


def test_another_seed_gives_other_times_and_the_same_sheets() -> None:
    one, other = played(1).sorted(), played(2).sorted()
    assert {line["ref"] for line in one} == {line["ref"] for line in other}
    assert [line["at"] for line in one] != [line["at"] for line in other]
