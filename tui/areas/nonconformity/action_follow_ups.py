"""Follow ups: from a record to a corrective action, pre-filled, with one key."""

from __future__ import annotations

from models.records.common import follow_ups
from models.text.words import W
from tui.pages.records.record_actions import RecordHolder, target
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

CORRECTIVE_ACTION = Command(
    id="record.corrective_action",
    word=W("纠正与预防措施", "Corrective action"),
    help=W(
        "从问题、检查发现等新建纠正与预防措施，预先填好",
        "a pre-filled corrective action of a problem or finding",
    ),
    keys="C,ctrl+u",
)


class ActionFollowUps(ActionGroup[RecordHolder]):
    """Opens the pre-filled form of an action that the chosen record leads to."""

    @runs(CORRECTIVE_ACTION, "corrective_action")
    def lead(self, to: str) -> None:
        """A further action of the chosen record: one finding may lead to several."""
        record = target(self.page)
        values = follow_ups.values(self.page.book, record, to)
        self.page.site_app.open_form(to, values, project=record.project)
