"""Validation of typed values, built from a type's declaration with Pydantic when first used.

Pydantic is imported here on the first save, not when the app starts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, Literal

from models.kinds import TEXT_LIMIT, Spec
from models.record import Record
from models.words import Refused, W

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_TYPED = str.maketrans("−。", "-.")
_BROKEN = re.compile("[\0\ud800-\udfff]")
MAX_DIGITS = 40
WHOLE = (1 << 53) - 1
"""Greatest whole number: JSON readers of other programs hold no greater one exactly."""

BAD = W("“{field}”：{reason}。", "“{field}”: {reason}.")
BROKEN = W(
    "含有不能保存的字符（NUL 或残缺字符），请删去",
    "has a character that cannot be stored (NUL or a broken one); remove it",
)
REASONS: dict[str, W] = {
    "extra_forbidden": W("没有这个字段", "there is no such field"),
    "string_too_long": W(
        "太长，最多 {max_length} 个字", "too long, at most {max_length} characters"
    ),
    "too_many_bytes": W("太长，最多 256 KiB", "too long, at most 256 KiB"),
    "acting": BROKEN,
    "string_unicode": BROKEN,
    "one_line": W("只能写一行", "only one line is allowed"),
    "string_type": W("应为文字", "must be text"),
    "number": W("应为数字，例如 23.5", "must be a number such as 23.5"),
    "out_of_bounds": W("超出允许范围", "is outside the allowed range"),
    "day": W("应为日期，例如 2026-11-22", "must be a day such as 2026-11-22"),
    "week": W("应为周，例如 2026-W47", "must be a week such as 2026-W47"),
    "moment": W("应为时间，例如 2026-11-22 08:30", "must be a time such as 2026-11-22 08:30"),
    "literal_error": W("只能是以下之一：{choices}", "must be one of: {choices}"),
    "bool_type": W("应为 是/否", "must be yes or no"),
    "int_type": W("应为整数", "must be a whole number"),
    "link": W("应为一条记录的编号", "must name a record"),
}

_models: dict[type[Record], type[BaseModel]] = {}


def check(cls: type[Record], values: Mapping[str, object]) -> dict[str, Any]:
    """The values, validated; empty text becomes null. Raises `Refused` naming the first fault."""
    from pydantic import ValidationError

    cleared = {name: (None if value == "" else value) for name, value in values.items()}
    try:
        form = model_of(cls).model_validate(cleared)
    except ValidationError as error:
        raise refusal(cls, error) from None
    return form.model_dump(exclude_unset=True)


def model_of(cls: type[Record]) -> type[BaseModel]:
    """The Pydantic model of a type's declared fields: all optional, nothing unknown."""
    found = _models.get(cls)
    if found is None:
        from pydantic import ConfigDict, create_model

        fields: dict[str, Any] = {n: (_annotation(s) | None, None) for n, s in cls.specs().items()}
        config = ConfigDict(strict=True, extra="forbid")
        found = _models[cls] = create_model(f"{cls.__name__}Form", __config__=config, **fields)
    return found


def refusal(cls: type[Record], error: ValidationError) -> Refused:
    """The first fault as one sentence in people's words."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    spec = cls.specs().get(name)
    context: dict[str, Any] = dict(first.get("ctx") or {})
    if spec is not None:
        context["choices"] = ", ".join(choice.name for choice in spec.choices)
    reason = REASONS.get(first["type"], W("不能接受", "is not acceptable"))
    filled = W(
        *(
            half.format_map(_Lenient(context)).replace("{", "{{").replace("}", "}}")
            for half in reason
        )
    )
    return Refused(BAD, field=spec.label if spec else name, reason=filled)


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return key


def _annotation(spec: Spec) -> Any:
    from pydantic import AfterValidator, StringConstraints

    if spec.kind == "choice":
        return Literal[tuple(choice.name for choice in spec.choices)]
    if spec.kind == "flag":
        return bool
    if spec.kind in ("moment", "count"):
        return Annotated[int, AfterValidator(_within(spec))]
    checks = {"line": _line, "prose": _text, "day": _day, "week": _week, "link": _link}
    if spec.kind == "number":
        return Annotated[str, AfterValidator(_bounded(spec))]
    bound = StringConstraints(max_length=spec.max) if spec.max else StringConstraints()
    return Annotated[str, bound, AfterValidator(checks.get(spec.kind, _text))]


def _fail(kind: str) -> Exception:
    from pydantic_core import PydanticCustomError

    return PydanticCustomError(kind, "refused")


def words(text: str, label: W) -> str:
    """Words that come with a move or a void, held to what any text may be; else `Refused`."""
    fault = _fault(text)
    if fault is not None:
        raise Refused(BAD, field=label, reason=REASONS[fault])
    return text


def _text(value: str) -> str:
    fault = _fault(value)
    if fault is not None:
        raise _fail(fault)
    return value


def _fault(value: str) -> str | None:
    if _BROKEN.search(value):
        return "acting"
    if len(value) > TEXT_LIMIT // 4 and len(value.encode()) > TEXT_LIMIT:
        return "too_many_bytes"
    return None


def _line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise _fail("one_line")
    return _text(value)


def _day(value: str) -> str:
    if not _DAY.fullmatch(value):
        raise _fail("day")
    try:
        date.fromisoformat(value)
    except ValueError:
        raise _fail("day") from None
    return value


def _week(value: str) -> str:
    match = _WEEK.fullmatch(value)
    try:
        if match is None:
            raise ValueError
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise _fail("week") from None
    return value


def _link(value: str) -> str:
    if not 1 <= len(value) <= 64 or not value.isascii() or not value.isprintable():
        raise _fail("link")
    return value


def _bounded(spec: Spec) -> Any:
    def number(value: str) -> str:
        if not _NUMBER.fullmatch(value) or len(value) > MAX_DIGITS:
            raise _fail("number")
        amount = Decimal(value)
        below = spec.low is not None and amount < Decimal(spec.low)
        if below or (spec.high is not None and amount > Decimal(spec.high)):
            raise _fail("out_of_bounds")
        return value

    return number


def _within(spec: Spec) -> Any:
    """Whole numbers stay within the field's bounds, and within what every program can hold."""
    low = int(spec.low) if spec.low is not None else -WHOLE
    high = int(spec.high) if spec.high is not None else WHOLE

    def whole(value: int) -> int:
        if not low <= value <= high:
            raise _fail("out_of_bounds")
        return value

    return whole


def canonical_number(text: str) -> str | None:
    """A typed number as canonical decimal text, or None: full width, '1,234.5', '23,5', '23。5'.

    Commas in front of three digits each part thousands; any other single one is a decimal mark.
    """
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).strip().translate(_TYPED)
    grouped = _GROUPED.fullmatch(plain) is not None
    plain = plain.replace(",", "" if grouped else ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    if not amount.is_finite() or len(plain) > MAX_DIGITS or abs(amount.adjusted()) > MAX_DIGITS:
        return None
    found = format(amount.normalize(), "f")
    return "0" if found in ("-0", "") else found
