"""Validation of typed values, built from a type's declaration with Pydantic when first used.

Pydantic is imported here on the first save, not when the app starts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, Literal

from models.calendar import written_times
from models.calendar.business_dates import day_of, is_quarter, is_week
from models.schema.fields import TEXT_LIMIT, Spec
from models.schema.record import Record
from models.text.lists import MOST, NAME, is_list, names_of
from models.text.money import money_of
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_GROUPED = r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?"
_TWO_WAYS = r"[+-]?[1-9]\d{0,2},\d{3}"
TYPED = str.maketrans("−—。、", "--..")
"""What an input method makes of a minus or a point."""
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
    "comma": W(
        "逗号可能是千位，也可能是小数点，请写成 1234 或 1.234",
        "the comma may part thousands or decimals; write 1234 or 1.234",
    ),
    "out_of_bounds": W("超出允许范围", "is outside the allowed range"),
    "day": W("应为日期，例如 2026-11-22", "must be a day such as 2026-11-22"),
    "day_order": W(
        "看不出日和月的先后，请写成 2026-03-05；导入时可加 --dates d/m/y 或 m/d/y",
        "does not say which is the day and which the month; write 2026-03-05, or import with"
        " --dates d/m/y or m/d/y",
    ),
    "day_year": W("没有写年份，请写成 2026-03-05", "has no year; write it like 2026-03-05"),
    "day_serial": W(
        "是数字；如果是日期，请在表格软件中把这一列设为日期格式",
        "is a number; if it is a date, give the column a date format in the spreadsheet",
    ),
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
    choices = listed(choice.label for choice in spec.choices) if spec is not None else W("", "")
    reason = REASONS.get(first["type"], W("不能接受", "is not acceptable"))
    halves = zip(reason, choices, strict=True)
    filled = W(
        *(
            half.format_map(_Lenient({**context, "choices": offered}))
            .replace("{", "{{")
            .replace("}", "}}")
            for half, offered in halves
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
    named = reason_against(spec, value)
    if named is None:
        return None
    return W(*(half.format_map(_Lenient(max_length=spec.max)) for half in REASONS[named]))


def reason_against(spec: Spec, value: object) -> str | None:
    """The name of the reason (a key of `REASONS`) against a value of a field; None for none."""
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
        return None if day_of(value) is not None else written_times.fault(value) or "day"
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
        return "comma" if re.fullmatch(_TWO_WAYS, _narrow(value)) else "number"
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

        named = reason_against(spec, value)
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

    The one reader of numbers for every way in. Several commas, or one before a point, part
    thousands; a single one is a decimal mark, unless it may be either ('1,234'): that is no number.
    """
    plain = _narrow(text)
    if re.fullmatch(_TWO_WAYS, plain):
        return None
    grouped = re.fullmatch(_GROUPED, plain) is not None
    plain = plain.replace(",", "" if grouped else ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    if not amount.is_finite() or len(plain) > MAX_DIGITS or abs(amount.adjusted()) > MAX_DIGITS:
        return None
    found = format(amount.normalize(), "f")
    return "0" if found in ("-0", "") else found


def not_read(text: str) -> W:
    """Why a text is no number: the reason that is said of it, whatever way it came in."""
    return REASONS["comma" if re.fullmatch(_TWO_WAYS, _narrow(text)) else "number"]


def _narrow(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text).strip().translate(TYPED)
