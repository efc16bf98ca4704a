"""Communication: contacts planned and held, by channel and form, in a quarter. Clause: 5.5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import on
from textual.app import ComposeResult

from models.book.projects import my_projects
from models.calendar.business_dates import quarter_of, quarter_span, shift_quarter
from models.derived.figures import Scope
from models.records.feedback import contacts
from models.records.feedback.communication import CHANNELS, Communication
from models.records.feedback.contacts import NOT_SAID, ContactCell, ContactMatrix
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W, say
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import cut, pad, width
from tui.display.values import Values
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.figures import figures_page
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.project_filter import ProjectFilter
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("客户沟通 {quarter}  {project}", "Communication {quarter}  {project}")
ALL = W("全部项目", "all projects")
NO_PROJECT = W("本机没有您参与的项目。", "There is no project of yours on this device.")
MATRIX = W("渠道 × 形式：完成/计划", "Channel × form: held/planned")
CHANNEL, SUM = W("渠道", "Channel"), W("合计", "Total")
NO_FORM, NO_CHANNEL = W("未定", "open"), W("未写渠道", "no channel")
SHORT = {
    "phone": W("电话", "phone"),
    "mail": W("邮件", "mail"),
    "on_site": W("现场", "site"),
    "by_phone": W("电话会", "call"),
    "online": W("网络会", "online"),
}
EXPLAINED = W(
    "3/4 是计划 4 次、完成 3 次；+1 是计划外另完成 1 次。",
    "3/4: 4 planned, 3 of them held; +1: one more held without a plan.",
)
LATE, AHEAD, HELD = W("过期未沟通", "Overdue"), W("计划中", "Planned"), W("已完成", "Held")
PROMISES = W("未兑现的承诺", "Promises open")
SILENT = W("最近一次沟通", "Last contact")
DAYS = W("{project}  {day}（{n} 天前）", "{project}  {day} ({n} days ago)")
TODAY = W("{project}  {day}（今天）", "{project}  {day} (today)")
NEVER = W("{project}  没有记录", "{project}  none recorded")
NOTHING = W("无", "none")
MOST = 30
"""Contacts of a list."""

PROJECT = project_filter.command("contacts", shown=3)
PREVIOUS = Command(
    id="contacts.previous",
    word=W("上一季度", "Previous quarter"),
    help=W("到上一季度", "the previous quarter"),
    keys="left",
    shown=1,
)
NEXT = Command(
    id="contacts.next",
    word=W("下一季度", "Next quarter"),
    help=W("到下一季度", "the next quarter"),
    keys="right",
    shown=2,
)
NEW = Command(
    id="contacts.new",
    word=W("新建沟通", "New contact"),
    help=W("计划或登记一次客户沟通", "plan or record a contact"),
    keys="n,insert,ctrl+n",
    shown=4,
)
FIGURES = figures_page.command("contacts", shown=5)


class ContactsActions(ActionGroup["ContactsPage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """All projects, or the next one alone."""
        self.page.filter.turn()
        self.page.look_again()

    @runs(PREVIOUS, -1)
    @runs(NEXT, 1)
    def quarter(self, by: int) -> None:
        """The quarter before or after."""
        self.page.quarter = shift_quarter(self.page.quarter, by)
        self.page.look_again()

    @runs(NEW)
    def new(self) -> None:
        """Open the form of a new contact."""
        app = self.page.site_app
        app.open_form("communication", project=self.page.filter.project or app.default_project())

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of the quarter."""
        page = self.page
        ids = tuple(one.id for one in page.filter.shown)
        scope = Scope(ids, *quarter_span(page.quarter))
        page.site_app.push_screen(FiguresPage(scope, page.heading(), "communication"))


