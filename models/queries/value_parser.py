"""Value parser: what a person types becomes a field's value; the schema then checks the value.

Text that cannot be read as the field's kind stays as it is, so that the schema refuses it in its
own words. Kinds of text (line, prose) are stored exactly as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.book.tables.vocabularies import worded
from models.calendar import business_dates, date_shorthand, written_times
from models.queries import lookup
from models.schema import validation
from models.schema.fields import Spec
from models.schema.record import Record
from models.text import money
from models.text.lists import list_of
from models.text.pinyin import fold
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

YES = frozenset({"y", "1", "on", *W("是", "yes"), *W("对", "true")})
NO = frozenset({"n", "0", "off", *W("否", "no"), *W("不", "false")})
NEAR_DAYS = {
    **dict.fromkeys(W("今天", "today"), 0),
    **dict.fromkeys(W("昨天", "yesterday"), -1),
    **dict.fromkeys(W("明天", "tomorrow"), 1),
}
OCCURRED = W("发生时间", "Time")
NOW = W("现在", "now")
# Also as Chinese writes it: year, the how-manieth week.
_WEEK = re.compile(r"(\d{4})(?:-?W|\u5e74\u7b2c?)(\d{1,2})\u5468?")
# Also in characters: year, the first to the fourth, quarter.
_QUARTER = re.compile(
    r"(\d{4})(?:-?Q|\u5e74\u7b2c?)([1-4\u4e00\u4e8c\u4e09\u56db])(?:\u5b63\u5ea6)?"
)
_ENDS, _COMMAS = re.compile("[、；;\n]"), re.compile("[,，]")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def enter(
    book: Book,
    cls: type[Record],
    given: Mapping[str, object],
    zone: str = business_dates.DEFAULT_ZONE,
) -> dict[str, Any]:
    """The values that texts (or plain JSON values) mean for a type's fields.

    Raises `Refused` for a time, a record or a person that cannot be made out; unknown fields pass
    through for the book to refuse.
    """
    specs = cls.specs()
    return {
        name: typed(book, specs[name], value, zone) if name in specs else value
        for name, value in given.items()
    }


def typed(book: Book, spec: Spec, given: object, zone: str = business_dates.DEFAULT_ZONE) -> Any:
    """The value that a person means who types it now: also by the short ways of typing a time."""
    shorten = _SHORT.get(spec.kind)
    if isinstance(given, str) and shorten is not None and written_times.read(given) is None:
        given = shorten(given, business_dates.local(book.change_log.now(), zone))
    return one(book, spec, given, zone)


def typed_moment(text: str, zone: str, now: int, label: W) -> int:
    """An instant (ms UTC) that a person types now. Raises `Refused` as `moment`."""
    if written_times.read(text) is None:
        text = date_shorthand.moment(text, business_dates.local(now, zone))
    return moment(text, zone, now, label)


def one(
    book: Book,
    spec: Spec,
    given: object,
    zone: str = business_dates.DEFAULT_ZONE,
    dates: str = "",
) -> Any:
    """The value that a text or a JSON value means for one field; empty text is no value.

    `dates` is the order of day, month and year where a list has another one (`written_times`).
    """
    if given is None or given == "":
        return None
    spec = worded(book.store, spec)
    if spec.several and isinstance(given, (str, list)):
        return several(book, spec, given)
    if isinstance(given, str):
        if spec.kind == "link":
            return linked(book, spec, given)
        if spec.kind == "moment":
            return moment(given, zone, book.change_log.now(), spec.label, dates)
        if spec.kind == "day":
            today = business_dates.business_day(book.change_log.now(), zone)
            return day(given, today, zone, dates)
        read = _READERS.get(spec.kind)
        return read(spec, given) if read else given
    if spec.kind == "money" and isinstance(given, (int, Decimal)) and given is not True:
        return _money(spec, str(given))
    if isinstance(given, Decimal) or (type(given) is int and spec.kind == "number"):
        whole = spec.kind == "count" and given == given.to_integral_value()  # type: ignore[union-attr]
        return int(given) if whole else _number(spec, str(given))
    if spec.kind == "moment":
        raise _bad(spec.label, "moment")
    return given


def moment(text: str, zone: str, now: int, label: W, dates: str = "") -> int:
    """An instant (ms UTC) from a time written in full, in the zone or with its own, or 'now'."""
    if _plain(text).lower() in NOW:
        return now
    written = written_times.read(text, dates)
    if written is None:
        raise _bad(label, written_times.fault(text) or "moment")
    try:
        when = written_times.at(written)
        if when.tzinfo is None:
            when = when.replace(tzinfo=business_dates.zone(zone))
        found = (when - _EPOCH) // timedelta(milliseconds=1)
    except (ValueError, OverflowError):
        raise _bad(label, "moment") from None
    if not business_dates.EARLIEST <= found <= business_dates.LATEST:
        raise _bad(label, "moment")
    return found


def day(text: str, today: date, zone: str = business_dates.DEFAULT_ZONE, dates: str = "") -> str:
    """'YYYY-MM-DD' from a day written in full, or the day of a time; 'today' or 'yesterday'."""
    plain = _plain(text)
    if plain.lower() in NEAR_DAYS:
        return (today + timedelta(days=NEAR_DAYS[plain.lower()])).isoformat()
    written = written_times.read(text, dates)
    if written is None:
        return plain
    if written.zone is None:
        return written.day
    try:
        return written_times.at(written).astimezone(business_dates.zone(zone)).date().isoformat()
    except (ValueError, OverflowError):
        return written.day


def linked(book: Book, spec: Spec, text: str) -> str:
    """The id of the record or person that a link's text names."""
    if spec.target == "person":
        return lookup.person(book, text)
    return (
        lookup.of_file(book, text, spec.target)
        or lookup.record(book, text, spec.target, titles=True).id
    )


