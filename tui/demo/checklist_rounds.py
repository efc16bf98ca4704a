"""The lines of the daily work: sheets with their answers, submitted, reviewed, returned."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from models.text.words import W
from tui.demo.checklists import (
    HANDOVERS,
    REPEATED,
    RETURNS,
    SKIPS,
    TEMPLATES,
    DemoItem,
    DemoTemplate,
    Return,
    Skip,
    remarks_on,
    template_of,
)
from tui.demo.company import devices_of, lead_of
from tui.demo.faults import FAULTS, DemoFault
from tui.demo.line_stream import DAYS, Stream
from tui.demo.master_data import item_ref
from tui.demo.readings import days_left, reading

_SECOND_ROUND = 9
"""From this day on (counted from the end) the customer asks for a second round."""
_ONCE = {"monthly": 5, "quarterly": 5}
_BEGUN_TODAY = {"tram-com": 9, "hosp-srv": 12}
"""Answers given so far on the last day; a template not named is not started yet."""
_DONE_TODAY = ("hosp-env",)
_UNREVIEWED = {("water-net", 1, 1), ("hosp-env", 1, 2)}
_REMARK_RATE = 0.07
_FOLLOWING = W("同前，问题已登记，处理中", "As before; recorded and being dealt with")
"""Remark of an item on the days after its problem was first found."""


class RoundSlot(NamedTuple):
    """One round of a template on one day; `back` counts working days from the end."""

    back: int
    round: int


class DemoAnswer(NamedTuple):
    """One line of a sheet: an item, for a piece of equipment when it is asked for each."""

    item: DemoItem
    device: str | None


def slots_of(out: Stream, template: DemoTemplate) -> list[RoundSlot]:
    """The rounds of a template in the month, earliest first."""
    if template.frequency in _ONCE:
        return [RoundSlot(_ONCE[template.frequency], 1)]
    if template.frequency == "weekly":
        firsts = [out.span.in_week(week)[0] for week in reversed(out.span.weeks())]
        return [RoundSlot(back, 1) for back in firsts if back > 0]
    last = 0 if template.ref in _BEGUN_TODAY or template.ref in _DONE_TODAY else 1
    return [
        RoundSlot(back, round)
        for back in range(DAYS - 1, last - 1, -1)
        for round in range(1, len(template.starts) + 1)
        if round == 1 or 0 < back <= _SECOND_ROUND
    ]


def place_of(out: Stream, template: DemoTemplate, found: int, round: int = 1) -> int:
    """Where in the template's rounds a problem is found (see `DemoFault.found`)."""
    slots = slots_of(out, template)
    return (
        len(slots) - 1 - found
        if template.frequency == "weekly"
        else slots.index(RoundSlot(found, round))
    )


def sheet_ref(out: Stream, template: str, slot: RoundSlot) -> str:
    """The ref of a sheet."""
    return f"{template}-{out.span.day(slot.back).isoformat()}-{slot.round}"


def answer_ref(sheet: str, item: str, device: str | None) -> str:
    """The ref of an answer."""
    return "-".join(part for part in (sheet, item.replace("_", "-"), device) if part)


