"""Value input: what is typed for a field becomes its value, and its value becomes text to edit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from models.calendar import business_dates, date_shorthand
from models.queries import lookup, value_parser
from models.schema import validation
from models.schema.fields import TEXT_LIMIT, Spec
from models.storage import blobs
from models.text.lists import names_of
from models.text.money import USUAL, money_of
from models.text.typed_path import path_of
from models.text.words import Refused, W

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

PATH: Final = "path"
"""A kind of field that no declaration has: the path of a file, taken as it is typed."""
HINTS: Final[dict[str, W]] = {
    "day": W("11-22、+3、今天；↑↓ 换一天", "11-22, +3, today; up/down: another day"),
    "week": W("47、本周、+1；↑↓ 换一周", "47, +1, this week; up/down: another week"),
    "quarter": W("4、Q4、本季度、+1；↑↓ 换一季", "4, Q4, +1, this quarter; up/down: another"),
    "money": W("1234.50、3.5万、USD 20", "1234.50, USD 20; else CNY"),
    "choices": W("空格或数字：选上、去掉；←→ 移动", "Space or a digit: on, off; left/right: move"),
    "persons": W("回车：加上一位；退格：去掉末位", "Enter: add one; Backspace: take out the last"),
    "moment": W("8:30、11-22 8:30、现在、-30（分钟前）", "8:30, 11-22 8:30, now, -30 (minutes)"),
    "file": W("输入、粘贴或拖入路径", "type, paste or drag a path"),
}
BETWEEN: Final = W("{low} 至 {high}", "{low} to {high}")
AT_LEAST: Final = W("不小于 {low}", "{low} or more")
AT_MOST: Final = W("不大于 {high}", "{high} or less")
NO_LINK: Final = W(
    "没有找到“{text}”。请从列表中选择，或按 Ctrl+N 新建。",
    "“{text}” was not found. Choose from the list, or make a new one with Ctrl+N.",
)
NO_MEMBER: Final = W(
    "没有找到成员“{text}”。请输入姓名或拼音首字母后从列表中选择。",
    "There is no member “{text}”. Type a name or initials and choose from the list.",
)
AHEAD: Final = W(
    "“{field}”是 {when}，还没有到，请核对。", "“{field}” is {when}, which lies ahead: please check."
)
SLACK: Final = 60_000
"""Milliseconds by which a time may lie ahead and still be now."""
_SHA: Final = re.compile(r"[0-9a-f]{64}")


class ValueReading:
    """Reads and writes the values of fields for one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.book = workspace.book

    @property
    def zone(self) -> str:
        """The workspace's time zone."""
        return self.workspace.settings.zone

    @property
    def today(self) -> date:
        """The business day."""
        return business_dates.business_day(self.book.change_log.now(), self.zone)

    def read(self, spec: Spec, text: str) -> Any:
        """The value that a text means. Raises `Refused`, in one sentence, when it means none.

        What the schema alone knows (length, characters) is checked when the form is saved.
        """
        if spec.kind in ("line", "prose", PATH):
            return text or None
        if not text.strip():
            return None
        return _READERS.get(spec.kind, _plain)(self, spec, text)

    def text(self, spec: Spec, value: Any) -> str:
        """The text in which a value is edited."""
        if value is None:
            return ""
        if spec.kind == "moment" and isinstance(value, int):
            return f"{business_dates.local(value, self.zone):%Y-%m-%d %H:%M}"
        if spec.kind == "money" and money_of(value) is not None:
            return str(value).removeprefix(f"{USUAL} ")
        if spec.kind in ("choice", "flag"):
            return spec.word(value) if spec.kind == "choice" else str(value)
        return str(value)

    def doubt(self, spec: Spec, value: Any) -> Refused | None:
        """What to look at again in a value that is one: a time at which it cannot have been yet."""
        if spec.kind != "moment" or not isinstance(value, int):
            return None
        if value <= self.book.change_log.now() + SLACK:
            return None
        return Refused(AHEAD, field=spec.label, when=self.text(spec, value))

    def step(self, spec: Spec, value: Any, by: int) -> Any:
        """The next or previous day, week or quarter; from none, the one of today."""
        if spec.kind == "day":
            return date_shorthand.step_day(value, by, self.today)
        if spec.kind == "quarter":
            return date_shorthand.step_quarter(value, by, self.today)
        return date_shorthand.step_week(value, by, self.today)


