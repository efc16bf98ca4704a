"""Limits read from one cell."""

from __future__ import annotations

import pytest

from tui.spreadsheets.mapping import limit_text
from tui.spreadsheets.mapping.limit_text import LimitText


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("18~27", "18", "27", ""),
        ("18～27℃", "18", "27", "℃"),
        ("18℃~27℃", "18", "27", "℃"),
        ("40%~70%", "40", "70", "%"),
        ("40-70 %RH", "40", "70", "%RH"),
        ("125~145", "125", "145", ""),
        ("0.4—0.6MPa", "0.4", "0.6", "MPa"),
        ("20 to 25 °C", "20", "25", "°C"),
        ("-5~5", "-5", "5", ""),
        ("-10--5", "-10", "-5", ""),
        ("220±10%", "198", "242", ""),
        ("220±10 %", "198", "242", ""),
        ("220V±10%", "198", "242", "V"),
        ("50±0.5Hz", "49.5", "50.5", "Hz"),
        ("≤60", "", "60", ""),
        ("≤ 70 %", "", "70", "%"),
        ("<200", "", "200", ""),
        ("＜80℃", "", "80", "℃"),
        ("不超过60", "", "60", ""),
        ("60以下", "", "60", ""),
        ("≥ 4.5 V", "4.5", "", "V"),
        ("不低于0.4MPa", "0.4", "", "MPa"),
        ("at least 3 bar", "3", "", "bar"),
        ("正常范围：18～27", "18", "27", ""),
        ("1,000~1,500 rpm", "1000", "1500", "rpm"),
    ],
)
def test_a_range_in_one_cell(text: str, low: str, high: str, unit: str) -> None:
    assert limit_text.read(text) == LimitText(low, high, unit)


@pytest.mark.parametrize("text", ["", "正常", "无积灰", "—", "OK", "< normal"])
def test_a_text_without_numbers_bounds_nothing(text: str) -> None:
    assert limit_text.read(text) == LimitText()


@pytest.mark.parametrize(
    "text", ["27~18", "2 台运行 1 台备用", "每 3 个月一次", "≤60 且 ≥20", "1.2.3", "10/100/1000M"]
)
def test_numbers_that_are_not_understood_are_doubtful(text: str) -> None:
    assert limit_text.read(text) == LimitText(doubtful=True)


@pytest.mark.parametrize(
    ("title", "unit"),
    [("合模压力(ton)", "ton"), ("温度（℃）", "℃"), ("结果（正常√ 异常×）", ""), ("名称", "")],
)
def test_a_unit_in_the_title(title: str, unit: str) -> None:
    assert limit_text.unit_of(title) == unit
