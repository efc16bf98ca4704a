"""Compiled reports: a record that is compiled from others, and frozen with its data when issued.

A type names the field that keeps its data, and its area says what it is compiled from:

    Kind(name="weekly_report", …, compiled="content")
    compiles(CompiledReport(type="weekly_report", form=WeekContent, compile=…, …))  # in rules.py

The move into a frozen state carries the data (`models.book.rules.carried`): compressed, in the
same change, on every replica. From then on page, paper, `show` and JSON read that and nothing
else; what came later is told beside it. On arrival the data must have the declared form and be of
this record (`sync.validation.rules.compiled_rules`).
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.approval.settled import require_settled_among
from models.book.rules import carries
from models.derived.figures import Scope
from models.derived.plain_form import formed, plain
from models.frozen import Frozen
from models.schema import late_modules
from models.schema.fields import TEXT_LIMIT
from models.schema.lifecycle import Move
from models.schema.natural_keys import key_id, key_space
from models.schema.record import Record, kinds
from models.text.strict_json import signed_reader
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book

LIMIT = 8 << 20
"""Most bytes of data before compression."""
DIGITS = 20
TOO_LARGE = W(
    "{number} 的内容太多（{size} kB），不能随签发保存。请缩短其中的文字。",
    "{number} has too much content ({size} kB) to be kept with the issue. Shorten its texts.",
)
OPEN_POINTS = W(
    "{points}。请补上，或在“{move}”时写明说明（--comment），届时将照此标明。",
    "{points}. Complete that, or give “{move}” a comment (--comment) that says why; it is marked.",
)
NOT_KEPT = W(
    "签发时没有保存内容，下面是现有记录。",
    "The content was not kept when this was issued; below is what the records say now.",
)
UNREADABLE = W(
    "签发时保存的内容不可读，下面是现有记录。请与签发人核实。",
    "The content kept at the issue cannot be read; below is what the records say now. Ask whoever"
    " issued it.",
)
TWICE = W(
    "两人各自签发过，内容不同；下面是其中一份，请先解决冲突。",
    "Two people issued this with different content; below is one of the two. Resolve the conflict.",
)
MOST = 5
"""Open points that are named; the others are counted."""
MORE = W("另有 {n} 项", "{n} more")


class LaterNews(NamedTuple):
    """Something that came after a report was issued, or changed since."""

    at: int | None
    """When, ms UTC, by the log; the same on every replica."""
    record: str
    """The id of the record that it is about."""
    number: str
    what: W
    texts: tuple[tuple[W | None, str], ...] = ()
    """What it says, in parts with their labels."""


class CompiledReport(Frozen, kw_only=True):
    """What a type of report is compiled from."""

    type: str
    form: Any
    """The named tuple of its data (`models.derived.plain_form`)."""
    version: int
    """Of the form; data of a greater one needs a newer program."""
    since: int = 0
    """The oldest form that is read; what it does not have is empty. 0 = only the present one."""
    key: Callable[[Any], Mapping[str, Any]]
    """`(data)`: the natural key of the record that it is about; it fits no other one."""
    compile: Callable[[Book, Any], Any]
    """`(book, record)`: the data as the records say it now."""
    sources: Callable[[Any], Mapping[str, Sequence[str]]]
    """`(data)`: type -> ids of the records in it; an open conflict in one refuses the issue."""
    open_points: Callable[[Any], Iterable[W]]
    """`(data)`: what may be issued only with a comment that says why."""
    later: Callable[[Book, Any, Any], Sequence[LaterNews]]
    """`(book, record, data)`: what came since it was issued with that data."""
    figures: str = ""
    """The family of figures that is counted from the data."""
    scope: Callable[[Book, Any], Scope] | None = None
    """`(book, record)`: the projects and days of its figures, so that its page can show the records
    behind each; may raise `Refused`."""


class Content(NamedTuple):
    """A report's data: as it was issued, else as it is compiled now."""

    data: Any
    issued: bool
    fault: W | None = None
    """What is wrong with what was issued; shown wherever the data is."""


class NewerForm(ValueError):
    """The data has a form that only a newer version of the program knows."""


_reports: dict[str, CompiledReport] = {}
_read = signed_reader(digits=DIGITS)


def compiles(report: CompiledReport) -> None:
    """Register what a type is compiled from; its issue carries the data from now on."""
    _reports[report.type] = report
    carries(report.type)(_carried)


def of(type: str) -> CompiledReport:
    """What a type is compiled from. Raises `KeyError` for other types."""
    late_modules.load("rules")
    return _reports[type]


def freezes(record: Record, to: str) -> bool:
    """Whether the step into a state issues a compiled report."""
    kind = record.kind
    return bool(kind.compiled) and kind.state(to).frozen and not kind.state(record.state).frozen


def is_issued(record: Record) -> bool:
    """Whether a compiled report is frozen with its data."""
    return bool(record.kind.compiled) and record.kind.state(record.state).frozen