def hint(spec: Spec) -> str:
    """What helps to fill a field: its own hint, its unit's limits, the short ways of typing."""
    said = [str(spec.hint)] if spec.hint else []
    low, high = spec.low, spec.high
    if low is not None or high is not None:
        word = BETWEEN if low and high else AT_LEAST if low is not None else AT_MOST
        said.append(str(word).format(low=low, high=high))
    if spec.kind in HINTS:
        said.append(str(HINTS[spec.kind]))
    return "  ".join(said)


def refused(spec: Spec, reason: str) -> Refused:
    """The sentence for a text that is no value of this kind."""
    choices = "、".join(str(choice.label) for choice in spec.known)
    halves = [half.replace("{choices}", choices) for half in validation.REASONS[reason]]
    return Refused(validation.BAD, field=spec.label, reason=W(*halves))


def unfit(spec: Spec, text: str) -> Refused | None:
    """Why a text that was pasted, or came from another editor, cannot be saved here; None if not.

    It is said when it arrives, since such a text may be far too long.
    """
    if spec.kind not in ("line", "prose") or not text:
        return None
    reason = validation.fault(spec, text)
    return Refused(validation.BAD, field=spec.label, reason=reason) if reason is not None else None


def huge(spec: Spec, text: str) -> Refused | None:
    """Why a text is not even taken into the editor, in which every key would wait for it."""
    if len(text.encode("utf-8", "surrogatepass")) <= TEXT_LIMIT:
        return None
    return Refused(validation.BAD, field=spec.label, reason=validation.REASONS["too_many_bytes"])


def _plain(reading: ValueReading, spec: Spec, text: str) -> Any:
    """Numbers, counts, flags and choices: parsed by `value_parser`, checked here."""
    value = value_parser.one(reading.book, spec, text, reading.zone)
    fault = _FAULTS.get(spec.kind, _fault)(spec, value)
    if fault:
        raise refused(spec, fault)
    return value


def _time(reading: ValueReading, spec: Spec, text: str) -> Any:
    """A day, a week or a quarter; its day exists."""
    value = value_parser.typed(reading.book, spec, text, reading.zone)
    fault = validation.reason_against(spec, value)
    if fault:
        raise refused(spec, fault)
    return value


def _persons(reading: ValueReading, spec: Spec, text: str) -> str | None:
    """A list of members, each of exactly this name, initials or id."""
    try:
        return value_parser.several(reading.book, spec, text)
    except Refused as refused_:
        if refused_.word != lookup.NO_PERSON:
            raise
        raise Refused(NO_MEMBER, text=refused_.values["name"]) from None


def _moment(reading: ValueReading, spec: Spec, text: str) -> int:
    now = reading.book.change_log.now()
    return value_parser.typed_moment(text, reading.zone, now, spec.label)


def _link(reading: ValueReading, spec: Spec, text: str) -> str:
    """The one record or person of exactly this number, ref, id or name."""
    try:
        return value_parser.linked(reading.book, spec, text.strip())
    except Refused as refused_:
        if refused_.word == lookup.SEVERAL:
            raise
        word = NO_MEMBER if spec.target == "person" else NO_LINK
        raise Refused(word, text=text.strip()) from None


def _file(reading: ValueReading, _spec: Spec, text: str) -> str:
    """The checksum of a file whose bytes are now in the workspace; a checksum stays itself."""
    if _SHA.fullmatch(text.strip()):
        return text.strip()
    return blobs.keep(reading.workspace.home, path_of(text)).sha256


def _fault(spec: Spec, value: Any) -> str:
    return validation.reason_against(spec, value) or ""


def _not_offered(spec: Spec, value: Any) -> str:
    """Words of the company are codes to the schema, any of them; typed is what is offered here."""
    known = {one.name for one in spec.known}
    held = names_of(value) if spec.several else [value]
    return "" if known.issuperset(held) else "literal_error"


_READERS: Final[dict[str, Callable[[ValueReading, Spec, str], Any]]] = {
    "day": _time,
    "week": _time,
    "quarter": _time,
    "persons": _persons,
    "moment": _moment,
    "link": _link,
    "file": _file,
}
_FAULTS: Final[dict[str, Callable[[Spec, Any], str]]] = {
    "choice": _not_offered,
    "choices": _not_offered,
}