class ContactsPage(Page):
    """A quarter's contacts with the customers, planned against held."""

    actions = (ContactsActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str = "", quarter: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.quarter = quarter

    def heading(self) -> str:
        """Which quarter of which projects."""
        return say(TITLE, quarter=self.quarter, project=self.filter.alone or ALL)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="contacts")

    def look(self) -> None:
        """Count again."""
        self.quarter = self.quarter or quarter_of(self.book.today)
        self.filter.projects = my_projects(self.book)
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        self.query_one(DocumentView).look(list(self._parts()))

    def on_resize(self) -> None:
        """Columns are as wide as the window lets them be."""
        super().on_resize()
        self.call_after_refresh(self.look)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.site_app.open_record(event.id.partition(":")[2])

    # -- drawing -------------------------------------------------------------------------------

    def _parts(self) -> Iterator[TextPart]:
        ids = [one.id for one in self.filter.shown]
        first, last = quarter_span(self.quarter)
        found = contacts.matrix(self.book.store, ids, first, last, self.book.today)
        yield TextPart(MATRIX, head=True)
        yield from _grid(found, max(self.size.width - 4, 40))
        yield TextPart(EXPLAINED, style="muted", indent=2)
        for head, records in self._lists(ids, found):
            yield TextPart(head, head=True)
            yield from (self._line(one, late=head is LATE) for one in records)
            if not records:
                yield TextPart(NOTHING, style="muted", indent=2)
        yield from self._promises(ids)
        yield TextPart(SILENT, head=True)
        yield from self._silent(ids)

    def _lists(
        self, ids: list[str], found: ContactMatrix
    ) -> Iterator[tuple[W, list[Communication]]]:
        first, last = (day.isoformat() for day in quarter_span(self.quarter))
        where = f"WHERE project IN ({places(ids)}) AND void IS NULL AND "
        late = [one for id in found.late[:MOST] if (one := self.book.find(id)) is not None]
        if late:
            yield LATE, [one for one in late if isinstance(one, Communication)]
        today = max(self.book.today.isoformat(), first)
        planned = f"state='planned' AND due BETWEEN ? AND ? ORDER BY due, n LIMIT {MOST}"
        params = (*ids, today, last)
        yield AHEAD, rows.fetch(self.book.store, Communication, where + planned, params)
        held = f"state='held' AND held_on BETWEEN ? AND ? ORDER BY held_on DESC, n LIMIT {MOST}"
        yield HELD, rows.fetch(self.book.store, Communication, where + held, (*ids, first, last))

    def _line(self, one: Communication, *, late: bool) -> TextPart:
        specs = Communication.specs()
        day = one.held_on if one.state == "held" else one.due
        words = [specs["channel"].word(one.channel), specs["form"].word(one.form)]
        spans: list[Span] = [
            (f"{day or ''}  ", "bad" if late else "muted"),
            (one.title(), ""),
            (f"  {' · '.join(word for word in words if word)}", "label"),
            (f"  {one.with_whom or ''}", "muted"),
        ]
        return TextPart(spans, f"record:{one.id}", indent=2, clip=True)

    def _promises(self, ids: list[str]) -> Iterator[TextPart]:
        sql = (
            f"SELECT id, text, owner, due FROM promise WHERE project IN ({places(ids)})"
            f" AND state='open' AND void IS NULL ORDER BY due, n LIMIT {MOST}"
        )
        found = self.book.store.rows(sql, ids)
        values = Values(self.workspace)
        if found:
            yield TextPart(PROMISES, head=True)
        for id, text, owner, due in found:
            late: Any = "bad" if due and due < self.book.today.isoformat() else "muted"
            spans: list[Span] = [(f"{due or ''}  ", late), (" ".join(str(text).split()), "")]
            spans.append((f"  {values.person(owner)}", "label"))
            yield TextPart(spans, f"record:{id}", indent=2, clip=True)

    def _silent(self, ids: list[str]) -> Iterator[TextPart]:
        last = contacts.last_contacts(self.book.store, ids)
        for project in self.filter.shown:
            name, day = project.name or project.number, last.get(project.id)
            if day is None:
                yield TextPart(say(NEVER, project=name), style="warn", indent=2)
                continue
            ago = (self.book.today - day).days
            tone: Any = "warn" if ago > contacts.SILENT_DAYS else ""
            text = say(DAYS if ago else TODAY, project=name, day=day.isoformat(), n=ago)
            yield TextPart(text, style=tone, indent=2)


def _grid(found: ContactMatrix, room: int) -> Iterator[TextPart]:
    """The matrix: channels down, forms across."""
    forms = [*SHORT.items()]
    if any(form == NOT_SAID for _, form in found.cells):
        forms.append((NOT_SAID, NO_FORM))
    channels = [(name, W(zh, en)) for name, zh, en in CHANNELS]
    if any(channel == NOT_SAID for channel, _ in found.cells):
        channels.append((NOT_SAID, NO_CHANNEL))
    left = min(max(width(str(word)) for _, word in channels) + 2, 26)
    cells = max(min((room - left) // (len(forms) + 1), 12), 7)
    head = pad(str(CHANNEL), left)
    head += "".join(pad(str(word), cells) for _, word in forms) + str(SUM)
    yield TextPart(head, style="label", indent=2, clip=True)
    for name, word in channels:
        row: list[Span] = [(cut(str(word), left - 1, padded=True) + " ", "label")]
        row += [_cell(found.cell(name, form), cells) for form, _ in forms]
        yield TextPart([*row, _cell(found.row(name), cells)], indent=2, clip=True)
    sums: list[Span] = [(pad(str(SUM), left), "label")]
    sums += [_cell(found.column(form), cells) for form, _ in forms]
    yield TextPart([*sums, _cell(found.whole, cells)], indent=2, clip=True)


def _cell(cell: ContactCell, cells: int) -> Span:
    """One cell: held of planned, and what was held besides."""
    if not (cell.planned or cell.extra):
        return pad("·", cells), "muted"
    text = f"{cell.done}/{cell.planned}" if cell.planned else ""
    text += f"+{cell.extra}" if cell.extra else ""
    tone: Any = "good" if cell.done == cell.planned else "warn"
    return pad(text, cells), tone
