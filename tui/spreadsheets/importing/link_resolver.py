"""The record that a cell names, found quickly thousands of times, or made when missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.book.book import Book
from models.queries import lookup, value_parser
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from tui.spreadsheets.importing.expressions import Link, Source
from tui.spreadsheets.reading.table import TableRow, storable

KEPT = 200_000
"""Most answers remembered."""

Key = tuple[str, str, str]
"""(type, text, how it is looked up)."""


UNMADE = W(
    "没有找到名为“{name}”的{type}。请写编号、ref、id 或完整名称；要一并新建，加 --make {field}"
    "（配方中写 make）",
    "No {type} is called “{name}”. Give its number, ref, id or whole name; --make {field}"
    " creates it (in a recipe: make)",
)


class LinkResolver:
    """Finds and makes what cells point to, within one import.

    What was made while a row was written is forgotten again when that row is taken back
    (`undo`), since the records are gone with it.
    """

    def __init__(self, book: Book, zone: str, project: str | None) -> None:
        self.book = book
        self.zone = zone
        self.project = project
        self.made: dict[str, int] = {}
        """Type -> how many records were made so far."""
        self._known: dict[Key, str] = {}
        self._titles: dict[str, dict[str, list[str]]] = {}
        self._fresh: list[Key] = []
        self._ever: set[Key] = set()

    def mark(self) -> int:
        """A place to come back to."""
        return len(self._fresh)

    def undo(self, mark: int) -> None:
        """Forget what was made since the mark: it was taken back."""
        for key in self._fresh[mark:]:
            self._known.pop(key, None)
            if key in self._ever:
                self._ever.discard(key)
                self.made[key[0]] -= 1
        del self._fresh[mark:]

    def forget(self) -> None:
        """A dry run took back all that was made; it still counts, but once only."""
        for key in self._fresh:
            self._known.pop(key, None)

    def fresh(self) -> list[str]:
        """The ids of what was made since it was last on the disk, in order."""
        return [self._known[key] for key in self._fresh if key in self._known]

    def settle(self) -> None:
        """What was made so far is on the disk."""
        self._fresh.clear()

    def find(self, type: str, text: str, by: str = "", within: Mapping[str, str] = {}) -> str:
        """The id of the one record of a type that a text names.

        That is its id, number, ref or, of a type that has names, its name; with `by`, the text in
        that field. Raises `Refused` for none and for several.
        """
        key = _key(type, text, by, within)
        known = self._known.get(key)
        if known is None:
            if not storable(text):
                raise Refused(lookup.NOT_THIS, name=text, type=kinds[type].kind.label)
            known = self._by(type, text, by, within) if by else self._named(type, text)
            if len(self._known) < KEPT:
                self._known[key] = known
        return known

    def person(self, text: str) -> str:
        """The id of the member that a text names."""
        key = ("person", text, "")
        if key not in self._known:
            self._known[key] = lookup.person(self.book, text)
        return self._known[key]

    def values(
        self, cls: type[Record], fields: Mapping[str, Source], rows: Sequence[TableRow]
    ) -> dict[str, Any]:
        """Field values of a record to be found or made, from the cells; empty ones left out."""
        specs, found = cls.specs(), dict[str, Any]()
        for name, source in fields.items():
            if isinstance(source, Link):
                value: Any = self.resolve(specs[name], source, rows, {})
            else:
                value = value_parser.one(self.book, specs[name], source.text(rows), self.zone)
            if value is not None:
                found[name] = value
        return found

    def resolve(
        self, spec: Spec, link: Link, rows: Sequence[TableRow], siblings: Mapping[str, str]
    ) -> str | None:
        """The id a link field gets from the rows; None when its cells are empty.

        `siblings` are the records made of the same rows, by the names of their blocks.
        """
        if link.of:
            return siblings.get(link.of)
        if link.find is None:
            return self._keyed(spec, link, rows)
        text = link.find.text(rows)
        if not text:
            return None
        if spec.target == "person":
            return self.person(text)
        if not spec.target:
            return lookup.record(self.book, text).id
        cls = kinds[spec.target]
        within = self.values(cls, link.within, rows) if link.within else {}
        by = link.by or (cls.kind.title if within else "")
        try:
            return self.find(spec.target, text, by, within)
        except Refused as refused:
            if refused.word is not lookup.NOT_THIS or link.make is None:
                raise
        values = {**within, by or cls.kind.title: text, **self.values(cls, link.make, rows)}
        return self._make(cls, values, _key(spec.target, text, by, within))

    def _keyed(self, spec: Spec, link: Link, rows: Sequence[TableRow]) -> str:
        cls = kinds[spec.target]
        key = self.values(cls, link.key, rows)
        twin = self.book.twin(spec.target, key, project=self.project)
        if twin is not None:
            return twin.id
        if link.make is None:
            text = " ".join(str(value) for value in key.values())
            raise Refused(lookup.NOT_THIS, name=text, type=cls.kind.label)
        values = {**key, **self.values(cls, link.make, rows)}
        return self._make(cls, values, (spec.target, "", repr(key)))

    def _make(self, cls: type[Record], values: Mapping[str, Any], key: Key) -> str:
        project = None if cls.kind.project == "none" else self.project
        made = self.book.add(cls.kind.name, values, project=project)
        if key not in self._ever:
            self._ever.add(key)
            self.made[cls.kind.name] = self.made.get(cls.kind.name, 0) + 1
        self._known[key] = made.id
        self._fresh.append(key)
        return made.id

    def _named(self, type: str, text: str) -> str:
        sql = f'SELECT id FROM "{type}" WHERE id=? OR number=? OR ref=? LIMIT 6'
        found = [str(row[0]) for row in self.book.store.rows(sql, (text,) * 3)]
        return self._one(type, text, found or self._titled(type).get(text, []))

    def _by(self, type: str, text: str, by: str, within: Mapping[str, str]) -> str:
        tests = "".join(f' AND "{name}"=?' for name in within)
        sql = f'SELECT id FROM "{type}" WHERE "{by}"=?{tests} AND void IS NULL LIMIT 6'
        found = self.book.store.rows(sql, (text, *within.values()))
        return self._one(type, text, [str(row[0]) for row in found])

    def _one(self, type: str, text: str, found: Sequence[str]) -> str:
        if not found:
            raise Refused(lookup.NOT_THIS, name=text, type=kinds[type].kind.label)
        if len(found) > 1:
            raise Refused(lookup.SEVERAL, name=text, which=", ".join(found))
        return found[0]

    def _titled(self, type: str) -> dict[str, list[str]]:
        """The ids behind each name of a type that has names, read once."""
        titles = self._titles.get(type)
        if titles is None:
            titles = self._titles[type] = {}
            title = kinds[type].kind.title
            if title and kinds[type].specs()[title].kind == "line":
                sql = f'SELECT "{title}", id FROM "{type}" WHERE void IS NULL'
                for name, id in self.book.store.rows(sql):
                    titles.setdefault(name, []).append(id)
        return titles


def remedied(refused: Refused, name: str, spec: Spec, link: Link) -> Refused:
    """A refusal for want of a record, and how to have it made where a name is enough."""
    cls = kinds.get(spec.target) if spec.target != "person" else None
    if refused.word is not lookup.NOT_THIS or cls is None or link.make is not None:
        return refused
    title, specs = cls.kind.title, cls.specs()
    named = bool(title) and specs[title].kind == "line" and not cls.kind.parent
    if not named or any(one.required for n, one in specs.items() if n != title):
        return refused
    return Refused(UNMADE, **refused.values, field=name)


def _key(type: str, text: str, by: str, within: Mapping[str, str]) -> Key:
    return (type, text, repr((by, sorted(within.items()))) if by else "")
