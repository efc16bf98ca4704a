"""Recipe files: a recipe in TOML. `tests/recipes` has complete examples."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn

from models.calendar.written_times import ORDERS
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from tui.spreadsheets.importing.expressions import (
    TAKES,
    Constant,
    Expression,
    FirstOf,
    Joined,
    Link,
    Lookup,
    Pattern,
    RowCondition,
    Source,
    SourceColumn,
)
from tui.spreadsheets.importing.recipe import Block, Recipe

WRONG = W("配方 {file} 的 {where}：{what}。", "The recipe {file}, {where}: {what}.")
NO_TOML = W("第 {line} 行不是正确的 TOML", "line {line} is not TOML")
UNREADABLE = W("不能读取", "it cannot be read")
UNKNOWN = W("不认识“{name}”。可用：{known}", "“{name}” is not known. Known: {known}")
ONE_OF = W("须写且只写以下之一：{known}", "give exactly one of: {known}")
NEEDED = W("缺少“{name}”", "“{name}” is missing")
FORM = W("“{name}”的写法不对", "“{name}” is not written in the right form")
NO_TARGET = W(
    "这种关联的记录不能新建，也不能按字段查找",
    "records of this link cannot be created or looked up by a field",
)

EACH = ("group", "row")
_TOP = ("source", "group", "order", "dates", "record")
_BLOCK = ("type", "name", "each", "when", "ref", "state", "project", "occurred", "void", "fields")
_HEADS = ("column", "value", "join", "first_of", "text")
_MORE = ("take", "separator", "label", "labels", "most", "table", "otherwise", "keep")
_TESTS = ("is", "not", "at_least", "below", "filled")
_LINK = ("find", "by", "within", "key", "make", "of")


def load(path: Path) -> Recipe:
    """Read a recipe. Raises `Refused` naming the place and the mistake."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8-sig")), path.name)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or str(error).rpartition("line ")[2].split(",")[0]
        wrong(path.name, "TOML", Refused(NO_TOML, line=line))
    except (OSError, UnicodeDecodeError):
        wrong(path.name, path.name, Refused(UNREADABLE))


def parse(data: Mapping[str, Any], file: str) -> Recipe:
    """The recipe that a TOML document describes."""
    return _Parser(file).recipe(data)


def wrong(file: str, where: str, what: Refused) -> NoReturn:
    """Refuse a recipe."""
    raise Refused(WRONG, file=file, where=where, what=what)


