"""Filtering: the one grammar by which lists, search and pickers are narrowed.

`机房 state:open by:me week:this is:overdue`: words that must occur, and keys with values. Keys
and values are understood in both languages and with full-width colons, whatever is shown now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from models.book.projects import all_projects
from models.calendar import business_dates
from models.frozen import Frozen
from models.schema.record import Record, kinds
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

KEYS: dict[str, W] = {
    "state": W("状态", "state"),
    "project": W("项目", "project"),
    "by": W("填写人", "by"),
    "week": W("周", "week"),
    "type": W("类型", "type"),
    "is": W("是", "is"),
    "sort": W("排序", "sort"),
}
ARE: dict[str, W] = {
    "void": W("作废", "void"),
    "overdue": W("逾期", "overdue"),
    "late": W("补记", "late"),
}
FORMER: dict[str, W] = {"overdue": W("超期", "overdue")}
"""Words of `ARE` in earlier versions, which lines saved then still use."""
ME = W("我", "me")
THIS = W("本周", "this")
LAST = W("上周", "last")
ENTERED_LATE_MS = 24 * 3600 * 1000
"""A record noted more than a day after it occurred was entered later."""

NO_VALUE = W(
    "筛选“{key}”中没有“{value}”。可用：{known}。",
    "There is no {key} “{value}” to filter by. Known: {known}.",
)
SEVERAL = W(
    "“{value}”有多个：{known}。请写得更完整。", "“{value}” is several: {known}. Write more."
)

_PART = re.compile(r'(?P<key>[^\s:：]+)[:：](?P<value>"[^"]*"?|\S*)|(?P<word>\S+)')


class Filter(Frozen):
    """What is asked for, in stable names and ids; the empty one shows all that is not void."""

    words: str = ""
    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    project: str = ""
    by: str = ""
    week: str = ""
    marks: frozenset[str] = frozenset()
    """Of `ARE`: void, overdue, late."""
    sort: str = ""
    """A field to sort by; '-' before it turns the order. Newest first without it."""
    wrong: tuple[Refused, ...] = field(default=(), compare=False)
    """What was typed and not understood; it does not narrow anything."""

    def __bool__(self) -> bool:
        return self != Filter()


def read(book: Book, text: str, cls: type[Record] | None = None) -> Filter:
    """What a filter line says, for one type or (search) for all. Never raises.

    A value may be given by its stable name, its word in either language, or the beginning.
    """
    words: list[str] = []
    found: dict[str, tuple[str, ...]] = {}
    wrong: list[Refused] = []
    for part in _PART.finditer(text):
        key = _key(part["key"] or "")
        if not key:
            words.append(part[0])
            continue
        value = part["value"].strip('"')
        if value:
            try:
                found[key] = (*found.get(key, ()), *_values(book, key, value, cls))
            except Refused as refused:
                wrong.append(refused)
    last = {key: values[-1] for key, values in found.items() if values}
    return Filter(
        words=" ".join(words),
        types=found.get("type", ()),
        states=found.get("state", ()),
        project=last.get("project", ""),
        by=last.get("by", ""),
        week=last.get("week", ""),
        marks=frozenset(found.get("is", ())),
        sort=last.get("sort", ""),
        wrong=tuple(wrong),
    )


def unknown_key(text: str) -> str:
    """The first word before a colon in a filter line that is no key; '' where there is none.

    Such a part is looked for as a word. A time (`10:30`) and an address are not meant as keys.
    """
    for part in _PART.finditer(text):
        key = part["key"] or ""
        if key.isalpha() and not _key(key) and not part["value"].startswith("/"):
            return key
    return ""


def said(book: Book, wanted: Filter, cls: type[Record] | None = None) -> str:
    """The filter line that says the same, in the current language."""
    parts = [wanted.words] if wanted.words else []
    for key, values in _pairs(book, wanted, cls):
        text = ",".join(values)
        parts.append(f'{KEYS[key]}:"{text}"' if " " in text else f"{KEYS[key]}:{text}")
    return " ".join(parts)


def _pairs(
    book: Book, wanted: Filter, cls: type[Record] | None
) -> Iterator[tuple[str, Iterable[str]]]:
    if wanted.types:
        yield "type", [str(kinds[name].kind.label) for name in wanted.types]
    if wanted.states:
        known = dict(_states(cls))
        yield "state", [str(known.get(name, name)) for name in wanted.states]
    if wanted.project:
        found = book.find(wanted.project)
        yield "project", [found.title() if found else wanted.project]
    if wanted.by:
        yield "by", [str(ME) if wanted.by == book.me else book.people.name(wanted.by)]
    if wanted.week:
        yield "week", [wanted.week]
    if wanted.marks:
        yield "is", [str(word) for name, word in ARE.items() if name in wanted.marks]
    if wanted.sort:
        yield "sort", [_sort_word(cls, wanted.sort)]


def _key(text: str) -> str:
    """The key that a word before a colon names, or ''."""
    plain = text.casefold()
    return next((key for key, word in KEYS.items() if plain in (key, *_both(word))), "")


def _values(book: Book, key: str, text: str, cls: type[Record] | None) -> tuple[str, ...]:
    """The stable values that a text means for a key; several with commas."""
    if key == "project":
        return (_project(book, text),)
    if key == "by":
        return (_person(book, text),)
    if key == "week":
        return (_week(book, text),)
    if key == "sort":
        turned = "-" if text.startswith("-") else ""
        return (turned + _named(key, text.lstrip("-"), _sorts(cls))[0],)
    known = {"state": _states(cls), "type": _types(), "is": ARE.items()}[key]
    parts = [part for part in re.split("[,，、]", text) if part]
    if key == "is":
        parts = [_renamed(part) for part in parts]
    return tuple(name for part in parts for name in _named(key, part, known))


def _named(key: str, text: str, known: Iterable[tuple[str, W]]) -> tuple[str, ...]:
    """The names whose own or whose word in either language is the text, or else begins with it."""
    plain = text.casefold()
    all_ = list(known)
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = {n for n, w in all_ if any(fits(t.casefold(), plain) for t in (n, w.zh, w.en))}
        if found:
            return tuple(name for name in dict(all_) if name in found)
    words = several(dict.fromkeys(word for _, word in all_))
    raise Refused(NO_VALUE, key=KEYS[key], value=text, known=words)


def _states(cls: type[Record] | None) -> list[tuple[str, W]]:
    chosen = [cls] if cls is not None else [c for c in kinds.values() if c.kind.menu]
    return [(state.name, state.label) for c in chosen for state in c.kind.states]


def _types() -> list[tuple[str, W]]:
    return [(name, cls.kind.label) for name, cls in kinds.items()]


def _sorts(cls: type[Record] | None) -> list[tuple[str, W]]:
    head = [("number", W("编号", "number")), ("state", W("状态", "state"))]
    specs = cls.specs().items() if cls is not None else ()
    return head + [(name, spec.label) for name, spec in specs]


def _renamed(text: str) -> str:
    """The name that an earlier word of `ARE` means; any other text as it is."""
    return next((name for name, old in FORMER.items() if text in old), text)


def _sort_word(cls: type[Record] | None, sort: str) -> str:
    """A sort by the word of its field; by the field's name where the word means another one too."""
    turned, name = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    known = _sorts(cls)
    word = dict(known).get(name)
    if word is None or _named("sort", str(word), known) != (name,) or str(word).startswith("-"):
        return sort
    return f"{turned}{word}"


