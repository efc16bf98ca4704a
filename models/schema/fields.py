"""Kinds of field: typed factories that make a Peewee field carrying its label and bounds.

Every value is JSON: text, whole number, flag or null; numbers with a point are canonical decimal
text ('23.5'), days are 'YYYY-MM-DD', moments are milliseconds UTC, several names one canonical
text (`models.text.lists`), money 'CNY 1234.5' (`models.text.money`). No float exists anywhere,
so no replica rounds differently from another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from zlib import crc32

from peewee import BooleanField, Field, IntegerField, TextField

from models.frozen import Frozen
from models.schema import late_modules
from models.text.lists import names_of
from models.text.words import W, say

TEXT_LIMIT = 256 * 1024
"""Most bytes of UTF-8 in one text (design §2)."""


UNKNOWN_CODE = W("{code}（未知代码）", "{code} (unknown code)")
"""A word that is not in the vocabulary here: a newer version of it may be on its way."""
SEVERAL = frozenset({"choices", "persons"})
"""Kinds of field that hold a list of names."""


open_words: dict[str, dict[str, W]] = {}
"""Set of names (`Spec.open`) -> name -> its word, as the parts of the program register them; the
late modules of the set's name register the rest."""

INTERNAL = W("程序所用的内容（校验 {sum}）", "content for the program (checksum {sum})")


class FieldChoice(Frozen):
    """One allowed value of a choice field: stable name and visible word."""

    name: str
    label: W
    retired: bool = False
    """Still understood, and no longer offered."""
    above: str = ""
    """The value that it is a kind of, where the values are a tree."""


class Spec(Frozen, kw_only=True):
    """What a field declares besides its column."""

    kind: str
    label: W
    max: int = 0
    """Most characters (line, prose) or 0 for the general limit."""
    choices: tuple[FieldChoice, ...] = ()
    of: str = ""
    """The vocabulary that the company may change (`models.schema.company_tables`); `choices` are
    its shipped words then, and `models.book.tables.vocabularies` knows those in force."""
    open: str = ""
    """The set of names that a choice without `choices` takes its values from (`open_words`). Other
    parts of the program declare them; one that is not known here is kept, and shown as it is."""
    target: str = ""
    """The record type a link points to; 'person' for a member, '' for any record."""
    group: str = ""
    """Fields with the same group are one register: they belong together and merge together."""
    hint: W | None = None
    computed: bool = False
    """Filled by the program (a move or a rule), never typed."""
    internal: bool = False
    """For the program alone: no page, list, document or file shows it."""
    by_move: bool = False
    """Set only through a move that asks for it, never by a plain edit."""
    follows: str = ""
    """A link whose picker is narrowed by another link of the same record (equipment by site)."""
    low: str | None = None
    high: str | None = None
    """Bounds of a number, decimal text."""
    required: bool = False
    """Required at creation (natural keys and names; all other fields are required by moves)."""
    asked_from: str = ""
    """The state from which on forms ask for it, so that a new record's form is that of the person
    who begins it. It can be written at any time, and what is filled is always shown.
    """
    at_birth: bool = False
    """Given when the record is created and never changed; a register of its own.

    Whatever depends on such a link depends on it for good.
    """

    @property
    def several(self) -> bool:
        """Whether a value is a list of names (`models.text.lists`)."""
        return self.kind in SEVERAL

    @property
    def known(self) -> tuple[FieldChoice, ...]:
        """The values that are declared, here or under the name of an open set."""
        if not self.open:
            return self.choices
        late_modules.load(self.open)
        return tuple(FieldChoice(*one) for one in open_words.get(self.open, {}).items())

    def words(self, value: object) -> list[str]:
        """The visible words of a list of choices, in the order in which they are declared."""
        names = dict.fromkeys(names_of(value))
        known = [choice.name for choice in self.known if choice.name in names]
        return [self.word(name) for name in dict.fromkeys((*known, *names))]

    def offered(self, held: Iterable[str] = ()) -> tuple[FieldChoice, ...]:
        """The values to choose from, with those held already, whatever they are."""
        kept = set(held)
        open_ = tuple(one for one in self.known if not one.retired or one.name in kept)
        known = {one.name for one in self.known}
        return (*open_, *(FieldChoice(name, W(name, name)) for name in held if name not in known))

    def word(self, value: object) -> str:
        """The visible word of a choice value, or the value itself as text.

        What is for the program alone is named by its checksum, so that two versions of it differ.
        """
        if self.internal and value is not None:
            return say(INTERNAL, sum=f"{crc32(str(value).encode('utf-8', 'replace')):08x}")
        for choice in self.known:
            if choice.name == value:
                return str(choice.label)
        if (self.of or self.open) and value is not None:
            return say(UNKNOWN_CODE, code=value)
        return "" if value is None else str(value)


