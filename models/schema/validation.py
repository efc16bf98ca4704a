"""Validation of typed values, built from a type's declaration with Pydantic when first used.

Pydantic is imported here on the first save, not when the app starts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, Literal

from models.calendar.business_dates import day_of, is_quarter, is_week
from models.schema.fields import TEXT_LIMIT, Spec
from models.schema.record import Record
from models.text.lists import MOST, NAME, is_list, names_of
from models.text.money import money_of
from models.text.words import Refused, W

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
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
    "quarter": W("应为季度，例如 2026-Q4", "must be a quarter such as 2026-Q4"),
    "money": W(
        "应为金额，例如 1234.50 元 或 USD 20", "must be an amount such as 1234.50 or USD 20"
    ),
    "list": W(f"应为若干名称，最多 {MOST} 个", f"must be a list of names, at most {MOST}"),
    "moment": W("应为时间，例如 2026-11-22 08:30", "must be a time such as 2026-11-22 08:30"),
    "code": W(
        "应为代码，只含字母、数字和符号",
        "must be a code of letters, digits and signs",
    ),
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
    """The first fault as one sentence with the field's label."""
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
    """Values for `format_map`; a name without value stays as it is."""

    def __missing__(self, key: str) -> str:
        return key


def fault(spec: Spec, value: object) -> W | None:
    """Why a stored value would be refused if it were typed here; None when it would be accepted.

    Other devices may have written it. It stays in the record and is reported, to be corrected.
    """
    if value is None or value == "":
        return None
    named = _of_kind(spec, value)
    if named is None:
        return None
    return W(*(half.format_map(_Lenient(max_length=spec.max)) for half in REASONS[named]))


def _of_kind(spec: Spec, value: object) -> str | None:
    """The name of the reason against a value."""
    if spec.kind in ("moment", "count"):
        whole = value.__class__ is int
        return _outside(spec, value) if whole else "int_type"  # type: ignore[arg-type]
    if spec.kind == "flag":
        return None if isinstance(value, bool) else "bool_type"
    if not isinstance(value, str):
        return "string_type"
    if spec.of or spec.open:
        right = is_list(value) if spec.several else NAME.fullmatch(value) is not None
        return None if right else "code"
    if spec.choices or spec.kind == "choice":
        named = set(names_of(value)) if spec.several else {value}
        if not named.issubset(one.name for one in spec.choices):
            return "literal_error"
        return "list" if spec.several and not is_list(value) else None
    return "string_too_long" if 0 < spec.max < len(value) else _of_text(spec, value)


def _of_text(spec: Spec, value: str) -> str | None:
    if spec.kind == "line" and ("\n" in value or "\r" in value):
        return "one_line"
    if spec.kind == "number":
        return _amiss(spec, value)
    if spec.kind == "day":
        return None if day_of(value) is not None else "day"
    if spec.kind == "week":
        return None if is_week(value) else "week"
    if spec.kind == "quarter":
        return None if is_quarter(value) else "quarter"
    if spec.kind == "money":
        return _of_money(spec, value)
    if spec.kind == "persons":
        return None if is_list(value) else "list"
    if spec.kind == "link":
        short = 1 <= len(value) <= 64 and value.isascii() and value.isprintable()
        return None if short else "link"
    return _fault(value)


def _amiss(spec: Spec, value: str) -> str | None:
    """What is wrong with the text of a number."""
    if not _NUMBER.fullmatch(value) or len(value) > MAX_DIGITS:
        return "number"
    return _bounds(spec, Decimal(value))


def _of_money(spec: Spec, value: str) -> str | None:
    """What is wrong with the text of an amount of money."""
    found = money_of(value)
    return "money" if found is None else _bounds(spec, found.amount)


def _bounds(spec: Spec, amount: Decimal) -> str | None:
    below = spec.low is not None and amount < Decimal(spec.low)
    above = spec.high is not None and amount > Decimal(spec.high)
    return "out_of_bounds" if below or above else None


def _outside(spec: Spec, value: int) -> str | None:
    """The reason against a whole number outside the field's bounds, or beyond exact JSON."""
    low = int(spec.low) if spec.low is not None else -WHOLE
    high = int(spec.high) if spec.high is not None else WHOLE
    return None if low <= value <= high else "out_of_bounds"


def _annotation(spec: Spec) -> Any:
    from pydantic import AfterValidator, StringConstraints

    if spec.kind == "choice" and spec.choices and not spec.of:
        return Literal[tuple(choice.name for choice in spec.choices)]
    if spec.kind == "flag":
        return bool
    if spec.kind in ("moment", "count"):
        return Annotated[int, AfterValidator(_validator(spec))]
    bound = StringConstraints(max_length=spec.max) if spec.max else StringConstraints()
    return Annotated[str, bound, AfterValidator(_validator(spec))]


def _validator(spec: Spec) -> Any:
    """The check of a value as a Pydantic validator."""

    def validate(value: Any) -> Any:
        from pydantic_core import PydanticCustomError

        named = _of_kind(spec, value)
        if named is not None:
            raise PydanticCustomError(named, "refused")
        return value

    return validate


def words(text: str, label: W) -> str:
    """The comment of a move or a void; raises `Refused` where it cannot be stored as text."""
    fault = _fault(text)
    if fault is not None:
        raise Refused(BAD, field=label, reason=REASONS[fault])
    return text


def _fault(value: str) -> str | None:
    if _BROKEN.search(value):
        return "acting"
    if len(value) > TEXT_LIMIT // 4 and len(value.encode()) > TEXT_LIMIT:
        return "too_many_bytes"
    return None


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