class _Parser:
    """Reads the tables of one recipe; `where` names the place in sentences."""

    def __init__(self, file: str) -> None:
        self.file = file

    def recipe(self, data: Mapping[str, Any]) -> Recipe:
        several = "record" in data
        self.known(data, _TOP if several else (*_TOP, *_BLOCK), self.file)
        own = {key: value for key, value in data.items() if key not in _TOP}
        tables = data["record"] if several else [own]
        if not isinstance(tables, list) or not tables:
            self.refuse("record", Refused(FORM, name="record"))
        group = data.get("group", [])
        return Recipe(
            blocks=tuple(self.block(table, place) for place, table in enumerate(tables, 1)),
            source=self.word(data, "source", self.file),
            group=tuple(self.strings([group] if isinstance(group, str) else group, "group")),
            order=self.word(data, "order", self.file),
            dates=self.dates(data),
        )

    def dates(self, data: Mapping[str, Any]) -> str:
        found = self.word(data, "dates", self.file)
        if found and found not in ORDERS:
            self.refuse("dates", Refused(UNKNOWN, name=found, known=", ".join(ORDERS)))
        return found

    def block(self, data: Any, place: int) -> Block:
        if not isinstance(data, dict):
            self.refuse("record", Refused(FORM, name="record"))
        type_ = self.word(data, "type", f"record {place}")
        where = type_ or f"record {place}"
        self.known(data, _BLOCK, where)
        if type_ not in kinds:
            self.refuse(where, Refused(UNKNOWN, name=type_ or "type", known=", ".join(kinds)))
        each = self.word(data, "each", where) or "group"
        if each not in EACH:
            self.refuse(where, Refused(UNKNOWN, name=each, known=", ".join(EACH)))
        tests = data.get("when", [])
        found = {
            word: self.expression(data[word], f"{where}, {word}")
            for word in ("ref", "state", "project", "occurred", "void")
            if word in data
        }
        return Block(
            type=type_,
            name=self.word(data, "name", where) or type_,
            each=each,
            when=tuple(self.test(t, f"{where}, when") for t in self.several(tests)),
            fields=self.fields(kinds[type_], data.get("fields", {}), where),
            **found,
        )

    def fields(self, cls: type[Record], data: Any, where: str) -> dict[str, Source]:
        if not isinstance(data, dict):
            self.refuse(where, Refused(FORM, name="fields"))
        specs = cls.specs()
        self.known(data, tuple(specs), where)
        return {
            name: self.source(specs[name], value, f"{where}.{name}") for name, value in data.items()
        }

    def source(self, spec: Spec, value: Any, where: str) -> Source:
        if spec.kind != "link":
            return self.expression(value, where)
        if isinstance(value, dict) and not value.keys().isdisjoint(_LINK):
            return self.link(spec, value, where)
        return Link(find=self.expression(value, where))

    def link(self, spec: Spec, data: dict[str, Any], where: str) -> Link:
        self.known(data, _LINK, where)
        if sum(word in data for word in ("find", "key", "of")) != 1:
            self.refuse(where, Refused(ONE_OF, known="find, key, of"))
        target = kinds.get(spec.target)
        if target is None and not data.keys().isdisjoint(("by", "within", "key", "make")):
            self.refuse(where, Refused(NO_TARGET))
        by, make = self.word(data, "by", where), data.get("make")
        if by and target is not None:
            self.known({by: 0}, tuple(target.specs()), where)
        make = {} if make is True else make
        return Link(
            find=self.expression(data["find"], where) if "find" in data else None,
            by=by,
            within=self.fields(target, data.get("within", {}), where) if target else {},
            key=self.fields(target, data.get("key", {}), where) if target else {},
            make=self.fields(target, make, where) if target and isinstance(make, dict) else None,
            of=self.word(data, "of", where),
        )

    def expression(self, value: Any, where: str) -> Expression:
        """A column's name, a table that says how, or a constant that is no text."""
        if isinstance(value, str):
            return SourceColumn(value)
        if isinstance(value, dict):
            return self.table(value, where)
        if isinstance(value, (bool, int, date, datetime, time)):
            return Constant(str(value).lower() if isinstance(value, bool) else str(value))
        self.refuse(where, Refused(FORM, name=str(value)))

    def table(self, data: dict[str, Any], where: str) -> Expression:
        self.known(data, (*_HEADS, *_MORE), where)
        heads = [word for word in _HEADS if word in data]
        if len(heads) != 1:
            self.refuse(where, Refused(ONE_OF, known=", ".join(_HEADS)))
        found = self.head(heads[0], data, where)
        if "table" not in data:
            return found
        if not isinstance(data["table"], dict):
            self.refuse(where, Refused(FORM, name="table"))
        pairs = {str(key): _plain(value) for key, value in data["table"].items()}
        otherwise = _plain(data["otherwise"]) if "otherwise" in data else None
        return Lookup(found, pairs, otherwise, keep=data.get("keep") is True)

    def head(self, word: str, data: dict[str, Any], where: str) -> Expression:
        value = data[word]
        if word == "value":
            return Constant(_plain(value))
        if word == "text":
            return Pattern(str(value))
        if word == "column":
            return self.column(str(value), data, where)
        parts = tuple(self.part(one, data, where) for one in self.several(value))
        if word == "first_of":
            return FirstOf(parts)
        return Joined(parts, str(data.get("separator", "\n")))

    def column(self, name: str, data: Mapping[str, Any], where: str) -> SourceColumn:
        take = self.word(data, "take", where) or TAKES[0]
        if take not in TAKES:
            self.refuse(where, Refused(UNKNOWN, name=take, known=", ".join(TAKES)))
        return SourceColumn(
            name,
            take,
            separator=str(data.get("separator", ", ")),
            label=self.word(data, "label", where),
            most=self.whole(data, "most", where) or 0,
        )

    def part(self, value: Any, data: Mapping[str, Any], where: str) -> Expression:
        """A part of a joined text; `labels = true` puts the column's name before its value."""
        if isinstance(value, str) and data.get("labels") is True:
            return SourceColumn(
                value, self.word(data, "take", where) or TAKES[0], label=f"{value}: "
            )
        return self.expression(value, where)

    def test(self, data: Any, where: str) -> RowCondition:
        if not isinstance(data, dict):
            self.refuse(where, Refused(FORM, name="when"))
        self.known(data, (*_HEADS, *_MORE, *_TESTS), where)
        source = self.table({k: v for k, v in data.items() if k not in _TESTS}, where)
        return RowCondition(
            source,
            among=self.texts(data, "is"),
            not_among=self.texts(data, "not"),
            least=self.whole(data, "at_least", where),
            below=self.whole(data, "below", where),
            filled=bool(data["filled"]) if "filled" in data else None,
        )

    def texts(self, data: Mapping[str, Any], word: str) -> tuple[str, ...] | None:
        return tuple(_plain(one) for one in self.several(data[word])) if word in data else None

    def whole(self, data: Mapping[str, Any], word: str, where: str) -> int | None:
        value = data.get(word)
        if value is not None and type(value) is not int:
            self.refuse(where, Refused(FORM, name=word))
        return value

    def several(self, value: Any) -> list[Any]:
        return value if isinstance(value, list) else [value]

    def strings(self, value: Any, where: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.refuse(where, Refused(FORM, name=where))
        return list(value)

    def word(self, data: Mapping[str, Any], word: str, where: str) -> str:
        value = data.get(word, "")
        if not isinstance(value, str):
            self.refuse(where, Refused(FORM, name=word))
        return value

    def known(self, data: Mapping[str, Any], words: tuple[str, ...], where: str) -> None:
        for word in data:
            if word not in words:
                self.refuse(where, Refused(UNKNOWN, name=word, known=", ".join(words)))

    def refuse(self, where: str, what: Refused) -> NoReturn:
        wrong(self.file, where, what)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