def terms_of(terms: Iterable[tuple[str, ...]]) -> tuple[FieldChoice, ...]:
    """Values from (name, Chinese, English), or also the name above."""
    return tuple(FieldChoice(one[0], W(one[1], one[2]), above=(*one, "")[3]) for one in terms)


def spec_of(field: Field[Any]) -> Spec:
    """The declaration a field carries."""
    return cast(Spec, field.spec)  # type: ignore[attr-defined]


def _carry(field: Any, spec: Spec) -> Any:
    field.spec = spec
    return field


def line(zh: str, en: str, *, max: int = 200, **more: Any) -> TextField[str | None]:
    """One line of text."""
    made = TextField(null=True)
    return cast(
        "TextField[str | None]", _carry(made, Spec(kind="line", label=W(zh, en), max=max, **more))
    )


def prose(zh: str, en: str, *, max: int = 0, **more: Any) -> TextField[str | None]:
    """Text of several lines."""
    made = TextField(null=True)
    return cast(
        "TextField[str | None]", _carry(made, Spec(kind="prose", label=W(zh, en), max=max, **more))
    )


def number(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """A decimal number, stored as canonical decimal text."""
    made = TextField(null=True)
    return cast("TextField[str | None]", _carry(made, Spec(kind="number", label=W(zh, en), **more)))


def count(zh: str, en: str, **more: Any) -> IntegerField[int | None]:
    """A whole number (a position, a round)."""
    made = IntegerField(null=True)
    return cast(
        "IntegerField[int | None]", _carry(made, Spec(kind="count", label=W(zh, en), **more))
    )


def flag(zh: str, en: str, **more: Any) -> BooleanField[bool | None]:
    """Yes or no."""
    made = BooleanField(null=True)
    return cast(
        "BooleanField[bool | None]", _carry(made, Spec(kind="flag", label=W(zh, en), **more))
    )


def day(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """A calendar day, 'YYYY-MM-DD'."""
    made = TextField(null=True)
    return cast("TextField[str | None]", _carry(made, Spec(kind="day", label=W(zh, en), **more)))


def week(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """An ISO week, '2026-W47'."""
    made = TextField(null=True)
    return cast("TextField[str | None]", _carry(made, Spec(kind="week", label=W(zh, en), **more)))


def quarter(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """A calendar quarter, '2026-Q4'."""
    made = TextField(null=True)
    return cast(
        "TextField[str | None]", _carry(made, Spec(kind="quarter", label=W(zh, en), **more))
    )


def money(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """A currency and an exact amount, 'CNY 1234.5'; `low` and `high` bound the amount."""
    made = TextField(null=True)
    return cast("TextField[str | None]", _carry(made, Spec(kind="money", label=W(zh, en), **more)))


def moment(zh: str, en: str, **more: Any) -> IntegerField[int | None]:
    """An instant, milliseconds since 1970 UTC; shown in the workspace's time zone."""
    made = IntegerField(null=True)
    return cast(
        "IntegerField[int | None]", _carry(made, Spec(kind="moment", label=W(zh, en), **more))
    )


def choice(
    zh: str, en: str, choices: Iterable[tuple[str, ...]], **more: Any
) -> TextField[str | None]:
    """One of a few named values, each (name, Chinese, English)."""
    options = terms_of(choices)
    spec = Spec(kind="choice", label=W(zh, en), choices=options, **more)
    return cast("TextField[str | None]", _carry(TextField(null=True), spec))


def choices(
    zh: str, en: str, choices: Iterable[tuple[str, ...]], **more: Any
) -> TextField[str | None]:
    """Several of a few named values, as one list (`models.text.lists`)."""
    options = terms_of(choices)
    spec = Spec(kind="choices", label=W(zh, en), choices=options, **more)
    return cast("TextField[str | None]", _carry(TextField(null=True), spec))


def link(zh: str, en: str, target: str, **more: Any) -> TextField[str | None]:
    """The id of another record. No foreign key: a child may arrive before its parent."""
    made = TextField(null=True, index=True)
    spec = Spec(kind="link", label=W(zh, en), target=target, **more)
    return cast("TextField[str | None]", _carry(made, spec))


def person(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """The id of a member of the organisation."""
    made = TextField(null=True, index=True)
    spec = Spec(kind="link", label=W(zh, en), target="person", **more)
    return cast("TextField[str | None]", _carry(made, spec))


def persons(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """The ids of several members, as one list (`models.text.lists`)."""
    spec = Spec(kind="persons", label=W(zh, en), target="person", **more)
    return cast("TextField[str | None]", _carry(TextField(null=True), spec))


def file(zh: str, en: str, **more: Any) -> TextField[str | None]:
    """The SHA-256 of an attached file, hexadecimal."""
    made = TextField(null=True)
    return cast(
        "TextField[str | None]", _carry(made, Spec(kind="file", label=W(zh, en), max=64, **more))
    )
