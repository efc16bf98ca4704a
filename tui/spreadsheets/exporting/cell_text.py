"""Cell text: values as the text of a cell, such that reading the cell gives the value again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.book.book import Book
from models.book.derived_state import StateView
from models.book.tables.vocabularies import worded
from models.calendar import business_dates
from models.queries import links, lookup, value_parser
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.lists import names_of
from models.text.words import Refused, W
from tui.display.terminal_text import show
from tui.spreadsheets.importing.link_resolver import LinkResolver
from tui.spreadsheets.importing.row_draft import state_named

EXCEL_TEXT = 32_767
"""Most UTF-16 units that Excel keeps in a cell."""
YES, NO = W("是", "yes"), W("否", "no")
LISTED = "、"
"""Between the words of a list, in both languages: names of people may have a comma."""
_TITLE = 60


class Outgoing:
    """Values as text of files; the texts of links are cached."""

    def __init__(self, book: Book, zone: str) -> None:
        self.book = book
        self.zone = zone
        self.links = LinkResolver(book, zone, None)
        self._look = StateView(book.store)
        self._words: dict[tuple[str, str], str] = {}
        self._choices: dict[tuple[int, str], str] = {}

    def text(self, spec: Spec, value: Any) -> str:
        """A field's value in the current language, in words that an import understands."""
        if value is None:
            return ""
        if spec.kind == "flag":
            return str(YES if value else NO)
        if spec.kind == "choice":
            return self._choice(spec, str(value))
        if spec.kind == "moment":
            return self.moment(int(value))
        if spec.kind == "choices":
            return LISTED.join(self._each(spec, value))
        if spec.kind == "persons":
            return LISTED.join(self.person(id) for id in names_of(value))
        if spec.kind == "link":
            return self.person(str(value)) if spec.target == "person" else self.link(spec, value)
        return str(value)

    def moment(self, ms: int) -> str:
        """An instant on the workspace's wall clock; with its offset where that shows two hours."""
        there = business_dates.local(ms, self.zone)
        if self.twice(there):
            return there.isoformat(timespec="milliseconds")
        plain = there.replace(tzinfo=None)
        return plain.isoformat(" ", timespec="milliseconds" if plain.microsecond else "seconds")

    @staticmethod
    def twice(there: datetime) -> bool:
        """Whether the wall clock shows this hour twice, when summer time ends."""
        return there.replace(fold=1 - there.fold).utcoffset() != there.utcoffset()

    def link(self, spec: Spec, id: str) -> str:
        """The name of a linked record where only one has it, else its ref, else its id."""
        return self._remembered(spec.target, id, self._named)

    def shown(self, spec: Spec, id: str) -> str:
        """A linked record's number and title, for people only."""
        return self._remembered(f"{spec.target}.shown", id, self._shown)

    def person(self, id: str) -> str:
        """A member's name where only one has it, else the id."""
        return self._remembered("person", id, self._person)

    def project(self, id: str | None) -> str:
        """A project in the same way as a link."""
        return self._remembered("project", id, self._named) if id else ""

    def state(self, record: Record) -> str:
        """The word of a record's state, unless it is that of another state too."""
        state = self._look.state(record)
        if state.derived:
            return str(state.label)
        word = str(state.label)
        try:
            same = state_named(type(record), word) == record.state
        except Refused:
            return str(record.state)
        return word if same else str(record.state)

    def _remembered(self, kind: str, id: str, find: Any) -> str:
        found = self._words.get((kind, id))
        if found is None:
            found = self._words[kind, id] = find(kind, id)
            if len(self._words) > 100_000:
                self._words.clear()
        return found

    def _named(self, target: str, id: str) -> str:
        record = self._record(target, id)
        if record is None:
            return id
        spec = type(record).specs().get(record.kind.title)
        for text in (record.title() if spec and spec.kind == "line" else "", record.ref or ""):
            if text and show(text) == text == text.strip() and self._leads(record, text):
                return text
        return id

    def _leads(self, record: Record, text: str) -> bool:
        try:
            return self.links.find(record.type, text) == record.id
        except Refused:
            return False

    def _shown(self, kind: str, id: str) -> str:
        target = kind.removesuffix(".shown")
        record = self._record(target, id)
        if record is None:
            return str(links.absent(target))
        title = record.title().strip().partition("\n")[0][:_TITLE]
        return record.number if title in ("", record.number) else f"{record.number} {title}"

    def _record(self, target: str, id: str) -> Record | None:
        type_ = target or rows.type_of(self.book.store, id)
        return rows.one(self.book.store, kinds[type_], id) if type_ in kinds else None

    def _person(self, _kind: str, id: str) -> str:
        # Asked of the table: a search by name would load the pinyin of everybody.
        name = self.book.people.name(id)
        sql = "SELECT COUNT(*) FROM person WHERE name=?"
        alone = self.book.store.rows(sql, (name,)) == [(1,)]
        plain = show(name) == name == name.strip()
        return name if alone and plain and name not in lookup.ME else id

    def _each(self, spec: Spec, value: str) -> list[str]:
        """The words of a list of choices; its names where a word would not be read as one."""
        words, names = worded(self.book.store, spec).words(value), names_of(value)
        there = value_parser.one(self.book, spec, LISTED.join(words), self.zone)
        return words if there == value else names

    def _choice(self, spec: Spec, name: str) -> str:
        """A choice by its word, or by its name where the word means another; asked for once."""
        known = self._choices.get((id(spec), name))
        if known is None:
            known = self._choices[id(spec), name] = self._worded(spec, name)
        return known

    def _worded(self, spec: Spec, name: str) -> str:
        word = worded(self.book.store, spec).word(name)
        return word if value_parser.one(self.book, spec, word, self.zone) == name else name


def cleaned(text: str) -> str:
    """Text of a file: what acts on a terminal or a program is replaced."""
    return show(text)


def fitting(text: str) -> str:
    """The same, cut to what Excel keeps in a cell, with '…' at the end of what was cut."""
    clean = show(text)
    most = EXCEL_TEXT
    if clean.startswith("<r>") and clean.endswith("</r>"):  # written with its marks escaped
        most //= 6
    if len(clean) <= most // 2 or _units(clean) <= most:
        return clean
    return clean.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