# -- reading ---------------------------------------------------------------------------------------


def content(book: Book, record: Record) -> Content:
    """What a report says: frozen once it is issued, compiled from the records before."""
    report = of(record.type)
    if not is_issued(record):
        return Content(report.compile(book, record), False)
    data, fault = kept(record)
    if data is None:
        return Content(report.compile(book, record), False, fault)
    sql = "SELECT 1 FROM sibling WHERE record=? AND register=? LIMIT 1"
    twice = book.store.row(sql, (record.id, record.kind.compiled)) is not None
    return Content(data, True, TWICE if twice else None)


def kept(record: Record) -> tuple[Any, W | None]:
    """The data that a report was issued with, or None and why there is none."""
    text = getattr(record, record.kind.compiled)
    if not text:
        return None, NOT_KEPT
    try:
        return unpack(of(record.type), text, record.id), None
    except ValueError:
        return None, UNREADABLE


def news(book: Book, record: Record) -> Sequence[LaterNews]:
    """What came after a report was issued, the first first; nothing while its data is not kept."""
    if not is_issued(record):
        return ()
    data, fault = kept(record)
    if fault is not None:
        return ()
    found = of(record.type).later(book, record, data)
    return sorted(found, key=lambda one: (one.at is None, one.at or 0, one.number))


def json_of(book: Book, record: Record) -> dict[str, Any]:
    """A report's data for scripts, whether it is as issued, and what came later (times in ms UTC).

    Nothing for other types.
    """
    if not record.kind.compiled:
        return {}
    try:
        found, later = content(book, record), news(book, record)
    except Refused as refused:  # the week or project of an odd record
        found, later = Content({}, False, refused.both()), ()
    return {
        "content": plain(found.data),
        "content_issued": found.issued,
        "content_fault": {"zh": found.fault.zh, "en": found.fault.en} if found.fault else None,
        "supplements": [
            {
                "at": one.at,
                "record": one.record,
                "number": one.number,
                "what": {"zh": one.what.zh, "en": one.what.en},
                "texts": [text for _, text in one.texts],
            }
            for one in later
        ],
    }


# -- the form --------------------------------------------------------------------------------------


def pack(report: CompiledReport, data: Any) -> str:
    """Data as the text that is kept: JSON, compressed, in letters that JSON leaves alone."""
    whole = {"form": report.version, "data": plain(data)}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode()


def unpack(report: CompiledReport, text: object, id: str) -> Any:
    """The data of a kept text. Raises `ValueError` for anything malformed or of another record."""
    if text.__class__ is not str:
        raise ValueError("not a text")
    return _unpacked(report, str(text), id)


@lru_cache(maxsize=4)
def _unpacked(report: CompiledReport, text: str, id: str) -> Any:
    """The same, read once: a page, what came later and the figures ask for it one after another."""
    whole = _whole(text)
    if whole["form"].__class__ is int and whole["form"] > report.version:
        raise NewerForm("a newer form")
    oldest = report.since or report.version
    if whole["form"].__class__ is not int or not oldest <= whole["form"] <= report.version:
        raise ValueError("another form")
    data = formed(report.form, whole["data"])
    kind, key = kinds[report.type].kind, report.key(data)
    project = key.get("project")
    if key_id(kind, key_space(kind, project), project, "", key) != id:
        raise ValueError("of another record")
    return data


def _whole(text: str) -> dict[str, Any]:
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(base64.b85decode(text), LIMIT)
        if not reader.eof or reader.unused_data:
            raise ValueError("too long, or more after it")
        whole = _read(data.decode())
    except (zlib.error, RecursionError) as wrong:
        raise ValueError("damaged") from wrong
    if whole.__class__ is not dict or whole.keys() != {"form", "data"}:
        raise ValueError("not a report's data")
    return dict(whole)


# -- issuing ---------------------------------------------------------------------------------------


def require_ready(book: Book, record: Record, label: W, comment: str) -> Any:
    """The data to be issued. Raises `Refused` over conflicts in it, and over what is open."""
    report = of(record.type)
    data = report.compile(book, record)
    require_settled_among(book.store, report.sources(data), label)
    points = list(report.open_points(data))
    if points and not comment.strip():
        rest = len(points) - MOST
        more = [W(*(half.format(n=rest) for half in MORE))] if rest > 0 else []
        raise Refused(OPEN_POINTS, points=listed(points[:MOST] + more), move=label)
    return data


def _carried(book: Book, record: Record, move: Move, comment: str) -> dict[str, Any]:
    """What the issue of a report carries: its data."""
    if not freezes(record, move.to):
        return {}
    data = require_ready(book, record, move.label, comment)
    text = pack(of(record.type), data)
    if len(text) > TEXT_LIMIT:
        raise Refused(TOO_LARGE, number=record.number, size=len(text) >> 10)
    return {record.kind.compiled: text}
