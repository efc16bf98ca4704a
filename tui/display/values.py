"""Values: what fields and headers hold, as people read it in the current language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from models.book.tables.vocabularies import worded
from models.calendar import business_dates
from models.queries import links
from models.queries.filters import ENTERED_LATE_MS
from models.schema.fields import Spec
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.record import Record, kinds
from models.storage.store import places
from models.text.lists import names_of
from models.text.money import money_of
from models.text.words import W, language, say

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

YES, NO = W("是", "yes"), W("否", "no")
NOW = W("刚刚", "now")
MINUTES, HOURS, DAYS = W("{n}分", "{n}m"), W("{n}小时", "{n}h"), W("{n}天", "{n}d")
LATE = W("逾期{n}天", "{n}d late")
VOID = W("作废", "void")
COMMA = W("、", ", ")
WEEKDAYS = (
    W("周一", "Mon"),
    W("周二", "Tue"),
    W("周三", "Wed"),
    W("周四", "Thu"),
    W("周五", "Fri"),
    W("周六", "Sat"),
    W("周日", "Sun"),
)
DAY_MS = 24 * business_dates.HOUR_MS
BATCH = 500
BYTES = ((1 << 20, "MB"), (1 << 10, "kB"))


class Values:
    """Values as text; titles of linked records are cached until `forget`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.zone = workspace.settings.zone
        self._titles: dict[str, str] = {}
        self._worded: dict[int, tuple[Spec, Spec]] = {}
        """By the identity of a declaration: it with the words in force, and the declaration."""

    def forget(self) -> None:
        """Something was written: titles may have changed."""
        self._titles.clear()
        self._worded.clear()
        self.zone = self.workspace.settings.zone

    @property
    def now(self) -> int:
        """The wall clock, ms UTC."""
        return self.workspace.book.change_log.now()

    @property
    def today(self) -> date:
        """The business day."""
        return business_dates.business_day(self.now, self.zone)

    def say(self, spec: Spec, value: Any) -> str:
        """A field's value; '' for none."""
        if value is None:
            return ""
        if spec.kind == "flag":
            return str(YES if value else NO)
        if spec.kind == "choice":
            return self.worded(spec).word(value)
        if spec.kind == "moment":
            return self.moment(value)
        if spec.several:
            return str(COMMA).join(self.each(spec, value))
        if spec.kind == "money":
            return str(money_of(value) or value)
        if spec.kind == "link":
            return self.title(str(value), spec.target)
        return spec.word(value) if spec.internal else str(value)

    def worded(self, spec: Spec) -> Spec:
        """A choice with the words that the company has for it, asked for once until `forget`."""
        if not spec.of:
            return spec
        if id(spec) not in self._worded:
            self._worded[id(spec)] = worded(self.workspace.book.store, spec), spec
        return self._worded[id(spec)][0]

    def each(self, spec: Spec, value: Any) -> list[str]:
        """The words of a list, one for each of its names."""
        if spec.kind == "choices":
            return self.worded(spec).words(value)
        return [self.person(id) for id in names_of(value)]

    def moment(self, ms: object) -> str:
        """An instant on the wall clock here: '2026-11-22 10:30'."""
        return (
            f"{business_dates.local(ms, self.zone):%Y-%m-%d %H:%M}"
            if isinstance(ms, int)
            else str(ms)
        )

    def short(self, ms: int) -> str:
        """An instant in eleven cells: '11-22 10:30', with the year where it is another."""
        there = business_dates.local(ms, self.zone)
        return f"{there:%m-%d %H:%M}" if there.year == self.today.year else f"{there:%Y-%m-%d}"

    def clock(self, ms: int) -> str:
        """An instant in five cells if it is of today: '10:30'; else as `short`."""
        there = business_dates.local(ms, self.zone)
        return f"{there:%H:%M}" if there.date() == self.today else self.short(ms)

    def age(self, ms: int) -> str:
        """How long ago, in at most eight cells."""
        gone = max(self.now - ms, 0)
        if gone < business_dates.MINUTE_MS:
            return str(NOW)
        if gone < business_dates.HOUR_MS:
            return say(MINUTES, n=gone // business_dates.MINUTE_MS)
        if gone < DAY_MS:
            return say(HOURS, n=gone // business_dates.HOUR_MS)
        return say(DAYS, n=gone // DAY_MS)

    def overdue(self, kind: Kind, state: State, due: object) -> int:
        """By how many days something is overdue; 0 when it is not, or has ended."""
        day = business_dates.day_of(due) if kind.due and not state.ended else None
        return max((self.today - day).days, 0) if day is not None else 0

    def late(self, record: Record) -> bool:
        """Whether a record was entered later than it occurred."""
        return record.recorded - record.occurred > ENTERED_LATE_MS

    def person(self, id: str | None) -> str:
        """A person's name."""
        return self.workspace.people.name(id) if id else ""

    def device(self, id: str) -> str:
        """A device's tag, as in record numbers, with the name of the machine if it is known."""
        known, tag = self.workspace.people.facts(id), self.workspace.people.tag_of(id)
        return f"{tag} ({known.name})" if known is not None and known.name else tag

    def title(self, id: str, target: str = "") -> str:
        """What a linked record (or person) is called; '' links point to any type."""
        if target == "person":
            return self.person(id)
        if id not in self._titles:
            self.fetch({target: {id}})
        return self._titles.get(id) or str(links.absent(target))

    def fetch(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Read the titles of many linked records at once, by the type they are of."""
        for target, ids in wanted.items():
            absent = [id for id in dict.fromkeys(ids) if id not in self._titles]
            for type_ in [target] if target in kinds else list(kinds):
                for at in range(0, len(absent), BATCH):
                    self._read(kinds[type_], absent[at : at + BATCH])

    def _read(self, cls: type[Record], ids: list[str]) -> None:
        specs = cls.specs()
        names = [name for name in self.naming(cls.kind) if name in specs]
        columns = ",".join(f'"{name}"' for name in ("id", "number", *names))
        sql = f'SELECT {columns} FROM "{cls.kind.name}" WHERE id IN ({places(ids)})'
        for id, number, *values in self.workspace.store.rows(sql, ids):
            said = [self.say(specs[name], value) for name, value in zip(names, values, strict=True)]
            kept = [text for text in said if text][: 1 if cls.kind.title else None]
            self._titles[id] = " ".join(" ".join(kept).split()) or str(number)

    def naming(self, kind: Kind) -> list[str]:
        """The fields that name a record: its title, in the current language if that is declared;
        without any, the first columns together."""
        if not kind.title:
            return list(kind.columns[:2])
        twin = f"{kind.title.removesuffix('_zh')}_{language.now}"
        return [twin, kind.title] if kind.title.endswith("_zh") else [kind.title]


def named(record: Record, values: Values) -> str:
    """What a record is called on one line."""
    specs, kind = type(record).specs(), record.kind
    names = [name for name in values.naming(kind) if name in specs]
    said = [values.say(specs[name], getattr(record, name)) for name in names]
    kept = [text for text in said if text][: 1 if kind.title else None]
    return " ".join(" ".join(kept).split()) or str(record.number)


def shortened(text: str, most: int = 60) -> str:
    """A text of one line, cut after so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def sized(count: int) -> str:
    """So many bytes, in short."""
    for unit, name in BYTES:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} B"