def several(book: Book, spec: Spec, given: str | list[Any]) -> str | None:
    """A list from its words or names: an array, or one text with 、 ； , ; or lines between them.

    Raises `Refused` for a person who cannot be made out. A comma inside a member's name is no end.
    """
    parts = given if isinstance(given, list) else _parts(book, spec, given)
    texts = [str(part).strip() for part in parts if part is not None and str(part).strip()]
    if spec.target:
        return list_of(linked(book, spec, text) for text in texts)
    return list_of(_choice(spec, text) for text in texts)


def _parts(book: Book, spec: Spec, text: str) -> Iterator[str]:
    for part in _ENDS.split(text):
        comma = bool(spec.target) and _COMMAS.search(part) is not None
        near = book.people.find(part.strip()) if comma else ()
        if any(fold(one.name) == fold(part).strip() for one in near):
            yield part
        else:
            yield from _COMMAS.split(part)


def _week(_spec: Spec, text: str) -> str:
    found = _WEEK.fullmatch(_plain(text).upper())
    if found is not None:
        return f"{found[1]}-W{int(found[2]):02d}"
    within = business_dates.day_of(written.day) if (written := written_times.read(text)) else None
    return business_dates.week_of(within) if within is not None else text


def _quarter(_spec: Spec, text: str) -> str:
    found = _QUARTER.fullmatch(_plain(text).upper())
    return f"{found[1]}-Q{int(unicodedata.numeric(found[2]))}" if found else text


def _money(_spec: Spec, text: str) -> str:
    return money.typed(text) or text


def _number(_spec: Spec, text: str) -> str:
    return validation.canonical_number(text) or text


def _count(_spec: Spec, text: str) -> int | str:
    plain = _plain(text)
    return int(plain) if _WHOLE.fullmatch(plain) else text


def _flag(_spec: Spec, text: str) -> bool | str:
    plain = _plain(text).casefold()
    if plain in YES or plain in NO:
        return plain in YES
    return text


def _choice(spec: Spec, text: str) -> str:
    plain = _plain(text).casefold()
    for choice in spec.known:
        if plain in (choice.name, *(_plain(word).casefold() for word in choice.label)):
            return choice.name
    return text


def _plain(text: str) -> str:
    """Full width made narrow, blanks around dropped."""
    return unicodedata.normalize("NFKC", text).strip()


def _bad(label: W, reason: str) -> Refused:
    return Refused(validation.BAD, field=label, reason=validation.REASONS[reason])


_SHORT: dict[str, Callable[[str, datetime], str]] = {
    "day": lambda text, now: date_shorthand.day(text, now.date()),
    "week": lambda text, now: date_shorthand.week(text, now.date()),
    "quarter": lambda text, now: date_shorthand.quarter(text, now.date()),
    "moment": date_shorthand.moment,
}
_READERS: dict[str, Callable[[Spec, str], Any]] = {
    "number": _number,
    "count": _count,
    "flag": _flag,
    "choice": _choice,
    "week": _week,
    "quarter": _quarter,
    "money": _money,
}
