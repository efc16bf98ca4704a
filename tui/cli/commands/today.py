"""`today`: what waits for the person, in the groups and with the counts of the page Today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.queries.waiting import agenda
from models.queries.waiting.agenda import AgendaItem
from models.text.words import W, say
from sync.workspace import sync_status
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option
from tui.cli.streams import output
from tui.display.task_rows import Rows, headed

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

NOTHING = W("没有待办。", "Nothing to do.")
TOTAL = W("待办 {count} 件，逾期 {late} 件", "To do: {count}, {late} overdue")


@command(
    "today",
    W(
        "列出今天的待办：应做的检查和周报（未开始的也在内）、待我处理的记录、团队到期未交的。",
        "List what waits today: checklists and weekly status that are due, started or not;"
        " records that wait for me; what is not received from my team.",
    ),
)
@json_option
@pass_desk
def today(desk: CommandContext, as_json: bool) -> None:
    """What waits."""
    with desk.open() as workspace:
        book, clock = workspace.book, workspace.settings.weekly_due
        tasks = agenda.agenda(book, clock, sync_status.reach(workspace))
        if as_json:
            for task in tasks:
                output.emit(_plain(task))
            return
        _tell(workspace, tasks)


def _tell(workspace: Workspace, tasks: list[AgendaItem]) -> None:
    rows = Rows(workspace)
    for section in agenda.sections():
        some = [task for task in tasks if task.group == section.name]
        if not some:
            continue
        output.put(headed(section, some))
        for task in some:
            said = {name: str(text) for name, text in rows.task(task).values.items()}
            output.row(
                (f"  {said.get('what', '')}", 18),
                (said.get("due", ""), 10),
                (said.get("project", ""), 20),
                (said.get("title", ""), 0),
            )
    mine = agenda.mine(tasks)
    late = agenda.count(task for task in mine if task.overdue)
    output.put(say(TOTAL, count=agenda.count(mine), late=late) if mine else str(NOTHING))


def _plain(task: AgendaItem) -> dict[str, Any]:
    """One thing as JSON; `more` counts what is not listed one by one: further records of a state,
    or the same in further projects."""
    awaited, more = task.awaited, task.more
    record = awaited.record if awaited is not None else task.record
    kind = awaited.type if awaited is not None else more[0] if more else record and record.type
    return {
        "group": task.group,
        "type": kind,
        "title": awaited.title if awaited is not None else record and record.title(),
        "standing": awaited.standing or None if awaited is not None else None,
        "state": more[1] or None if more else record and record.state,
        "record": record and record.id,
        "number": record and record.number,
        "project": awaited.project or None if awaited is not None else record and record.project,
        "due": task.due and task.due.isoformat(),
        "overdue": task.overdue,
        "done": agenda.done(task),
        "more": more[2] if more else awaited.also if awaited is not None else 0,
    }
