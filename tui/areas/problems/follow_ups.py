"""Follow ups: from a problem to its report or concession, pre-filled, with one key."""

from __future__ import annotations

from models.records.common import follow_ups
from models.records.problems import follow_ups as problem_follow_ups
from models.text.words import W
from tui.pages.records.record_actions import RecordHolder, target
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

REPORT = Command(
    id="record.report",
    word=W("问题报告", "Problem report"),
    help=W(
        "从处置或升级新建问题分析处理报告，预先填好；已有的直接打开",
        "a pre-filled problem report of a fix or escalation; opens an existing one",
    ),
    keys="T,ctrl+r",
)
CONCESSION = Command(
    id="record.concession",
    word=W("让步申请", "Concession"),
    help=W(
        "从处置、升级、里程碑或交付新建让步申请，预先填好",
        "a pre-filled concession of a fix, escalation, milestone or delivery",
    ),
    keys="N,ctrl+x",
)


class FollowUps(ActionGroup[RecordHolder]):
    """Opens what the chosen record led to already, else the pre-filled form of it."""

    @runs(REPORT, "problem_report")
    @runs(CONCESSION, "concession")
    def lead(self, to: str) -> None:
        """To the report or the concession of the chosen record."""
        record, app, book = target(self.page), self.page.site_app, self.page.book
        values = follow_ups.values(book, record, to)
        known = problem_follow_ups.found(book.store, record, to)
        if known is not None:
            app.open_record(known.id)
        else:
            app.open_form(to, values, project=record.project)
