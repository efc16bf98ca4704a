"""The import page: a list is looked at step by step, changed where it was misunderstood, and comes
in by one key. What can be guessed is guessed: often the first look is the last.
"""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult

from models.text.typed_path import path_of
from models.text.words import Refused, W, say
from tui.display.parts import TextPart
from tui.pages.base import Page
from tui.pages.dialogs.choose_dialog import ChooseDialog
from tui.pages.imports import import_lists
from tui.pages.imports.import_lists import COLUMNS, NONE, STEPS
from tui.spreadsheets.importing import import_undo
from tui.spreadsheets.importing.import_session import ImportSession
from tui.spreadsheets.mapping import proposal
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import Tag
from tui.widgets.windowed_list import WindowedList

TITLE = W("导入{type}", "Import: {type}")
ASK = W(
    "清单文件的路径（Excel、WPS、ODS、CSV）。要粘贴表格：按 Esc，再粘贴",
    "Path of the list (Excel, WPS, ODS, CSV). To paste cells: press Esc, then paste",
)
EMPTY = W("按 o 选文件，或把表格粘贴到这里。", "Press o to choose a file, or paste the cells here.")
FIELD_OF = W("“{column}”列是哪个字段？", "Which field does “{column}” give?")
CHOICE_OF = W("“{text}”是{field}中的哪一项？", "What does “{text}” mean for {field}?")
NAME = W("新建的{type}叫什么？", "What is the new {type} called?")
NEW = W("新建{type}：{name}", "new {type}: {name}")
AS_BEFORE = W("与上次相同", "as before")
NO_LIST = W("还没有清单。", "There is no list yet.")
NOT_DONE = W("还没有导入。", "Nothing was imported yet.")
NO_NAME = W("没有要新建的上级记录。", "No record is made for the rows.")
FAULTY = W("还不能导入：{why}", "It cannot come in yet: {why}")
OPEN = W("回车打开；按 u 全部撤销。", "Enter opens it; u takes all of it back.")

FILE = Command(
    id="import.file",
    word=W("文件", "File"),
    help=W("选择清单文件", "choose the file"),
    keys="o,ctrl+o",
    shown=3,
)
BRING = Command(
    id="import.bring",
    word=W("导入", "Import"),
    help=W("按显示的结果导入", "bring the list in as it is shown"),
    keys="ctrl+s",
    shown=1,
)
NEXT = Command(
    id="import.next",
    word=W("下一步", "Next step"),
    help=W("下一步", "the next step"),
    keys="right",
    shown=4,
)
PREVIOUS = Command(
    id="import.previous",
    word=W("上一步", "Step before"),
    help=W("上一步：列、列名行", "the step before: columns, row of names"),
    keys="left",
    shown=5,
)
RENAME = Command(
    id="import.rename",
    word=W("名称", "Name"),
    help=W("改新建的上级记录（如模板）的名称", "rename what is made, such as the template"),
    keys="f2",
    shown=6,
)
TAKE_BACK = Command(
    id="import.take_back",
    word=W("全部撤销", "Take back"),
    help=W("撤销这次导入", "take this import back as a whole"),
    keys="ctrl+z,u",
    shown=2,
)


class ImportActions(ActionGroup["ImportPage"]):
    """The commands of the import page."""

    def hidden(self, command: str) -> bool:
        """What belongs to another time is not offered."""
        done = self.page.session.done
        return command != FILE.id and done is not (command == TAKE_BACK.id)

    def why_not(self, command: str) -> Refused | None:
        """Before there is a list only a file can be chosen."""
        if command == FILE.id or self.page.opened:
            return None
        return Refused(NO_LIST)

    @runs(BRING)
    def bring(self) -> None:
        """Bring the list in; the report follows."""
        session = self.page.session
        if session.report.fault is not None:
            raise Refused(FAULTY, why=session.report.fault)
        session.bring()
        self.page.show("done")

    @runs(TAKE_BACK)
    def take_back(self) -> None:
        """Void what came in."""
        page = self.page
        back = import_undo.undo(page.book)
        page.site_app.tell(" ".join(back.lines(page.workspace.settings.zone)))
        page.session.done = False
        page.session.try_out()
        page.show("result")

    @runs(FILE)
    def choose(self, given: str = "") -> None:
        """Ask for the path, `given` to begin with."""
        page, asked = self.page, Asked("import.file", self.page.type)
        page.site_app.ask(asked, ASK, page.open_file, path=True, given=given)

    @runs(NEXT, 1)
    @runs(PREVIOUS, -1)
    def step(self, by: int) -> None:
        """To another step."""
        page = self.page
        steps = import_lists.steps(page.session)
        at = steps.index(page.step) + by if page.step in steps else 0
        page.show(steps[min(max(at, 0), len(steps) - 1)])

    @runs(RENAME)
    def rename(self) -> None:
        """Ask for the name of the record that is made."""
        page, session = self.page, self.page.session
        if not session.made:
            raise Refused(NO_NAME)
        label = page.made_type
        question = W(NAME.zh.format(type=label.zh), NAME.en.format(type=label.en))

        def given(text: str) -> None:
            session.rename(text)
            page.show(page.step)

        page.site_app.ask(Asked("import.name", page.type), question, given, given=session.made)