def _project(book: Book, text: str) -> str:
    plain = text.casefold()
    every = all_projects(book.store)
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for one in every:
            names = (one.id, one.number, one.code or "", one.name or "")
            if any(fits(name.casefold(), plain) for name in names if name):
                return str(one.id)
    names_ = several(one.title() for one in every)
    raise Refused(NO_VALUE, key=KEYS["project"], value=text, known=names_)


def _person(book: Book, text: str) -> str:
    if text.casefold() in _both(ME):
        return book.me
    if book.people.person(text) is not None:
        return text
    found = book.people.find(text, gone=True)
    exact = [one for one in found if one.name == text] or found
    if not exact:
        raise Refused(NO_VALUE, key=KEYS["by"], value=text, known=ME)
    if len(exact) > 1:
        raise Refused(SEVERAL, value=text, known=several(one.name for one in exact[:5]))
    return exact[0].id


def _week(book: Book, text: str) -> str:
    now = business_dates.week_of(book.today)
    plain = text.casefold()
    if plain in _both(THIS):
        return now
    if plain in _both(LAST):
        return business_dates.previous_week(now)
    short = plain.lstrip("w")
    whole = f"{now[:4]}-W{int(short):02d}" if short.isdigit() and len(short) <= 2 else text.upper()
    business_dates.first_day(whole)
    return whole


def _both(word: W) -> tuple[str, str]:
    return word.zh.casefold(), word.en.casefold()
