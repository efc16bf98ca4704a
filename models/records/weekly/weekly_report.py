"""The project's weekly report: compiled, issued; what comes later is a supplement."""

from __future__ import annotations

from models.schema.fields import link, moment, person, prose, week
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W


class WeeklyReport(Record):
    """A project's weekly report 项目进展周报 of one ISO week. Clause: 5.3.1(2).

    Its content is compiled from the entries and the week's records
    (`models.records.weekly.week.content`), and kept with it when it is issued; `covers` holds
    which versions of the entries it was issued with, so that later differences are reported.
    """

    kind = Kind(
        name="weekly_report",
        label=W("项目周报", "Weekly project report"),
        code="WR",
        row="Q-531c",
        clause="5.3.1(2)",
        states=(
            State("compiled", W("已汇编", "compiled"), tone="busy", waits=LEADS),
            State("issued", W("已签发", "issued"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="issue",
                label=W("签发", "Issue"),
                from_=("compiled",),
                to="issued",
                who=LEADS,
                asks=("comment",),
                fills={"issued_at": "now", "issued_by": "me"},
                binds=True,
            ),
        ),
        title="week",
        columns=("week", "summary", "issued_by"),
        key=("project", "week"),
        writers=LEADS,
        compiled="content",
        menu=41,
    )

    week = week("周", "Week", required=True, at_birth=True)
    summary = prose("综述", "Summary", hint=W("项目经理的判断", "the project manager's judgement"))
    covers = prose("所据版本", "Versions covered", computed=True, internal=True)
    content = prose("签发内容", "Content as issued", computed=True, internal=True, by_move=True)
    issued_at = moment("签发时间", "Issued at", by_move=True, computed=True)
    issued_by = person("签发人", "Issued by", by_move=True, computed=True)


class WeeklySupplement(Record):
    """What came to a weekly report after it was issued, marked as such. Clause: 5.3.1(2)."""

    kind = Kind(
        name="weekly_supplement",
        label=W("周报补记", "Supplement"),
        code="WS",
        row="Q-531c",
        clause="5.3.1(2)",
        title="text",
        columns=("source", "text"),
        parent="report",
        add_only=True,
        writers=LEADS,
        menu=0,
    )

    report = link("项目周报", "Weekly project report", "weekly_report", required=True)
    source = link("来源", "Source", "")
    text = prose("内容", "Text", required=True)
