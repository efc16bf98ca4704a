"""Ready-made templates: checks that the manual asks for, which a draft takes its items from.

They are words of the program and no records: nothing of them is in a book until somebody fills a
draft from one, and then they are the company's own, to be changed like any other. Clause: 5.1.
"""

from __future__ import annotations

from models.frozen import NamedTuple
from models.text.words import W

LOOK = W("查看现场、记录并询问当事人", "Look on site and at the records, ask those concerned")


class ReadyItem(NamedTuple):
    """One thing to check, and what is expected."""

    text: W
    expected: W
    method: W = LOOK


class ReadyTemplate(NamedTuple):
    """A template that can be taken as it is; `purpose` is that of the records."""

    purpose: str
    label: W
    sampling: W
    items: tuple[ReadyItem, ...]
    share: str | None = None
    """The share to sample, in percent."""
    least: int | None = None
    """The least number to sample."""
    frequency: str = "quarterly"


def _items(*found: tuple[W, W]) -> tuple[ReadyItem, ...]:
    """Items of (what to check, what is expected)."""
    return tuple(ReadyItem(text, expected) for text, expected in found)


_NORMS = ReadyTemplate(
    "conduct",
    W("服务规范检查", "Service norms"),
    W("每次检查全部条目", "every item at each check"),
    _items(
        (W("着装、佩戴工牌", "Dress and badge"), W("工装整洁，工牌可见", "tidy, badge visible")),
        (W("进出现场登记", "Visitor's log"), W("有登记并由客户陪同", "entered, escorted")),
        (W("双人监护", "Second person present"), W("高风险操作两人", "two for risky work")),
        (W("工器具清点", "Tools counted"), W("进出一致", "same in and out")),
        (W("现场清理", "Site left clean"), W("无遗留物", "nothing left")),
        (W("客户签字", "Signed by the customer"), W("当日签字", "the same day")),
    ),
)
READY = {
    one.purpose: one
    for one in (
        ReadyTemplate(
            "spares",
            W("备件检查", "Spare parts"),
            W("全部关键备件；其他备件抽 20%", "all critical parts; 20 % of the others"),
            _items(
                (W("库存与台账一致", "Stock agrees with the list"), W("一致", "it does")),
                (
                    W("库存不低于安全库存", "Stock not below the safety stock"),
                    W("不低于", "not below"),
                ),
                (W("存放环境和标识", "Storage and labels"), W("符合要求", "as required")),
                (W("备件通电或功能测试", "Parts tested under power"), W("正常", "in order")),
                (
                    W("老化、停产备件有更换计划", "Aged or discontinued parts planned for"),
                    W("有", "yes"),
                ),
            ),
            share="20",
        ),
        ReadyTemplate(
            "accounts",
            W("帐号管理检查", "Account management"),
            W(
                "全部管理员帐号；普通帐号抽 10%，不少于 20 个",
                "all administrators; 10 % of the others, 20 at least",
            ),
            _items(
                (
                    W("休眠帐号（90 天未登录）", "Dormant accounts (90 days)"),
                    W("已停用", "disabled"),
                ),
                (W("离职人员帐号", "Leavers' accounts"), W("无", "none")),
                (W("共用帐号", "Shared accounts"), W("无，或有审批", "none, or approved")),
                (W("超出岗位的权限", "Rights beyond the post"), W("无", "none")),
                (
                    W("管理员口令更换", "Administrators' passwords changed"),
                    W("90 天内", "within 90 days"),
                ),
            ),
            share="10",
            least=20,
        ),
        ReadyTemplate(
            "security",
            W("通信安全操作抽查", "Communication security, spot check"),
            W(
                "随机抽 5 张工作票，录音或录像各 1 次",
                "5 work permits at random, one recording each",
            ),
            _items(
                (
                    W("工作票与操作票齐全", "Permits"),
                    W("签发、许可、终结齐全", "issued, allowed, ended"),
                ),
                (W("双人操作与监护", "Two people, one guarding"), W("有记录", "recorded")),
                (
                    W("操作前核对设备", "Device confirmed before work"),
                    W("复诵确认", "repeated aloud"),
                ),
                (W("配置变更前有备份", "Configuration saved before a change"), W("有", "yes")),
            ),
            least=5,
        ),
        _NORMS,
    )
}
"""Purpose -> the template that is ready for it, in the order of the manual."""
CHOICES = tuple((name, one.label.zh, one.label.en) for name, one in READY.items())
