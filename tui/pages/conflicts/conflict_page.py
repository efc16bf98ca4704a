"""Conflict page: the values that several people wrote at the same time, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from models.book.conflict import conflict_resolution, conflicts
from models.book.conflict.conflicts import Conflict, conflicts_of
from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named
from tui.pages.base import Page
from tui.pages.conflicts.other_value_dialog import OtherValueDialog
from tui.pages.conflicts.version_view import VersionView
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

ABOUT = frozenset({"both", "third", "words", "record", "step"})
"""Actions that need a conflict."""
MOST = 9
"""Versions that a digit can keep."""
TITLE = W("冲突 {at}/{count}  {number}  {field}", "Conflict {at}/{count}  {number}  {field}")
LIST = W("冲突", "Conflicts")
NONE = W("冲突已全部解决。", "All conflicts are resolved.")
CHOICES = W("决定", "Decide")
KEEP = W("保留：{value}", "keep: {value}")
BOTH = W("全部保留，合为：", "keep all, joined:")
THIRD = W("另写一个值", "write another value")
WORDS = W("附言：{note}", "comment: {note}")
SETTLED = W(
    "{number} 的“{field}”已解决；u 可撤销。", "“{field}” of {number} is resolved; u to undo."
)
NOT_JOINED = W(
    "“{field}”不能合并：不是各方都只在原文上补充的文字。请保留一个，或另写（w）。",
    "“{field}” cannot be joined: it is no text that everybody only added to. Keep one value, or"
    " write another (w).",
)
ONE_OF = W(
    "“{field}”只能保留现有的一个值。", "For “{field}” one of the existing values must be kept."
)
COMMENT = W("附言", "Comment")
WHY = W("附言（与决定一起保存）", "Comment on the decision (saved with it)")

COMMANDS = (
    *(
        Command(
            id=f"conflict.keep{at + 1}",
            word=W(f"保留 {at + 1}", f"Keep {at + 1}"),
            help=W(f"保留第 {at + 1} 个值", f"keep value {at + 1}"),
            keys=str(at + 1),
            action=f"keep({at})",
            shown=1 + at if at < 2 else 0,
        )
        for at in range(MOST)
    ),
    Command(
        id="conflict.both",
        word=W("都保留", "Keep all"),
        help=W("各方都只补充时，把补充合为一段", "join what everybody added to a text"),
        keys="b,f6",
        action="both",
        shown=4,
    ),
    Command(
        id="conflict.third",
        word=W("另写", "Other value"),
        help=W("另写一个值", "write another value"),
        keys="w,f2",
        action="third",
        shown=5,
    ),
    Command(
        id="conflict.note",
        word=COMMENT,
        help=W("给决定写附言", "add a comment to the decision"),
        keys="t,ctrl+t",
        action="words",
        shown=8,
    ),
    Command(
        id="conflict.next",
        word=W("下一个", "Next"),
        help=W("下一个冲突", "the next conflict"),
        keys="n,right",
        action="step(1)",
        shown=6,
    ),
    Command(
        id="conflict.previous",
        word=W("上一个", "Previous"),
        help=W("上一个冲突", "the previous conflict"),
        keys="p,left",
        action="step(-1)",
    ),
    Command(
        id="conflict.record",
        word=W("打开记录", "Record"),
        help=W("打开这条记录", "open the record"),
        keys="l,ctrl+k",
        action="record",
        shown=9,
    ),
)


class ConflictPage(Page):
    """One conflict after the other, each with its versions and the ways to settle it."""

    commands: ClassVar = COMMANDS
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str = "", field: str = "") -> None:
        super().__init__()
        self.key = (id, field)
        self._decided = ""
        """The record that was decided about last, while another conflict is shown already."""
        self.every: list[tuple[str, str]] = []
        self.conflict: Conflict | None = None
        self.note = ""

    def heading(self) -> str:
        """Which of how many, of what record, about what."""
        if self.conflict is None or self.key not in self.every:
            return str(LIST)
        record = self.conflict.record
        field = conflict_resolution.label(record, self.conflict.field)
        at, count = self.every.index(self.key) + 1, len(self.every)
        return say(TITLE, at=at, count=count, number=record.number, field=field)

    def is_in_view(self, record: Record) -> bool:
        """The record in conflict, and the one that was decided about just now."""
        return record.id in (self.key[0], self._decided)

    def body(self) -> ComposeResult:
        """One document."""
        yield DocumentView(id="versions")

    def look(self) -> None:
        """Read the values; after a decision the next conflict is shown."""
        before, self.every = self.every, conflicts.listed(self.book)
        if self.key not in self.every and self.every:
            at = before.index(self.key) if self.key in before else 0
            self.key, self.note = self.every[min(at, len(self.every) - 1)], ""
        found = self.book.find(self.key[0]) if self.every else None
        known = conflicts_of(self.book, found) if found is not None else []
        self.conflict = next((one for one in known if one.field == self.key[1]), None)
        self._show()

    def on_resize(self) -> None:
        """Side by side where there is room."""
        super().on_resize()
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        view, conflict = self.query_one(DocumentView), self.conflict
        if conflict is None:
            view.look([TextPart(NONE, style="good")])
            return
        values, record = Values(self.workspace), conflict.record
        said = VersionView(self.book, values, conflict)
        head: list[Span] = [(f"{record.kind.label} {record.number}  ", "title")]
        head.append((named(record, values), ""))
        view.look(
            [
                TextPart(head, clip=True),
                TextPart(),
                *said.parts(self.size.width - 4),
                *self._ways(said),
            ]
        )

    def _ways(self, said: VersionView) -> list[TextPart]:
        """What can be done, each a line that Enter carries out."""
        conflict = said.conflict
        why = conflict_resolution.hindrance(self.book, conflict.record, conflict.field)
        parts = [TextPart(), TextPart(CHOICES, head=True)]
        if why is not None:
            return [*parts, TextPart(str(why), style="warn")]
        for at, version in enumerate(conflict.stands[:MOST]):
            value = " ".join(said.value(version.value).split())
            spans: list[Span] = [(f"{at + 1}  ", "key"), (say(KEEP, value=value), "")]
            parts.append(TextPart(spans, f"keep:{at}", clip=True))
        if self.why_not("both") is None:
            together = said.value(conflict_resolution.joined(conflict.record, conflict))
            parts.append(TextPart([("b  ", "key"), (str(BOTH), "")], "both:"))
            parts.append(TextPart(together, style="muted", indent=3))
        if self.why_not("third") is None:
            parts.append(TextPart([("w  ", "key"), (str(THIRD), "")], "third:"))
        if self.note:
            parts.append(TextPart(say(WORDS, note=self.note), style="muted"))
        return parts

    # -- what is possible --------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit beyond the versions goes where it goes everywhere; without any there is nothing
        to be decided.
        """
        if self.conflict is None and action in ABOUT:
            return False
        if action == "keep":
            count = len(self.conflict.stands) if self.conflict is not None else 0
            return isinstance(parameters[0], int) and parameters[0] < count
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> Refused | None:
        """Some registers take one of the present values only, and only text can be joined."""
        conflict = self.conflict
        if conflict is None:
            return None
        record, register = conflict.record, conflict.field
        field = conflict_resolution.label(record, register)
        if action == "third" and not conflict_resolution.is_open(record, register):
            return Refused(ONE_OF, field=field)
        if action == "both" and conflict_resolution.joined(record, conflict) is None:
            return Refused(NOT_JOINED, field=field)
        return super().why_not(action)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        what, _, rest = event.id.partition(":")
        if what == "keep":
            self.action_keep(int(rest))
        elif what == "both":
            self.action_both()
        elif what == "third":
            self.action_third()

    # -- deciding ----------------------------------------------------------------------------

    def action_keep(self, at: int) -> None:
        """Keep one of the versions."""
        if self.conflict is not None:
            self._decide(self.conflict, keep=self.conflict.stands[at].dot)

    def action_both(self) -> None:
        """Join the texts."""
        if self.conflict is not None:
            self._decide(
                self.conflict, value=conflict_resolution.joined(self.conflict.record, self.conflict)
            )

    def action_third(self) -> None:
        """Write another value."""
        conflict = self.conflict
        if conflict is None:
            return

        def answered(values: Mapping[str, Any] | None) -> None:
            if values is not None:
                self._decide(conflict, value=values)

        why = conflict_resolution.hindrance(self.book, conflict.record, conflict.field)
        if why is not None:
            raise why
        shown = OtherValueDialog(conflict.record, conflict.field, conflict.stands[0].value)
        self.app.push_screen(shown, answered)

    def _decide(self, conflict: Conflict, **how: Any) -> None:
        record, field = conflict.record, conflict.field
        conflict_resolution.resolve(
            self.book, record.id, field, note=self.note, seen=conflict.dots, **how
        )
        self.note, self._decided = "", record.id
        label = conflict_resolution.label(record, field)
        self.site_app.tell(say(SETTLED, number=record.number, field=label))

    def action_words(self) -> None:
        """A few words that are saved with the decision."""
        if self.conflict is not None:
            asked = Asked("conflict.note", self.conflict.record.id, self.conflict.field)
            self.app.push_screen(TextPrompt(asked, WHY, label=COMMENT), self._worded)

    def _worded(self, words: str | None) -> None:
        if words is not None:
            self.note = words
            self._show()

    def action_step(self, by: int) -> None:
        """Another conflict, round and round."""
        if self.every:
            at = self.every.index(self.key) if self.key in self.every else 0
            self.key, self.note = self.every[(at + by) % len(self.every)], ""
            self.look_again()

    def action_record(self) -> None:
        """Open the record."""
        if self.conflict is not None:
            self.site_app.open_record(self.conflict.record.id)
