"""Security and conduct on site."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist import DemoTemplate, Section, look

CONDUCT = Section(
    W("安全与行为", "Security and conduct"),
    (
        look(
            "accounts",
            W("账号清理（休眠、离职）", "Dormant and leavers' accounts"),
            W("导出账号表，与在岗名单核对", "Export the accounts, compare with the staff list"),
            expected=W("无多余账号", "none left over"),
            critical=True,
        ),
        look(
            "permit",
            W("工作票、操作票", "Work and operation permits"),
            W("抽查本周票，签发、许可、终结齐全", "This week's permits: issued, allowed, ended"),
        ),
        look(
            "second",
            W("双人监护", "Second person present"),
            W("抽查作业记录与门禁记录", "Work records against the access log"),
        ),
        look("dress", W("着装与工牌", "Dress and badge"), W("现场目视", "Look on site")),
        look(
            "clean",
            W("作业后现场清理", "Site left clean"),
            W("目视，无余料、无散线", "Look: no scraps, no loose cables"),
        ),
        look(
            "signed",
            W("客户签字", "Customer's signature"),
            W("服务单逐张核对", "Every service slip"),
        ),
        look(
            "tools",
            W("工器具清点归还", "Tools counted and returned"),
            W("按借用清单核对", "Against the borrowing list"),
        ),
    ),
)
NAME = W("安全与行为周查", "Security and conduct, weekly")

HOSPITAL = DemoTemplate("hosp-conduct", "hosp", NAME, "weekly", (CONDUCT,), ("zhuo",), ("10:50",))
WATER = DemoTemplate("water-conduct", "water", NAME, "weekly", (CONDUCT,), ("qi",), ("11:05",))