class Rounds:
    """Puts the sheets of the month; remembers when each answer was given."""

    def __init__(self, out: Stream, seed: int) -> None:
        self.out = out
        self.seed = seed
        self.shown = self._faults()
        self.skipped = self._skips()

    def put(self) -> None:
        """Every sheet of every published template."""
        for template in TEMPLATES:
            if template.state == "published":
                for number, slot in enumerate(slots_of(self.out, template)):
                    self._sheet(template, slot, number)

    def _faults(self) -> dict[tuple[str, str, str | None, int], tuple[DemoFault, str]]:
        """(template, item, equipment, number of the round) -> the fault shown and its reading."""
        found: dict[tuple[str, str, str | None, int], tuple[DemoFault, str]] = {}
        for template in TEMPLATES:
            for fault in (fault for fault in FAULTS if fault.template == template.ref):
                start = place_of(self.out, template, fault.found, fault.round)
                for number, value in enumerate(fault.values, start):
                    found[template.ref, fault.item, fault.device_row, number] = (fault, value)
        return found

    def _skips(self) -> dict[tuple[str, str, int], Skip]:
        """(template, item, number of the round) -> why it has no verdict."""
        return {
            (s.template, s.item, place_of(self.out, template_of(s.template), s.back, s.round)): s
            for s in SKIPS
        }

    def _sheet(self, template: DemoTemplate, slot: RoundSlot, number: int) -> None:
        out, ref = self.out, sheet_ref(self.out, template.ref, slot)
        who = template.who[number % len(template.who)]
        rng = Random(f"{self.seed}/{ref}")
        at = out.span.at(slot.back, template.starts[slot.round - 1]) + rng.randrange(0, 240_000)
        at = out.add(
            "sheet", ref, who, at, project=template.project, template=template.ref,
            day=out.span.day(slot.back).isoformat(), round=slot.round,
        )  # fmt: skip
        rows = rows_of(template)
        begun = _BEGUN_TODAY.get(template.ref) if slot.back == 0 else None
        for row in rows[:begun]:
            at += rng.randrange(25_000, 70_000)
            self._answer(template, slot, number, ref, row, who, at, rng)
        if begun is None:
            self._finish(template, slot, ref, who, out.move("submit", ref, who, at + 90_000))

    def _answer(
        self,
        template: DemoTemplate,
        slot: RoundSlot,
        number: int,
        sheet: str,
        row: DemoAnswer,
        who: str,
        at: int,
        rng: Random,
    ) -> None:
        item, key = row.item, (template.ref, row.item.stable, row.device)
        fault, value = self.shown.get((*key, number), (None, ""))
        result, reason, remark = self._verdict(template, slot, number, item, fault, rng)
        if item.answer_kind == "reading" and result in ("ok", "not_ok"):
            value = value or self._reading(key, slot, item, rng)
        elif item.answer_kind == "text":
            remark = HANDOVERS[rng.randrange(len(HANDOVERS))]
        self.out.add(
            "answer", answer_ref(sheet, item.stable, row.device), who, at, project=template.project,
            sheet=sheet, item=item_ref(template.ref, item.stable), device_row=row.device,
            result=result, reading=value, reason=reason, remark=remark,
        )  # fmt: skip

    def _verdict(
        self,
        template: DemoTemplate,
        slot: RoundSlot,
        number: int,
        item: DemoItem,
        fault: DemoFault | None,
        rng: Random,
    ) -> tuple[str, W | None, W | None]:
        """Result, reason and remark of an answer."""
        if fault is not None:
            first = number == place_of(self.out, template, fault.found, fault.round)
            return "not_ok", None, fault.remark if first else _FOLLOWING
        repeated = REPEATED.get((template.ref, item.stable, slot.back))
        if repeated is not None:
            return "not_ok", None, repeated
        skip = self.skipped.get((template.ref, item.stable, number))
        if skip is not None:
            return skip.result, skip.reason, None
        words = remarks_on(item.stable)
        remark = words[rng.randrange(len(words))] if words and rng.random() < _REMARK_RATE else None
        return "ok", None, remark

    def _reading(
        self, key: tuple[str, str, str | None], slot: RoundSlot, item: DemoItem, rng: Random
    ) -> str:
        wrong = _returned(key[0], slot)
        if wrong is not None and wrong.item == item.stable:
            return wrong.shown
        if item.stable == "certificate":
            return days_left(self.out.span.days, slot.back)
        if item.stable == "virus":  # new signatures come every Thursday
            return str((self.out.span.day(slot.back).weekday() - 3) % 7)
        return reading(item, key, slot.back, rng)

    def _finish(self, template: DemoTemplate, slot: RoundSlot, ref: str, who: str, at: int) -> None:
        """The review, perhaps by way of a return."""
        out, lead, wrong = self.out, lead_of(template.project), _returned(template.ref, slot)
        if slot.back == 0 or (template.ref, *slot) in _UNREVIEWED:
            return
        if wrong is not None:
            out.move("return", ref, lead, out.span.at(slot.back, "11:10"), comment=wrong.comment)
            if not wrong.item:
                return
            answer = answer_ref(ref, wrong.item, None)
            at = out.span.at(slot.back, "13:20")
            out.edit(answer, who, at, reading=wrong.right, remark=wrong.remark)
            out.move("submit", ref, who, at + 180_000)
        late = Random(f"{self.seed}/review/{ref}").randrange(4) == 0 and slot.back > 1
        at = max(at, out.span.at(slot.back - late, "09:20" if late else "17:05"))
        out.move("review", ref, lead, at)


def rows_of(template: DemoTemplate) -> list[DemoAnswer]:
    """The rows of a template's sheet, in the order in which they are worked through."""
    rows = []
    for item in template.items:
        devices = devices_of(template.project, item.equipment_class) if item.equipment_class else []
        rows += [DemoAnswer(item, device.ref) for device in devices] or [DemoAnswer(item, None)]
    return rows


def _returned(template: str, slot: RoundSlot) -> Return | None:
    if slot.round != 1:
        return None
    matching = (back for back in RETURNS if (back.template, back.back) == (template, slot.back))
    return next(matching, None)
