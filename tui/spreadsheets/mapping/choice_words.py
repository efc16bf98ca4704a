"""Choice words: what the words of a list mean for a field with choices, a flag or a state."""

from __future__ import annotations

from collections.abc import Sequence

from models.queries import lookup
from models.schema.record import Record
from models.text.words import W
from tui.spreadsheets.reading.table import folded

_YES = "√ ✓ ✔ ☑ ● ★ 是 有 y yes true 1 x"
_NO = "× ✗ ✘ ☐ ○ 否 无 n no false 0 -"
MEANT: dict[str, str] = {
    "fixed": "已完成 已处理 已修复 已解决 已恢复 完成 处理完成 done completed fixed resolved",
    "closed": "已关闭 关闭 已结束 closed",
    "open": "未完成 未处理 处理中 待处理 进行中 未解决 open pending inprogress new",
    "high": "高 严重 紧急 重大 一级 major critical urgent high 1",
    "medium": "中 一般 较大 普通 二级 moderate medium normal 2",
    "low": "低 轻微 轻 次要 三级 minor low 3",
    "room": "机房 环境 空调 精密空调 消防 动环 hvac cooling",
    "power": "ups 电源 配电 蓄电池 发电机 供电 battery generator",
    "network": "网络设备 网络 交换机 路由器 switch router",
    "server": "服务器 存储 主机 数据库 server storage",
    "communication": "通信 传输 话务 telecom",
    "security": "防火墙 安全设备 门禁 监控 摄像机 firewall camera",
    "ok": "正常 合格 √ ✓ ok 正常/异常 是否 normal pass",
    "reading": "数值 测量 测量值 读数 抄表 number numeric value measurement",
    "text": "文字 文本 描述 记录 text",
}
"""A choice or state by its stable name -> words that people write for it."""


def options(cls: type[Record], name: str) -> list[tuple[str, W]]:
    """What a field, or the head `state`, can be: stable names with their words; none of another
    kind.
    """
    if name == "state":
        return [(one.name, one.label) for one in cls.kind.states if not one.derived]
    spec = cls.specs().get(name)
    if spec is None:
        return []
    if spec.kind == "flag":
        return [("true", W("是", "yes")), ("false", W("否", "no"))]
    if spec.kind != "choice":
        return []
    return [(one.name, one.label) for one in spec.known if not one.retired]


def guess(known: Sequence[tuple[str, W]], word: str) -> str:
    """The choice that a word means; '' where nothing fits."""
    meant = lookup.named(known, word)
    if len(meant) == 1:
        return meant[0]
    plain, names = folded(word), [name for name, _ in known]
    if set(names) == {"true", "false"}:
        return "true" if plain in _YES.split() else "false" if plain in _NO.split() else ""
    fits = [name for name in names if plain in map(folded, MEANT.get(name, "").split())]
    return fits[0] if len(fits) == 1 else ""
