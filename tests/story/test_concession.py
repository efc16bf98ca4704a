"""What cannot be solved now: a concession from the escalation, its gate, the customer's decision.

Then the typical problem behind it: its report, kept as experience without names, and offered to
the next engineer who types the same. Clauses: 5.3.1(1) to (3). Real keys, 80×24.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived.gates import HeldState
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.escalations import taken_up
from tests.support.team import acting, admit
from tests.tui.seen import at, opened, quiet, whole
from tui.areas.problems.similar_problems_panel import SimilarProblemsPanel
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """A Friday morning in week 47."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000):
        yield


async def fill(hand: Hand, **texts: str) -> None:
    """Type into fields of the form or dialog on the screen."""
    for name, words in texts.items():
        hand.app.screen.fields.go(name)
        await hand.press("end", "ctrl+u")
        await hand.type(words)


@pytest.mark.shows("Q-531e", 34, 35)
async def test_a_concession_from_the_escalation_to_the_milestone(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    book = workspace.book
    milestone = book.add(
        "milestone", {"name": "初验", "due": "2026-12-01", "payment": "30%"}, project=project
    )
    problem = {"phenomenon": "只有一路市电", "done_so_far": "发电车代替"}
    raised = book.add("escalation", problem, project=project)
    book.move(raised.id, "accept", taken_up(book, "2026-12-20"))
    letter = tmp_path / "reply.txt"
    letter.write_text("同意", encoding="utf-8")

    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        app.open_record(raised.id)
        await hand.press("N")
        form = at(app, FormPage)
        assert hand.counted() == 1
        values = {one.name: one.value for one in form.fields.editing.fields}
        assert values["situation"] == "只有一路市电" and values["interim"] == "发电车代替"
        assert values["escalation"] == raised.id and values["follow_up_by"] == "2026-12-20"
        await fill(
            hand,
            requirement="双路市电",
            why_uncontrollable="园区供电",
            follow_up="送电后切换",
        )
        form.fields.go("cause_kind")
        await hand.press("1", "ctrl+s")
        made = hand.newest("concession")

        app.open_list("milestone")
        await hand.press("down", "up")
        assert at(app, ListPage) and "挂起" in hand.seen
        whole(app)
        await hand.press("enter", "d")  # it cannot be marked done, and the reason is said
        at(app, RecordPage)
        assert f"因 {made.number} 挂起" in hand.seen
        assert book.get(milestone.id).state == "planned"
        assert made.number in app.notices[-1].text and app.notices[-1].bad

        await hand.press("1")
        assert "即将到期或挂起 1" in hand.seen and "初验" in hand.seen

        app.open_record(made.id)
        await hand.press("i")
        assert book.get(made.id).state == "informed"
        assert "因此挂起" in hand.seen and "初验" in hand.seen
        await hand.press("s")
        await fill(hand, addressee_name="李主任", valid_to="2027-04-30")
        app.screen.fields.go("addressee")
        await hand.press("1", "ctrl+s")
        assert book.get(made.id).state == "sent"

        await hand.press("a")  # the decision is asked for; there is no evidence yet
        await fill(hand, decided_by="李主任", decided_on="2026-11-20")
        app.screen.fields.go("decision_channel")
        await hand.press("1", "ctrl+s")
        assert book.get(made.id).state == "sent"
        await hand.press("escape")
        await hand.press("t")
        await hand.type(str(letter))
        await hand.press("enter")
        await hand.press("a")
        if not isinstance(app.screen, RecordPage):
            await hand.press("enter", "ctrl+s")  # the draft goes on, the file stands in its field
        decided = book.get(made.id)
        assert decided.state == "approved", hand.seen
        assert decided.values()["witness"] == book.me and decided.values()["evidence"]
        assert HeldState(book.store).all_held == []
        while not (isinstance(app.screen, RecordPage) and app.screen.record_id == made.id):
            await hand.press("escape")
        assert "有效至 2027-04-30" in hand.seen
        whole(app)

        app.open_record(milestone.id)
        await hand.press("d")
        assert book.get(milestone.id).state == "done"
        assert "已完成" in hand.seen


@pytest.mark.shows("Q-531d", 33, 91)
async def test_a_typical_problem_becomes_experience_and_is_offered(
    workspace: Workspace, project: str
) -> None:
    book = workspace.book
    site = book.add("site", {"name": "滨河三号机房"}).id
    values = {
        **{"phenomenon": "滨河三号机房 UPS 切旁路告警", "site": site, "typical": True},
        **{"cause": "电池内阻超限", "correction": "更换整组电池"},
    }
    fix = book.add("fix", values, project=project)
    for move in ("fix", "verify", "close"):
        book.move(fix.id, move)

    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        assert "待写或待入库的问题报告 1" in hand.seen
        app.open_record(fix.id)
        await hand.press("f1", "escape")
        assert "还没有（Shift+T 新建）" in hand.seen
        hand.counted()
        await hand.press("T")
        assert hand.counted() == 1
        at(app, FormPage)
        await fill(hand, follow_up="同批更换")
        await hand.press("ctrl+s")
        made = hand.newest("problem_report")
        assert made.values()["cause_direct"] == "电池内阻超限" and made.values()["fix"] == fix.id

        app.open_record(made.id)
        await hand.press("s")
        app.screen.fields.go("audience")
        await hand.press("2", "ctrl+s")
        for move, state in (("review", "reviewed"), ("approve", "approved")):
            await hand.move("problem_report", move)
            if book.get(made.id).state != state:
                await hand.press("ctrl+s")
            assert book.get(made.id).state == state

        await hand.press("p")  # what is published is shown first, names taken out
        form = at(app, FormPage)
        shown = {one.name: one.value for one in form.fields.editing.fields}
        assert shown["symptom"] == "某现场 UPS 切旁路告警"
        assert shown["source"] == made.id
        await fill(hand, lessons="滨河三号机房还有两组同龄电池")
        await hand.press("ctrl+s")  # a name slipped in: refused, and nothing typed is lost
        assert at(app, FormPage) and "滨河三号机房" in hand.seen
        assert book.get(made.id).state == "approved"
        await fill(hand, lessons="同批次电池一并检查")
        await hand.press("ctrl+s")
        assert book.get(made.id).state == "published"
        kept = hand.newest("experience")
        assert kept.values()["lessons"] == "同批次电池一并检查"
        librarian = acting(workspace, admit(workspace, "李经理", ["department_manager"]))
        librarian.move(kept.id, "publish")  # somebody else has reviewed it

        app.open_form("fix")
        await hand.press("f1", "escape")
        app.screen.fields.go("phenomenon")
        await hand.type("巡检见 UPS 切旁路告警")
        for _ in range(200):
            if app.screen.query_one(SimilarProblemsPanel).experiences:
                break
            await pilot.pause(0.02)
        await quiet(pilot)
        assert "经验库有类似问题" in hand.seen and "电池内阻超限" in hand.seen
        whole(app)
        await hand.press("f7")
        assert at(app, RecordPage).record_id == kept.id
        await hand.press("escape")
        assert "巡检见 UPS 切旁路告警" in hand.seen  # the form waited below
