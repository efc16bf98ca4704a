"""The questions of a checklist sheet, with their answers so far.

A question is an item of the template; where an item is asked for each piece of equipment of a
class, there is one question for each of those at the customer's sites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.book import permissions
from models.book.rows.child_rows import order_by
from models.frozen import NamedTuple
from models.records.checks import limits, verdicts
from models.records.checks.answer import Answer
from models.records.checks.sheet import Sheet
from models.records.checks.template_item import TemplateItem
from models.records.registers.equipment import Equipment
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.storage.store import Store

SEEN_SHEETS = 12
"""How many earlier sheets are looked at for last readings."""


class ChecklistQuestion(NamedTuple):
    """One line of a sheet: an item, perhaps for one piece of equipment, and its answer so far."""

    item: TemplateItem
    device: Equipment | None = None
    answer: Answer | None = None
    template: str | None = None
    """The template of the sheet; None = that of the item."""

    @property
    def key(self) -> str:
        """Names the question within its sheet."""
        return f"{self.item.id}/{self.device.id if self.device else ''}"

    def text(self) -> str:
        """What is asked, in the current language, and of which piece of equipment."""
        text = self.item.text()
        return f"{text} · {self.device.name or self.device.number}" if self.device else text

    @property
    def result(self) -> str | None:
        """The result so far."""
        return self.answer.result if self.answer else None

    @property
    def reading(self) -> str | None:
        """The measured value so far."""
        return self.answer.reading if self.answer else None

    @property
    def measured(self) -> bool:
        """Whether a value is to be measured."""
        return self.item.answer_kind == "reading"

    @property
    def shown(self) -> str | None:
        """What the answer is shown as where its result does not hold (`verdicts`), or None."""
        if self.answer is None:
            return None
        return verdicts.shown(self.answer, self.item, self.template)

    @property
    def counted(self) -> str | None:
        """The result that the answer counts as; None for one that counts for nothing."""
        return verdicts.counted(self.result, self.shown)

    def verdict(self, reading: str | None = None) -> limits.Verdict | None:
        """Where the reading (or another) is by the item's limits; None without one of them."""
        return limits.judge(reading or self.reading or "", self.item.low, self.item.high)

    @property
    def bound(self) -> bool:
        """Whether the item has a limit at all."""
        return any(limits.number(one) is not None for one in (self.item.low, self.item.high))


def items_of(store: Store, template: str) -> list[TemplateItem]:
    """A template's items in their order."""
    where = f"WHERE template=? AND void IS NULL ORDER BY {order_by(TemplateItem.kind)}"
    return rows.fetch(store, TemplateItem, where, (template,))


def answers_of(store: Store, sheet: str) -> list[Answer]:
    """A sheet's answers."""
    return rows.fetch(store, Answer, "WHERE sheet=? AND void IS NULL", (sheet,))


def questions(
    store: Store, template: str, project: str | None, sheet: Sheet | None
) -> list[ChecklistQuestion]:
    """The questions of a sheet, or of one not started yet, in order.

    Equipment entered after a sheet was submitted adds no question to it; an item answered as a
    whole is asked for no piece of equipment.
    """
    items = items_of(store, template)
    answers = answers_of(store, sheet.id) if sheet is not None else []
    given: dict[str, list[Answer]] = {}
    for answer in answers:
        given.setdefault(answer.item or "", []).append(answer)
    items += _others(store, set(given) - {item.id for item in items})
    growing = sheet is None or permissions.closed_by(sheet) is None
    wanted = any(item.equipment_class for item in items)
    devices = _devices(store, project) if wanted and growing else []
    found: list[ChecklistQuestion] = []
    for item in items:
        found += _asked(store, item, devices, given.get(item.id, []))
    return [question._replace(template=template) for question in found]


def asked_of(store: Store, sheet: Sheet) -> list[ChecklistQuestion]:
    """The questions of a sheet that is begun, in order."""
    return questions(store, sheet.template or "", sheet.project, sheet)


def _asked(
    store: Store, item: TemplateItem, devices: Sequence[Equipment], given: Sequence[Answer]
) -> list[ChecklistQuestion]:
    by_device = {answer.device_row: answer for answer in given}
    whole = by_device.pop(None, None)
    done = whole is not None and whole.result is not None
    here = [d for d in devices if item.equipment_class == d.equipment_class and not done]
    known = {device.id for device in here}
    for id, answer in by_device.items():
        if id not in known and answer.result is not None:
            device = rows.one(store, Equipment, id or "")
            here += [device] if device is not None else []
    here.sort(key=lambda device: (device.name or "", device.id))
    found = [ChecklistQuestion(item, device, by_device.get(device.id)) for device in here]
    return [ChecklistQuestion(item, None, whole), *found] if done or not here else found


def unanswered(store: Store, sheet: Sheet) -> list[ChecklistQuestion]:
    """Questions of a sheet without a result, in order."""
    return [question for question in asked_of(store, sheet) if question.result is None]


def unanswered_items(store: Store, sheet: Sheet) -> list[TemplateItem]:
    """Items of a sheet without a result (for one piece of equipment at least), in order."""
    left = {question.item.id: question.item for question in unanswered(store, sheet)}
    return list(left.values())


def _others(store: Store, ids: set[str]) -> list[TemplateItem]:
    """Items that were answered and are not listed any more: what was found is never hidden."""
    found = [rows.one(store, TemplateItem, id) for id in sorted(ids)]
    return [item for item in found if item is not None]


def _devices(store: Store, project: str | None) -> list[Equipment]:
    """Confirmed equipment at the sites of the project's customer."""
    where = (
        "WHERE void IS NULL AND state='confirmed' AND site IN (SELECT id FROM site WHERE customer="
        "(SELECT customer FROM project WHERE id=?))"
    )
    return rows.fetch(store, Equipment, where, (project,))


class PastReading(NamedTuple):
    """What was measured for an item before, with the limits of the version it was measured by."""

    day: str
    reading: str
    limits: str = ""


Readings = Mapping[tuple[str, str | None], list[PastReading]]


def readings(store: Store, sheets: Sequence[str], limit: int = 3) -> Readings:
    """(item's code or number, equipment) -> its last readings, newest first.

    `sheets` are the earlier sheets, of any version of the template, newest first.
    """
    sheets = sheets[:SEEN_SHEETS]
    sql = (
        "SELECT COALESCE(i.stable, i.number, a.item), a.device_row, s.day, a.reading, s.id,"
        " i.low, i.high FROM answer a"
        " JOIN sheet s ON s.id=a.sheet LEFT JOIN template_item i ON i.id=a.item"
        f" WHERE a.sheet IN ({places(sheets)}) AND a.reading IS NOT NULL AND a.void IS NULL"
    )
    place = {id: at for at, id in enumerate(sheets)}
    found: dict[tuple[str, str | None], list[PastReading]] = {}
    for item, device, day, reading, _, low, high in sorted(
        store.rows(sql, sheets), key=lambda row: place[row[4]]
    ):
        kept = found.setdefault((item, device), [])
        if len(kept) < limit:
            kept.append(PastReading(day, reading, limits.span(low, high)))
    return found


def last_of(known: Readings, question: ChecklistQuestion) -> list[PastReading]:
    """The last readings of one question."""
    item, device = question.item, question.device
    return known.get((item.stable or item.number, device.id if device else None), [])
