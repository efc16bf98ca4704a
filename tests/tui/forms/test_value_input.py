"""Value input: what is typed becomes a value, or is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.fields import FieldChoice, Spec
from models.schema.record import kinds
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tui.forms.value_input import ValueReading, hint

LABEL = W("字段", "Field")
TWO = (FieldChoice("b", W("乙", "B")),)


def test_what_is_typed_becomes_a_value(workspace: Workspace) -> None:
    read = ValueReading(workspace).read
    number = Spec(kind="number", label=LABEL, low="0", high="100")
    assert read(number, "２３．５") == "23.5" and read(number, "23,5") == "23.5"
    assert read(Spec(kind="count", label=LABEL), " 7 ") == 7
    assert read(Spec(kind="money", label=LABEL), "3.5万") == "CNY 35000"
    assert read(Spec(kind="quarter", label=LABEL), "2026年第四季度") == "2026-Q4"
    assert read(Spec(kind="persons", target="person", label=LABEL), "csy、") == workspace.book.me
    several = Spec(kind="choices", label=LABEL, choices=(FieldChoice("a", LABEL), *TWO))
    assert read(several, "乙、Field") == "a,b" and read(several, "b") == "b"
    metric = kinds["quality_target"].specs()["figure"]
    assert read(metric, str(metric.known[0].label)) == metric.known[0].name
    assert read(Spec(kind="prose", label=LABEL), " a\n") == " a\n"
    assert read(Spec(kind="line", label=LABEL), "") is None
    assert read(number, "  ") is None
    me = workspace.book.me
    assert read(Spec(kind="link", target="person", label=LABEL), "csy") == me
    site = workspace.book.add("site", {"name": "机房"})
    assert read(Spec(kind="link", target="site", label=LABEL), "机房") == site.id


@pytest.mark.parametrize(
    ("spec", "typed", "said"),
    [
        (Spec(kind="number", label=LABEL), "x", "“字段”：应为数字，例如 23.5。"),
        (Spec(kind="number", label=LABEL, high="9"), "10", "“字段”：超出允许范围。"),
        (Spec(kind="count", label=LABEL), "1.5", "“字段”：应为整数。"),
        (Spec(kind="day", label=LABEL), "13-40", "“字段”：应为日期，例如 2026-11-22。"),
        (Spec(kind="week", label=LABEL), "99", "“字段”：应为周，例如 2026-W47。"),
        (Spec(kind="quarter", label=LABEL), "5", "“字段”：应为季度，例如 2026-Q4。"),
        (Spec(kind="money", label=LABEL), "12 34", "“字段”：应为金额"),
        (Spec(kind="money", label=LABEL, low="0"), "-1", "“字段”：超出允许范围。"),
        (Spec(kind="persons", label=LABEL, target="person"), "csy、没有", "没有找到成员“没有”"),
        (Spec(kind="moment", label=LABEL), "25:00", "“字段”：应为时间"),
        (Spec(kind="link", label=LABEL, target="site"), "没有", "没有找到“没有”。请从列表中选择"),
        (Spec(kind="link", label=LABEL, target="person"), "没有", "没有找到成员“没有”"),
        (Spec(kind="file", label=LABEL), "/no/such/file", "不能读取文件 /no/such/file"),
        (Spec(kind="flag", label=LABEL), "maybe", "“字段”：应为 是/否。"),
        (Spec(kind="choice", label=LABEL, choices=(FieldChoice("a", LABEL),)), "b", "之一：字段"),
        (Spec(kind="choices", label=LABEL, choices=TWO), "乙、丙", "之一：乙。"),
        (Spec(kind="choices", label=LABEL, choices=TWO, of="x"), "b;c", "之一：乙。"),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(
    workspace: Workspace, spec: Spec, typed: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        ValueReading(workspace).read(spec, typed)
    assert said in str(refused.value)


def test_a_file_is_read_into_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "照片 1.jpg"
    path.write_bytes(b"x")
    spec = Spec(kind="file", label=LABEL)
    sha = ValueReading(workspace).read(spec, f"'{path}'")
    assert len(sha) == 64 and ValueReading(workspace).read(spec, sha) == sha


def test_hints_say_limits_and_ways_of_typing() -> None:
    assert hint(Spec(kind="number", label=LABEL, low="0", high="168")) == "0 至 168"
    assert hint(Spec(kind="count", label=LABEL, low="1")) == "不小于 1"
    assert "今天" in hint(Spec(kind="day", label=LABEL, hint=W("提示", "hint")))
