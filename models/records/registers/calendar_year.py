"""Working calendars: one year's days off and make-up days, as the yearly notice names them."""

from __future__ import annotations

from models.schema.fields import line, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import GENERAL_OFFICE, LEADS
from models.text.words import W

KEEPERS = (*LEADS, GENERAL_OFFICE)


class CalendarYear(Record):
    """A year of the firm's working calendar; due days are computed with the one in use."""

    kind = Kind(
        name="calendar_year",
        label=W("工作日历", "Working calendar"),
        code="CY",
        space="company",
        project="none",
        states=(
            State("draft", W("草稿", "draft"), tone="busy"),
            State("in_use", W("使用中", "in use"), tone="good", frozen=True),
            State("withdrawn", W("已停用", "withdrawn"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="use",
                label=W("启用", "Use"),
                from_=("draft", "withdrawn"),
                to="in_use",
                who=KEEPERS,
                needs=("content",),
            ),
            Move(
                id="withdraw",
                label=W("停用", "Withdraw"),
                from_=("in_use",),
                to="withdrawn",
                who=KEEPERS,
                asks=("comment",),
            ),
        ),
        title="name",
        columns=("name",),
        writers=KEEPERS,
        menu=84,
    )

    name = line("名称", "Name")
    content = prose(
        "内容",
        "Content",
        hint=W(
            "年历文件（CSV）的全文：date,day,statutory,name_zh,name_en",
            "the whole year file (CSV): date,day,statutory,name_zh,name_en",
        ),
    )
