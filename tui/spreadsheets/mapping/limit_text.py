"""Limit text: what one cell of a list says of the limits of a measured value.

`18~27`, `40%~70%`, `125-145 bar`, `220±10 %`, `≤60`, `<200`, `不低于 0.4 MPa`, `20 to 25 °C`. A
text that has numbers and is none of these is marked as doubtful: a person looks at it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from models.frozen import NamedTuple

_UNITS = """
℃ °C °F ℉ K %RH % ‰ V kV mV A mA Hz kHz MHz kW W kWh kVA Ω MΩ kΩ MPa kPa Pa bar psi mbar L mL
mm cm m μm um m3/h L/min kg g t ton N Nm N·m kN rpm r/min s ms min h d dB dBm lux lx ppm pH
GB MB TB Mbps Gbps 度 秒 分钟 小时 天 次 个 台 级
"""
UNITS = tuple(_UNITS.split())
"""Units as they are written behind numbers; the longest that fits counts."""
_N = r"[+-]?\d+(?:\.\d+)?"
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
_U = rf"\s*(?:{_UNIT})?\s*"
_RANGE = re.compile(rf"(?P<low>{_N}){_U}(?:~|—|–|-|\.\.\.?|至|到|to)\s*(?P<high>{_N}){_U}", re.I)
_AROUND = re.compile(
    rf"(?P<mid>{_N})\s*(?P<unit>{_UNIT})?\s*(?:±|\+/-|\+-)"
    rf"\s*(?P<by>\d+(?:\.\d+)?)\s*(?P<share>%?){_U}"
)
_MOST = re.compile(
    r"(?:≤|<=|<|≦|不大于|不超过|不高于|小于等于|小于|低于|最大|max\.?|at most|below)"
    rf"\s*(?P<high>{_N}){_U}|(?P<high2>{_N}){_U}(?:以下|以内|及以下|max\.?)",
    re.I,
)
_LEAST = re.compile(
    r"(?:≥|>=|>|≧|不小于|不低于|大于等于|大于|高于|至少|最小|min\.?|at least|above)"
    rf"\s*(?P<low>{_N}){_U}|(?P<low2>{_N}){_U}(?:以上|及以上|min\.?)",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:正常(?:范围)?|标准|范围|应|要求|normal|range)\s*[:：为在]?\s*|\s*(?:之间|范围内)$", re.I
)
_FOUND_UNIT = re.compile(
    rf"(?<=[\d\s%])(?:{_UNIT})\s*(?=$|[~—–±-]|至|到)|(?<=\d)(?:{_UNIT})$", re.I
)
_IN_TITLE = re.compile(r"[（(\[【]\s*([^）)\]】]{1,12})\s*[）)\]】]\s*$")
_ENDS = re.compile(r"[。.;,]+$")


class LimitText(NamedTuple):
    """What a text says: decimal texts, '' = not bound; `doubtful`: it has numbers that were not
    understood."""

    low: str = ""
    high: str = ""
    unit: str = ""
    doubtful: bool = False

    @property
    def measured(self) -> bool:
        """Whether it bounds a value."""
        return bool(self.low or self.high)


def read(text: str) -> LimitText:
    """What a cell says of limits; nothing for a text without numbers."""
    plain = _plain(text)
    if not any(char.isdigit() for char in plain):
        return LimitText()
    unit = _unit(plain)
    if found := _RANGE.fullmatch(plain):
        low, high = Decimal(found["low"]), Decimal(found["high"])
        return LimitText(_text(low), _text(high), unit) if low <= high else LimitText(doubtful=True)
    if found := _AROUND.fullmatch(plain):
        middle, by = Decimal(found["mid"]), Decimal(found["by"])
        if found["share"] and not plain.startswith(f"{found['mid']}%"):
            by = abs(middle) * by / 100
            unit = found["unit"] or ("" if unit == "%" else unit)
        return LimitText(_text(middle - by), _text(middle + by), unit)
    if found := _MOST.fullmatch(plain):
        return LimitText(high=_text(Decimal(found["high"] or found["high2"])), unit=unit)
    if found := _LEAST.fullmatch(plain):
        return LimitText(low=_text(Decimal(found["low"] or found["low2"])), unit=unit)
    return LimitText(doubtful=True)


def unit_of(title: str) -> str:
    """The unit in the title of a column, such as `合模压力(ton)`; '' without one."""
    found = _IN_TITLE.search(unicodedata.normalize("NFC", title))
    inner = found[1].strip() if found else ""
    return inner if inner.casefold() in {unit.casefold() for unit in UNITS} else ""


def _plain(text: str) -> str:
    """Full width made narrow, the many signs of 'to' made one, blanks and asides dropped."""
    plain = text.replace("℃", "\ue000").replace("℉", "\ue001")
    plain = unicodedata.normalize("NFKC", plain).replace("\ue000", "℃").replace("\ue001", "℉")
    plain = re.sub(r"[~∼〜～]", "~", _ENDS.sub("", plain.strip()))
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    return _ASIDE.sub("", plain).strip()


def _unit(plain: str) -> str:
    found = _FOUND_UNIT.findall(plain)
    return str(found[-1]).strip() if found else ""


def _text(value: Decimal) -> str:
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
