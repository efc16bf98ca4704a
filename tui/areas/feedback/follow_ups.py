"""Follow ups: from a dissatisfied answer to its complaint, pre-filled, with one key."""

from __future__ import annotations

from models.records.common import follow_ups
from models.records.feedback.complaint import Complaint
from models.storage import rows
from models.text.words import W
from tui.pages.records.record_actions import RecordHolder, target
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

COMPLAINT = Command(
    id="record.complaint",
    word=W("客户投诉", "Complaint"),
    help=W(
        "从回访中不满意的答复新建投诉，预先填好；已有的直接打开",
        "a pre-filled complaint of a dissatisfied answer; opens an existing one",
    ),
    keys="P,ctrl+right_square_bracket",
)


class FeedbackFollowUps(ActionGroup[RecordHolder]):
    """Opens the complaint that a record led to, else the pre-filled form of one."""

    @runs(COMPLAINT, "complaint")
    def lead(self, to: str) -> None:
        """To the complaint of the chosen person."""
        record, app, book = target(self.page), self.page.site_app, self.page.book
        values = follow_ups.values(book, record, to)
        where = "WHERE response=? AND void IS NULL ORDER BY n DESC LIMIT 1"
        known = rows.fetch(book.store, Complaint, where, (record.id,))
        if known:
            app.open_record(known[0].id)
        else:
            app.open_form(to, values, project=record.project)
