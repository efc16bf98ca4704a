"""Lookup: what is meant by a number, a ref or a name: a record, a project, a person; and by a word
that people read: a type, a state, an action.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.book.writing import creation
from models.schema.record import UNKNOWN_TYPE, Record, kinds
from models.storage import rows
from models.text.pinyin import fold, squeeze
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book
    from models.book.people import Person

SHOWN = 5
ME = W("我", "me")

NOT_FOUND = W(
    "没有找到“{name}”。请核对编号、ref 或 id。",
    "“{name}” was not found. Check the number, ref or id.",
)
NOT_THIS = W(
    "没有找到名为“{name}”的{type}。请写编号、ref、id 或完整名称。",
    "No {type} is called “{name}”. Give its number, ref, id or whole name.",
)
SEVERAL = W(
    "“{name}”有多个：{which}。请写 id。",
    "“{name}” names several: {which}. Give the id.",
)
NO_PERSON = W(
    "没有找到成员“{name}”。请写完整姓名或拼音首字母。",
    "There is no member “{name}”. Give the whole name or its initials.",
)


NO_PROJECT = W(
    "还没有进行中的项目。请先新增一个：sitebook add project name=…",
    "There is no running project. Add one first: sitebook add project name=…",
)
WHICH_PROJECT = W(
    "有几个项目：{which}。请用 --project 指定，或设默认：sitebook config set project …",
    "There are several projects: {which}. Use --project, or sitebook config set project …",
)


NO_STATE = W("没有状态“{state}”。可用：{known}。", "There is no state “{state}”. Known: {known}.")


def kind(type: str) -> type[Record]:
    """The declaration of a record type, by its name or its word in either language.

    Raises `Refused` for an unknown one, and for a word that several types have.
    """
    meant = named([(name, cls.kind.label) for name, cls in kinds.items()], type)
    found = kinds[meant[0]] if len(meant) == 1 else None
    if found is None:
        raise Refused(UNKNOWN_TYPE, type=type, known=", ".join(kinds))
    return found


def states(classes: Iterable[type[Record]], texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The states that texts mean, by name or word: type -> their names in it.

    Raises `Refused` for a text that is a state of none of the types.
    """
    found = {cls.kind.name: list[str]() for cls in classes}
    for text in texts:
        meant = {type: _states(kinds[type], text) for type in found}
        if not any(meant.values()):
            labels = dict.fromkeys(s.label for type in found for s in kinds[type].kind.states)
            raise Refused(NO_STATE, state=text, known=listed(labels))
        for type, names in meant.items():
            found[type] += names
    return {type: tuple(names) for type, names in found.items()}


def move(record: Record, text: str) -> str:
    """The action on a record that a text means, by its id or its word; else the text itself.

    Of several with the same word it is the one that leaves the record's state.
    """
    moves = [one for one in record.kind.moves if not one.hidden]
    meant = named([(one.id, one.label) for one in moves], text)
    now = [one.id for one in moves if one.id in meant and record.state in one.from_]
    return (now or meant or [text])[0]


def named(options: Iterable[tuple[str, W]], text: str) -> list[str]:
    """The names that a text means: the one that it is, else those whose word in a language it is.

    Case, full width and blanks around do not count.
    """
    pairs, wanted = list(options), plain(text)
    exact = [name for name, _ in pairs if name == text]
    return exact or [n for n, word in pairs if wanted in (plain(n), *map(plain, word))]