class ImportPage(Page):
    """Brings in records of `type`, under the record numbered `parent`; '' lets the list tell."""

    actions = (ImportActions,)
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ImportPage #steps { width: 100%; padding: 0 1; }
    ImportPage WindowedList, ImportPage DocumentView { height: 1fr; }
    """

    def __init__(self, type: str = "", parent: str = "") -> None:
        super().__init__()
        self.type, self._under = type, parent
        self.step = "columns"
        self.opened = False
        """Whether there is a list."""

    def heading(self) -> str:
        """What comes in."""
        known = self.session.mapping.type
        return say(TITLE, type=self.book.cls(known).kind.label if known else "").strip(" :")

    @property
    def made_type(self) -> W:
        """What the record that the rows belong to is called."""
        cls = self.session.cls
        return self.book.cls(cls.specs()[str(cls.kind.parent)].target).kind.label

    def body(self) -> ComposeResult:
        """The steps, and the list of each; one is shown."""
        self.session = ImportSession(self.workspace, self.type, self._under)
        yield Tag(self._said, id="steps", classes="muted")
        for step, columns in COLUMNS.items():
            yield WindowedList(columns, empty=EMPTY, id=step)
        yield DocumentView(id="done")

    def on_mount(self) -> None:
        """Begin with the question for the file."""
        self._display(self.step)
        self.call_after_refresh(self.group(ImportActions).choose)

    def on_unmount(self) -> None:
        """What was pasted goes."""
        self.session.close()

    def _said(self) -> str:
        """The steps, the one that is shown marked, and what is made."""
        if not self.opened:
            return str(EMPTY)
        session = self.session
        steps = import_lists.steps(session)
        said = " › ".join(f"[{STEPS[s]}]" if s == self.step else str(STEPS[s]) for s in steps)
        if session.made:
            said += "  " + say(NEW, type=self.made_type, name=session.made)
        return said + (f"  {AS_BEFORE}" if session.known else "")

    # -- the list ------------------------------------------------------------------------------

    def open_file(self, typed: str) -> None:
        """Take a file."""
        try:
            self._take(partial(self.session.open, path_of(typed)))
        except Refused as refused:
            self.site_app.tell(str(refused), bad=True)
            self.group(ImportActions).choose(typed)  # the path is there to be corrected

    def on_paste(self, event: events.Paste) -> None:
        """Take a block of cells."""
        event.stop()
        self._take(partial(self.session.paste, event.text))

    def _take(self, take: partial[None]) -> None:
        take()
        self.opened = True
        self.show("result" if self.session.report.fault is None else "columns")

    def show(self, step: str) -> None:
        """Show a step, its rows read again."""
        self.step = step
        self._display(step)
        self.look_again()

    def _display(self, step: str) -> None:
        for name in (*COLUMNS, "done"):
            self.query_one(f"#{name}").display = name == step
        self.query_one(f"#{step}").focus()

    def look(self) -> None:
        """Read the step that is shown again."""
        self.query_one("#steps", Tag).refresh(layout=True)
        if not self.opened:
            return
        if self.step == "done":
            lines = [TextPart(OPEN, "open", style="key")]
            lines += [TextPart(line) for line in self.session.report.lines()]
            lines += [TextPart(str(one), style="bad") for one in self.session.report.refusals]
            self.query_one("#done", DocumentView).look(lines)
            return
        shown = self.query_one(f"#{self.step}", WindowedList)
        at = shown.position
        shown.load(import_lists.rows(self.session, self.step))
        first = self.session.found.table.names_at - 1 if self.step == "header" else 0
        shown.go(at or first)
        shown.note = partial(import_lists.counts, self.session)

    # -- choosing ------------------------------------------------------------------------------

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        session, id = self.session, event.id
        if self.step == "sheets":
            session.choose_sheet(id.removeprefix("="))
            self.show("header" if id != "=" else "result")
        elif self.step == "header":
            session.choose_header(int(id))
            self.show("columns")
        elif self.step == "columns":
            self._choose_field(id.removeprefix("="))
        elif self.step == "words":
            self._choose_word(*id.split("=", 1))

    def _choose_field(self, column: str) -> None:
        session = self.session
        names = proposal.fields(session.cls)
        options: list[tuple[str, str | W]] = [("", NONE), *((n, session.label(n)) for n in names)]

        def answered(name: str | None) -> None:
            if name is not None:
                session.choose_field(column, name)
                self.show("columns")

        chosen = session.mapping.maps.get(column, "")
        self.app.push_screen(ChooseDialog(say(FIELD_OF, column=column), options, chosen), answered)

    def _choose_word(self, name: str, word: str) -> None:
        session = self.session
        options: list[tuple[str, str | W]] = [("", NONE), *session.options(name)]

        def answered(choice: str | None) -> None:
            if choice is not None:
                session.choose_word(name, word, choice)
                self.show("words")

        title = say(CHOICE_OF, text=word, field=session.label(name))
        chosen = session.mapping.words[name][word]
        self.app.push_screen(ChooseDialog(title, options, chosen), answered)

    @on(DocumentView.Opened)
    def _open_made(self, event: DocumentView.Opened) -> None:
        """The record that the rows belong to, else the list of their type."""
        event.stop()
        parent = self.session.parent_id()
        self.dismiss(None)
        if parent:
            self.site_app.open_record(parent)
        else:
            self.site_app.open_list(self.session.mapping.type)
