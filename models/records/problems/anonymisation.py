"""Anonymity: what a report publishes names no person, customer, site or device.

Names are taken from the book: `given` replaces those that it knows by a general word, shows the
person the rest, and `nameless` refuses while one is left. Clause: 5.3.1(2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from models.records.problems.experience import Experience, experience_of
from models.text.pinyin import fold
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record

TEXTS = ("subject", "symptom", "cause", "workaround", "solution", "prevention", "lessons")
"""Fields of an experience that people read; no name may occur in them."""
LEAST = 2
"""Fewest characters of a name that is looked for: a single one occurs in ordinary words."""

PERSON = W("人员", "person")
CUSTOMER = W("客户", "customer")
PROJECT = W("项目", "project")
SITE = W("现场", "site")
DEVICE = W("设备", "device")
NAMING: dict[str, tuple[tuple[str, W], ...]] = {
    "customer": (("name", CUSTOMER), ("short", CUSTOMER), ("contact", PERSON)),
    "project": (("name", PROJECT), ("code", PROJECT)),
    "site": (("name", SITE), ("address", SITE)),
    "equipment": (("name", DEVICE), ("serial_no", DEVICE)),
}
"""Type -> the fields that name one of it, and what they name."""
GENERAL = (
    W("机房", "server room"),
    W("数据中心", "data centre"),
    W("UPS", "UPS"),
    W("空调", "air conditioner"),
    W("精密空调", "precision air conditioner"),
    W("交换机", "switch"),
    W("核心交换机", "core switch"),
    W("路由器", "router"),
    W("防火墙", "firewall"),
    W("服务器", "server"),
    W("存储", "storage"),
    W("配电柜", "power cabinet"),
    W("蓄电池", "battery"),
)
"""Words that name nothing in particular, though a site or device may be called so."""
_MORE = re.compile("[（(,，、;；]")
"""What begins the rest of a name: a post, a place. '李工（信息科）' is 李工 too."""
SOME = W("某{what}", "a {what}")

NAMED = W(
    "“{field}”里还有{what}名称“{name}”。经验库不写名称，请改成一般说法。",
    "“{field}” still has the name “{name}” ({what}). Experience is kept without names;"
    " write something general.",
)
ALREADY = W(
    "{number} 已收入经验库：{there}。请直接修改那一条。",
    "{number} is kept as experience already: {there}. Edit that one.",
)
NOT_APPROVED = W(
    "{number} 还没有批准，不能收入经验库。请先完成审核和批准。",
    "{number} is not approved yet and cannot be kept as experience. Have it approved first.",
)


NO_REPORT = W(
    "经验须来自一份已批准的问题分析处理报告或已审核的项目总结。请用 source=编号 指明来源。",
    "Experience comes from an approved problem report or a reviewed project summary. Name it:"
    " source=NUMBER.",
)
NOT_REVIEWED = W(
    "{number} 还没有审核通过，不能收入经验库。请先请部门经理审核。",
    "{number} is not reviewed yet and cannot be kept as experience. Have the department manager"
    " review it first.",
)
NOT_FOR_LIBRARY = W(
    "{number} 的去向只是“提交客户”，不能收入经验库。请先修订（revise）报告的去向。",
    "{number} is for the customer only and is not kept as experience. Revise the report (revise)"
    " and say where it goes.",
)


class LessonSource(NamedTuple):
    """A type of record, besides the problem report, whose lessons may be kept as experience."""

    states: tuple[str, ...]
    """Those in which somebody else has reviewed it."""
    texts: Callable[[Any], Mapping[str, str | None]]
    """`(record)`: the texts that an experience begins with, names and all."""


lesson_sources: dict[str, LessonSource] = {}
"""Type -> what may be taken from its records; areas fill it in their `rules`. One such record may
lead to several experiences."""


class Name(NamedTuple):
    """A known name, and what bears it."""

    text: str
    what: W


def given(book: Book, values: Mapping[str, Any]) -> dict[str, Any]:
    """What an experience takes from the report it comes from, where nothing was written.

    Raises `Refused` for a report that is not approved, goes to the customer alone, or is kept
    already.
    """
    source = values.get("source")
    report = book.find(str(source)) if source else None
    if report is None or report.type not in ("problem_report", *lesson_sources):
        raise Refused(NO_REPORT)
    if report.type in lesson_sources:
        if report.state not in lesson_sources[report.type].states:
            raise Refused(NOT_REVIEWED, number=report.number)
        return _unwritten(values, lessons(book, report))
    there = experience_of(book.store, report.id)
    if there is not None:
        raise Refused(ALREADY, number=report.number, there=book.get(there).number)
    if report.state not in ("approved", "issued"):
        raise Refused(NOT_APPROVED, number=report.number)
    if report.values().get("audience") == "customer":
        raise Refused(NOT_FOR_LIBRARY, number=report.number)
    return _unwritten(values, draft(book, report))


def _unwritten(values: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    if any(values.get(name) for name in TEXTS):
        return {}  # a person has read it, and left out what should stay out
    return {name: text for name, text in made.items() if values.get(name) is None}


def lessons(book: Book, record: Record) -> dict[str, Any]:
    """An experience made of a record of `lesson_sources`, known names replaced."""
    texts = lesson_sources[record.type].texts(record)
    known = list(names(book))
    made = {name: replaced(text, known) for name, text in texts.items() if text}
    return {"source": record.id, **made}


def draft(book: Book, report: Record) -> dict[str, Any]:
    """An experience made of a report, known names replaced: for a person to read and change."""
    had = report.values()
    equipment = book.find(str(had["equipment"])) if had.get("equipment") else None
    causes = [had.get(f"cause_{part}") for part in ("direct", "root", "contributing")]
    texts = {
        "subject": report.title().split("\n", 1)[0][:200],
        "symptom": had.get("phenomenon"),
        "cause": "\n".join(str(text) for text in causes if text),
        "workaround": had.get("emergency"),
        "solution": had.get("solution"),
        "prevention": had.get("measures"),
        "lessons": had.get("lessons"),
    }
    known = list(names(book))
    made: dict[str, Any] = {
        name: replaced(str(text), known) for name, text in texts.items() if text
    }
    made["cause_class"] = had.get("cause_class")
    made["equipment_class"] = getattr(equipment, "equipment_class", None)
    return {"source": report.id, **{name: value for name, value in made.items() if value}}


def nameless(book: Book, values: Mapping[str, Any]) -> None:
    """Refuse texts in which a known name occurs, naming it and its field."""
    texts = {name: fold(str(values[name])) for name in TEXTS if values.get(name)}
    for name in names(book):
        for field, text in texts.items():
            if _stands(fold(name.text), text):
                label = Experience.specs()[field].label
                raise Refused(NAMED, field=label, what=name.what, name=name.text)


def replaced(text: str, known: Iterable[Name]) -> str:
    """A text with every known name replaced by a general word, the longest names first."""
    folded = fold(text)
    there = [name for name in known if _stands(fold(name.text), folded)]
    for name in sorted(there, key=lambda one: -len(one.text)):
        text = _pattern(name.text).sub(say(SOME, what=name.what), text)
    return text


def names(book: Book) -> Iterator[Name]:
    """Every name that the book knows: people, customers, projects, sites, devices."""
    for (name,) in book.store.rows("SELECT name FROM person"):
        yield from _name(name, PERSON)
    for type, fields in NAMING.items():
        for field, what in fields:
            for (text,) in book.store.rows(f'SELECT DISTINCT "{field}" FROM "{type}"'):
                yield from _name(text, what)


def _name(text: object, what: W) -> Iterator[Name]:
    whole = text.strip() if isinstance(text, str) else ""
    for plain in dict.fromkeys((whole, _MORE.split(whole, 1)[0].strip())):
        if len(plain) >= LEAST and fold(plain) not in _general():
            yield Name(plain, what)


@cache
def _general() -> frozenset[str]:
    return frozenset(fold(half) for word in GENERAL for half in word)


def _stands(name: str, text: str) -> bool:
    """Whether a name occurs in a text, both folded: neither case nor width hides it."""
    return name in text and _pattern(name).search(text) is not None


def _pattern(name: str) -> re.Pattern[str]:
    """A name as a word of its own: 'Li' does not occur in 'list', but 李工 does in 请李工来."""
    before = "(?<![a-z0-9])" if _plain(name[0]) else ""
    after = "(?![a-z0-9])" if _plain(name[-1]) else ""
    return re.compile(f"{before}{re.escape(name)}{after}", re.IGNORECASE)


def _plain(char: str) -> bool:
    return char.isascii() and char.isalnum()