def plain(text: str) -> str:
    """A text for comparing: full width made narrow, case folded, blanks around dropped."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _states(cls: type[Record], text: str) -> list[str]:
    return named([(one.name, one.label) for one in cls.kind.states], text)


def home_project(
    book: Book, cls: type[Record], values: Mapping[str, Any], text: str | None, usual: str
) -> str | None:
    """The project a new record goes to: the one named, the usual one, or the only one.

    None where the record itself says it (a row, a note) or needs none.
    """
    if text:
        return project(book, text).id
    above = cls.kind.parent and values.get(cls.kind.parent)
    if above or cls.kind.project != "required":
        return None
    return usual_project(book, usual)


def usual_project(book: Book, usual: str) -> str:
    """The usual project, or the only one that is running; refused where there are several."""
    where = "WHERE void IS NULL AND state='running' ORDER BY name LIMIT ?"
    running = rows.fetch(book.store, kinds["project"], where, (SHOWN + 1,))
    default = rows.one(book.store, kinds["project"], usual) if usual else None
    if default is not None and default.void is None:
        return default.id
    if len(running) != 1:
        raise Refused(WHICH_PROJECT if running else NO_PROJECT, which=_titles(running))
    return running[0].id


def record(book: Book, text: str, type: str = "", *, titles: bool = False) -> Record:
    """The record with this id, number or ref; with `titles`, or with exactly this title.

    `type` narrows it to one type. Raises `Refused` for none and for several.
    """
    found = _candidates(book, text, type)
    if not found and titles and type:
        found = _titled(book, text, type)
    if not found:
        word = NOT_THIS if type else NOT_FOUND
        raise Refused(word, name=text, type=kinds[type].kind.label if type else "")
    if len(found) > 1:
        raise Refused(SEVERAL, name=text, which=_which(found))
    return found[0]


def of_file(book: Book, text: str, type: str) -> str | None:
    """The id of the restricted record that has the record with this number as its natural key.

    So a row can be written into one that is not here. None for other types and other texts.
    """
    cls = kinds.get(type)
    source = creation.key_link(cls) if cls is not None else ""
    found = _candidates(book, text, source) if source else []
    return creation.file_id(cls, found[0]) if cls is not None and len(found) == 1 else None


def project(book: Book, text: str) -> Record:
    """The project with this id, number, ref, name or code."""
    found = _candidates(book, text, "project")
    if not found and _storable(text):
        where = "WHERE (name=? OR code=?) AND void IS NULL LIMIT ?"
        found = list(rows.fetch(book.store, kinds["project"], where, (text, text, SHOWN + 1)))
    if not found:
        raise Refused(NOT_THIS, name=text, type=kinds["project"].kind.label)
    if len(found) > 1:
        raise Refused(SEVERAL, name=text, which=_which(found))
    return found[0]


def person(book: Book, text: str) -> str:
    """The id of the person with this id, name, initials or pinyin; 'me' is oneself."""
    if text in ME:
        return book.me
    if text == book.me or book.people.person(text) is not None:
        return text
    near = book.people.find(text)
    exact = [one for one in near if fold(one.name) == fold(text).strip()]
    found = exact or [one for one in near if squeeze(text) in (one.initials, one.pinyin)]
    if not found:
        raise Refused(NO_PERSON, name=text)
    if len(found) > 1:
        raise Refused(SEVERAL, name=text, which=", ".join(_label(one) for one in found))
    return found[0].id


def _label(one: Person) -> str:
    return f"{one.name} ({one.id})"


def _candidates(book: Book, text: str, type: str) -> list[Record]:
    """Records with this id, else with this number or ref; at most a few more than are shown."""
    if not _storable(text):
        return []
    known = rows.type_of(book.store, text)
    if known is not None:
        one = rows.one(book.store, kinds[known], text) if type in ("", known) else None
        return [one] if one is not None else []
    found: list[Record] = []
    for cls in [kinds[type]] if type else kinds.values():
        where = "WHERE number=? OR ref=? LIMIT ?"
        found += rows.fetch(book.store, cls, where, (text, text, SHOWN + 1))
    return found


def _titled(book: Book, text: str, type: str) -> list[Record]:
    cls = kinds[type]
    if not cls.kind.title or not _storable(text):
        return []
    where = f'WHERE "{cls.kind.title}"=? AND void IS NULL LIMIT ?'
    return list(rows.fetch(book.store, cls, where, (text, SHOWN + 1)))


def _which(found: Sequence[Record]) -> str:
    named = [f"{one.number} ({one.id})" for one in found[:SHOWN]]
    return ", ".join(named) + ("…" if len(found) > SHOWN else "")


def _titles(found: Sequence[Record]) -> str:
    named = [f"{one.title()} ({one.number})" for one in found[:SHOWN]]
    return "、".join(named) + ("…" if len(found) > SHOWN else "")


def _storable(text: str) -> bool:
    """Half a character (of a broken file name or a hostile line) can be part of no record."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
